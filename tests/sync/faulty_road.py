"""A road to the centre on which a test lets things happen: cuts, drips, copies, strangers that answer in its place."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

Ask = Callable[[bytes], bytes]
"""Brings a request (or the part of it that got through) to the centre and gives all that comes back."""
Fault = Callable[[bytes, Ask], Iterable[bytes]]
"""Given a whole request, gives the bytes that the device hears; the connection ends after them."""

_LENGTH = re.compile(rb"(?im)^content-length: *(\d+) *\r$")
_CONNECTION = re.compile(rb"(?im)^connection:.*\r\n")


class _Server(ThreadingTCPServer):
    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True


class FaultyRoad:
    """Listens on a free port of this machine; every connection carries one request, through the fault of the moment."""

    def __init__(self, centre: str) -> None:
        self._to = (urlsplit(centre).hostname or "", urlsplit(centre).port or 0)
        self.fault: Fault = honest
        self.asked: list[str] = []
        """The first line of each request that came."""
        self.ended = threading.Event()
        """Set once this road ends: a fault that waits gives up."""
        outer = self

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    outer._carry(self.request)

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="faulty road")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _carry(self, near: socket.socket) -> None:
        request = _whole_request(near)
        if not request:
            return
        self.asked.append(request.partition(b"\r\n")[0].decode())
        for piece in self.fault(request, self._ask):
            near.sendall(piece)

    def _ask(self, request: bytes) -> bytes:
        is_whole = len(request) >= _length_of(request)
        alone = _CONNECTION.sub(b"", request, count=1).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        with socket.create_connection(self._to) as far:
            far.sendall(alone)
            if not is_whole:
                far.shutdown(socket.SHUT_WR)
            return b"".join(_pieces(far))


def _whole_request(near: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = near.recv(65_536)
        if not piece:
            return b""
        data += piece
    while len(data) < _length_of(data):
        piece = near.recv(65_536)
        if not piece:
            return b""
        data += piece
    return data


def _length_of(request: bytes) -> int:
    """Bytes of the whole request that begins so; endless while its head is not there."""
    head = request.find(b"\r\n\r\n")
    found = _LENGTH.search(request[: head + 2]) if head >= 0 else None
    return (head + 4 if head >= 0 else 1 << 62) + (int(found[1]) if found else 0)


def _pieces(far: socket.socket) -> Iterator[bytes]:
    with suppress(OSError):
        while piece := far.recv(65_536):
            yield piece


# ---------------------------------------------------------------------------------------------- what may happen
def honest(request: bytes, ask: Ask) -> Iterable[bytes]:
    """Nothing happens."""
    yield ask(request)


def cut_on_the_way_up(share: float) -> Fault:
    """Only a share of the request reaches the centre, and nobody answers."""

    def fault(request: bytes, ask: Ask) -> Iterable[bytes]:
        ask(request[: int(len(request) * share)])
        return ()

    return fault


def cut_on_the_way_down(share: float) -> Fault:
    """The centre does its part, and a share of its answer arrives."""

    def fault(request: bytes, ask: Ask) -> Iterable[bytes]:
        answer = ask(request)
        yield answer[: int(len(answer) * share)]

    return fault


def dripping(pause: Callable[[], object]) -> Fault:
    """The answer comes byte by byte."""

    def fault(request: bytes, ask: Ask) -> Iterable[bytes]:
        for byte in ask(request):
            pause()
            yield bytes((byte,))

    return fault


class Replayed:
    """Somebody copies each request and sends it again, once it was answered; what they hear is kept."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []

    def __call__(self, request: bytes, ask: Ask) -> Iterable[bytes]:
        answer = ask(request)
        self.heard.append(ask(request))
        yield answer


class Late:
    """A request whose sender has given up arrives after the one that followed it."""

    def __init__(self) -> None:
        self._held = b""

    def __call__(self, request: bytes, ask: Ask) -> Iterable[bytes]:
        if not self._held:
            self._held = request
            return
        answer = ask(request)
        ask(self._held)
        self._held = b""
        yield answer


class Swapped:
    """Each request hears the answer to the one before it of the same kind; the first hears nothing."""

    def __init__(self) -> None:
        self._before: dict[bytes, bytes] = {}

    def __call__(self, request: bytes, ask: Ask) -> Iterable[bytes]:
        line = request.partition(b"?")[0].partition(b" HTTP")[0]
        before = self._before.get(line, b"")
        self._before[line] = ask(request)
        yield before


def status(code: int, words: str, body: bytes = b"", *, first: bool = True) -> Fault:
    """A gateway answers in the centre's place; with `first` the centre has done its part all the same."""

    def fault(request: bytes, ask: Ask) -> Iterable[bytes]:
        if first:
            ask(request)
        told = ("Content-Type: text/html", "Connection: close", f"Content-Length: {len(body)}")
        yield "\r\n".join((f"HTTP/1.1 {code} {words}", *told, "", "")).encode() + body

    return fault


def login_page(request: bytes, ask: Ask) -> Iterable[bytes]:
    """A hotel's network answers everything with its welcome page and says that all is well."""
    page = b"<!doctype html><title>Bienvenue</title><form action=/login><input name=chambre></form>"
    yield from status(200, "OK", page, first=False)(request, ask)


def body_truncated(request: bytes, ask: Ask) -> Iterable[bytes]:
    """The head promises all, half of the body comes, and the connection ends in good order."""
    head, gap, body = ask(request).partition(b"\r\n\r\n")
    yield head + gap + body[: len(body) // 2]


def length_too_short(request: bytes, ask: Ask) -> Iterable[bytes]:
    """The head tells fewer bytes than there are."""
    yield _with_length(ask(request), -7)


def length_too_long(request: bytes, ask: Ask) -> Iterable[bytes]:
    """The head tells more bytes than there are."""
    yield _with_length(ask(request), +7)


def _with_length(answer: bytes, by: int) -> bytes:
    return _LENGTH.sub(lambda found: b"Content-Length: %d\r" % max(0, int(found[1]) + by), answer, count=1)


def byte_changed(at: float) -> Fault:
    """One byte of the body is another."""

    def fault(request: bytes, ask: Ask) -> Iterable[bytes]:
        head, gap, body = ask(request).partition(b"\r\n\r\n")
        place = int((len(body) - 1) * at)
        changed = body[:place] + bytes((body[place] ^ 0x01,)) + body[place + 1 :] if body else body
        yield head + gap + changed

    return fault


FAULTS: dict[str, Callable[[], Fault]] = {
    "cut at the first byte up": lambda: cut_on_the_way_up(0.0),
    "cut in the middle up": lambda: cut_on_the_way_up(0.6),
    "cut before the last bytes up": lambda: cut_on_the_way_up(0.98),
    "no answer": lambda: cut_on_the_way_down(0.0),
    "cut in the head": lambda: cut_on_the_way_down(0.1),
    "cut in the body": lambda: cut_on_the_way_down(0.7),
    "cut before the last bytes": lambda: cut_on_the_way_down(0.99),
    "replayed": Replayed,
    "late": Late,
    "swapped": Swapped,
    "502 after the work": lambda: status(502, "Bad Gateway", b"<h1>502</h1>"),
    "503 before it": lambda: status(503, "Service Unavailable", first=False),
    "413 of a proxy": lambda: status(413, "Request Entity Too Large", b"<h1>413</h1>", first=False),
    "511": lambda: status(511, "Network Authentication Required", b"<h1>511</h1>", first=False),
    "login page": lambda: login_page,
    "body truncated": lambda: body_truncated,
    "length too short": lambda: length_too_short,
    "length too long": lambda: length_too_long,
    "byte changed early": lambda: byte_changed(0.2),
    "byte changed late": lambda: byte_changed(0.95),
}
"""What may happen on the road, by name; each call makes a fresh one."""
