"""The crash laboratory finds what it is there to find, and nothing where nothing is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.reliability.laboratory import laboratory


@pytest.mark.parametrize("half", [False, True], ids=["before the call", "in the middle of it"])
def test_a_sound_till_survives_a_crash_at_every_call(shim: Path, crash_folder: Path, half: bool) -> None:
    with laboratory("tests.reliability.till:TILL", shim, crash_folder) as lab:
        crashes = lab.at_every_call(half=half)
    print(crashes)
    assert crashes.problems == []
    assert crashes.killed == crashes.points > 20  # four commits of four pages, each with its sync
    assert crashes.acknowledged > 0


def test_a_sound_till_survives_random_crashes(shim: Path, crash_folder: Path, rng: random.Random) -> None:
    with laboratory("tests.reliability.till:TILL", shim, crash_folder) as lab:
        crashes = lab.at_random_moments(40, rng)
    print(crashes)
    assert crashes.problems == []
    assert crashes.killed == 40


def test_a_till_that_acknowledges_too_early_is_found(shim: Path, crash_folder: Path) -> None:
    with laboratory("tests.reliability.till:HASTY_TILL", shim, crash_folder) as lab:
        crashes = lab.at_every_call()
    assert any("lost: sale 1" in problem for problem in crashes.problems)


def test_a_till_that_writes_in_two_goes_is_found(shim: Path, crash_folder: Path) -> None:
    with laboratory("tests.reliability.till:SLOPPY_TILL", shim, crash_folder) as lab:
        crashes = lab.at_every_call()
    assert any("half written" in problem for problem in crashes.problems)
