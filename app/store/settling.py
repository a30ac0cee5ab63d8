"""What a first reading leaves for afterwards: indexes, quick lists, search; made up at the next opening if need be."""

from __future__ import annotations

from sqlalchemy import Connection

from app.store.bare_tables import bare_tables, make_whole
from app.store.bulk import rebuild_lists
from app.store.engine import Engines
from app.store.failures import told_as_trouble
from app.store.guard import Writer, writing

BEHIND = "lists_behind"
"""The name in `meta` of the note that rows came in which the quick lists do not know yet."""


def lists_fall_behind(connection: Connection) -> None:
    """Note it, in the transaction that brings the rows."""
    connection.exec_driver_sql("INSERT OR IGNORE INTO meta (name, value) VALUES (?, '1')", (BEHIND,))


def are_behind(connection: Connection) -> bool:
    """Say whether the quick lists do not know all rows."""
    return connection.exec_driver_sql("SELECT 1 FROM meta WHERE name = ?", (BEHIND,)).first() is not None


def is_unsettled(connection: Connection) -> bool:
    """Say whether anything is left to do."""
    return bool(bare_tables(connection)) or are_behind(connection)


def bring_lists_up(connection: Connection) -> None:
    """Work the quick lists out from all rows that are here."""
    rebuild_lists(connection)
    connection.exec_driver_sql("DELETE FROM meta WHERE name = ?", (BEHIND,))


def settle(engines: Engines) -> None:
    """Do what a first reading left that did not come to its end: a store that is opened is whole.

    Raises Trouble STORE_BUSY, DISK_FULL, DISK_FAILS.
    """
    with told_as_trouble(), engines.reader.connect() as connection:
        if not is_unsettled(connection):
            return
    with told_as_trouble(), engines.writer.begin() as connection, writing(connection, Writer.SYNC):
        make_whole(connection)
        bring_lists_up(connection)
