"""Puts many rows in at once, straight into the tables: first pulls, imports, training data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table

from app.store.quick_lists import QuickLists
from sync.protocol.changeset import Value


def bulk_insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Value]]) -> None:
    """Insert fresh rows that all name the same columns; what a row does not name gets its default.

    The connection is one that may write (`app.store.guard.writing`). Call `rebuild_lists` after the last table.
    """
    if rows:
        columns = list(rows[0])
        bulk_load(connection, table, columns, [tuple(row[column] for column in columns) for row in rows])


def bulk_load(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> None:
    """Insert fresh rows given as tuples under one header of columns, at the speed of the driver."""
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    hole = "%s" if connection.dialect.name == "postgresql" else "?"
    names = ", ".join(quote(table.c[column].name) for column in columns)
    holes = ", ".join([hole] * len(columns))
    statement = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({holes})"  # noqa: S608 - values are bound
    connection.exec_driver_sql(statement, list(rows))


def rebuild_lists(connection: Connection) -> None:
    """Bring a device's quick lists and full-text search in step after a bulk load."""
    QuickLists().rebuild(connection)
