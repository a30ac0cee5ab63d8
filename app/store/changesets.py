"""Actions as the outbox holds them, read many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection

from app.store.codec import Record
from sync.protocol.changeset import Changeset, Entry, Op, Value

T = TypeVar("T", str, int)

WAITS = "state IN ('pending', 'sent')"
"""What the centre has not answered yet."""
ENTRY = "SELECT e.mid, e.table_name, e.row_id, e.op, e.base_ver, e.old, e.new FROM changeset_entry e "
"""The beginning of a statement that `entry_of` reads."""
MANY = 400
"""Ids asked for in one statement."""

_CHANGESET = "SELECT n, mid, name, at, revision, facts, undoes, final FROM changeset "
_OPS = {op.value: op for op in Op}
_columns = msgspec.json.Decoder(dict[str, Value])
_row: msgspec.json.Decoder[dict[str, Value] | None] = msgspec.json.Decoder(dict[str, Value] | None)
_facts = msgspec.json.Decoder(dict[str, str])


def changeset_of(connection: Connection, n: int) -> Changeset:
    """Give a changeset by its number."""
    row = connection.exec_driver_sql(f"{_CHANGESET} WHERE n = ?", (n,)).one()
    return next(_whole(connection, [row]))


def waiting_among(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Give, of those of these numbers that wait for the centre's answer, the action (`mid`) under each."""
    found: dict[int, str] = {}
    for part in parts(numbers):
        asked = f"SELECT n, mid FROM changeset WHERE n IN ({holes(part)}) AND {WAITS}"  # noqa: S608 - constants
        found.update((row[0], row[1]) for row in connection.exec_driver_sql(asked, tuple(part)).all())
    return found


class _EntryAsKept(msgspec.Struct, kw_only=True):
    """An entry with its JSON as it is kept."""

    table: str
    row: str
    op: str
    base_ver: int
    old: msgspec.Raw
    new: msgspec.Raw


class _AsKept(msgspec.Struct, kw_only=True):
    """A changeset with its JSON as it is kept: written as a `Changeset` is, without reading what it holds."""

    n: int
    mid: str
    name: str
    at: int
    revision: str
    facts: msgspec.Raw
    undoes: str | None
    final: bool
    entries: list[_EntryAsKept]


def first_waiting(connection: Connection, most: int) -> Iterator[tuple[int, bytes]]:
    """Give the changesets that wait, in order, up to a count: the number of each and its JSON.

    Their entries are read as they are asked for.
    """
    rows = _driven(connection, f"{_CHANGESET} WHERE {WAITS} ORDER BY n LIMIT ?", (most,))
    for start in range(0, len(rows), MANY):
        part = rows[start : start + MANY]
        entries: dict[str, list[_EntryAsKept]] = {row[1]: [] for row in part}
        asked = f"{ENTRY} WHERE e.mid IN ({holes(tuple(entries))}) ORDER BY e.mid, e.position"
        for mid, table, row_id, op, ver, old, new in _driven(connection, asked, tuple(entries)):
            entry = _EntryAsKept(
                table=table, row=row_id, op=op, base_ver=ver, old=msgspec.Raw(old), new=msgspec.Raw(new)
            )
            entries[mid].append(entry)
        for n, mid, name, at, revision, facts, undoes, final in part:
            kept = _AsKept(
                n=n,
                mid=mid,
                name=name,
                at=at,
                revision=revision,
                facts=msgspec.Raw(facts),
                undoes=undoes,
                final=bool(final),
                entries=entries[mid],
            )
            yield n, msgspec.json.encode(kept)


def _driven(connection: Connection, statement: str, values: tuple[str, ...] | tuple[int, ...]) -> Sequence[Any]:
    """Give rows as the driver makes them: the library's would take longer than the reading."""
    rows: Sequence[Any] = connection.exec_driver_sql(statement, values).cursor.fetchall()
    return rows


def _whole(connection: Connection, rows: Sequence[Sequence[str | int | None]]) -> Iterator[Changeset]:
    """Put changesets together with their entries."""
    mids = tuple(str(row[1]) for row in rows)
    entries: dict[str, list[Entry]] = {}
    asked = f"{ENTRY} WHERE e.mid IN ({holes(mids)}) ORDER BY e.mid, e.position"
    for row in connection.exec_driver_sql(asked, mids).all() if mids else ():
        entries.setdefault(str(row[0]), []).append(entry_of(row))
    for n, mid, name, at, revision, facts, undoes, final in rows:
        yield Changeset(
            n=int(n or 0),
            mid=str(mid),
            name=str(name),
            at=int(at or 0),
            revision=str(revision),
            facts=_facts.decode(str(facts)),
            undoes=None if undoes is None else str(undoes),
            final=bool(final),
            entries=tuple(entries.get(str(mid), ())),
        )


def entry_of(row: Sequence[str | int]) -> Entry:
    """Read an entry from what `ENTRY` gives."""
    _, table, row_id, op, base_ver, old, new = row
    return Entry(
        table=str(table),
        row=str(row_id),
        op=_OPS[str(op)],
        base_ver=int(base_ver),
        old=_columns.decode(str(old)),
        new=_columns.decode(str(new)),
    )


def row_from(text: str) -> Record | None:
    """Read a row that was kept as JSON, None for no row."""
    return _row.decode(text)


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give values in parts that fit into one statement."""
    return (values[start : start + MANY] for start in range(0, len(values), MANY))


def holes(values: Sequence[str] | Sequence[int]) -> str:
    """Give a question mark for each value."""
    return ", ".join("?" * len(values))
