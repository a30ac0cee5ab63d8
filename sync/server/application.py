"""Puts the centre's web application together."""

from __future__ import annotations

from fastapi import FastAPI
from sqlalchemy.exc import DataError
from starlette.requests import ClientDisconnect

from app.domain.refusal import Refusal
from app.store.engine import Engines
from sync.server.blobs import routes as blobs
from sync.server.exchange import routes as exchange
from sync.server.grants import routes as grants
from sync.server.loads import routes as loads
from sync.server.web import give_up, refuse, refuse_unstorable


def application(engines: Engines) -> FastAPI:
    """Make the application on an open, migrated database."""
    centre = FastAPI(title="Tournée, the centre", version="1", docs_url=None, redoc_url=None)
    centre.state.engines = engines
    centre.add_exception_handler(Refusal, refuse)
    centre.add_exception_handler(DataError, refuse_unstorable)
    centre.add_exception_handler(ClientDisconnect, give_up)
    for area in (exchange, blobs, grants, loads):
        centre.include_router(area.router)
    return centre
