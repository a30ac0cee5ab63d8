"""Small pieces of SQL that several pictures share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import Connection

from app.store.codec import Codec

V = TypeVar("V")


def holes(count: int) -> str:
    """Give "(?, ?, …)" for that many bound values."""
    return f"({', '.join('?' * count)})"


def matching(words: Iterable[str]) -> str:
    """Give the full-text query for folded words, each of which must begin a word, in any order."""
    return " AND ".join(f'"{word}"*' for word in words)


def values_where(connection: Connection, codec: Codec[V], tail: str, bound: tuple[str | int, ...] = ()) -> list[V]:
    """Give the values of a table without parts; `tail` is the statement from WHERE on, with its bound values."""
    columns = codec.table.columns.keys()
    statement = f"SELECT {', '.join(columns)} FROM {codec.table.name} {tail}"  # noqa: S608 - values are bound
    found = connection.exec_driver_sql(statement, bound)
    return [codec.value(dict(zip(columns, row, strict=True))) for row in found]
