"""A rep as the centre meets her: true proofs, true frames, one kept connection; no store behind them."""

from __future__ import annotations

import http.client
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec

from app.store.rows import REVISION
from sync.client.identity import Identity
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.enrolment import PROOF_HEADER
from sync.protocol.frames import Answer, Ask, End, FrameWriter, Mark, Push, read_all
from sync.protocol.handshake import PROTOCOL, Cursor, Hello, read_welcome
from sync.protocol.results import Applied
from tests.bench.sync.rows import TABLE

WARM_UP = 2
"""Exchanges of each rep before any is counted."""
_IDLE_SECONDS = 60.0
"""After which she calls anew: the centre hangs up soon after."""


@dataclass(frozen=True)
class Member:
    """A rep's device as the bench made it, and the activities she edits."""

    rep: str
    device: str
    token: str
    key: str
    rows: Sequence[str]
    """Ids of activities, each at version 1 with its detail `DETAIL`."""


DETAIL = "as it was"


@dataclass
class LeanRep:
    """Speaks to the centre for one device; one thread at a time."""

    url: str
    member: Member
    cursors: dict[str, Cursor] = field(default_factory=dict)
    last_n: int = 0
    received: int = 0
    """Rows that were told to her."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        self._road = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self._identity = Identity(self.member.device, self.member.token, self.member.key)
        self._known = dict.fromkeys(self.member.rows, (1, DETAIL))
        self._heard_at = time.monotonic()

    def _asked(self, path: str, body: bytes) -> bytes:
        if time.monotonic() - self._heard_at > _IDLE_SECONDS:
            self._road.close()
        proof = self._identity.proof("POST", path, body, time.time_ns() // 1000)
        headers = {"Authorization": f"Bearer {self.member.token}", PROOF_HEADER: proof.header()}
        self._road.request("POST", path, body, headers)
        answer = self._road.getresponse()
        data = answer.read()
        self._heard_at = time.monotonic()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {data[:200]!r}")
        return data

    def greet(self) -> None:
        """Hear the scopes, and take them for read."""
        hello = Hello(protocol=PROTOCOL, revision=REVISION)
        welcome = read_welcome(self._asked("/sync/v1/hello", msgspec.json.encode(hello)))
        self._epoch, self.last_n = welcome.epoch, welcome.last_n
        self.cursors = {at.scope: Cursor(scope=at.scope, seq=at.head, tag=at.tag) for at in welcome.scopes}

    def exchange(self, *, edits: int = 1) -> float:
        """Push one changeset (or none) and read what is new; gives milliseconds from the first byte to the last."""
        writer = FrameWriter()
        cursors = tuple(self.cursors.values())
        ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch=self._epoch, cursors=cursors, first=1)
        lines = [writer.line(ask)]
        if edits:
            lines.append(writer.line(Push(changeset=self._changeset())))
        body = b"".join((*lines, writer.end()))
        began = time.perf_counter()
        data = self._asked("/sync/v1/exchange", body)
        took = (time.perf_counter() - began) * 1000
        self._hear(data, edits)
        return took

    def _changeset(self) -> Changeset:
        self.last_n += 1
        row = self.member.rows[self.last_n % len(self.member.rows)]
        ver, detail = self._known[row]
        fresh = f"{DETAIL} {self.last_n}"
        self._known[row] = (ver, fresh)  # as a device does: on the version told last, edit upon edit
        entry = Entry(table=TABLE, row=row, op=Op.UPDATE, base_ver=ver, old={"detail": detail}, new={"detail": fresh})
        at = time.time_ns() // 1000
        mid = secrets.token_hex(16)
        return Changeset(n=self.last_n, mid=mid, name="bench", at=at, revision=REVISION, entries=(entry,))

    def _hear(self, data: bytes, edits: int) -> None:
        frames = read_all(data)
        answers = [frame.result for frame in frames if isinstance(frame, Answer)]
        if len(answers) != edits or not all(isinstance(result, Applied) for result in answers):
            raise RuntimeError(f"not taken: {answers}: no figure is worth anything")
        for frame in frames:
            if isinstance(frame, End):
                self.received += frame.rows
            if isinstance(frame, Mark) and not frame.reset:
                self.cursors[frame.scope] = Cursor(scope=frame.scope, seq=frame.seq, tag=frame.tag)

    def close(self) -> None:
        """Hang up."""
        self._road.close()


def must_be_before(latest: float, doing: str) -> None:
    """Raise RuntimeError once it is too late: nobody waits for a bench without an end."""
    if time.monotonic() > latest:
        raise RuntimeError(f"{doing} takes too long: fewer --rows, or more --patience")


@dataclass(frozen=True)
class Drive:
    """What one process of the bench does: these reps, so many at a time, for so many seconds.

    `latest` is when all must be warm (by the machine's monotonic clock): a run that takes longer is given up.
    """

    url: str
    members: Sequence[Member]
    at_once: int
    seconds: float
    latest: float


def drive(job: Drive) -> list[float]:
    """Let the reps exchange in turn, as fast as they are answered; gives the milliseconds of each exchange."""
    reps = [LeanRep(job.url, member) for member in job.members]
    taken: list[list[float]] = [[] for _ in range(job.at_once)]
    failed: list[Exception] = []
    together = threading.Barrier(job.at_once)

    def run(place: int) -> None:
        mine = reps[place :: job.at_once]
        try:
            for rep in mine:
                must_be_before(job.latest, "warming up")
                rep.greet()
                for _ in range(WARM_UP):
                    rep.exchange()
            together.wait(timeout=max(1.0, job.latest - time.monotonic()))
            until = time.monotonic() + job.seconds
            while time.monotonic() < until:
                for rep in mine:
                    taken[place].append(rep.exchange())
                    if time.monotonic() >= until:
                        break
        except Exception as error:  # noqa: BLE001 - raised below, in the thread that waits
            failed.append(error)
            together.abort()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(job.at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for rep in reps:
        rep.close()
    if failed:
        raise failed[0]
    return [took for part in taken for took in part]
