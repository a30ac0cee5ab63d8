"""A relay on the way to the centre: counts the bytes that come down, and cuts the line after so many of them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Relay:
    """Listens on a free port of this machine and passes every connection on; `down` counts the bytes that came down.

    With `cut_after` set, the line ends once that many bytes came down: what was passed on is still delivered.
    """

    def __init__(self, centre: str) -> None:
        self._to = (urlsplit(centre).hostname or "", urlsplit(centre).port or 0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._is_closed = False
        self.down = 0
        self.cut_after: int | None = None
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._begin(self._listen)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A thread that waits in accept() is only woken by a connection.
        self._is_closed = True
        socket.create_connection(self._listener.getsockname()).close()
        with self._lock:
            for end in self._open:
                _shut(end)
        for thread in self._threads:
            thread.join()
        self._listener.close()
        for end in self._open:
            end.close()

    def _begin(self, work: Callable[..., None], *ends: socket.socket) -> None:
        thread = threading.Thread(target=work, args=ends, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while True:
            near, _ = self._listener.accept()
            if self._is_closed:
                near.close()
                return
            far = socket.create_connection(self._to)
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open += [near, far]
            self._begin(self._up, near, far)
            self._begin(self._down, near, far)

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        while piece := _received(near):
            far.sendall(piece)
        _shut(far)

    def _down(self, near: socket.socket, far: socket.socket) -> None:
        while piece := _received(far):
            most = len(piece) if self.cut_after is None else self.cut_after - self.down
            is_cut = most < len(piece)
            self.down += len(piece[: max(most, 0)])
            try:
                near.sendall(piece[: max(most, 0)])
            except OSError:
                break
            if is_cut:
                break
        _shut(near)
        _shut(far)


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(1 << 16)
    except OSError:
        return b""


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
