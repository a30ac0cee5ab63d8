"""A scope read for the first time: its rows go in as they come, the quick lists are made when all are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import Connection

from app.store.arriving import Ready, whole
from app.store.bare_tables import WORTH_IT, lay_bare, unguarded
from app.store.elsewhere import Elsewhere
from app.store.feed import drop_shadows
from app.store.lots import Lot, Lots, put
from app.store.members import join
from app.store.quarantine import take_back
from sync.protocol import sums
from sync.protocol.changeset import Value


class FirstReading:
    """Rows of a first reading without edits on their way, going into the store within one transaction."""

    def __init__(self, connection: Connection, scope: str) -> None:
        self.sum = 0
        """What they add to the scope's sum."""
        self._connection = connection
        self._scope = scope
        self._elsewhere = Elsewhere(connection, scope)

    def rows(
        self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]], ahead: Ready | None = None
    ) -> None:
        """Keep rows as the centre has them: none of them is a member yet, but another scope may hold them.

        `ahead`: what was made ready of the table; it counts where it is of these very rows.
        """
        if not rows:
            return
        place = columns.index("ver")
        ids = cast("list[str]", [row[0] for row in rows])  # a batch takes no others in
        take_back(self._connection, table, ids)
        drop_shadows(self._connection, table, ids)
        here = self._elsewhere.versions(table, ids)
        if ahead is not None and ahead.rows == len(rows) and not here:
            self._put(table, columns, len(rows), ahead.lots)
            join(self._connection, self._scope, table, ids)
            self.sum ^= ahead.sum
            return
        later = rows if not here else [row for row in rows if whole(row[place]) >= here.get(str(row[0]), 0)]
        self._put(table, columns, len(later), Lots().of(table, later))
        join(self._connection, self._scope, table, ids)
        vers = cast("list[int]", [row[place] for row in rows])
        if here:
            vers = [max(ver, here.get(row_id, 0)) for row_id, ver in zip(ids, vers, strict=True)]
            told = {row_id: (here[row_id], ver) for row_id, ver in zip(ids, vers, strict=True) if row_id in here}
            self._elsewhere.told(table, told)
        self.sum ^= sums.sum_of_table(table, zip(ids, vers, strict=True))

    def _put(self, table: str, columns: tuple[str, ...], rows: int, lots: Iterable[Lot]) -> None:
        if rows < WORTH_IT:
            put(self._connection, table, columns, lots)
            return
        lay_bare(self._connection, table)
        with unguarded(self._connection, table):
            put(self._connection, table, columns, lots)
