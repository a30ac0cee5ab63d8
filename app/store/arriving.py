"""What the centre tells of one scope between two marks, held until it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, cast

from app.store.apart import Apart, must_be_a_table
from app.store.lots import Lot, Lots
from app.store.rows import SYNCED
from sync.protocol import sums
from sync.protocol.changeset import Value
from sync.protocol.frames import Columns, Damaged, Gone, Rows


class Ready(NamedTuple):
    """What was made ready of a table: how many rows, what they add to their scope's sum, and their lots."""

    rows: int = 0
    sum: int = 0
    lots: tuple[Lot, ...] = ()


@dataclass(slots=True)
class Batch:
    """What came for one scope between two marks."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: list[Rows] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    apart: Apart = field(default_factory=Apart)
    """What this app does not know: columns of its rows, and whole tables, which are in no other part of the batch."""
    ready: dict[str, Ready] = field(default_factory=dict)
    """What was made ready ahead, by table."""

    def take(self, frame: Columns | Rows | Gone) -> None:
        """Take a frame in. Raises Damaged for tables and columns no app will ever know, and for a column left out."""
        table = SYNCED.tables.get(frame.table)
        if table is None:
            must_be_a_table(frame.table)
        if isinstance(frame, Columns):
            names = {*frame.columns}
            is_whole = "ver" in names if table is None else names.issuperset(table.columns.keys())
            if frame.columns[:1] != ("id",) or not is_whole or len(names) < len(frame.columns):
                raise Damaged(f"columns of {frame.table} are not ours")
            self.columns[frame.table] = self.apart.header(frame)
        elif isinstance(frame, Gone):
            (self.gone if table is not None else self.apart.gone).append(frame)
        else:
            apart = self.apart.columns(frame.table)
            columns = apart or self.columns.get(frame.table, ())
            if not columns or {*map(len, frame.rows)} - {len(columns)}:
                raise Damaged(f"rows of {frame.table} do not fit their header")
            ver = columns.index("ver")
            if {*map(type, map(itemgetter(0), frame.rows))} - {str} or {
                *map(type, map(itemgetter(ver), frame.rows))
            } - {int}:
                raise Damaged(f"rows of {frame.table} have an id or a version that is none")
            known = frame if apart is None else self.apart.split(frame)
            if known is not None:
                self.rows.append(known)

    def make_ready(self, lots: Lots) -> None:
        """Do ahead what can be done with the rows, while another thread keeps those that came before."""
        for frame in self.rows:
            ver = self.columns[frame.table].index("ver")
            # `take` lets no other in.
            heard = cast("Iterable[tuple[str, int]]", map(itemgetter(0, ver), frame.rows))
            total = sums.sum_of_table(frame.table, heard)
            self._add(frame.table, Ready(len(frame.rows), total, tuple(lots.of(frame.table, frame.rows))))

    def _add(self, table: str, more: Ready) -> None:
        rows, total, lots = self.ready.get(table, Ready())
        self.ready[table] = Ready(rows + more.rows, total ^ more.sum, lots + more.lots)

    def take_over(self, other: Batch) -> None:
        """Take all that another batch of the same message holds, which then begins anew."""
        self.columns.update(other.columns)
        self.rows += other.rows
        self.gone += other.gone
        self.apart.take_over(other.apart)
        for table, ready in other.ready.items():
            self._add(table, ready)
        other.clear()

    def clear(self) -> None:
        """Begin anew; the headers stand for the whole message."""
        self.rows.clear()
        self.gone.clear()
        self.apart.clear()
        self.ready.clear()

    @property
    def tables(self) -> frozenset[str]:
        """The tables it tells of, but for those that this app does not know."""
        return frozenset({*(frame.table for frame in self.rows), *(frame.table for frame in self.gone)})

    @property
    def size(self) -> int:
        """How many rows it tells of."""
        return sum(len(rows.rows) for rows in self.rows) + sum(len(gone.rows) for gone in self.gone) + self.apart.size


def whole(value: Value) -> int:
    """Give a version. Raises Damaged for anything that is no number."""
    if not isinstance(value, int):
        raise Damaged("a version that is no number")
    return value
