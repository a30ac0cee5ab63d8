"""Looks whether the sum that is kept of each scope is that of its rows, and mends those that are not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from app.store.engine import Engines
from sync.server.database import in_one_write, own_picture
from sync.server.exchange.repairing import buckets_of
from sync.server.tables import SCOPE


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A scope whose kept sum is not that of its rows; both as they are written."""

    scope: str
    kept: str
    true: str


def wrong_sums(engines: Engines) -> list[WrongSum]:
    """Give the scopes whose kept sum is wrong, each looked at in one moment."""
    with own_picture(engines) as connection:
        scopes = connection.execute(select(SCOPE.c.scope).order_by(SCOPE.c.scope)).scalars().all()
    found = []
    for scope in scopes:
        with own_picture(engines) as connection:
            kept = connection.execute(select(SCOPE.c.state_sum).where(SCOPE.c.scope == scope)).scalar_one_or_none()
            true = buckets_of(connection, scope).sum
        if kept is not None and kept != true:
            found.append(WrongSum(scope, kept, true))
    return found


def mend(engines: Engines, scope: str) -> None:
    """Put a scope's sum right while nothing is written to it: whoever writes to a scope waits for its lock."""

    def put_right(connection: Connection) -> None:
        locked = select(SCOPE.c.scope).where(SCOPE.c.scope == scope).with_for_update()
        if connection.execute(locked).first() is not None:
            true = buckets_of(connection, scope).sum
            connection.execute(update(SCOPE).where(SCOPE.c.scope == scope).values(state_sum=true))

    in_one_write(engines, put_right)
