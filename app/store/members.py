"""Which rows the device holds for which scope; a row stays as long as one scope holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from app.store.feed import Key

AT_ONCE = 500
"""Ids asked for in one statement."""


def join(connection: Connection, scope: str, table: str, ids: Iterable[str]) -> None:
    """Note rows as held for a scope; those that are stay so."""
    for piece in pieces(list(ids)):
        # Scope and table are bound once for all: with them each row would cost three times the binding.
        rows = ", ".join(f"(?1, ?2, ?{place})" for place in range(3, 3 + len(piece)))
        joined = f"INSERT OR IGNORE INTO sync_member (scope, table_name, row_id) VALUES {rows}"  # noqa: S608 - holes
        connection.exec_driver_sql(joined, (scope, table, *piece))


def part(connection: Connection, scope: str, table: str, ids: Iterable[str]) -> None:
    """Note rows as no longer held for a scope."""
    parted = "DELETE FROM sync_member WHERE scope = ? AND table_name = ? AND row_id = ?"
    values = [(scope, table, row_id) for row_id in ids]
    if values:
        connection.exec_driver_sql(parted, values)


def members_among(connection: Connection, scope: str, table: str, ids: Sequence[str]) -> set[str]:
    """Give those of some rows that are held for a scope."""
    found: set[str] = set()
    for piece in pieces(ids):
        holes = ", ".join("?" * len(piece))
        statement = f"SELECT row_id FROM sync_member WHERE scope = ? AND table_name = ? AND row_id IN ({holes})"  # noqa: S608 - holes
        found.update(connection.exec_driver_sql(statement, (scope, table, *piece)).scalars())
    return found


def held_among(connection: Connection, table: str, ids: Sequence[str]) -> set[str]:
    """Give those of some rows that any scope holds."""
    found: set[str] = set()
    for piece in pieces(ids):
        holes = ", ".join("?" * len(piece))
        statement = f"SELECT row_id FROM sync_member WHERE table_name = ? AND row_id IN ({holes})"  # noqa: S608 - holes
        found.update(connection.exec_driver_sql(statement, (table, *piece)).scalars())
    return found


def is_member(connection: Connection, key: Key) -> bool:
    """Say whether any scope holds a row."""
    found = "SELECT 1 FROM sync_member WHERE table_name = ? AND row_id = ?"
    return connection.exec_driver_sql(found, key).first() is not None


def pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give ids in pieces that one statement can name."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
