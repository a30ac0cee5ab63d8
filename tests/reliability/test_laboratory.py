"""The crash laboratory finds what it is there to find, and nothing where nothing is."""

from __future__ import annotations

import errno
import random
from pathlib import Path

import pytest

from tests.reliability.laboratory import laboratory


def test_a_sound_till_survives_a_crash_in_the_middle_of_every_call(shim: Path, crash_folder: Path) -> None:
    with laboratory("tests.reliability.till:TILL", shim, crash_folder) as lab:
        crashes = lab.at_every_call(half=True)
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


def test_a_till_that_stands_still_shows_what_a_kill_leaves(shim: Path, crash_folder: Path) -> None:
    with laboratory("tests.reliability.till:TILL", shim, crash_folder) as lab:
        stopped, killed = lab.stopped_at_every_call(), lab.at_every_call()
    assert stopped.problems == killed.problems == []
    assert (stopped.points, stopped.acknowledged) == (killed.points, killed.acknowledged)


@pytest.mark.parametrize(("till", "found"), [("HASTY", "lost: sale 1"), ("SLOPPY", "half written")])
def test_a_till_that_acknowledges_too_early_or_writes_in_two_goes_is_found(
    shim: Path, crash_folder: Path, till: str, found: str
) -> None:
    with laboratory(f"tests.reliability.till:{till}_TILL", shim, crash_folder) as lab:
        crashes = lab.stopped_at_every_call()
    assert any(found in problem for problem in crashes.problems)


def test_a_till_that_does_not_hear_the_disk_is_found(shim: Path, crash_folder: Path) -> None:
    with laboratory("tests.reliability.till:DEAF_TILL", shim, crash_folder) as lab:
        crashes = lab.with_a_failing_disk([(errno.ENOSPC, False), (errno.EIO, True)])
    assert any("lost: sale" in problem for problem in crashes.problems)
