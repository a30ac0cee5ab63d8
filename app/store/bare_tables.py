"""Tables without their indexes while a first reading fills them; whatever dies meanwhile, they get them back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex

from app.store.guard import sqlite_triggers
from app.store.rows import SYNCED

BARE = "bare_tables"
"""The name in `meta` of the tables that have no indexes now, as a JSON list: kept with the rows in one transaction."""
MOST_BARE = 100_000
"""Rows of one table from which on it gets its indexes though more are to come: SQLite sorts them in memory, about 12 MB
here. Each row after that has its place looked for in every index, and costs two or three times as much."""
WORTH_IT = 500
"""Rows of one table in a batch from which on it pays to make its indexes at the end."""


def bare_tables(connection: Connection) -> list[str]:
    """Give the tables that have no indexes now."""
    found = connection.exec_driver_sql("SELECT value FROM meta WHERE name = ?", (BARE,)).scalar_one_or_none()
    return [] if found is None else list(json.loads(found))


def lay_bare(connection: Connection, table: str) -> None:
    """Take the indexes of all rows off a table that holds nothing yet, and note it in the same transaction."""
    if connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first() is not None:  # noqa: S608 - a table of ours
        return
    for index in SYNCED.tables[table].indexes:
        if index.dialect_options["sqlite"]["where"] is None:  # one of few rows costs less than a reading of them all
            connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index.name}")
    _note(connection, [*bare_tables(connection), table])


def is_any_due(connection: Connection, *, but: str = "") -> bool:
    """Say whether a bare table is to get its indexes now; see `make_next`."""
    return bool(_due(connection, bare_tables(connection), but))


def make_next(connection: Connection, *, but: str = "") -> bool:
    """Make one index that is due; gives whether more are missing.

    Due are those of every bare table, but for the one that is still being filled, and its own too once it holds as
    many rows as can be sorted in little memory; what comes after that finds them standing.
    Each in a transaction of its own, as whoever writes waits for it: that of a large table takes its time.
    """
    bare = bare_tables(connection)
    due = _due(connection, bare, but)
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars())
    missing = [
        index for table in due for index in sorted(SYNCED.tables[table].indexes, key=str) if index.name not in there
    ]
    if missing:
        connection.execute(CreateIndex(missing[0], if_not_exists=True))
    if len(missing) <= 1 and due:
        _note(connection, [table for table in bare if table not in due])
    return len(missing) > 1


def _due(connection: Connection, bare: Sequence[str], but: str) -> list[str]:
    return [table for table in bare if table != but or _rows_at_most(connection, table) >= MOST_BARE]


def _rows_at_most(connection: Connection, table: str) -> int:
    """Give how many rows a table may hold that was filled from nothing, without counting them."""
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(rowid), 0) FROM {table}").scalar_one())  # noqa: S608 - a table of ours


def make_whole(connection: Connection) -> None:
    """Give every bare table its indexes again."""
    while make_next(connection):
        pass


@contextmanager
def unguarded(connection: Connection, table: str) -> Iterator[None]:
    """Insert many rows without the trigger that asks for each who writes; it is back before the commit.

    A transaction that fails brings it back too: SQLite takes changes of the schema back like any other.
    """
    name = f"guard_{table}_insert"
    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    yield
    connection.exec_driver_sql(_triggers()[name])


@cache
def _triggers() -> dict[str, str]:
    return sqlite_triggers()


def _note(connection: Connection, tables: list[str]) -> None:
    if tables:
        keep = "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"
        connection.exec_driver_sql(keep, (BARE, json.dumps(tables)))
    else:
        connection.exec_driver_sql("DELETE FROM meta WHERE name = ?", (BARE,))
