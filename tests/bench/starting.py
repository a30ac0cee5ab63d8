"""Time to an interactive window, on a device that is set up, against a bare PySide6 window of the same run."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.bootstrap.training import TrainingBase, centre_running
from tests.architecture.sources import ROOT
from tests.bench.figures import Figure, median_ratio

ROUNDS = 15
STAGES = ("python", "imports", "application", "store", "window", "interactive")


def _start(module: str, *arguments: str) -> dict[str, float]:
    """Starts a process and gives the milliseconds that it says it took, from before it was made."""
    command = [sys.executable, "-m", module, str(time.monotonic()), *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    stamps: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return stamps


def measure() -> Figure:
    """The window a person meets first, the door, as `tournee` shows it; the median of the ratios, round by round.

    Among the details: how long until Today is there too on a store that opens without a passphrase, stage by stage,
    in milliseconds added up, and what that is against the bare window.
    """
    with tempfile.TemporaryDirectory(prefix="tournee-bench-") as folder:
        base = TrainingBase(Path(folder) / "training")
        code = base.make()
        with centre_running(base.database) as centre:
            base.open_device(centre, code).close()
        bare, doors, ours = [], [], []
        for number in range(ROUNDS + 1):
            smallest = _start("tests.bench.start_bare")
            door = _start("tests.bench.start_door", str(base.device_folder))
            full = _start("tests.bench.start_app", str(base.folder))
            if number:  # the first of each fills the disk's cache
                bare.append(smallest["interactive"])
                doors.append(door["interactive"])
                ours.append(full)
    details = {f"to_{stage}_ms": statistics.median(stamps[stage] for stamps in ours) for stage in STAGES}
    return Figure(
        "start",
        "time to an interactive window against a bare PySide6 window",
        median_ratio(doors, bare),
        1.5,
        "×",
        {
            "bare_ms": statistics.median(bare),
            "door_ms": statistics.median(doors),
            "today_against_bare": median_ratio([stamps["interactive"] for stamps in ours], bare),
            **details,
        },
    )
