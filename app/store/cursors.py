"""How far this device has read each scope, kept in the transaction that keeps what was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Row

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
    return {row[0]: _stored(row) for row in connection.exec_driver_sql(_CURSOR)}


def cursor_of(connection: Connection, scope: str) -> StoredCursor:
    """Give how far this device has read one scope."""
    row = connection.exec_driver_sql(f"{_CURSOR} WHERE scope = ?", (scope,)).first()
    return StoredCursor(scope=scope) if row is None else _stored(row)


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


def _stored(row: Row[tuple[str, int, str, str, str | None, str]]) -> StoredCursor:
    return StoredCursor(scope=row[0], seq=row[1], tag=row[2], phase=Phase(row[3]), resume=row[4], sum=row[5])
