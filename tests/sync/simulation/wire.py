"""The network between a device and the centre, in one thread: requests' own adapter, which loses, doubles and cuts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

import requests
import urllib3
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from tests.sync.simulation.centre import CentreDied, Reply, SimulatedCentre
from tests.sync.simulation.chance import Chance
from tests.sync.simulation.points import Points, Strike

LONGEST_PIECE = 65_536
_WHAT = re.compile(rb'"f":"([a-z]+)"')


class Fault(StrEnum):
    """What the network does to one request."""

    REQUEST_LOST = "request lost"
    REPLY_LOST = "reply lost"
    TWICE = "request twice, second reply"
    TWICE_FIRST = "request twice, first reply"
    LATE = "request comes late, after the device gave it up"
    SHORT = "reply ends early"
    CUT = "reply breaks off"
    LOGIN_PAGE = "login page"
    BAD_GATEWAY = "502"


@dataclass
class Weather:
    """How often something goes wrong on the network, and the trace of what happened."""

    chance: Chance
    share: float = 0.0
    trace: list[str] = field(default_factory=list)
    planned: list[Fault | None] | None = None
    """What happens to the next requests, one after the other, where that is not left to chance."""

    @contextmanager
    def plan(self, *faults: Fault | None) -> Iterator[None]:
        """Let this happen to the next requests, and nothing to those that follow."""
        before, self.planned = self.planned, list(faults)
        yield
        self.planned = before

    def fault(self) -> Fault | None:
        if self.planned is not None:
            return self.planned.pop(0) if self.planned else None
        return self.chance.choice(list(Fault)) if self.chance.happens(self.share) else None


class _Body(io.BytesIO):
    """A body that comes whole, and whose connection may break where its bytes end."""

    def __init__(self, data: bytes, *, breaks: bool) -> None:
        super().__init__(data)
        self._breaks = breaks

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data and self._breaks:
            raise ConnectionResetError("cut")
        return data


class _Pieces(io.BytesIO):
    """A body that comes line by line, each a labelled point."""

    def __init__(self, wire: Wire, route: str, reply: Reply) -> None:
        super().__init__(reply.body)
        self._wire = wire
        self._route = route
        self._is_lines = "json" in reply.headers.get("content-type", "") and b"\n" in reply.body
        self._is_closed = False

    def read(self, size: int | None = -1, /) -> bytes:
        wire = self._wire
        piece = self.readline(LONGEST_PIECE) if self._is_lines else super().read(LONGEST_PIECE)
        if not piece:
            if not self._is_closed:
                self._is_closed = True
                wire.happens(wire.pass_by("closed", self._route))
            return b""
        what = _WHAT.search(piece[:200])
        name = f"{self._route}/{what[1].decode()}" if what else self._route
        strike = wire.pass_by("piece", name)
        if strike in {Strike.CUT, Strike.DARK} and len(piece) > 1:
            wire.is_dark |= strike is Strike.DARK
            wire.broken = True
            self.seek(0, io.SEEK_END)  # half of it still comes; then nothing more
            return piece[: len(piece) // 2]
        wire.happens(strike)
        return piece


class Wire(BaseAdapter):
    """Carries a session's requests straight into the centre's application."""

    def __init__(self, name: str, centre: SimulatedCentre, weather: Weather, points: Points | None = None) -> None:
        super().__init__()
        self._name = name
        self._centre = centre
        self._weather = weather
        self._points = points or Points()
        self._held: list[requests.PreparedRequest] = []
        self.is_dark = False
        self.under_way = ""
        """The path of the request under way."""
        self.broken = False
        """Whether the body under way breaks at its next piece."""
        self.die: Callable[[], None] = lambda: None
        """How the device that speaks here dies."""
        self.meanwhile: Callable[[], None] = lambda: None
        """What happens on the device while a request is under way."""
        self.heard: Callable[[str, Reply], None] = lambda _path, _reply: None
        """Hears every answer that the centre gives to this device, and where it was asked."""

    def close(self) -> None:
        """Nothing is kept open."""

    # ------------------------------------------------------------------------------------------ labelled points
    def pass_by(self, step: str, what: str) -> Strike | None:
        if self.broken:
            self.broken = False
            raise ConnectionResetError("cut")
        return self._points.at(f"{self._name}.{step}:{what}")

    def happens(self, strike: Strike | None) -> None:
        """Let it happen. Raises DeviceDied, ConnectionError."""
        if strike is Strike.DEVICE_DIES:
            self.die()
        elif strike is Strike.CENTRE_DIES:
            self._centre.start_again()
            raise requests.ConnectionError("the centre died")
        elif strike is not None:
            self.is_dark |= strike is Strike.DARK
            raise requests.ConnectionError("cut")

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: object = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        self.under_way = request.path_url
        if self.is_dark:
            raise requests.ConnectionError("no network")
        if self._points.is_open:
            return self._step_by_step(request)
        weather, chance = self._weather, self._weather.chance
        fault = weather.fault()
        self.meanwhile()
        weather.trace.append(f"{self._name} {request.method} {request.path_url.split('?')[0]} {fault or ''}")
        if fault is Fault.LATE:
            self._held.append(request)
        if fault in {Fault.REQUEST_LOST, Fault.LATE}:
            raise requests.ConnectionError("lost on the way")
        if fault is Fault.LOGIN_PAGE:
            return _answer(request, Reply(200, {"content-type": "text/html"}, b"<html>Sign in to continue</html>\n"))
        if fault is Fault.BAD_GATEWAY:
            return _answer(request, Reply(502, {}, b"bad gateway"))
        reply = self._delivered(request)
        if fault in {Fault.TWICE, Fault.TWICE_FIRST}:
            second = self._delivered(request)
            reply = second if fault is Fault.TWICE else reply
        for late in self._held:
            self._delivered(late)
        self._held.clear()
        if fault is Fault.REPLY_LOST:
            raise requests.ConnectionError("reply lost")
        if fault in {Fault.SHORT, Fault.CUT}:
            body = reply.body[: chance.randrange(len(reply.body) + (fault is Fault.CUT))] if reply.body else b""
            return _answer(request, Reply(reply.status, reply.headers, body), breaks=fault is Fault.CUT)
        return _answer(request, reply)

    def _step_by_step(self, request: requests.PreparedRequest) -> requests.Response:
        """Pass every step of a request as a point of its own; lines come unpacked, so that each is a piece."""
        route = request.path_url.split("?")[0].removeprefix("/sync/v1/").removeprefix("/centre/v1/").split("/")[0]
        self._weather.trace.append(f"{self._name} {request.method} {request.path_url.split('?')[0]}")
        self.broken = False
        request.headers["Accept-Encoding"] = "identity"
        self.happens(self.pass_by("sent", route))
        self.meanwhile()
        self.happens(self.pass_by("received", route))
        reply = self._delivered(request)
        self.happens(self.pass_by("answered", route))
        return _answer(request, reply, _Pieces(self, route, reply))

    def _delivered(self, request: requests.PreparedRequest) -> Reply:
        body = request.body or b""
        try:
            reply = self._centre.ask(
                str(request.method),
                request.path_url,
                dict(request.headers),
                body if isinstance(body, bytes) else str(body).encode(),
            )
        except CentreDied as death:
            self._weather.trace.append(f"centre dies: {death}")
            self._centre.start_again()
            raise requests.ConnectionError("the centre died") from death
        self.heard(request.path_url, reply)
        return reply


def _answer(
    request: requests.PreparedRequest, reply: Reply, body: io.BytesIO | None = None, *, breaks: bool = False
) -> requests.Response:
    answer = requests.Response()
    answer.status_code = reply.status
    answer.headers = CaseInsensitiveDict(reply.headers)
    answer.url = str(request.url)
    answer.request = request
    answer.raw = urllib3.HTTPResponse(
        body=body or _Body(reply.body, breaks=breaks),
        headers=dict(reply.headers),
        status=reply.status,
        preload_content=False,
        decode_content=False,
    )
    return answer
