"""An answer made while it is sent, let go of at once when who asked is gone: it holds a connection to the database."""

from __future__ import annotations

from collections.abc import Generator

from anyio import CancelScope, to_thread
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class MadeAsSent(StreamingResponse):
    """Lines from a generator, closed however the sending ends: left to the collector it could starve others."""

    def __init__(
        self, pieces: Generator[bytes, None, None], media_type: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(self._pieces.close)
