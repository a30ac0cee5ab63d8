"""The long poll: a device that has nothing to do waits here until something is new for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool
from starlette.types import Receive

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.rows import REVISION
from sync.protocol.frames import Ask, Damaged, FrameWriter, Mark, Told, read_all
from sync.protocol.handshake import PROTOCOL
from sync.server.clock import now_us
from sync.server.database import one_picture
from sync.server.exchange import reading
from sync.server.facts import fact
from sync.server.grants.rights import Caller
from sync.server.metrics import WAITING
from sync.server.moved import Moved
from sync.server.waking import Hub, Waiting

LONGEST_SECONDS = 25.0
"""How long a device waits at most: proxies on the way cut what is silent for longer than half a minute."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """How things stand at one moment: the epoch, and the heads of the scopes that the device has not read up to."""

    epoch: str
    ahead: Moved


def asked(body: bytes) -> Ask:
    """Read what a device asks that is ready to wait. Raises Refusal MESSAGE_UNSOUND, OTHER_PROTOCOL."""
    try:
        ask, *rest = read_all(body)
    except Damaged as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error
    if not isinstance(ask, Ask) or len(rest) != 1:
        raise Refusal("MESSAGE_UNSOUND", {"why": "order of lines"})
    if ask.protocol != PROTOCOL:
        raise Refusal("OTHER_PROTOCOL", {"protocol": PROTOCOL, "revision": REVISION})
    return ask


async def wait(hub: Hub, engines: Engines, caller: Caller, ask: Ask, receive: Receive) -> bytes:
    """Answer as soon as a scope has gone past the device's cursor, or after 25 seconds with nothing.

    While it waits it holds neither a thread nor a connection to the database. `receive` gives what the server says of
    the device's own: one that has gone away waits no longer. Raises Refusal TOKEN_UNKNOWN when the device is called:
    it is to show again who it is.
    """
    read = {cursor.scope: (cursor.seq, cursor.tag) for cursor in ask.cursors if cursor.scope in caller.scopes}
    until = asyncio.get_running_loop().time() + LONGEST_SECONDS
    with hub.waiting(caller.device, tuple(read)) as place, _watched(receive, place):
        # It is waiting before it looks: what moves between the two is heard.
        seen = await run_in_threadpool(_look, engines, caller, read)
        while _may_wait(ask, seen, place.is_over):
            if not await place.rings(until - asyncio.get_running_loop().time()):
                # Somebody may have written without telling.
                seen = await run_in_threadpool(_look, engines, caller, read)
                break
            if place.is_called:
                raise Refusal("TOKEN_UNKNOWN")
            ahead = {scope: head for scope, head in place.moved.items() if head[0] > read[scope][0]}
            seen = _Seen(seen.epoch, ahead) if ahead else await run_in_threadpool(_look, engines, caller, read)
    return _told(seen)


@contextmanager
def _watched(receive: Receive, place: Waiting) -> Iterator[None]:
    """End the waiting when the device has gone away."""

    async def watch() -> None:
        if (await receive())["type"] == "http.disconnect":
            place.ring({}, is_over=True)

    task = asyncio.create_task(watch())
    WAITING.inc()
    try:
        yield
    finally:
        WAITING.dec()
        task.cancel()


def _may_wait(ask: Ask, seen: _Seen, is_over: bool) -> bool:  # noqa: FBT001 - reads like a question
    return not seen.ahead and seen.epoch == ask.epoch and not is_over


def _look(engines: Engines, caller: Caller, read: Moved) -> _Seen:
    with one_picture(engines, caller.sight) as connection:
        heads = reading.heads(connection, tuple(read))
        ahead = {head.scope: (head.head, head.tag) for head in heads if (head.head, head.tag) != read[head.scope]}
        return _Seen(fact(connection, "epoch"), ahead)


def _told(seen: _Seen) -> bytes:
    writer = FrameWriter()
    lines = [writer.line(Told(epoch=seen.epoch, at=now_us(), last_n=0))]
    lines += [
        writer.line(Mark(scope=scope, seq=seq, tag=tag, check=writer.check, more=True))
        for scope, (seq, tag) in sorted(seen.ahead.items())
    ]
    return b"".join((*lines, writer.end()))
