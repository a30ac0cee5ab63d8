"""Rows that left this device's scopes while edits on them were on their way: kept, not shown, gone with the answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from app.store.codec import compact_json, instant
from app.store.naming import new_id

ACCOUNTS_LEFT = "ACCOUNTS_LEFT"
"""The code of the notice that accounts left the portfolio; it belongs to no action of the rep."""
_MOST_NAMED = 20

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


def say_left(connection: Connection, names: Sequence[str], at: int) -> None:
    """Tell the rep that accounts left the portfolio; a notice that was not put away yet is made longer."""
    if not names:
        return
    found = connection.exec_driver_sql(
        "SELECT id, parameters FROM problem WHERE code = ? AND is_settled = 0", (ACCOUNTS_LEFT,)
    ).first()
    before = json.loads(found[1]) if found is not None else {"count": "0", "accounts": ""}
    listed = [name for name in (before["accounts"], ", ".join(names[:_MOST_NAMED])) if name]
    told = {"count": str(int(before["count"]) + len(names)), "accounts": ", ".join(listed)[:_MOST_LETTERS]}
    if found is not None:
        longer = "UPDATE problem SET parameters = ?, at = ? WHERE id = ?"
        connection.exec_driver_sql(longer, (compact_json(told), at, found[0]))
        return
    connection.exec_driver_sql(
        "INSERT INTO problem (id, mid, code, parameters, choices, at, is_settled) VALUES (?, '', ?, ?, '[]', ?, 0)",
        (new_id(instant(at)), ACCOUNTS_LEFT, compact_json(told), at),
    )


_MOST_LETTERS = 600
