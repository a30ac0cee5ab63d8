"""Writes many rows with few statements: the driver lets other threads run once a statement, not once a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from sqlalchemy import Connection

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
