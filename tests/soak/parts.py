"""The parts of the soak: random worlds, every strike at every point of every script, made-up days, killed processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from hypothesis.stateful import run_state_machine_as_test

from app.store.opening import make_store
from sync.server.grants import people
from tests.soak.progress import Item, Part
from tests.sync.simulation.machine import Days
from tests.sync.simulation.points import Blow
from tests.sync.simulation.prepared import Prepared, prepare
from tests.sync.simulation.scripts import SCRIPTS
from tests.sync.simulation.simulation import Places, Plan, run
from tests.sync.simulation.stage import play
from tests.sync.world import KEY, prepared

MEMORY = Path("/dev/shm")  # noqa: S108 - the folders made in it are ours alone
PYTEST = ".venv/bin/python -m pytest -q -p no:randomly"
SIMULATION = "tests/sync/simulation"
STRIKES = 1_000_000
"""Numbers set aside for the strikes of one script."""
EXAMPLES = 50
"""Days that Hypothesis makes up from one seed."""


class Ground:
    """What every run begins on: an empty store, a migrated centre, the prepared trade."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.empty_store, self.migrated_file = folder / "empty.db", folder / "migrated.db"
        make_store(self.empty_store, KEY, "")
        prepared(f"sqlite:///{self.migrated_file}")
        (folder / "prepared").mkdir()
        self.prepared: Prepared = prepare(folder / "prepared", self.empty_store, self.migrated_file)

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            yield Path(folder)


@contextmanager
def ground() -> Iterator[Ground]:
    """Make it, in memory where that is offered; passwords are hashed lightly, as nobody guesses them here."""
    place = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield Ground(Path(folder))


def worlds(on: Ground, first: int, count: int, plan: Plan) -> Part:
    """A random world for each seed."""

    def play_world(seed: int) -> None:
        with on.fresh() as folder:
            run(seed, Places(folder, on.empty_store, on.migrated_file), plan)

    def items(start: int) -> Iterator[Item]:
        for seed in range(max(start, first), first + count):
            drawn = f"TOURNEE_SEED={seed} TOURNEE_STEPS={plan.steps}"
            again = f"TOURNEE_SOAK=1 {drawn} {PYTEST} {SIMULATION}/test_simulation.py"
            yield Item(seed, f"seed {seed}", again, partial(play_world, seed))

    return Part("worlds", items)


def strikes(on: Ground, names: list[str]) -> Part:
    """Every strike at every point of scripts."""

    def strike(name: str, blow: Blow | None) -> None:
        with on.fresh() as folder:
            play(SCRIPTS[name], on.prepared, folder, blow)

    def blows(name: str) -> list[Blow | None]:
        try:
            with on.fresh() as folder:
                return [None, *play(SCRIPTS[name], on.prepared, folder).blows()]
        except Exception:  # noqa: BLE001 - it fails again as the first item, and is told there
            return [None]

    def items(start: int) -> Iterator[Item]:
        for place, name in enumerate(names):
            first = place * STRIKES
            if start >= first + STRIKES:
                continue
            for number, blow in enumerate(blows(name), first):
                if number >= start:
                    named = "" if blow is None else f"TOURNEE_STRIKE='{blow}' "
                    again = f"TOURNEE_SOAK=1 {named}{PYTEST} {SIMULATION}/test_scripts.py -k {name}"
                    yield Item(number, f"{name}, {blow or 'nothing struck'}", again, partial(strike, name, blow))

    return Part("strikes", items)


def days(on: Ground, first: int, count: int, steps: int) -> Part:
    """Days that Hypothesis makes up, some from each seed."""

    def make_up(seed: int) -> None:
        Days.prepared = on.prepared
        machine = hypothesis.seed(seed)(type("Days", (Days,), {}))
        settings = hypothesis.settings(
            max_examples=EXAMPLES,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            print_blob=False,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        run_state_machine_as_test(machine, settings=settings)

    def items(start: int) -> Iterator[Item]:
        for seed in range(max(start, first), first + count):
            again = (
                f"TOURNEE_SOAK=1 TOURNEE_SEED={seed} TOURNEE_EXAMPLES={EXAMPLES} {PYTEST} {SIMULATION}/test_machine.py"
            )
            yield Item(seed, f"days of seed {seed}", again, partial(make_up, seed))

    return Part("days", items)


def reliability(folders: list[str], must_stop: Callable[[], bool]) -> Part:
    """The large figures of what is killed, cut off and filled up as true processes."""

    def play_all(folder: str) -> None:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-x", folder]
        with subprocess.Popen(command, env={**os.environ, "TOURNEE_SOAK": "1"}) as child:
            while child.poll() is None:
                if must_stop():
                    child.terminate()
                try:
                    child.wait(0.5)
                except subprocess.TimeoutExpired:
                    continue
        if must_stop():
            raise KeyboardInterrupt
        if child.returncode != 0:
            raise RuntimeError(f"{folder} is red")

    def items(start: int) -> Iterator[Item]:
        for number, folder in enumerate(folders):
            if number >= start:
                yield Item(number, folder, f"TOURNEE_SOAK=1 {PYTEST} {folder}", partial(play_all, folder))

    return Part("reliability", items)
