"""The routes by which a device is let in, and sees what arrived of its portfolio."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import func, select

from app.domain.refusal import Refusal
from sync.protocol.enrolment import read_enrol
from sync.server.database import one_picture
from sync.server.feed import THERE
from sync.server.grants.asking import ProvenCaller
from sync.server.grants.enrolment import enrol, written
from sync.server.tables import APPLIED, ENTRY
from sync.server.web import Database, SmallBody, document

router = APIRouter(prefix="/centre/v1")


@router.post("/enrol")
def enrol_device(engines: Database, body: SmallBody) -> Response:
    """Enrol a device by login, password and one-time code."""
    try:
        asked = read_enrol(body)
    except msgspec.DecodeError as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error
    return document(written(enrol(engines, asked)), 201)


@router.get("/arrived")
def arrived(engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """Count the rows of the caller's scopes by table, and the changesets taken from this device; for support."""
    by_table = select(ENTRY.c.table_name, func.count().label("rows")).where(
        ENTRY.c.scope.in_(caller.scopes), ENTRY.c.op == THERE
    )
    of_device = select(func.count()).select_from(APPLIED).where(APPLIED.c.device == caller.device)
    with one_picture(engines, caller.sight) as connection:
        rows = {row.table_name: row.rows for row in connection.execute(by_table.group_by(ENTRY.c.table_name))}
        taken = connection.execute(of_device).scalar_one()
    return document(msgspec.json.encode({"rows": rows, "changesets": taken}))


@router.get("/health")
def health() -> dict[str, str]:
    """Say that the centre listens."""
    return {"status": "ok"}
