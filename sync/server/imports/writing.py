"""Writes an import: only what the files changed since the last one, in one transaction, told to the devices."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    MetaData,
    Table,
    Text,
    bindparam,
    insert,
    inspect,
    select,
    text,
    update,
)

from app.store.engine import Engines
from app.store.rows import SYNCED
from sync.server.database import is_postgres, own_picture
from sync.server.feed import Feed
from sync.server.feed import write as write_through_feed
from sync.server.imports.cells import Value
from sync.server.imports.held import must_not_be_moved
from sync.server.imports.rows import TABLES, Imported, ImportedRow, RowValues

_OWN = MetaData()
IMPORTED = Table(
    "imported_row",
    _OWN,
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("content", Text, nullable=False),
)
"""What the files last said of each row, as JSON. What they say again is no news: a person's edit since then stands."""

_AT_ONCE = 5_000


@dataclass(slots=True)
class TableEffect:
    """What an import does to a table: ids of new rows, of changed ones, and how many stay as they are."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0


Effect = Mapping[str, TableEffect]


@dataclass(slots=True)
class _Plan:
    """What is to be written to one table."""

    effect: TableEffect = field(default_factory=TableEffect)
    inserts: list[RowValues] = field(default_factory=list)
    updates: dict[tuple[str, ...], list[RowValues]] = field(default_factory=lambda: defaultdict(list))
    news: list[RowValues] = field(default_factory=list)


def foreseen(engines: Engines, rows: Imported) -> Effect:
    """Say what writing would do, and write nothing. Raises Malformed as `write` does."""
    with own_picture(engines) as connection:
        return {name: plan.effect for name, plan in _plans(connection, rows)}


def write(engines: Engines, rows: Imported) -> Effect:
    """Write what is new or changed in one transaction, through the feed, so that devices receive it.

    Raises Malformed, and writes nothing, where a place would become another one that is held for a customer.
    """

    def work(connection: Connection, feed: Feed) -> Effect:
        # Ids come of the files' keys: what a later import adds, one after a centre was put back may add otherwise.
        is_first = not inspect(connection).has_table(IMPORTED.name)
        _OWN.create_all(connection)
        if is_postgres(connection):
            connection.execute(text("LOCK TABLE imported_row IN EXCLUSIVE MODE"))
        effect = {}
        for name, plan in _plans(connection, rows):
            feed.load(name, plan.inserts, may_come_again=not is_first)
            _carry_out(connection, feed, name, plan)
            effect[name] = plan.effect
        return effect

    return write_through_feed(engines, work)


def _plans(connection: Connection, rows: Imported) -> Iterator[tuple[str, _Plan]]:
    remembers = inspect(connection).has_table(IMPORTED.name)
    for name in TABLES:
        table = SYNCED.tables[name]
        wanted = rows.tables[name]
        standing = _standing(connection, table, wanted)
        told = _told(connection, name, wanted) if remembers else {}
        plan = _Plan()
        for row_id, row in wanted.items():
            _compare(plan, table, row_id, row, standing.get(row_id), told.get(row_id))
        if name == "slot":
            must_not_be_moved(connection, _changes(plan), wanted)
        yield name, plan


def _changes(plan: _Plan) -> dict[str, RowValues]:
    """Give what a plan changes, by the row's id."""
    every = (one for values in plan.updates.values() for one in values)
    return {
        str(one["wanted"]): {name.removeprefix("new_"): value for name, value in one.items() if name != "wanted"}
        for one in every
    }


def _compare(
    plan: _Plan, table: Table, row_id: str, row: ImportedRow, standing: RowValues | None, told: RowValues | None
) -> None:
    given = {column: _filled(table, column, value) for column, value in row.given.items()}
    if told != given:
        content = json.dumps(given, ensure_ascii=False, sort_keys=True)
        plan.news.append({"table_name": table.name, "row_id": row_id, "content": content})
    if standing is None:
        fresh = {
            column.name: _filled(table, column.name, row.start.get(column.name))
            for column in table.c
            if column.name != "ver"
        }
        plan.inserts.append(fresh | given | {"id": row_id})
        plan.effect.new.append(row_id)
        return
    changes = {
        column: value
        for column, value in given.items()
        if standing[column] != value and (told is None or column not in told or told[column] != value)
    }
    if changes:
        values = {f"new_{column}": value for column, value in changes.items()}
        plan.updates[tuple(changes)].append({"wanted": row_id, **values})
        plan.effect.changed.append(row_id)
    else:
        plan.effect.same += 1


def _filled(table: Table, name: str, value: Value) -> Value:
    """Give the value of a column, its own default where the files leave it empty."""
    column = table.c[name]
    if value is not None or column.nullable:
        return value
    default = getattr(column.default, "arg", None)
    if isinstance(default, str | int):
        return default
    return "" if isinstance(column.type, Text) else 0


def _standing(connection: Connection, table: Table, ids: Iterable[str]) -> dict[str, RowValues]:
    asked = select(table).where(table.c.id.in_(bindparam("wanted", expanding=True)))
    found = (connection.execute(asked, {"wanted": part}).mappings() for part in _parts(tuple(ids)))
    return {str(row["id"]): dict(row) for rows in found for row in rows}


def _told(connection: Connection, name: str, ids: Iterable[str]) -> dict[str, RowValues]:
    asked = select(IMPORTED.c.row_id, IMPORTED.c.content).where(
        IMPORTED.c.table_name == name, IMPORTED.c.row_id.in_(bindparam("wanted", expanding=True))
    )
    found = (connection.execute(asked, {"wanted": part}) for part in _parts(tuple(ids)))
    return {row_id: json.loads(content) for rows in found for row_id, content in rows}


def _carry_out(connection: Connection, feed: Feed, name: str, plan: _Plan) -> None:
    table = SYNCED.tables[name]
    feed.touch(name, plan.effect.changed)
    for columns, values in plan.updates.items():
        changed: dict[Column[Value], BindParameter[Value]] = {
            table.c[column]: bindparam(f"new_{column}") for column in columns
        }
        connection.execute(update(table).where(table.c.id == bindparam("wanted")).values(changed), values)
    if plan.news:
        known = set(_told(connection, name, [str(news["row_id"]) for news in plan.news]))
        fresh = [news for news in plan.news if news["row_id"] not in known]
        again = [
            {"the_row": news["row_id"], "the_content": news["content"]} for news in plan.news if news["row_id"] in known
        ]
        if fresh:
            connection.execute(insert(IMPORTED), fresh)
        if again:
            there = (IMPORTED.c.table_name == name) & (IMPORTED.c.row_id == bindparam("the_row"))
            connection.execute(update(IMPORTED).where(there).values(content=bindparam("the_content")), again)


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
