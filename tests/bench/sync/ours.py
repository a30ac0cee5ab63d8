"""What is measured of the product itself: the true centre in its own process, the true store, nothing switched off."""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import requests

from app.ports.trouble import Trouble
from app.store.pulled import Pulled
from sync.client.engine import Engine
from sync.client.transport import with_query
from sync.protocol.changeset import Value
from sync.protocol.frames import FrameReader, Rows
from tests.bench.figures import milliseconds
from tests.bench.sync import memory, window_waiting
from tests.bench.sync.centre import Centre
from tests.bench.sync.device import Device, RealClock, copied, empty_store, enrolled
from tests.bench.sync.relay import Relay
from tests.bench.sync.rows import TABLE, account_rows, activity_rows

LARGE, SMALL = "large", "small"
"""The login of the rep with all the rows, and of the one with a fifth of them."""
PUSHES, PULLS, RESTS = 1, 9, 4
"""How often the quick measures are taken in each round."""
MEGABYTE = 1_000_000


@dataclass
class Ours:
    """A centre filled once, and what each round found. All times in milliseconds."""

    centre: Centre
    folder: Path
    records: int
    pushed: int = 1_000
    pulled: int = 100
    first_pulls: list[float] = field(default_factory=list)
    pushes: list[float] = field(default_factory=list)
    whole_pushes: list[float] = field(default_factory=list)
    pulls: list[float] = field(default_factory=list)
    empties: list[float] = field(default_factory=list)
    """Each right behind a pull, as the peers take theirs."""
    rests: list[float] = field(default_factory=list)
    """Empty exchanges of a device at rest, in turn with `nothings`: neither is always the one behind a pull."""
    nothings: list[float] = field(default_factory=list)
    resent: list[float] = field(default_factory=list)
    """Of each cut, what came twice, in frames."""
    facts: dict[str, float | int | str] = field(default_factory=dict)

    def prepare(self) -> Sequence[dict[str, Value]]:
        """Fill the centre; gives the rows of the large portfolio."""
        self._empty = empty_store(self.folder)
        large, small = self.centre.rep(LARGE), self.centre.rep(SMALL)
        chance = random.Random(7)
        accounts = account_rows(large, chance)
        rows = activity_rows(self.records, accounts, chance)
        self.centre.load({"account": accounts, TABLE: rows})
        accounts = account_rows(small, chance)
        few = activity_rows(self.records // 5, accounts, chance)
        self.centre.load({"account": accounts, TABLE: few})
        self._few = [str(row["id"]) for row in few]
        self._ids = [str(row["id"]) for row in rows]
        self.facts["row_bytes"] = len(msgspec.json.encode(rows)) // len(rows)
        return rows

    def measure(self, number: int) -> None:
        """One round on a fresh device."""
        path = copied(self._empty, f"round{number}.db")
        with enrolled(path, self.centre.url, LARGE, self.centre.code(LARGE)) as device:
            self.first_pulls.append(milliseconds(device.engine.exchange))
            self._must_be_whole(device)
            for turn in range(PUSHES):
                self._push(device, f"push {number} {turn}", at_once=1, taken=self.pushes)
                self._push(device, f"whole {number} {turn}", at_once=self.pushed, taken=self.whole_pushes)
            with requests.Session() as nobody:
                nobody.trust_env = False
                for turn in range(PULLS):
                    self._pull(device, f"pull {number} {turn}", turn * self.pulled)
                    self.empties.append(milliseconds(device.engine.exchange))
                    self._rest(device, nobody)

    def _rest(self, device: Device, nobody: requests.Session) -> None:
        for turn in range(RESTS):
            if turn % 2:
                self.rests.append(milliseconds(device.engine.exchange))
            self.nothings.append(milliseconds(lambda: _must_be_ok(nobody.get(f"{self.centre.url}{NOTHING}"))))
            if not turn % 2:
                self.rests.append(milliseconds(device.engine.exchange))

    def _push(self, device: Device, text: str, *, at_once: int, taken: list[float]) -> None:
        device.edit(self._ids[-self.pushed :], text, at_once=at_once)
        taken.append(milliseconds(device.engine.exchange))
        arrived = self.centre.count("SELECT count(*) FROM activity WHERE detail LIKE :text", text=f"{text}%")
        _must_be(arrived, self.pushed, "patches at the centre")
        _must_be(device.count("SELECT count(*) FROM changeset WHERE state != 'applied'"), 0, "changesets not applied")

    def _pull(self, device: Device, text: str, start: int) -> None:
        rows = self._ids[start : start + self.pulled]
        self.centre.change(TABLE, rows, "detail", text)
        self.pulls.append(milliseconds(device.engine.exchange))
        here = device.count("SELECT count(*) FROM activity WHERE detail = ?", text)
        _must_be(here, len(rows), "changed rows on the device")

    def _must_be_whole(self, device: Device) -> None:
        _must_be(device.count("SELECT count(*) FROM activity"), self.records, "rows on the device")
        differing = "SELECT count(*) FROM meta WHERE name LIKE 'sum_differs%' AND value <> ''"
        _must_be(device.count(differing), 0, "sums that differ")

    def weigh(self, cuts: int, chance: random.Random) -> None:
        """Bytes on the wire, what a cut costs, and memory: once each, apart from the times."""
        whole, frame = self._through(LARGE, "wire")
        self.facts["bytes_per_row"] = whole / self.records
        for number in range(cuts):
            self.resent.append(self._cut(number, chance.randrange(whole // 50, whole), whole) / frame)
        self._remember_memory()

    def _through(self, login: str, name: str) -> tuple[int, float]:
        """The bytes that come down for a whole first pull, and for its largest frame."""
        path, code = copied(self._empty, f"{name}.db"), self.centre.code(login)
        with (
            Relay(self.centre.url) as relay,
            enrolled(path, relay.url, login, code) as device,
        ):
            before = relay.down
            device.engine.exchange()
            whole = relay.down - before
            # What a second attempt says besides rows: greetings and the marks of what is there already.
            Engine(device.feed, device.road, RealClock().now).exchange()
            self._greetings = relay.down - before - whole
            largest, rows = _frames_of(device)
        return whole, whole * largest / rows

    def _cut(self, number: int, after: int, whole: int) -> int:
        """Cut a first pull after some bytes, go on, and give the bytes that came beyond those of an uncut one."""
        path, code = copied(self._empty, f"cut{number}.db"), self.centre.code(LARGE)
        with Relay(self.centre.url) as relay, enrolled(path, relay.url, LARGE, code) as device:
            before = relay.down
            relay.cut_after = before + after
            try:
                device.engine.exchange()
            except Trouble:
                relay.cut_after = None
                device.engine.exchange()
            self._must_be_whole(device)
            return relay.down - before - whole - self._greetings

    def watch_window(self) -> None:
        """How long the window waits while the smaller portfolio comes, edits go up and changes come down."""
        self.facts |= window_waiting.measure(self.centre, SMALL, self.folder, self._few[-self.pushed :], self.pulled)

    def _remember_memory(self) -> None:
        for login in (SMALL, LARGE):
            base, _ = self.centre.memory()
            self.centre.forget_peak()
            found = memory.of_first_pull(self.centre, login, copied(self._empty, f"memory-{login}.db"))
            _, peak = self.centre.memory()
            self.facts[f"memory_mb_{found['rows']}_rows"] = (found["peak"] - found["base"]) / MEGABYTE
            self.facts[f"centre_memory_mb_{found['rows']}_rows"] = (peak - base) / MEGABYTE
        self.facts["memory_mb"] = self.facts[f"memory_mb_{self.records}_rows"]

    def line(self) -> dict[str, float | int | str]:
        """The product's line, with the keys that the peers use, and what it alone measures."""
        return {
            "peer": "tournee",
            "records": self.records,
            "first_pull_rows": statistics.median(self.first_pulls),
            "push_1000": statistics.median(self.pushes),
            "pull_100": statistics.median(self.pulls),
            "empty": statistics.median(self.empties),
            "empty_at_rest": statistics.median(self.rests),
            "push_1000_as_one_action": statistics.median(self.whole_pushes),
            "nothing": statistics.median(self.nothings),
            "resent_frames": max(self.resent, default=0.0),
            "database": self.centre.engines.writer.dialect.name,
            **self.facts,
        }


def _frames_of(device: Device) -> tuple[int, int]:
    """The rows of the largest frame of a portfolio's snapshot, and of all."""
    (scope,) = (scope for scope in Pulled(device.feed).cursors() if scope.startswith("rep:"))
    reader, sizes = FrameReader(), []
    with device.road.lines("GET", with_query("/sync/v1/snapshot", scope=scope)) as pieces:
        for piece in pieces:
            sizes += [len(frame.rows) for frame in reader.feed(piece) if isinstance(frame, Rows)]
    return max(sizes), sum(sizes)


NOTHING = "/centre/v1/health"
"""A route that does nothing, asked by anybody."""


def load_now() -> str:
    """The machine's load of the last minute, and how many processors it has."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def _must_be(found: int, wanted: int, what: str) -> None:
    if found != wanted:
        raise RuntimeError(f"{what}: {found}, not {wanted}: no figure is worth anything")


def _must_be_ok(answer: requests.Response) -> None:
    answer.raise_for_status()
