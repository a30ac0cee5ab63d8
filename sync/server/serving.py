"""Serves the centre on a port until it is told to stop."""

from __future__ import annotations

import uvicorn

from app.store.engine import open_url
from sync.server.application import application
from sync.server.migrating import migrate, must_be_current


def serve(database: str, host: str, port: int, *, with_migration: bool = False) -> None:
    """Serve until SIGINT or SIGTERM; a graceful stop lets running exchanges end.

    Raises Trouble CENTRE_NOT_MIGRATED unless the database is what this version needs or `with_migration` makes it so.
    """
    engines = open_url(database)
    try:
        if with_migration:
            migrate(engines)
        must_be_current(engines)
        uvicorn.run(application(engines), host=host, port=port, log_level="warning", access_log=False)
    finally:
        engines.dispose()
