"""A device that turns up twice, or whose old store was put back, is told apart and gets an identity of its own."""

from __future__ import annotations

import logging
import secrets

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import Connection, bindparam, func, insert, literal, select

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.naming import new_id
from sync.protocol.frames import Ask
from sync.protocol.handshake import Hello
from sync.protocol.renewal import Renew, Renewed, read_renew
from sync.server.clock import now, now_us
from sync.server.database import in_one_write
from sync.server.grants import authority
from sync.server.grants.asking import ProvenCaller
from sync.server.grants.enrolment import hash_of
from sync.server.grants.rights import Caller
from sync.server.straight import Question, rows_of
from sync.server.tables import APPLIED, DEVICE, LOAD, TOKEN
from sync.server.web import Database, SmallBody, document

_log = logging.getLogger(__name__)

MOST_A_DAY = 10
"""Renewals of one person's devices within a day."""
_DAY = 86_400_000_000

_HASH = Question(select(APPLIED.c.hash).where(APPLIED.c.device == bindparam("of"), APPLIED.c.n == bindparam("n")))

router = APIRouter(prefix="/centre/v1/device")


@router.post("/renew", status_code=201)
def renew_device(engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """Give a device a new identity, proven by its old one, which stays good for the other copy."""
    try:
        asked = read_renew(body)
    except msgspec.DecodeError as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error
    return document(msgspec.json.encode(renew(engines, caller, asked)), 201)


def must_renew(connection: Connection, caller: Caller, hello: Hello, last_n: int) -> bool:
    """Say whether a device's store is not the one that was here last under its name.

    Its numbers went back (an old store was put back), or another content was answered under the last of them.
    """
    return hello.last < last_n or holds_another(connection, caller, hello, last_n)


def holds_another(connection: Connection, caller: Caller, said: Hello | Ask, last_n: int) -> bool:
    """Say whether another content was answered under the last number that a device says was answered.

    A number whose answer was let go of, or above the last one taken, tells nothing; who names none pays for nothing.
    """
    if not 0 < said.answered <= last_n:
        return False
    found = rows_of(connection, _HASH, of=caller.device, n=said.answered)
    return any(was != said.digest for (was,) in found)


def renew(engines: Engines, caller: Caller, asked: Renew) -> Renewed:
    """Make a device of the same person beside the old one. Raises Refusal RENEWAL_REFUSED, DEVICE_KEY_UNSOUND."""
    authority.public_key(asked.public_key)
    if caller.is_leaving:
        raise Refusal("RENEWAL_REFUSED")
    return in_one_write(engines, lambda connection: _renew(connection, caller, asked))


def _renew(connection: Connection, caller: Caller, asked: Renew) -> Renewed:
    token = secrets.token_urlsafe(32)
    old = connection.execute(select(DEVICE).where(DEVICE.c.device == caller.device).with_for_update()).one()
    of_key = select(DEVICE.c.device).where(
        DEVICE.c.renewed_from == caller.device, DEVICE.c.public_key == asked.public_key
    )
    device = connection.execute(of_key).scalar_one_or_none()
    if device is None:
        device = new_id(now())
        _must_be_few(connection, caller.login)
        connection.execute(
            insert(DEVICE).values(
                device=device,
                login=old.login,
                name=old.name,
                platform=old.platform,
                version=old.version,
                public_key=asked.public_key,
                certificate=old.certificate,
                enrolled_at=now_us(),
                last_n=asked.first - 1,
                renewed_from=caller.device,
            )
        )
        loads = select(LOAD.c.account_id, literal(device), LOAD.c.made_at, LOAD.c.expires_at)
        columns = ["account_id", "device", "made_at", "expires_at"]
        connection.execute(insert(LOAD).from_select(columns, loads.where(LOAD.c.device == caller.device)))
        _log.warning("device %s turned up twice or was put back: it goes on as %s", caller.device, device)
    # Asked again it gets one more: the first may be in use, and what asks again may have been long on its way.
    connection.execute(insert(TOKEN).values(token_hash=hash_of(token), device=device, made_at=now_us()))
    return Renewed(device=device, token=token)


def _must_be_few(connection: Connection, login: str) -> None:
    lately = (
        select(func.count())
        .select_from(DEVICE)
        .where(DEVICE.c.login == login, DEVICE.c.renewed_from != "", DEVICE.c.enrolled_at > now_us() - _DAY)
    )
    if connection.execute(lately).scalar_one() >= MOST_A_DAY:
        raise Refusal("RENEWAL_REFUSED")
