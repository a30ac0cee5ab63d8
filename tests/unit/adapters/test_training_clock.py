"""The training base's clock: always the same Monday, never the same instant twice."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.adapters.training_clock import TRAINING_DAY, TrainingClock


@pytest.mark.parametrize("hours", [0, 5, 24, 24 * 365 * 5])
def test_it_is_always_the_same_day(tmp_path: Path, hours: int) -> None:
    since = tmp_path / "base"
    since.touch()
    made = time.time() - 3600 * hours
    os.utime(since, (made, made))
    clock = TrainingClock(since)

    first, second = clock.now(), clock.now()

    assert clock.today() == first.astimezone().date() == TRAINING_DAY
    assert first.astimezone().hour >= 8
    assert first <= second


def test_it_goes_on_after_a_restart(tmp_path: Path) -> None:
    since = tmp_path / "base"
    since.touch()
    os.utime(since, (time.time() - 60, time.time() - 60))
    before = TrainingClock(since).now()

    assert TrainingClock(since).now() >= before
