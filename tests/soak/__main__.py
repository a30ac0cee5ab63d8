"""The soak: the large figures, stopped and gone on with at any time. `make soak`, `make soak FROM=17 SEEDS=100`."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from pathlib import Path

from tests.soak import parts
from tests.soak.progress import begun, go_on
from tests.sync.simulation.scripts import SCRIPTS
from tests.sync.simulation.simulation import Plan

RELIABILITY = [
    "tests/reliability/test_failing_disk.py",
    "tests/reliability/test_killed_anywhere.py",
    "tests/reliability/test_power_cuts.py",
    "tests/reliability/test_first_pull_killed.py",
    "tests/reliability/test_killed_processes.py",
    "tests/reliability/test_killed_wipes.py",
    "tests/reliability/test_laboratory.py",
    "tests/store/test_backups.py",
    "tests/sync/test_hostile_answers.py",
    "tests/sync/test_random_days.py",
    "tests/sync/test_pushing_together.py",
    "tests/sync/simulation/test_seeded_bugs.py",
    "tests/server/centre/test_devices.py",
    "tests/server/centre/test_guessing.py",
    "tests/server/centre/test_probes.py",
    "tests/server/centre/test_whatever_is_sent.py",
    "tests/server/centre/test_calls_in_sequence.py",
    "tests/server/imports/test_malformed.py",
    "tests/unit/adapters/test_tampering.py",
]
"""Each played by itself: a soak that was stopped goes on with the next, and what was stopped begins anew."""


def main(arguments: list[str] | None = None) -> int:
    """Run or go on; 0 when all is done and held, 1 when something failed, 130 when it was stopped."""
    asked = _asked(arguments)
    stops = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: stops.set())
    os.environ["TOURNEE_SOAK"] = "1"
    logging.disable(logging.CRITICAL)  # a bad network is what is played; what matters is said at the end
    figures = {"seeds": asked.seeds, "steps": asked.steps, "days": asked.days}
    progress = begun(asked.out / "progress.json", asked.seed, figures)
    print(f"soak, seed {progress.seed}: {asked.seeds} seeds of {asked.steps} steps; it can be stopped and gone on with")
    with parts.ground() as ground:
        plan = Plan(steps=asked.steps, restarts=4)
        todo = {
            "worlds": parts.worlds(ground, progress.seed, asked.seeds, plan),
            "strikes": parts.strikes(ground, list(SCRIPTS)),
            "days": parts.days(ground, progress.seed, asked.days, 60),
            "reliability": parts.reliability(RELIABILITY, stops.is_set),
        }
        wanted_parts = [todo[name] for name in asked.only or todo]
        try:
            is_done = go_on(progress, wanted_parts, asked.out / "progress.json", stops.is_set)
        except KeyboardInterrupt:
            is_done = False
    failed = progress.failures
    state = "all done" if is_done else "stopped, go on with the same command"
    told = ", ".join(f"{name} {standing}" for name, standing in progress.parts.items())
    print(f"soak, seed {progress.seed}: {state}; {told or 'nothing yet'}")
    for failure in failed:
        print(f"  {failure.what}: {failure.why}\n    {failure.replay}")
    if not is_done:
        return 130
    return 1 if failed else 0


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--from", dest="seed", type=int, help="the first seed; begins anew")
    parser.add_argument("--seeds", type=int, default=1_000, help="how many random worlds")
    parser.add_argument("--steps", type=int, default=150, help="steps of each")
    parser.add_argument("--days", type=int, default=60, help=f"seeds for made-up days, {parts.EXAMPLES} days each")
    parser.add_argument("--only", nargs="*", choices=("worlds", "strikes", "days", "reliability"))
    parser.add_argument("--out", type=Path, default=Path("out/soak"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
