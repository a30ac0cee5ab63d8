"""What is answered while the database or the disk is at fault: come again later, nothing is lost."""

from __future__ import annotations

import errno
import logging
from dataclasses import dataclass

import msgspec
from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.store.failures import trouble_of
from sync.protocol.enrolment import Refused
from sync.server.clock import now_us
from sync.server.web import document

_log = logging.getLogger(__name__)

BUSY, FULL, AWAY = "CENTRE_BUSY", "CENTRE_FULL", "CENTRE_AWAY"


@dataclass(frozen=True, slots=True)
class Unavailable:
    """What a fault of the world is to a device: a code, a status, and after how many seconds to come again."""

    code: str
    status: int
    again_seconds: int


_IS_BUSY = Unavailable(BUSY, 503, 2)
_IS_FULL = Unavailable(FULL, 507, 60)
_IS_AWAY = Unavailable(AWAY, 503, 5)

_BY_STATE = {
    "53100": _IS_FULL,  # disk full
    "40001": _IS_BUSY,  # broken off because of another transaction
    "40P01": _IS_BUSY,
    "55P03": _IS_BUSY,  # a lock was not to be had in time
    "57014": _IS_BUSY,  # took too long
    "25P03": _IS_BUSY,  # stood still too long within a transaction
}
_AWAY_CLASSES = ("08", "53", "57P", "58")
"""Beginnings of SQLSTATE: no connection, too few resources, shutting down or starting, a fault of the system."""


def judged(error: Exception) -> Unavailable | None:
    """Say what a fault means to a device; None for one that is a fault of ours."""
    if isinstance(error, PoolTimeout):
        return _IS_BUSY
    if isinstance(error, OSError):
        return _IS_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else None
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None)
    if state in _BY_STATE:
        return _BY_STATE[state]
    if error.connection_invalidated or (state or "").startswith(_AWAY_CLASSES):
        return _IS_AWAY
    trouble = trouble_of(error)
    if trouble is not None:
        return {"STORE_BUSY": _IS_BUSY, "DISK_FULL": _IS_FULL}.get(trouble.code, _IS_AWAY)
    # A connection that could not be made has no SQLSTATE.
    is_no_answer = isinstance(error, OperationalError | InterfaceError) and state is None
    return _IS_AWAY if is_no_answer else None


async def come_again(request: Request, error: Exception) -> Response:
    """Answer a fault of the world with 503 or 507 and when to come again; raises a fault of ours on."""
    found = judged(error)
    if found is None:
        raise error
    _log.info("%s: %s", found.code, type(error).__name__)
    told = Refused(code=found.code, at=now_us(), parameters={})
    answer = document(msgspec.json.encode(told), found.status)
    answer.headers["Retry-After"] = str(found.again_seconds)
    return answer
