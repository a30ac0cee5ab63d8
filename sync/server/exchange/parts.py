"""Owners and their parts: a part needs its owner, and an owner that goes must take all its parts along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from sqlalchemy import Column, Table, bindparam, delete, select

from app.domain.refusal import Refusal
from app.store.codec import Record
from app.store.rows import SYNCED
from sync.protocol.scope import PORTFOLIO_ROOT
from sync.server.exchange.picture import Picture
from sync.server.feed import Key
from sync.server.tables import DELETED


@cache
def _owners(table: str) -> tuple[tuple[str, str], ...]:
    """Give the columns of a table that name an owner, with the owner's table."""
    columns = SYNCED.tables[table].columns
    return tuple((column.name, key.column.table.name) for column in columns for key in column.foreign_keys)


@cache
def _parts(table: str) -> tuple[tuple[Table, Column[str]], ...]:
    """Give the tables that hold parts of a table's rows, with the column that names the owner."""
    return tuple(
        (other, column)
        for other in SYNCED.sorted_tables
        for column in other.columns
        for key in column.foreign_keys
        if key.column.table.name == table
    )


def revive(picture: Picture, table: str, row: str) -> Record | None:
    """Take back the action that deleted a row: all that it deleted is there again. None where the row never was."""
    graves = picture.connection.execute(
        select(DELETED.c.mid).where(DELETED.c.table_name == table, DELETED.c.row_id == row)
    ).first()
    if graves is None:
        return None
    buried = select(DELETED.c.table_name, DELETED.c.row_id, DELETED.c.content).where(DELETED.c.mid == graves.mid)
    for name, row_id, content in picture.connection.execute(buried).all():
        if picture.now(name, row_id) is None:
            picture.set(name, row_id, json.loads(content) | {"id": row_id, "ver": 0})
    picture.connection.execute(delete(DELETED).where(DELETED.c.mid == graves.mid))
    return picture.now(table, row)


def last_held(picture: Picture, table: str, row: str) -> Record | None:
    """Give what a row held when it was deleted, None where that is not kept."""
    buried = select(DELETED.c.content).where(DELETED.c.table_name == table, DELETED.c.row_id == row)
    content = picture.connection.execute(buried).scalar_one_or_none()
    return None if content is None else {**json.loads(content)}


def must_be_whole(picture: Picture) -> None:
    """Raise Refusal OWNER_GONE or PARTS_STAND where a changed row would lose its owner, or an owner leave parts behind.

    An owner that was deleted meanwhile is revived first: the edit beats the deletion. Raises Refusal OUT_OF_SCOPE where
    it is of another account: as it was gone, nobody could say so while the rows were looked at.
    """
    for table, row in picture.changed():
        record = picture.now(table, row)
        if record is not None:
            for named, owner in _owners(table):
                name = str(record[named])
                there = picture.now(owner, name) or revive(picture, owner, name)
                if there is None:
                    raise Refusal("OWNER_GONE", {"table": owner})
                if owner != PORTFOLIO_ROOT and there.get("account_id") != record.get("account_id"):
                    raise Refusal("OUT_OF_SCOPE", {"table": table})
    for table, row in _left_behind(picture):
        raise Refusal("PARTS_STAND", {"table": table, "row": row})


def _left_behind(picture: Picture) -> Iterator[Key]:
    gone: dict[str, list[str]] = {}
    for table, row in picture.changed():
        if picture.now(table, row) is None:
            gone.setdefault(table, []).append(row)
    for owner, rows in gone.items():
        for part_table, column in _parts(owner):
            parts = select(part_table.c.id).where(column.in_(bindparam("wanted", expanding=True)))
            for part in picture.connection.execute(parts, {"wanted": rows}).scalars():
                now = picture.now(part_table.name, part)
                if now is not None and now[column.name] in rows:
                    yield part_table.name, part
