"""How far this device has read each scope, kept in the transaction that keeps what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from app.store.straight import plain_rows
from sync.protocol.changeset import Value

_CURSOR = "SELECT scope, seq, tag, phase, resume, state_sum FROM sync_cursor"


class Phase(StrEnum):
    """How far a scope's pull is: never begun, in its first reading, following the log."""

    NEW = "new"
    FIRST = "first"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCursor:
    """How far this device has read a scope; `resume` goes on with an unfinished first reading."""

    scope: str
    seq: int = 0
    tag: str = ""
    phase: Phase = Phase.NEW
    resume: str | None = None
    sum: str = ""


def all_cursors(connection: Connection) -> dict[str, StoredCursor]:
    """Give the cursor of every scope this device holds or began to read."""
    return {str(row[0]): _stored(row) for row in plain_rows(connection, _CURSOR)}


def cursor_of(connection: Connection, scope: str) -> StoredCursor:
    """Give how far this device has read one scope."""
    found = plain_rows(connection, f"{_CURSOR} WHERE scope = ?", (scope,))
    return _stored(found[0]) if found else StoredCursor(scope=scope)


def rows_held(connection: Connection, scope: str) -> int:
    """Count the rows that the device holds for a scope."""
    counted = "SELECT count(*) FROM sync_member WHERE scope = ?"
    return int(connection.exec_driver_sql(counted, (scope,)).scalar_one())


def keep_cursor(connection: Connection, cursor: StoredCursor) -> None:
    """Keep how far this device has read a scope."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO sync_cursor (scope, seq, tag, phase, resume, state_sum) VALUES (?, ?, ?, ?, ?, ?)",
        (cursor.scope, cursor.seq, cursor.tag, cursor.phase.value, cursor.resume, cursor.sum),
    )


def _stored(row: Sequence[Value]) -> StoredCursor:
    scope, seq, tag, phase, resume, total = row
    return StoredCursor(
        scope=str(scope),
        seq=int(seq or 0),
        tag=str(tag),
        phase=Phase(str(phase)),
        resume=None if resume is None else str(resume),
        sum=str(total),
    )
