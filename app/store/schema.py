"""Makes the tables, full-text tables and guards of a fresh store at once; the migrations lead to the very same."""

from __future__ import annotations

from sqlalchemy import Connection

from app.store.guard import install_guards
from app.store.quick_lists import FULL_TEXT
from app.store.rows import DEVICE, SYNCED


def create_device(connection: Connection) -> None:
    """Make every table and trigger of a device's store."""
    SYNCED.create_all(connection)
    DEVICE.create_all(connection)
    for statement in FULL_TEXT.values():
        connection.exec_driver_sql(statement)
    install_guards(connection)
