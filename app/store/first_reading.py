"""A scope read for the first time: its rows go in as they come, the quick lists are made when all are there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.store.arriving import whole
from app.store.feed import upsert_rows
from app.store.members import join
from sync.protocol import sums
from sync.protocol.changeset import Value


class FirstReading:
    """Frames of a first reading on their way into the store, within one transaction."""

    def __init__(self, connection: Connection, scope: str, total: int) -> None:
        self.sum = total
        self._connection = connection
        self._scope = scope

    def rows(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]]) -> None:
        """Keep rows as the centre has them: none of them is a member yet."""
        place = columns.index("ver")
        upsert_rows(self._connection, table, columns, rows, is_guarded=False)
        join(self._connection, self._scope, table, [str(row[0]) for row in rows])
        for row in rows:
            self.sum ^= sums.sum_of(table, str(row[0]), whole(row[place]))
