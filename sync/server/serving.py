"""Serves the centre on a port until it is told to stop."""

from __future__ import annotations

import socket
import sys
import threading

import uvicorn

from app.ports.trouble import Trouble
from app.store.engine import open_url
from sync.server.application import application
from sync.server.migrating import migrate, must_be_current


def serve(database: str, host: str, port: int, *, with_migration: bool = False, until_input_ends: bool = False) -> None:
    """Serve until SIGINT or SIGTERM; a graceful stop lets running exchanges end.

    `until_input_ends` also stops when the standard input does: whoever started the centre holds its other end.

    Raises Trouble CENTRE_NOT_MIGRATED unless the database is what this version needs or `with_migration` makes it so,
    PORT_CANNOT_BE_USED.
    """
    engines = open_url(database)
    try:
        if with_migration:
            migrate(engines)
        must_be_current(engines)
        config = uvicorn.Config(application(engines), host=host, port=port, log_level="warning", access_log=False)
        listener = _listening(host, port)
        server = uvicorn.Server(config)
        if until_input_ends:
            threading.Thread(target=_stop_at_the_end, args=(server,), daemon=True).start()
        server.run(sockets=[listener])
    finally:
        engines.dispose()


def _listening(host: str, port: int) -> socket.socket:
    # Named as TCP, so that asyncio sends every answer at once instead of waiting 40 ms for more.
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise Trouble("PORT_CANNOT_BE_USED", {"host": host, "port": port}, str(error)) from error
    return listener


def _stop_at_the_end(server: uvicorn.Server) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True
