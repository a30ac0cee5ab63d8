"""Killed at every call that changes a file, and at random moments: nothing acknowledged lost, nothing half written."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.reliability.laboratory import laboratory

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
OPERATIONS = {
    "split": "tests.reliability.selling:SPLITTING",
    "sign": "tests.reliability.selling:SIGNING",
    "pull": "tests.reliability.pulling:PULLING",
    "import": "tests.reliability.importing:IMPORTING",
}
if IS_SOAK:
    OPERATIONS |= {
        "edit": "tests.reliability.acting:EDITING",
        "undo": "tests.reliability.acting:UNDOING",
        "plan": "tests.reliability.acting:PLANNING",
        "prepare": "tests.reliability.acting:PREPARING",
        "validate": "tests.reliability.acting:VALIDATING",
        "order": "tests.reliability.acting:ORDERING",
        "answer": "tests.reliability.acting:ANSWERED",
        "prune": "tests.reliability.acting:PRUNING",
        "migrate": "tests.reliability.acting:MIGRATING",
        "put back": "tests.reliability.acting:PUTTING_BACK",
    }
CRASHES = 5_000 if IS_SOAK else 200
"""At random moments, in all."""


@pytest.mark.timeout(3_000 if IS_SOAK else 400)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_killed_at_every_call_nothing_is_lost_or_half_written(operation: str, shim: Path, crash_folder: Path) -> None:
    with laboratory(OPERATIONS[operation], shim, crash_folder) as lab:
        crashes = lab.stopped_at_every_call()
        killed = lab.at_every_call() if IS_SOAK else None
    print(f"{operation}: {crashes}{f'; {killed}' if killed else ''}")
    assert crashes.problems == []
    assert crashes.points > 10
    assert crashes.acknowledged > 0, "looked at after its end, too"
    if killed:
        assert killed.problems == []
        assert killed.killed == killed.points == crashes.points


@pytest.mark.timeout(3_000 if IS_SOAK else 400)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_killed_at_random_moments_nothing_is_lost_or_half_written(
    operation: str, shim: Path, crash_folder: Path, rng: random.Random
) -> None:
    wanted = -(-CRASHES // len(OPERATIONS))
    with laboratory(OPERATIONS[operation], shim, crash_folder) as lab:
        crashes = lab.at_random_moments(wanted, rng)
    print(f"{operation}: {crashes}")
    assert crashes.problems == []
    assert crashes.killed == wanted
