"""Carries what moved between the processes of one centre, by PostgreSQL's LISTEN and NOTIFY; SQLite is looked at.

A NOTIFY within a writing transaction would make all commits wait for one lock. So it is sent after the commit, on a
connection of its own, and what moves while one is on its way goes together with the next.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg

from app.store.engine import Engines
from sync.server.moved import CHANNEL, Moved, messages, read
from sync.server.overhearing import overhearing
from sync.server.waking import Hub

_log = logging.getLogger(__name__)

AGAIN_SECONDS = 1.0
"""Between two tries to reach a database that is gone."""

_SEND = "SELECT pg_notify(%s, %s)"


@asynccontextmanager
async def between_processes(engines: Engines, hub: Hub) -> AsyncIterator[None]:
    """Hear what other processes moved, and tell them what moved here."""
    if engines.writer.dialect.name != "postgresql":
        async with overhearing(engines, hub):
            yield
        return
    wire = _Wire(engines.writer.url.set(drivername="postgresql").render_as_string(hide_password=False), hub)
    tasks = [asyncio.create_task(work()) for work in (wire.hear, wire.send)]
    hub.elsewhere = wire.tell
    try:
        yield
    finally:
        hub.elsewhere = None
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


class _Wire:
    """Two connections: one that listens, one that sends; each comes back by itself when the database was gone."""

    def __init__(self, address: str, hub: Hub) -> None:
        self._address = address
        self._hub = hub
        self._loop = asyncio.get_running_loop()
        self._pending: Moved = {}
        self._has_pending = asyncio.Event()

    def tell(self, moved: Moved) -> None:
        """Send this soon, from any thread."""
        self._loop.call_soon_threadsafe(self._add, moved)

    def _add(self, moved: Moved) -> None:
        self._pending |= moved
        self._has_pending.set()

    async def hear(self) -> None:
        """Listen for ever; after each silence everybody looks again, for nobody knows what was said meanwhile."""
        while True:
            try:
                async with await self._connected() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._hub.everybody()
                    async for heard in connection.notifies():
                        with suppress(ValueError, TypeError):
                            self._hub.told(read(heard.payload))
            except (psycopg.Error, OSError) as error:
                _log.info("the channel between processes is broken: %s", type(error).__name__)
            await asyncio.sleep(AGAIN_SECONDS)

    async def send(self) -> None:
        """Send for ever what is pending."""
        while True:
            try:
                async with await self._connected() as connection:
                    # Nothing is lost with a message, so that its commit need not wait for the disk with the lock held.
                    await connection.execute("SET synchronous_commit = off")
                    await self._send_on(connection)
            except (psycopg.Error, OSError) as error:
                _log.info("other processes cannot be told: %s", type(error).__name__)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _send_on(self, connection: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
        while True:
            await self._has_pending.wait()
            self._has_pending.clear()
            moved, self._pending = self._pending, {}
            try:
                for message in messages(moved):
                    await connection.execute(_SEND, (CHANNEL, message))
            except psycopg.Error:
                self._add(moved | self._pending)
                raise

    async def _connected(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        return await psycopg.AsyncConnection.connect(self._address, autocommit=True, connect_timeout=10)
