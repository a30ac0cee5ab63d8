"""Rows put ahead of their turn into the shape in which the store takes them, on whatever thread has the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection

from app.store.many_rows import MOST_VALUES
from app.store.rows import SYNCED
from sync.protocol.changeset import Value


class Lot(NamedTuple):
    """Rows for one statement: how many, the places of the columns that hold nothing in any of them, and their values.

    The values are those of the other columns, row behind row.
    """

    rows: int
    empty: tuple[int, ...]
    values: tuple[Value, ...]


class Lots:
    """Puts rows into lots, frame by frame; binding a value takes longer than storing it, so what is empty is left out.

    The driver keeps a statement, of up to a megabyte, for each number of rows and each choice of empty columns. So
    there are few of both: numbers go down by halves, and a column that held something once is not left out any more.
    """

    def __init__(self) -> None:
        self._empty: dict[str, tuple[int, ...]] = {}

    def of(self, table: str, rows: Sequence[tuple[Value, ...]]) -> Iterator[Lot]:
        """Give the lots of rows, in order; each row begins with its id and bears its version, as all do."""
        if not rows:
            return
        width = len(rows[0])
        empty = tuple(place for place in self._empty.get(table, range(width)) if _is_empty(rows, place))
        self._empty[table] = empty
        kept = map(itemgetter(*(place for place in range(width) if place not in empty)), rows) if empty else iter(rows)
        left, most = len(rows), max(1, MOST_VALUES // width)
        while left:
            size = most if left >= most else 1 << (left.bit_length() - 1)
            left -= size
            yield Lot(size, empty, tuple(chain.from_iterable(islice(kept, size))))


def put(connection: Connection, table: str, columns: tuple[str, ...], lots: Iterable[Lot]) -> None:
    """Write rows of a table, put into lots under this header, over those that are there, whatever their version."""
    for lot in lots:
        connection.exec_driver_sql(_words(table, columns, lot.rows, lot.empty), lot.values)


@lru_cache(maxsize=64)
def _words(table: str, columns: tuple[str, ...], rows: int, empty: tuple[int, ...]) -> str:
    known = SYNCED.tables[table].columns
    names = [known[column].name for column in columns]
    row = ", ".join("NULL" if place in empty else "?" for place in range(len(names)))
    over = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    head = f"INSERT INTO {table} ({', '.join(names)}) VALUES"
    return f"{head} {', '.join([f'({row})'] * rows)} ON CONFLICT (id) DO UPDATE SET {over}"


def _is_empty(rows: Sequence[tuple[Value, ...]], place: int) -> bool:
    return rows[0][place] is None and all(row[place] is None for row in rows)
