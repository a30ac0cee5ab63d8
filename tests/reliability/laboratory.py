"""Kills an operation at every call that changes a file, lets the disk fail, cuts the power, then looks what is left."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import msgspec

from tests.reliability.crash_server import Answer, Command
from tests.reliability.power import Record

ROOT = Path(__file__).parents[2]
SHIM = Path(__file__).with_name("shim.c")
Way = tuple[int, bool]
"""How a disk fails: the error (errno), and whether it is for good."""


def build_shim(folder: Path) -> Path:
    """Compiles the shim (a fifth of a second); the shared library."""
    library = folder / "shim.so"
    compiler = shutil.which("cc") or "gcc"
    subprocess.run(
        [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, SHIM, "-ldl"],
        check=True,
    )
    return library


@dataclass
class Crashes:
    """What a series of crashes came to."""

    points: int = 0
    """How many calls of the operation change a file."""
    failed: int = 0
    """Calls that a failing disk refused, each in so many ways."""
    killed: int = 0
    survived: int = 0
    """Runs that had ended before their moment came."""
    acknowledged: int = 0
    """Lines that were said to the user before the crash."""
    troubles: Counter[str] = field(default_factory=Counter)
    """What the user read of a failing disk, and how often."""
    problems: list[str] = field(default_factory=list)
    """Each with the crash that showed it, to be replayed."""

    def __str__(self) -> str:
        return (
            f"{self.points} points, {self.failed} failed, {self.killed} killed, {self.survived} survived, "
            f"{self.acknowledged} acknowledged, {len(self.problems)} problems"
        )


class Laboratory:
    """One operation, prepared once, crashed as often as asked."""

    def __init__(self, server: subprocess.Popen[str], folder: Path) -> None:
        self._to, self._from = _pipes(server)
        self._base, self._copy = folder / "base", folder / "copy"
        self._base.mkdir()
        failed = self._ask(prepare=True).failed
        if failed:
            raise AssertionError(failed)

    def at_every_call(self, *, half: bool = False, every: int = 1) -> Crashes:
        """Dies in place of call 1, 2, 3… until a run comes through; with `half`, writes half of it first.

        `every` takes only each so many-th call, for an operation with a great many.
        """
        crashes, call = Crashes(), every
        while self._crash(crashes, f"call {call}", kill_at=call, half=half):
            crashes.points += 1
            call += every
        return crashes

    def stopped_at_every_call(self) -> Crashes:
        """Stands still before each call of one run, and looks at what a kill there would leave: the files as they are.

        A kill lets nothing run, so it leaves no less and no more; only the whole process needs not to begin again for
        each call.
        """
        answer = self._ask(paced=True)
        crashes = Crashes(points=answer.calls)
        _note(crashes, "stopped", answer)
        return crashes

    def at_random_moments(self, times: int, rng: random.Random) -> Crashes:
        """Dies from outside, at moments spread over the time that a run takes, until `times` crashes have hit one."""
        crashes = Crashes()
        whole = [self._ask() for _ in range(3)]
        crashes.points = whole[0].calls
        for answer in whole:
            _note(crashes, "no crash", answer)
        seconds = min(answer.seconds for answer in whole)
        while crashes.killed < times and crashes.survived < 3 * times:
            moment = rng.uniform(0.0001, seconds)
            self._crash(crashes, f"after {moment:.4f} s", kill_after=moment)
        return crashes

    def with_a_failing_disk(self, ways: Sequence[Way]) -> Crashes:
        """Lets call 1, 2, 3… fail in each of these ways, one after the other, as long as runs have so many calls."""
        crashes, at, left = Crashes(), 1, list(ways)
        while left:
            answer = self._ask(fail_at=at, ways=left)
            _note(crashes, f"call {at} failing", answer)
            crashes.troubles.update(answer.troubles)
            left = answer.met
            crashes.points += bool(left)
            crashes.failed += len(left)
            at += 1
        return crashes

    def record(self) -> Record:
        """Runs once and gives every call that changed a file."""
        path = self._base.with_name("record")
        path.unlink(missing_ok=True)
        answer = self._ask(record=str(path))
        if answer.failed or answer.problems:
            raise AssertionError([*answer.failed, *answer.problems])
        return Record.read(path, self._base, self._copy)

    def after_power_cuts(self, record: Record, times: int, rng: random.Random) -> Crashes:
        """Checks what a disk may hold after the power was cut, at `times` moments spread over the record."""
        crashes = Crashes(points=len(record.events))
        for number in range(times):
            moment = 1 + number * len(record.events) // times
            acknowledged = record.image(moment, rng, self._copy)
            crashes.killed += 1
            answer = self._ask(image=acknowledged)
            _note(crashes, f"power cut after call {moment}, image {number}", answer)
        return crashes

    def _crash(
        self, crashes: Crashes, name: str, *, kill_at: int = 0, half: bool = False, kill_after: float = 0.0
    ) -> bool:
        answer = self._ask(kill_at=kill_at, half=half, kill_after=kill_after)
        killed = answer.signal == signal.SIGKILL
        crashes.killed += killed
        crashes.survived += not killed
        _note(crashes, name, answer)
        return killed

    def _ask(
        self,
        *,
        prepare: bool = False,
        kill_at: int = 0,
        half: bool = False,
        paced: bool = False,
        kill_after: float = 0.0,
        fail_at: int = 0,
        ways: list[Way] | None = None,
        record: str = "",
        image: list[str] | None = None,
    ) -> Answer:
        command = Command(
            base=str(self._base),
            folder=str(self._copy),
            prepare=prepare,
            kill_at=kill_at,
            half=half,
            paced=paced,
            kill_after=kill_after,
            fail_at=fail_at,
            ways=ways or [],
            record=record,
            image=image,
        )
        self._to.write(msgspec.json.encode(command).decode() + "\n")
        self._to.flush()
        line = self._from.readline()
        if not line:
            raise AssertionError("the crash server has ended")
        return msgspec.json.decode(line, type=Answer)


def _note(crashes: Crashes, name: str, answer: Answer) -> None:
    crashes.acknowledged += len(answer.acknowledged)
    crashes.problems += [f"{name}: {problem}" for problem in [*answer.failed, *answer.problems]]


def _pipes(server: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if server.stdin is None or server.stdout is None:
        raise ValueError("the crash server is spoken to through pipes")
    return server.stdin, server.stdout


@contextmanager
def laboratory(operation: str, shim: Path, folder: Path) -> Iterator[Laboratory]:
    """Starts the crash server for `operation` ("module:object") and ends it afterwards."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.crash_server", operation],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(shim)},
    )
    try:
        yield Laboratory(server, folder)
    finally:
        server.communicate(timeout=70)
