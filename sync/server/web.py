"""How requests come in and answers go out: sizes, packing, who asks, and one shape for every refusal."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import closing
from typing import Annotated

import msgspec
from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response

from app.domain.refusal import Refusal
from app.store.engine import Engines
from sync.protocol import compression
from sync.protocol.enrolment import Refused
from sync.protocol.handshake import Limits
from sync.server.clock import now_us
from sync.server.streaming import MadeAsSent

_log = logging.getLogger(__name__)

LIMITS = Limits()
LINES = "application/x-ndjson"
SMALL = 65_536
"""Bytes of a request that brings no changesets and no file."""
_WORTH_PACKING = 1_000

STATUS = {
    "TOKEN_UNKNOWN": 401,
    "PROOF_UNSOUND": 401,
    "PROOF_OUT_OF_TIME": 401,
    "PROOF_HEARD_BEFORE": 401,
    "WIPE_ORDERED": 401,
    "ENROLMENT_REFUSED": 403,
    "OUT_OF_SCOPE": 403,
    "BLOB_UNKNOWN": 404,
    "DEVICE_UNKNOWN": 404,
    "USER_UNKNOWN": 404,
    "WIPE_UNDER_WAY": 409,
    "UPLOAD_UNKNOWN": 404,
    "OTHER_PROTOCOL": 409,
    "UPLOAD_ELSEWHERE": 409,
    "TUS_VERSION": 412,
    "BLOB_TOO_LARGE": 413,
    "BODY_TOO_LARGE": 413,
    "PIECE_UNTYPED": 415,
    "BLOB_DAMAGED": 422,
    "PIECE_DAMAGED": 460,
}
"""Refusals of a whole request; any other is 400."""


def engines_of(request: Request) -> Engines:
    """Give the database that the application was made with."""
    engines = request.app.state.engines
    if not isinstance(engines, Engines):
        raise TypeError("the application was made without a database")
    return engines


def body_up_to(limit: int) -> Callable[[Request], Awaitable[bytes]]:
    """Read a request's body as it was sent. Raises Refusal BODY_TOO_LARGE as soon as it passes the limit."""

    async def read(request: Request) -> bytes:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise Refusal("BODY_TOO_LARGE", {"most": limit})
        request.state.body = whole = bytes(body)
        return whole

    return read


async def _engines(request: Request) -> Engines:
    """Give the database without the way through a thread of its own, which costs more than the look."""
    return engines_of(request)


read_lines = body_up_to(LIMITS.request)

Database = Annotated[Engines, Depends(_engines)]
SmallBody = Annotated[bytes, Depends(body_up_to(SMALL))]
LinesBody = Annotated[bytes, Depends(read_lines)]
FileBody = Annotated[bytes, Depends(body_up_to(LIMITS.blob))]


def unpacked(request: Request, body: bytes) -> bytes:
    """Unpack a body that came packed. Raises Refusal BODY_TOO_LARGE, MESSAGE_UNSOUND."""
    if request.headers.get("content-encoding") != compression.ENCODING:
        return body
    try:
        return compression.unpacked(body, 4 * LIMITS.request)
    except compression.TooLarge as error:
        raise Refusal("BODY_TOO_LARGE", {"most": 4 * LIMITS.request}) from error
    except compression.Broken as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error


def _packs(request: Request) -> bool:
    return compression.ENCODING in request.headers.get("accept-encoding", "")


def lines(request: Request, data: bytes) -> Response:
    """Answer with lines, packed where that is worth it and the device can unpack."""
    if not _packs(request) or len(data) < _WORTH_PACKING:
        return Response(data, media_type=LINES)
    headers = {"Content-Encoding": compression.ENCODING}
    return Response(compression.packed(data), media_type=LINES, headers=headers)


def lines_as_made(request: Request, pieces: Generator[bytes, None, None]) -> Response:
    """Answer with lines as they are made, so that neither side holds them all."""
    if not _packs(request):
        return MadeAsSent(pieces, LINES)
    return MadeAsSent(compression.packed_stream(pieces), LINES, {"Content-Encoding": compression.ENCODING})


def begun(first: bytes, rest: Generator[bytes, None, None]) -> Generator[bytes, None, None]:
    """Give pieces of which the first is made already: what it met was still answered with a status of its own."""
    with closing(rest):
        yield first
        yield from rest


def document(data: bytes, status: int = 200) -> Response:
    """Answer with one JSON document."""
    return Response(data, status_code=status, media_type="application/json")


async def refuse_unstorable(request: Request, error: Exception) -> Response:
    """Answer what no column can hold (a sign or a number that the database refuses) as a message that is unsound."""
    _log.warning("a request to %s holds what cannot be stored: %s", request.url.path, type(error).__name__)
    return await refuse(request, Refusal("MESSAGE_UNSOUND", {"why": "unstorable"}))


async def refuse_unread(request: Request, error: Exception) -> Response:
    """Answer parameters that are missing or none as any other message that is unsound."""
    places = [str(found["loc"][-1]) for found in error.errors()] if isinstance(error, RequestValidationError) else []
    return await refuse(request, Refusal("MESSAGE_UNSOUND", {"why": ", ".join(places)}))


async def give_up(request: Request, _: Exception) -> Response:
    """End a request whose sender is gone before it was whole; nobody hears the answer."""
    _log.info("a request to %s was cut off", request.url.path)
    return Response(status_code=400)


async def refuse(_: Request, refusal: Exception) -> Response:
    """Answer a refusal with its code, what fills its words, and the centre's clock."""
    if not isinstance(refusal, Refusal):
        raise refusal
    parameters = {name: str(value) for name, value in refusal.facts.items()}
    told = Refused(code=refusal.code, at=now_us(), parameters=parameters)
    return document(msgspec.json.encode(told), STATUS.get(refusal.code, 400))
