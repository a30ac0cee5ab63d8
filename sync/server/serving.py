"""Serves the centre on a port until it is told to stop: by one process, or by several that share the port."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait

import uvicorn
from fastapi import FastAPI
from sqlalchemy import text
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.supervisors import Multiprocess

from app.adapters.logs import write_lines
from app.ports.trouble import Trouble
from app.store.engine import Engines, Pool, open_url
from sync.server.application import application
from sync.server.migrating import migrate, must_be_current
from sync.server.settings import DATABASE, POOL, Settings, is_quiet
from sync.server.waking import Hub
from sync.server.watermark import file_of, watching

DRAIN_SECONDS = 0.5
"""How long a connection at rest is kept after the centre was told to stop: a request may be on its way."""
KEEP_SECONDS = 75
"""How long a connection at rest is kept; longer than a reverse proxy keeps it, so that the proxy ends it."""
READY_SECONDS = 60
"""How long a fresh worker may take until it serves; a restart that takes longer is given up, the old ones go on."""
STOP_SECONDS = 60
"""How long running requests may take to end after the centre was told to stop."""

MADE_BETWEEN_LOOKS = 10_000
"""Objects made before Python looks for those that hold each other alive; a large exchange makes many, and keeps few."""

LIMITS = {"statement_timeout": "60s", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "60s"}
"""What PostgreSQL breaks off of what a device asks; migrations and imports take as long as they take."""
_FIGURES = "PROMETHEUS_MULTIPROC_DIR"


class Draining(H11Protocol):
    """A connection that ends well: waiting polls are answered at once, and the last answer says that it is the last."""

    def shutdown(self) -> None:
        """End the connection: now if it is at rest, else after the answer that is being given."""
        hub = self.app_state.get("hub")
        if isinstance(hub, Hub):
            hub.stop()
        closes = (b"connection", b"close")
        if closes not in self.server_state.default_headers:
            self.server_state.default_headers = [*self.server_state.default_headers, closes]
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or cycle.response_complete:
            self.loop.call_later(DRAIN_SECONDS, self._end)
            return
        if not cycle.response_started:
            cycle.default_headers = self.server_state.default_headers
        super().shutdown()

    def _end(self) -> None:
        if not self.transport.is_closing():
            super().shutdown()


def config_for(app: FastAPI | str, *, workers: int = 1) -> uvicorn.Config:
    """Give how uvicorn is to serve the application, or what the named function makes in each worker."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        http=Draining,
        workers=workers,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_worker_healthcheck=READY_SECONDS,
    )


def serve(
    database: str,
    host: str,
    port: int,
    *,
    workers: int = 1,
    with_migration: bool = False,
    until_input_ends: bool = False,
) -> None:
    """Serve until SIGINT or SIGTERM; a graceful stop lets running exchanges end.

    With several workers SIGHUP replaces them one after the other, and one that dies is replaced. `until_input_ends`
    also stops when the standard input does: whoever started the centre holds its other end.

    Raises Trouble CENTRE_NOT_MIGRATED unless the database is what this version needs or `with_migration` makes it so,
    PORT_CANNOT_BE_USED, WORKERS_NEED_POSTGRES, SETTING_UNSOUND.
    """
    settings = Settings.from_surroundings()
    engines = open_url(database, Pool(size=2))  # for what is asked before anybody is served, and for the figures
    try:
        if with_migration:
            migrate(engines)
        must_be_current(engines)
        if workers > 1 and engines.writer.dialect.name != "postgresql":
            raise Trouble("WORKERS_NEED_POSTGRES", {"workers": workers})
        os.environ[DATABASE] = database
        os.environ[POOL] = str(settings.connections(_allowed(engines), workers))
        with watching(engines, file_of(database)), _listening(host, port) as listener:
            run = _by_one if workers == 1 else _by_several
            run(listener, engines, settings, workers, until_input_ends)
    finally:
        engines.dispose()


def worker() -> FastAPI:
    """Make the application of one process from its surroundings."""
    write_lines(is_quiet=is_quiet())
    settings = Settings.from_surroundings()
    pool = Pool(size=settings.pool or 1, wait_seconds=settings.pool_seconds, settings=LIMITS)
    engines = open_url(os.environ[DATABASE], pool)
    if settings.metrics:
        from sync.server.metrics import watch_pool

        watch_pool(engines)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    centre = application(engines)
    # What is there by now stays: looked over for what nobody needs any more, it would hold up all who are served.
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BETWEEN_LOOKS)
    return centre


def _end_with(sentinel: int) -> None:
    """End when the process that started this one is gone, however it went."""
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def _by_one(
    listener: socket.socket,
    engines: Engines,
    settings: Settings,
    _: int,
    until_input_ends: bool,  # noqa: FBT001 - handed over to a process by place
) -> None:
    server = uvicorn.Server(config_for(worker()))

    def stop() -> None:
        server.should_exit = True

    with _figures(settings, engines, None), _stopped_by_input(stop, wanted=until_input_ends):
        server.run(sockets=[listener])


def _by_several(
    listener: socket.socket,
    engines: Engines,
    settings: Settings,
    workers: int,
    until_input_ends: bool,  # noqa: FBT001 - handed over to a process by place
) -> None:
    write_lines(is_quiet=is_quiet())
    with tempfile.TemporaryDirectory(prefix="tournee-figures-") as folder:
        os.environ[_FIGURES] = folder
        supervisor = Multiprocess(config_for(f"{__name__}:{worker.__name__}", workers=workers), sockets=[listener])
        stop = supervisor.should_exit.set
        with _figures(settings, engines, folder), _stopped_by_input(stop, wanted=until_input_ends):
            supervisor.run()


@contextmanager
def _figures(settings: Settings, engines: Engines, folder: str | None) -> Iterator[None]:
    if not settings.metrics:
        yield
        return
    from sync.server.metrics import exposed

    with exposed(settings.metrics, engines, folder):
        yield


@contextmanager
def _stopped_by_input(stop: Callable[[], None], *, wanted: bool) -> Iterator[None]:
    def read_to_the_end() -> None:
        sys.stdin.buffer.read()
        stop()

    if wanted:
        threading.Thread(target=read_to_the_end, daemon=True).start()
    yield


def _allowed(engines: Engines) -> int:
    """Give how many connections the database allows to all; SQLite has its own few and is not asked."""
    if engines.writer.dialect.name != "postgresql":
        return 1
    with engines.reader.connect() as connection:
        return int(connection.execute(text("SHOW max_connections")).scalar_one())


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
