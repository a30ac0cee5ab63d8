"""The network between a device and the centre, in one thread: requests' own adapter, which loses, doubles and cuts."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import requests
import urllib3
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from tests.sync.simulation.centre import CentreDied, Reply, SimulatedCentre
from tests.sync.simulation.chance import Chance


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

    def fault(self) -> Fault | None:
        return self.chance.choice(list(Fault)) if self.chance.happens(self.share) else None


class _Breaking(io.BytesIO):
    """A body whose connection breaks where its bytes end."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data:
            raise ConnectionResetError("cut")
        return data


class Wire(BaseAdapter):
    """Carries a session's requests straight into the centre's application."""

    def __init__(self, name: str, centre: SimulatedCentre, weather: Weather) -> None:
        super().__init__()
        self._name = name
        self._centre = centre
        self._weather = weather
        self._held: list[requests.PreparedRequest] = []
        self.meanwhile: Callable[[], None] = lambda: None
        """What happens on the device while a request is under way."""

    def close(self) -> None:
        """Nothing is kept open."""

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: object = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
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

    def _delivered(self, request: requests.PreparedRequest) -> Reply:
        body = request.body or b""
        try:
            return self._centre.ask(
                str(request.method),
                request.path_url,
                dict(request.headers),
                body if isinstance(body, bytes) else str(body).encode(),
            )
        except CentreDied as death:
            self._weather.trace.append(f"centre dies: {death}")
            self._centre.start_again()
            raise requests.ConnectionError("the centre died") from death


def _answer(request: requests.PreparedRequest, reply: Reply, *, breaks: bool = False) -> requests.Response:
    answer = requests.Response()
    answer.status_code = reply.status
    answer.headers = CaseInsensitiveDict(reply.headers)
    answer.url = str(request.url)
    answer.request = request
    answer.raw = urllib3.HTTPResponse(
        body=_Breaking(reply.body) if breaks else io.BytesIO(reply.body),
        headers=dict(reply.headers),
        status=reply.status,
        preload_content=False,
        decode_content=False,
    )
    return answer
