"""Puts the centre's web application together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, SQLAlchemyError
from starlette.requests import ClientDisconnect

from app.domain.refusal import Refusal
from app.store.engine import Engines
from sync.server.blobs import routes as blobs
from sync.server.describing import OPENAPI, Described
from sync.server.exchange import routes as exchange
from sync.server.exchange.revisions import WINDOW, Window
from sync.server.grants import device_routes as devices
from sync.server.grants import renewal
from sync.server.grants import routes as grants
from sync.server.grants.staying import StillThere
from sync.server.loads import routes as loads
from sync.server.notifying import between_processes
from sync.server.observing import Observed
from sync.server.unavailable import come_again
from sync.server.waking import hub_of
from sync.server.web import give_up, refuse, refuse_unread, refuse_unstorable


def application(engines: Engines, window: Window = WINDOW) -> FastAPI:
    """Make the application on an open, migrated database; it takes changesets of the revisions in `window`."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, object]]:
        hub = hub_of(engines)
        async with between_processes(engines, hub):
            yield {"hub": hub}

    centre = Described(
        title="Tournée, the centre",
        version="1",
        openapi_url=OPENAPI,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    centre.state.engines = engines
    centre.state.window = window
    centre.add_exception_handler(Refusal, refuse)
    centre.add_exception_handler(RequestValidationError, refuse_unread)
    centre.add_exception_handler(DataError, refuse_unstorable)
    centre.add_exception_handler(ClientDisconnect, give_up)
    for fault in (SQLAlchemyError, OSError):
        centre.add_exception_handler(fault, come_again)
    centre.add_middleware(StillThere, engines=engines)
    centre.add_middleware(Observed)
    for area in (exchange, blobs, grants, devices, renewal, loads):
        centre.include_router(area.router)
    return centre
