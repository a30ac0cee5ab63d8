"""How long the window waits while sync works behind it: what its process took down (`window_process`), as figures."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.bench.sync.centre import Centre
from tests.bench.sync.rows import TABLE

PAGES = ("accounts", "sync", "today")
"""The pages that show while sync works: which reads most of the store, which follows the queue, which shows first."""
BEAT_MS = 4
_LAST = 19
"""The priority of what may wait for all others."""
PHASES = ("first_pull", "push", "delta")


class Beats(msgspec.Struct):
    """When the window's loop came round, and how long by then its thread had waited for a processor, in milliseconds.

    Other programs had the processor meanwhile, the centre among them, which on a true device stands elsewhere.
    """

    at: list[float] = msgspec.field(default_factory=list)
    waited: list[float] = msgspec.field(default_factory=list)

    def waits(self, *, for_processor: bool) -> list[float]:
        """Give the wait of an event at each moment at which a beat was due, with or without that for a processor."""
        shift = [0.0] * len(self.at) if for_processor else self.waited
        return waits_of([at - waited for at, waited in zip(self.at, shift, strict=True)], BEAT_MS)


Told = Mapping[str, Beats]
"""What the window's process tells: the beats of each phase ("quiet" is without sync)."""


def measure(centre: Centre, login: str, folder: Path, rows: Sequence[str], delta: int) -> dict[str, float]:
    """Show the window to a rep whose portfolio comes, who sends as many edits as `rows` and receives `delta` rows.

    Gives milliseconds by figure, of the worse page: `window_<phase>_p50`, `_p99` and `_max` without the wait for a
    processor, `_p99_all` with it; `window_blocked_p99` is the worst phase's.
    """
    _stand_back(centre.process)
    found = [_on_page(centre, login, folder / page, page, rows, delta) for page in PAGES]
    figures: dict[str, float] = {}
    for phase in ("quiet", *PHASES):
        waits = [told[phase].waits(for_processor=False) for told in found]
        for name, of in (("p50", _share(0.5)), ("p99", _share(0.99)), ("max", max)):
            figures[f"window_{phase}_{name}"] = max(map(of, waits))
        everything = (told[phase].waits(for_processor=True) for told in found)
        figures[f"window_{phase}_p99_all"] = max(map(_share(0.99), everything))
    return figures | {"window_blocked_p99": max(figures[f"window_{phase}_p99"] for phase in PHASES)}


def _stand_back(process: int) -> None:
    """Let a process have what the window leaves of the processors, all its threads: it stands on another machine.

    A thread of the device that computes and has to wait for a processor keeps the window waiting as well, and nothing
    counts that: it must not happen for the centre's sake.
    """
    if hasattr(os, "setpriority"):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), _LAST)


def _share(share: float) -> Callable[[Sequence[float]], float]:
    return lambda values: sorted(values)[max(0, round(share * len(values)) - 1)]


def _on_page(centre: Centre, login: str, folder: Path, page: str, rows: Sequence[str], delta: int) -> Told:
    asked = {"centre": centre.url, "login": login, "code": centre.code(login), "folder": str(folder), "page": page}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.sync.window_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    with process, _ended(process):
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the window's process has no pipes")
        process.stdin.write(json.dumps({**asked, "edits": rows, "delta": delta}) + "\n")
        process.stdin.flush()
        for number, line in enumerate(process.stdout):
            told = msgspec.json.decode(line, type=dict[str, Beats])
            if told:
                return told
            centre.change(TABLE, rows[:delta], "detail", words_of(number))
            # What another process writes into its database the serving one may hear of late: the courier is told.
            process.stdin.write("\n")
            process.stdin.flush()
    raise RuntimeError(f"the window’s process gave no figures: it ended with {process.wait()}")


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        process.kill()
        raise


def waits_of(beats: Sequence[float], every: float) -> list[float]:
    """Give the wait of an event at each moment at which a beat was due; `beats` are instants, `every` their distance.

    A loop that stood still for long swallowed the beats that were due meanwhile: they would have waited too, each one
    less than the one before. Same unit as given.
    """
    waits: list[float] = []
    for before, beat in itertools.pairwise(beats):
        late = max(0.0, beat - before - every)
        waits.append(late)
        while (late := late - every) > 0:
            waits.append(late)
    return waits


def words_of(delta: int) -> str:
    """What the rows say after each change at the centre, which happens when the window's process asks for it."""
    return f"delta {delta}"
