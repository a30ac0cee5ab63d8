"""A scope read for the first time: its rows go in as they come, the quick lists are made when all are there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.store.arriving import whole
from app.store.elsewhere import Elsewhere
from app.store.feed import upsert_rows
from app.store.members import join
from app.store.quarantine import take_back
from sync.protocol import sums
from sync.protocol.changeset import Value


class FirstReading:
    """Frames of a first reading on their way into the store, within one transaction."""

    def __init__(self, connection: Connection, scope: str, total: int) -> None:
        self.sum = total
        self._connection = connection
        self._scope = scope
        self._elsewhere = Elsewhere(connection, scope)

    def rows(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]]) -> None:
        """Keep rows as the centre has them: none of them is a member yet, but another scope may hold them."""
        place = columns.index("ver")
        ids = [str(row[0]) for row in rows]
        take_back(self._connection, table, ids)
        here = self._elsewhere.versions(table, ids)
        later = rows if not here else [row for row in rows if whole(row[place]) >= here.get(str(row[0]), 0)]
        upsert_rows(self._connection, table, columns, later, is_guarded=False)
        join(self._connection, self._scope, table, ids)
        for row in rows:
            ver = max(whole(row[place]), here.get(str(row[0]), 0))
            self.sum ^= sums.sum_of(table, str(row[0]), ver)
        told = {str(row[0]): whole(row[place]) for row in later if str(row[0]) in here}
        self._elsewhere.told(table, {row_id: (here[row_id], ver) for row_id, ver in told.items()})
