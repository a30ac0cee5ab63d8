"""Many rows with few statements: the driver lets other threads run once a statement, not once a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from sqlalchemy import Connection

from app.store.codec import Record
from app.store.rows import SYNCED
from sync.protocol.changeset import Value

MOST_VALUES = 3_000
"""Values bound to one statement; SQLite takes ten times as many."""


def write_many(connection: Connection, head: str, rows: Sequence[Sequence[Value]], tail: str = "") -> None:
    """Run `head` (INSERT INTO … VALUES) over rows of equal width, and `tail` (ON CONFLICT …) after their values."""
    if not rows:
        return
    hole = f"({', '.join('?' * len(rows[0]))})"
    at_once = max(1, MOST_VALUES // len(rows[0]))
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        connection.exec_driver_sql(f"{head} {', '.join([hole] * len(part))} {tail}", tuple(chain.from_iterable(part)))


def rows_among(connection: Connection, table: str, ids: Sequence[str]) -> dict[str, Record]:
    """Give those of some rows that are here, by id."""
    columns = tuple(column.name for column in SYNCED.tables[table].columns)
    found: dict[str, Record] = {}
    for start in range(0, len(ids), MOST_VALUES):
        part = ids[start : start + MOST_VALUES]
        wanted = f"SELECT {', '.join(columns)} FROM {table} WHERE id IN ({', '.join('?' * len(part))})"  # noqa: S608 - a table of ours
        found.update(
            (row[0], dict(zip(columns, row, strict=True))) for row in connection.exec_driver_sql(wanted, tuple(part))
        )
    return found


def take_away(connection: Connection, table: str, ids: Sequence[str]) -> None:
    """Delete rows."""
    if ids:
        away = f"DELETE FROM {table} WHERE id = ?"  # noqa: S608 - a table of ours
        connection.exec_driver_sql(away, [(row_id,) for row_id in ids])
