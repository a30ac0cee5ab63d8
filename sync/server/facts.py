"""Small facts of the centre, founded once: its epoch, its certificate authority, its recovery key."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from app.ports.trouble import Trouble
from sync.server.database import upsert
from sync.server.tables import META

_VALUE = select(META.c.value).where(META.c.name == bindparam("wanted"))


def remember(connection: Connection, name: str, value: str) -> None:
    """Keep a fact unless it is kept already: what was founded once stays."""
    kept = upsert(connection, META).values(name=name, value=value)
    connection.execute(kept.on_conflict_do_nothing(index_elements=["name"]))


def find(connection: Connection, name: str) -> str | None:
    """Give a fact, None where it was never founded."""
    return connection.execute(_VALUE, {"wanted": name}).scalar_one_or_none()


def fact(connection: Connection, name: str) -> str:
    """Give a fact. Raises Trouble CENTRE_NOT_MIGRATED where it was never founded."""
    found = find(connection, name)
    if found is None:
        raise Trouble("CENTRE_NOT_MIGRATED", {"found": "", "wanted": name})
    return found
