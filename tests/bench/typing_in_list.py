"""A keystroke in the list of 100,000 accounts to its repaint, in the true window."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.architecture.sources import ROOT
from tests.bench import large_portfolio
from tests.bench.figures import Figure, p95


def measure() -> Figure:
    """The p95 over some 150 keys, milliseconds."""
    with tempfile.TemporaryDirectory(prefix="tournee-bench-") as folder:
        large_portfolio.fill(Path(folder) / "store.db")
        command = [sys.executable, "-m", "tests.bench.type_in_list", folder]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    taken: list[float] = json.loads(run.stdout.splitlines()[-1])["milliseconds"]
    return Figure(
        "keystroke_100000_accounts",
        "a keystroke in the list of 100,000 accounts to its repaint, p95",
        p95(taken),
        16.0,
        "ms",
        {"median_ms": statistics.median(taken), "worst_ms": max(taken), "keys": len(taken)},
    )
