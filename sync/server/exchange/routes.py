"""The routes of sync: first words, first pull, exchange, answers given again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from fastapi.routing import APIRoute

from app.domain.refusal import Refusal
from app.store.engine import Engines
from sync.protocol.handshake import read_hello
from sync.server.exchange import repairing, service, waiting
from sync.server.exchange.revisions import window_of
from sync.server.grants.asking import Asking, ProvenCaller, asking_of
from sync.server.grants.rights import Caller
from sync.server.grants.staying import note_look
from sync.server.waking import hub_of
from sync.server.web import (
    Database,
    LinesBody,
    SmallBody,
    begun,
    document,
    engines_of,
    lines,
    lines_as_made,
    read_lines,
    unpacked,
)

router = APIRouter(prefix="/sync/v1")

Number = Annotated[int, Query(ge=1, le=2**53)]


class _Straight(APIRoute):
    """The route of exchange, given what it asks for without looking: the search, always the same, is not short."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        return _straight


async def _straight(request: Request) -> Response:
    return await exchange(request, engines_of(request), await read_lines(request), await asking_of(request))


async def exchange(request: Request, engines: Database, body: LinesBody, asking: Asking) -> Response:
    """Push changesets and read what changed, in one round trip."""
    # Proof and exchange in one thread: the way into one costs as much as either.
    return await run_in_threadpool(_exchange, request, engines, body, asking)


# The first of all routes: it is asked most, and each is looked at in turn.
router.add_api_route("/exchange", exchange, methods=["POST"], route_class_override=_Straight)


def _exchange(request: Request, engines: Engines, body: bytes, asking: Callable[[], Caller]) -> Response:
    made = service.exchange(engines, asking(), unpacked(request, body), window_of(request))
    if made.is_of_one_moment:
        note_look(request.state)
    return lines(request, made.said) if made.rest is None else lines_as_made(request, begun(made.said, made.rest))


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
