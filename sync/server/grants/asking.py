"""Which device asks: found out for every route that needs to know, after its body was read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import Depends, Request

from sync.protocol.enrolment import PROOF_HEADER
from sync.server.grants import staying
from sync.server.grants.proving import prove
from sync.server.grants.rights import Caller
from sync.server.tally import tally
from sync.server.web import engines_of


def caller_of(request: Request) -> Caller:
    """Say which device asks; it comes after the body was read."""
    query = request.scope["query_string"].decode("ascii", "replace")  # as it was sent: the library's URL takes long
    caller = prove(
        engines_of(request),
        authorization=request.headers.get("authorization", ""),
        proof_header=request.headers.get(PROOF_HEADER, ""),
        method=request.method,
        target=request.scope["raw_path"].decode("ascii", "replace") + (f"?{query}" if query else ""),
        body=request.state.body,
    )
    tally().device = caller.device
    staying.note(request.state, caller.device)
    return caller


async def asking_of(request: Request) -> Callable[[], Caller]:
    """Give what says which device asks, to be called once: by a route that does all its work in one thread."""
    return partial(caller_of, request)


Asking = Annotated[Callable[[], Caller], Depends(asking_of)]
ProvenCaller = Annotated[Caller, Depends(caller_of)]
