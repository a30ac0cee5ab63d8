"""The routes by which a device loads an account for a visit, lets it go, and finds accounts of the team."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from app.domain.refusal import Refusal
from sync.protocol.loads import read_asked
from sync.server.grants.asking import ProvenCaller
from sync.server.loads.finding import find
from sync.server.loads.service import drop_load, make_load
from sync.server.web import Database, SmallBody, document

router = APIRouter()


@router.post("/sync/v1/loads")
def load_account(engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """Load an account until an instant; asked again, move the end."""
    try:
        asked = read_asked(body)
    except msgspec.DecodeError as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error
    return document(msgspec.json.encode(make_load(engines, caller, asked)))


@router.delete("/sync/v1/loads/{account_id}")
def unload_account(engines: Database, body: SmallBody, caller: ProvenCaller, account_id: str) -> Response:
    """Let a loaded account go; again and again is the same as once."""
    drop_load(engines, caller, account_id)
    return Response(status_code=204)


@router.get("/centre/v1/accounts")
def find_accounts(engines: Database, body: SmallBody, caller: ProvenCaller, q: str) -> Response:
    """Find accounts of the caller's team by name, city or number."""
    return document(msgspec.json.encode(find(engines, caller, q)))
