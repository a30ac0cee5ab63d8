"""A process with all imports warm that forks a copy of itself for each crash and itself looks what is left.

It is started with the shim preloaded and an operation's name ("module:object"); it reads one `Command` a line
and answers with an `Answer`, as JSON. Nothing of the store is open in it when it forks.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NoReturn, Protocol, cast

import msgspec

from app.ports.trouble import Trouble
from app.store import naming
from tests.compiled_once import compile_once

Acknowledge = Callable[[str], None]

HUNG_AFTER = 60.0  # seconds
CALL = b"call\n"
"""What the shim says before a call at which it stands still."""


class Operation(Protocol):
    """Something the product does to a folder that must survive a crash at any moment."""

    def prepare(self, folder: Path) -> None:
        """Fills the empty `folder` with what the operation starts from."""

    def run(self, folder: Path, acknowledge: Acknowledge) -> None:
        """Does it; calls `acknowledge` with a line after each commit, as the screen would say "done"."""

    def check(self, folder: Path, acknowledged: Sequence[str]) -> list[str]:
        """Opens what the crash left, as the next start would; a line for each thing lost or half done."""


class Enduring(Operation, Protocol):
    """An operation whose process goes on when the disk fails it."""

    def running(self, folder: Path) -> AbstractContextManager[Callable[[], str]]:
        """What runs on: each call tries to do it, and gives what the user reads, or raises Trouble."""


class Command(msgspec.Struct):
    """Prepare `base`; or copy it to `folder`, run there with a crash or a record, or on a failing disk, and check.

    `paced`: look before each call at what a kill there would leave.
    `image`: only check `folder` as it is, with these lines acknowledged.
    """

    base: str
    folder: str
    prepare: bool = False
    kill_at: int = 0
    half: bool = False
    paced: bool = False
    kill_after: float = 0.0
    fail_at: int = 0
    ways: list[tuple[int, bool]] = []
    """How call `fail_at` fails, one way after the other: the error (errno), and whether all calls after it fail too."""
    record: str = ""
    image: list[str] | None = None


class Answer(msgspec.Struct):
    """How the run ended: by which signal (0: by itself), after how many calls, and what it left."""

    signal: int = 0
    seconds: float = 0.0
    calls: int = 0
    met: list[tuple[int, bool]] = []
    """The ways in which a call of a run failed."""
    acknowledged: list[str] = []
    troubles: list[str] = []
    """What the user read of a failing disk."""
    problems: list[str] = []
    failed: list[str] = []
    """Tracebacks of the run or of the check."""


class Chance:
    """What new rows are named by: drawn, but the same in each run, so that call k is the same call in all of them."""

    def __init__(self) -> None:
        self._drawn = Random(0)

    def begin_again(self) -> None:
        """Draw from the beginning."""
        self._drawn.seed(1)

    def randbits(self, bits: int) -> int:
        """Give a number of so many bits."""
        return self._drawn.getrandbits(bits)


CHANCE = Chance()


def main() -> None:
    """Serves crashes until standard input ends."""
    compile_once()
    setattr(naming, "secrets", CHANCE)  # noqa: B010 - mypy lets no module be replaced
    module, name = sys.argv[1].split(":")
    operation: Operation = getattr(importlib.import_module(module), name)
    shim = ctypes.CDLL(None)
    shim.shim_calls.restype = ctypes.c_long
    for line in sys.stdin:
        answer = _serve(operation, shim, msgspec.json.decode(line, type=Command))
        print(msgspec.json.encode(answer).decode(), flush=True)


@dataclass(frozen=True)
class Voice:
    """Tells the process that a copy was made of, and hears it."""

    to: int
    heard: int

    def __call__(self, text: str) -> None:
        os.write(self.to, (text + "\n").encode())


@dataclass(frozen=True)
class Forked:
    """What a copy of this process said, and how it ended."""

    said: list[str]
    failed: list[str]
    signal: int
    seconds: float

    def lines(self, kind: str) -> list[str]:
        """What it said after the word `kind`."""
        return _after(kind, self.said)


def _serve(operation: Operation, shim: ctypes.CDLL, command: Command) -> Answer:
    base, folder = Path(command.base), Path(command.folder)
    if command.prepare:
        return Answer(failed=_prepared(operation, base, folder))
    if command.image is not None:
        return _checked(operation, folder, command.image)
    if command.ways:
        return _endured(cast("Enduring", operation), shim, command)
    _lay(base, folder)
    stopped = Answer()

    def run(say: Voice) -> None:
        def acknowledge(text: str) -> None:
            shim.shim_note(text.encode())
            say("acknowledged " + text)

        if command.record:
            shim.shim_record(command.record.encode())
        shim.shim_arm(str(folder).encode(), ctypes.c_long(command.kill_at), int(command.half))
        if command.paced:
            shim.shim_pace(say.to, say.heard)
        operation.run(folder, acknowledge)
        say(f"calls {shim.shim_calls()}")

    def look(acknowledged: list[str]) -> None:
        left = folder.with_name("left")
        shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(folder, left)
        stopped.calls += 1
        found = _checked(operation, left, acknowledged)
        stopped.acknowledged += acknowledged
        stopped.problems += [f"at call {stopped.calls}: {problem}" for problem in found.problems]
        stopped.failed += [f"at call {stopped.calls}: {problem}" for problem in found.failed]

    ran = _forked(run, look, kill_after=command.kill_after)
    answer = _checked(operation, folder, ran.lines("acknowledged"))
    answer.signal, answer.seconds = ran.signal, ran.seconds
    answer.calls = int("".join(ran.lines("calls")) or 0)
    answer.acknowledged += stopped.acknowledged
    answer.problems = [*stopped.problems, *answer.problems]
    answer.failed = [*ran.failed, *stopped.failed, *answer.failed]
    return answer


def _lay(base: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    CHANCE.begin_again()


def _endured(operation: Enduring, shim: ctypes.CDLL, command: Command) -> Answer:
    """Lets one call fail in all ways, one after the other as the operation is tried again; then it must come through.

    In this very process: it goes on, as the app does. A try that comes through all the same, as nobody minds that this
    call failed, is looked at, and the ways that are left begin anew; so does one that had no such call after others.
    """
    folder, told = Path(command.folder), Answer()
    ways = list(command.ways)
    while ways and not (told.problems or told.failed):
        _lay(Path(command.base), folder)
        said: str | None = None
        is_fresh = True
        try:
            with operation.running(folder) as act:
                while ways and said is None:
                    number, is_sticky = ways[0]
                    CHANCE.begin_again()
                    shim.shim_fail(str(folder).encode(), ctypes.c_long(command.fail_at), number, int(is_sticky))
                    try:
                        said = act()
                    except Trouble as trouble:
                        told.troubles.append(trouble.code)
                    finally:
                        is_met = shim.shim_calls() >= command.fail_at
                        shim.shim_fail(b"", 0, 0, 0)
                    told.met += ways[:1] if is_met else []
                    if is_met or is_fresh:
                        del ways[0]
                    is_fresh = False
                if said is None:
                    CHANCE.begin_again()
                    said = act()
        except Exception:  # noqa: BLE001 - the laboratory shows it
            told.failed.append(traceback.format_exc())
        checked = _checked(operation, folder, [] if said is None else [said])
        told.acknowledged += checked.acknowledged
        told.problems += checked.problems
        told.failed += checked.failed
    return told


def _checked(operation: Operation, folder: Path, acknowledged: list[str]) -> Answer:
    """Looks at what is left in this very process: a copy of it would take longer to make than many a look."""
    try:
        problems = operation.check(folder, acknowledged)
    except Exception:  # noqa: BLE001 - the laboratory shows it
        return Answer(acknowledged=acknowledged, failed=[traceback.format_exc()])
    return Answer(acknowledged=acknowledged, problems=problems, failed=_left(folder))


def _prepared(operation: Operation, base: Path, folder: Path) -> list[str]:
    """Prepares `base` and goes through it once in this very process: what each copy inherits is imported and warm.

    Everything must be closed again afterwards: a database or a thread does not survive a fork.
    """
    try:
        operation.prepare(base)
        shutil.copytree(base, folder)
        acknowledged: list[str] = []
        operation.run(folder, acknowledged.append)
        failed = operation.check(folder, acknowledged)
    except Exception:  # noqa: BLE001 - the laboratory shows it
        return [traceback.format_exc()]
    gc.collect()
    gc.freeze()  # the copies need not look at what they inherit
    return [*failed, *_left(base, folder)]


def _left(*folders: Path) -> list[str]:
    """What this process still has open in `folders`, and runs beside itself: neither survives a fork."""
    here = tuple(folder.as_posix() for folder in folders)
    files = [str(file.readlink()) for file in Path("/proc/self/fd").iterdir() if file.exists()]
    opened = [f"left open: {file}" for file in files if file.startswith(here)]
    return opened + [f"left running: {thread.name}" for thread in threading.enumerate()[1:]]


def _forked(work: Callable[[Voice], None], at_call: Callable[[list[str]], None], *, kill_after: float = 0.0) -> Forked:
    """Runs `work` in a copy of this process, killed from outside after `kill_after` seconds (0: never).

    Where the copy stands still before a call, `at_call` is told what was acknowledged until then.
    """
    reader, writer = os.pipe()
    heard, go = os.pipe()
    began = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.close(go)  # it ends with this process, should it wait then
        _work_and_leave(work, Voice(writer, heard))
    os.close(writer)
    os.close(heard)
    text = bytearray()
    hung = False
    deadline = began + (kill_after or HUNG_AFTER)
    while True:
        if select.select([reader], [], [], max(0.0, deadline - time.perf_counter()))[0]:
            piece = os.read(reader, 65536)
            if not piece:
                break
            text += piece
            if text.endswith(CALL):
                at_call(_after("acknowledged", text.decode().split("\n")))
                os.write(go, b".")
                deadline = time.perf_counter() + HUNG_AFTER
        else:
            os.kill(pid, signal.SIGKILL)
            hung = not kill_after
            deadline = began + 2 * HUNG_AFTER
    os.close(reader)
    os.close(go)
    _pid, status = os.waitpid(pid, 0)
    said = text.decode().split("\n")
    failed = [json.loads(line) for line in _after("failed", said)]
    if hung:
        failed.append(f"hung for {HUNG_AFTER} seconds")
    return Forked(said, failed, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, time.perf_counter() - began)


def _after(kind: str, said: list[str]) -> list[str]:
    return [line.removeprefix(kind + " ") for line in said if line.startswith(kind + " ")]


def _work_and_leave(work: Callable[[Voice], None], say: Voice) -> NoReturn:
    try:
        work(say)
    except BaseException:  # noqa: BLE001 - the laboratory shows it
        say("failed " + json.dumps(traceback.format_exc()))
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
