"""The rows of one transaction: read once, compared with what is saved, and what changed told as entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from app.store.codec import Record
from app.store.rows import SYNCED
from sync.protocol.changeset import Entry, Op, Value

Key = tuple[str, str]
"""A table's name and a row's id."""

_AT_ONCE = 10_000
_ORDER = {table.name: place for place, table in enumerate(SYNCED.sorted_tables)}
"""Owners before their parts."""
_NOT_TOLD = frozenset({"id", "ver"})


class Source(Protocol):
    """Where rows come from: a transaction that tracks them, or a plain read."""

    def rows(self, table: Table, column: str, values: Sequence[str]) -> list[Record]:
        """Give the rows whose column holds one of the values, in their places."""


@lru_cache(maxsize=200)
def _select(table: Table, column: str, *, single: bool) -> Select[tuple[Value, ...]]:
    wanted = table.c[column]
    condition = wanted == bindparam("wanted") if single else wanted.in_(bindparam("wanted", expanding=True))
    places = [table.c.position] if "position" in table.c else []
    return select(*table.c).where(condition).order_by(*places, table.c.id)


@lru_cache(maxsize=400)
def _insert(table: Table) -> Insert:
    return insert(table)


@lru_cache(maxsize=400)
def _update(table: Table, columns: tuple[str, ...]) -> Update:
    changed: dict[Column[Value], BindParameter[Value]] = {
        table.c[column]: bindparam(f"new_{column}") for column in columns
    }
    return update(table).where(table.c.id == bindparam("row_id")).values(changed)


@lru_cache(maxsize=100)
def _delete(table: Table) -> Delete:
    return delete(table).where(table.c.id == bindparam("row_id"))


class PlainRows:
    """Rows read without remembering them, for pictures."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, table: Table, column: str, values: Sequence[str]) -> list[Record]:
        """Give the rows whose column holds one of the values, in their places."""
        columns = table.columns.keys()
        if len(values) == 1:
            found = self._connection.execute(_select(table, column, single=True), {"wanted": values[0]})
            return [dict(zip(columns, row, strict=True)) for row in found]
        records: list[Record] = []
        for start in range(0, len(values), _AT_ONCE):
            part = values[start : start + _AT_ONCE]
            found = self._connection.execute(_select(table, column, single=False), {"wanted": part})
            records += (dict(zip(columns, row, strict=True)) for row in found)
        return records


class TrackedRows:
    """Rows of one transaction: what they were when it began and what they are now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._plain = PlainRows(connection)
        self._read: dict[str, dict[tuple[str, tuple[str, ...]], list[Record]]] = defaultdict(dict)
        self._before: dict[Key, Record | None] = {}
        self._now: dict[Key, Record | None] = {}

    def rows(self, table: Table, column: str, values: Sequence[str]) -> list[Record]:
        """Give rows as they are now; asked twice without a write in between, the store is read once."""
        known, key = self._read[table.name], (column, tuple(values))
        if key not in known:
            known[key] = self._plain.rows(table, column, values)
        return known[key]

    def row(self, table: Table, row_id: str) -> Record | None:
        """Give one row as it is now, None where there is none."""
        return next(iter(self.rows(table, "id", (row_id,))), None)

    def save(self, parts: Iterable[tuple[Table, Sequence[Record], Sequence[Record]]]) -> None:
        """Bring an aggregate's tables, owners first, from the stored rows to the wanted ones.

        Each part is (table, stored, wanted). A wanted row that is stored elsewhere (a sub-order that moves to another
        proposal) is found by its id and changed, not made twice.
        """
        parts = list(parts)
        gone: list[tuple[Table, list[Record]]] = []
        for table, stored, wanted in parts:
            by_id = {str(record["id"]): record for record in stored}
            wanted_ids = {str(record["id"]) for record in wanted}
            strangers = [row_id for row_id in wanted_ids if row_id not in by_id]
            if strangers:
                by_id.update((str(row["id"]), row) for row in self.rows(table, "id", strangers))
            self._create(table, [record for record in wanted if record["id"] not in by_id])
            self._change(table, [(by_id[str(record["id"])], record) for record in wanted if record["id"] in by_id])
            gone.append((table, [record for record in stored if record["id"] not in wanted_ids]))
        for table, records in reversed(gone):
            self._drop(table, records)

    def put(self, table: Table, record: Record) -> None:
        """Make a row, or bring the stored one to these columns."""
        stored = self.row(table, str(record["id"]))
        if stored is None:
            self._create(table, [record])
        else:
            self._change(table, [(stored, record)])

    def tell_again(self, table: Table, row_id: str) -> bool:
        """Tell a row that is there as one that was made now: the centre refused the action that made it.

        Gives whether it is told: not where the centre knows it.
        """
        stored = self.row(table, row_id)
        if stored is None or _version(stored):
            return False
        self._note(table, row_id, None, stored)
        return True

    def remove(self, table: Table, row_id: str) -> None:
        """Take a row away, if it is there."""
        stored = self.row(table, row_id)
        if stored is not None:
            self._drop(table, [stored])

    def _create(self, table: Table, records: Sequence[Record]) -> None:
        if not records:
            return
        records = [{**record, "ver": 0} for record in records]
        self._connection.execute(_insert(table), records)
        for record in records:
            self._note(table, str(record["id"]), None, record)

    def _change(self, table: Table, pairs: Sequence[tuple[Record, Record]]) -> None:
        by_columns: dict[tuple[str, ...], list[dict[str, Value]]] = defaultdict(list)
        for stored, wanted in pairs:
            columns = tuple(column for column, value in wanted.items() if stored[column] != value)
            if columns:
                new = {f"new_{column}": wanted[column] for column in columns}
                by_columns[columns].append({"row_id": stored["id"], **new})
                self._note(table, str(stored["id"]), stored, {**stored, **wanted})
        for columns, values in by_columns.items():
            self._connection.execute(_update(table, columns), values)

    def _drop(self, table: Table, records: Sequence[Record]) -> None:
        if not records:
            return
        self._connection.execute(_delete(table), [{"row_id": record["id"]} for record in records])
        for record in records:
            self._note(table, str(record["id"]), record, None)

    def _note(self, table: Table, row_id: str, stored: Record | None, now: Record | None) -> None:
        key = (table.name, row_id)
        self._before.setdefault(key, stored)
        self._now[key] = now
        self._read.pop(table.name, None)

    def changes(self) -> list[tuple[Key, Record | None, Record | None]]:
        """Give each row that differs from when the transaction began: its key, before, after."""
        return [(key, before, self._now[key]) for key, before in self._before.items() if before != self._now[key]]

    def entries(self) -> tuple[Entry, ...]:
        """Tell what changed, in an order that can be applied: made (owners first), changed, taken away."""
        made: list[Entry] = []
        changed: list[Entry] = []
        dropped: list[Entry] = []
        for (table, row_id), before, after in self.changes():
            if before is None and after is not None:
                made.append(Entry(table=table, row=row_id, op=Op.CREATE, new=_told(after)))
            elif before is not None and after is None:
                ver = _version(before)
                dropped.append(Entry(table=table, row=row_id, op=Op.DELETE, base_ver=ver, old=_told(before)))
            elif before is not None and after is not None:
                columns = [column for column, value in after.items() if before[column] != value]
                changed.append(
                    Entry(
                        table=table,
                        row=row_id,
                        op=Op.UPDATE,
                        base_ver=_version(before),
                        old={column: before[column] for column in columns},
                        new={column: after[column] for column in columns},
                    )
                )
        made.sort(key=_place)
        dropped.sort(key=_place, reverse=True)
        return (*made, *changed, *dropped)


def _place(entry: Entry) -> int:
    return _ORDER[entry.table]


def _told(record: Record) -> Record:
    return {column: value for column, value in record.items() if column not in _NOT_TOLD}


def _version(record: Record) -> int:
    return int(record["ver"] or 0)
