"""Looks whether a connection still stands before it is used; one that was used a moment ago is trusted.

To ask each time costs a way to the database and back, as long as what is then asked of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Engine, PoolProxiedConnection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

TRUSTED_SECONDS = 1.0
"""How long after its last use a connection is taken to stand, unless any other one broke meanwhile."""

_USED = "used_at"


def look_before_use(engine: Engine, now: Callable[[], float] = time.monotonic) -> None:
    """Let each connection of an engine be looked at before it is used, unless it was used a moment ago (`now` in s).

    One that does not stand is made anew, and so are all others. What a trusted one meets is told as any other fault:
    whoever asked comes again.
    """
    broke = float("-inf")

    def used(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info[_USED] = now()

    def broken(_: DBAPIConnection, __: ConnectionPoolEntry, ___: BaseException | None) -> None:
        nonlocal broke
        broke = now()

    def wanted(line: DBAPIConnection, record: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        at = float(record.info[_USED])
        if at > broke and now() - at < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(line)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "connect", used)
    event.listen(engine, "checkin", used)
    event.listen(engine, "invalidate", broken)
    event.listen(engine, "checkout", wanted)
