"""Calls to a centre with a valid proof, each answer held against the centre's description."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import requests

from app.domain.identifiers import RepId
from sync.client.identity import Identity
from sync.client.transport import Road, with_query
from sync.protocol.changeset import Changeset, Value
from sync.protocol.frames import Frame, FrameWriter, read_all
from tests.sync.world import Centre, Moving


@dataclass
class Held:
    """A device as its holder knows it: how it proves itself, and how far its changesets have come."""

    login: str
    identity: Identity
    organisation: str
    last_n: int = 0
    epoch: str = ""
    said: dict[int, Changeset] = field(default_factory=dict)


@dataclass(frozen=True)
class Code:
    """A code, for whom it was made."""

    login: str
    code: str


@dataclass(frozen=True)
class Found:
    """A row that was read."""

    table: str
    values: dict[str, Value]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_good(self) -> bool:
        return self.status < 300


class Calls:
    """Asks a centre, and holds every answer against its description."""

    def __init__(self, centre: Centre, document: dict[str, Any], reps: Sequence[RepId]) -> None:
        self.centre = centre
        self.reps = reps
        self.asked: Counter[str] = Counter()
        self.went_well: set[tuple[str, str]] = set()
        self._document = document
        self._road = Road(centre.url, Moving().now)

    def close(self) -> None:
        self._road.close()

    def ask(
        self,
        method: str,
        route: str,
        by: Held | None = None,
        body: msgspec.Struct | bytes = b"",
        headers: dict[str, str] | None = None,
        query: dict[str, str | int] | None = None,
        **places: str,
    ) -> Answer:
        """Ask with a valid proof of `by`; fails for an answer that is a fault or was not described."""
        self._road.identity = None if by is None else by.identity
        path = with_query(route.format(**places), **query) if query else route.format(**places)
        data = body if isinstance(body, bytes) else msgspec.json.encode(body)
        got = self._road._once(method, path, data, headers or {})
        answer = Answer(got.status_code, dict(got.headers), got.content)
        self.asked[f"{method} {route}"] += 1
        assert answer.status < 500, (method, route, data, answer)
        told = self._document["paths"][route][method.lower()]["responses"].get(str(answer.status))
        assert told is not None, (method, route, data, answer)
        if answer.status >= 400 and method != "HEAD" and answer.status != 416:
            code = json.loads(answer.body)["code"]
            assert code in told["description"].split(", "), (method, route, code)
        if answer.is_good:
            self.went_well.add((method, route))
        return answer


def message(*frames: Frame) -> bytes:
    writer = FrameWriter()
    return writer.lines(frames) + writer.end()


def read(answer: Answer) -> list[Frame]:
    return read_all(answer.body) if answer.is_good else []


def described(centre: Centre) -> dict[str, Any]:
    """Give the centre's description."""
    document: dict[str, Any] = requests.get(f"{centre.url}/centre/v1/openapi.json", timeout=10).json()
    return document
