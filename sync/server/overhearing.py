"""Notices at a SQLite centre that another process wrote, a command for example, and lets those who wait look again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

import sqlcipher3.dbapi2
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError

from app.store.engine import UNCOUNTED, Engines
from sync.server.waking import Hub

_log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""Between two looks, while somebody waits."""


@asynccontextmanager
async def overhearing(engines: Engines, hub: Hub) -> AsyncIterator[None]:
    """Look while somebody waits whether another process wrote."""
    task = asyncio.create_task(_listen(engines, hub))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _listen(engines: Engines, hub: Hub) -> None:
    # What is written while nobody waits is seen by whoever begins to: it looks first, and then once more for nothing.
    version = await run_in_threadpool(_version, engines)
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if hub.count:
            before, version = version, await run_in_threadpool(_version, engines)
            if version != before:
                hub.everybody()


def _version(engines: Engines) -> int | None:
    """Give a number that is another one once another process wrote; None where it could not be asked.

    The writing connection is asked, which counts the writes of all others: those of this process are its own.
    """
    try:
        with closing(engines.writer.raw_connection()) as connection:
            connection.info[UNCOUNTED] = True
            cursor = connection.cursor()
            cursor.execute("PRAGMA data_version")
            found = cursor.fetchone()
            return None if found is None else int(found[0])
    except (SQLAlchemyError, sqlcipher3.dbapi2.Error) as error:
        _log.info("whether another process wrote is not known: %s", type(error).__name__)
        return None
