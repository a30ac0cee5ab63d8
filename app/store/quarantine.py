"""Rows that left this device's scopes while edits on them were on their way: kept, not shown, gone with the answer."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

Key = tuple[str, str]
"""A table's name and a row's id."""


def set_aside(connection: Connection, key: Key, at: int) -> None:
    """Keep a row apart that no scope holds any more and that has edits on their way."""
    aside = "INSERT OR IGNORE INTO quarantine (table_name, row_id, at) VALUES (?, ?, ?)"
    connection.exec_driver_sql(aside, (*key, at))


def take_back(connection: Connection, table: str, rows: Iterable[str]) -> set[str]:
    """Take rows out of quarantine: a scope holds them again, or they are gone; gives those that were in it."""
    if not is_any_aside(connection):
        return set()
    found = {row_id for row_id in rows if is_aside(connection, (table, row_id))}
    values = [(table, row_id) for row_id in found]
    if values:
        connection.exec_driver_sql("DELETE FROM quarantine WHERE table_name = ? AND row_id = ?", values)
    return found


def is_any_aside(connection: Connection) -> bool:
    """Say whether anything is in quarantine."""
    return connection.exec_driver_sql("SELECT 1 FROM quarantine LIMIT 1").first() is not None


def is_aside(connection: Connection, key: Key) -> bool:
    """Say whether a row is in quarantine."""
    aside = "SELECT 1 FROM quarantine WHERE table_name = ? AND row_id = ?"
    return connection.exec_driver_sql(aside, key).first() is not None
