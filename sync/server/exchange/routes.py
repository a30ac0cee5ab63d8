"""The routes of sync: first words, first pull, exchange, answers given again."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.domain.refusal import Refusal
from sync.protocol.handshake import read_hello
from sync.server.exchange import repairing, service, waiting
from sync.server.exchange.revisions import window_of
from sync.server.grants.asking import ProvenCaller
from sync.server.waking import hub_of
from sync.server.web import Database, LinesBody, SmallBody, begun, document, lines, lines_as_made, unpacked

router = APIRouter(prefix="/sync/v1")

Number = Annotated[int, Query(ge=1, le=2**53)]


@router.post("/hello")
def hello(request: Request, engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """Say who speaks and how far; hear scopes, heads, limits and whether to go on."""
    try:
        asked = read_hello(unpacked(request, body))
    except msgspec.DecodeError as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error
    return document(service.welcome(engines, caller, asked, window_of(request)))


@router.get("/snapshot")
def snapshot(
    request: Request, engines: Database, body: SmallBody, caller: ProvenCaller, scope: str, resume: str = ""
) -> Response:
    """Read a scope from the beginning, or on from a resume token."""
    return lines_as_made(request, service.snapshot(engines, caller, scope, resume))


@router.post("/exchange")
def exchange(request: Request, engines: Database, body: LinesBody, caller: ProvenCaller) -> Response:
    """Push changesets and read what changed, in one round trip."""
    first, rest = service.exchange(engines, caller, unpacked(request, body), window_of(request))
    return lines(request, first) if rest is None else lines_as_made(request, begun(first, rest))


@router.get("/results")
def results(
    request: Request, engines: Database, body: SmallBody, caller: ProvenCaller, first: Number, last: Number
) -> Response:
    """Hear again what became of changesets."""
    return lines(request, service.results(engines, caller, first, last))


@router.post("/repair")
def repair(request: Request, engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """Tell the sums of a scope by bucket; hear the rows of those that differ."""
    return lines(request, repairing.repair(engines, caller, unpacked(request, body), window_of(request)))


@router.post("/pull")
async def pull(request: Request, engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """Wait until a scope has gone past the cursors, 25 seconds at most; hear which, and read it by an exchange."""
    ask = waiting.asked(unpacked(request, body))
    return lines(request, await waiting.wait(hub_of(engines), engines, caller, ask, request.receive))
