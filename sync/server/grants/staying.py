"""Looks again, before an answer begins and between its pieces, whether the device that asked may still be answered."""

from __future__ import annotations

import msgspec
from anyio import to_thread
from sqlalchemy import bindparam, select
from starlette.datastructures import State
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.store.engine import Engines
from sync.protocol.enrolment import Refused
from sync.server.clock import now_us
from sync.server.straight import Question, straight_to
from sync.server.tables import DEVICE, USER

ASKED_BY = "asked_by"
"""The name in a request's state of the device that proved itself."""
LOOKED = "looked_again"
"""The name in a request's state of whether it was looked again while the answer was made."""

_STANDS = Question(
    select(DEVICE.c.device)
    .join(USER, USER.c.login == DEVICE.c.login)
    .where(DEVICE.c.device == bindparam("device"))
    .where(DEVICE.c.revoked_at.is_(None), USER.c.disabled_at.is_(None))
)


class ShutOut(Exception):
    """The device was shut out while it was answered: the rest of the answer is not given."""


class StillThere:
    """Wraps the application: a device that was shut out since it asked gets a refusal, or half an answer."""

    def __init__(self, app: ASGIApp, engines: Engines) -> None:
        self._app = app
        self._engines = engines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        refused = False

        async def send_on(message: Message) -> None:
            nonlocal refused
            device = state.get(ASKED_BY)
            if refused:
                return
            begins = message["type"] == "http.response.start" and not state.get(LOOKED, False)
            goes_on = message["type"] == "http.response.body" and message.get("more_body", False)
            if device is not None and (begins or goes_on) and not await to_thread.run_sync(self._stands, device):
                if message["type"] == "http.response.body":
                    raise ShutOut(device)
                refused = True
                for piece in _refusal():
                    await send(piece)
                return
            await send(message)

        await self._app(scope, receive, send_on)

    def _stands(self, device: str) -> bool:
        with straight_to(self._engines.reader) as driver:
            return bool(driver.rows(_STANDS, device=device))


def note(state: State, device: str) -> None:
    """Note in a request's state which device proved itself."""
    setattr(state, ASKED_BY, device)


def note_look(state: State) -> None:
    """Note that the device still stood at the very moment of an answer that tells nothing new."""
    setattr(state, LOOKED, True)


def _refusal() -> tuple[Message, Message]:
    body = msgspec.json.encode(Refused(code="TOKEN_UNKNOWN", at=now_us()))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    start = {"type": "http.response.start", "status": 401, "headers": headers}
    return start, {"type": "http.response.body", "body": body}
