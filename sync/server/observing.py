"""Watches every request: one line in the log, and one more in the figures; it knows routes, never what was in them."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.adapters.logs import FACTS
from sync.server import metrics
from sync.server.tally import Tally, begin

_log = logging.getLogger("tournee.requests")

NOWHERE = "/"
"""What stands for a path that leads to no route: a stranger may write into it whatever he likes."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Observed:
    """The application with somebody who watches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and note what it was."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        done, began, status = begin(), time.perf_counter(), 500

        async def received() -> Message:
            message = await receive()
            done.received += len(message.get("body", b""))
            return message

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            done.sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, received, sent)
        finally:
            _note(scope, status, time.perf_counter() - began, done)


def _note(scope: Scope, status: int, seconds: float, done: Tally) -> None:
    route = str(getattr(scope.get("route"), "path", NOWHERE))
    method = scope["method"] if scope["method"] in _METHODS else "OTHER"
    metrics.count(route, method, status, seconds, done)
    if _log.isEnabledFor(logging.INFO):
        facts = {
            "route": route,
            "method": method,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "device": done.device,
            "received": done.received,
            "sent": done.sent,
            "rows": done.rows,
            "changesets": dict(done.changesets),
        }
        _log.info("request", extra={FACTS: facts})
