"""What a centre ahead of this app tells beyond what the app knows, until it is kept: columns of rows, whole tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from app.store.rows import DEVICE, SYNCED
from sync.protocol.changeset import Value
from sync.protocol.frames import Columns, Damaged, Gone, Rows

MOST_COLUMNS = 200
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


class Unknown(NamedTuple):
    """A row's values that this app does not know, as a JSON object by column; of a row at one version."""

    row: str
    ver: int
    columns: str


@dataclass(frozen=True, slots=True)
class _Header:
    """A header of columns: all of them, and the places of those that are known here and of those that are not."""

    columns: tuple[str, ...]
    known: tuple[int, ...]
    unknown: tuple[int, ...]


@dataclass(slots=True)
class Apart:
    """The part of a batch that this app does not know.

    `values` are those of unknown columns, by known table; `rows` and `gone` are of unknown tables.
    """

    values: dict[str, list[Unknown]] = field(default_factory=dict)
    rows: list[Rows] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    _headers: dict[str, _Header] = field(default_factory=dict)

    def header(self, frame: Columns) -> tuple[str, ...]:
        """Take a table's header; gives the columns known here. Raises Damaged for names that no app will ever know."""
        table = SYNCED.tables.get(frame.table)
        known = () if table is None else tuple(n for n, name in enumerate(frame.columns) if name in table.columns)
        unknown = tuple(n for n, name in enumerate(frame.columns) if table is None or name not in table.columns)
        self._headers.pop(frame.table, None)
        if unknown:
            names = [frame.columns[place] for place in unknown]
            if len(frame.columns) > MOST_COLUMNS or not all(map(_NAME.fullmatch, names)):
                raise Damaged(f"columns of {frame.table} are not ours")
            self._headers[frame.table] = _Header(frame.columns, known, unknown)
        return tuple(frame.columns[place] for place in known)

    def columns(self, table: str) -> tuple[str, ...] | None:
        """Give the whole header of a table of which something is not known here, None for any other."""
        header = self._headers.get(table)
        return None if header is None else header.columns

    def split(self, frame: Rows) -> Rows | None:
        """Take what is not known here off rows that fit their header; gives the rest, None for an unknown table."""
        if frame.table not in SYNCED.tables:
            self.rows.append(frame)
            return None
        header = self._headers[frame.table]
        self.values.setdefault(frame.table, []).extend(_unknown(header.columns, header.unknown, frame.rows))
        return Rows(table=frame.table, rows=[tuple(row[place] for place in header.known) for row in frame.rows])

    def whole_rows(self, frame: Rows) -> list[Unknown]:
        """Give rows of an unknown table, all their values unknown but id and version."""
        columns = self._headers[frame.table].columns
        places = tuple(place for place, name in enumerate(columns) if name not in {"id", "ver"})
        return _unknown(columns, places, frame.rows)

    def take_over(self, other: Apart) -> None:
        """Take all that another one of the same message holds, which then begins anew."""
        self._headers.update(other._headers)
        for table, values in other.values.items():
            self.values.setdefault(table, []).extend(values)
        self.rows += other.rows
        self.gone += other.gone
        other.clear()

    def clear(self) -> None:
        """Begin anew; the headers stand for the whole message."""
        self.values.clear()
        self.rows.clear()
        self.gone.clear()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that this app does not know."""
        return not (self.values or self.rows or self.gone)

    @property
    def size(self) -> int:
        """How many rows of unknown tables it tells of."""
        return sum(len(frame.rows) for frame in self.rows) + sum(len(frame.rows) for frame in self.gone)


def must_be_a_table(name: str) -> None:
    """Raise Damaged unless a later app could know a table of this name: no table of the device's own, nor of SQLite."""
    if _NAME.fullmatch(name) is None or name in DEVICE.tables or name.startswith("sqlite_"):
        raise Damaged(f"no table is called {name[:60]!r}")


def _unknown(columns: Sequence[str], places: Sequence[int], rows: Sequence[tuple[Value, ...]]) -> list[Unknown]:
    ver = columns.index("ver")
    return [
        Unknown(
            str(row[0]),
            int(row[ver] or 0),
            msgspec.json.encode({columns[place]: row[place] for place in places}).decode(),
        )
        for row in rows
    ]
