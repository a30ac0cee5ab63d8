"""A full or failing disk, at any call, once or for good: nothing lost, clear words, and the app goes on."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.reliability.laboratory import laboratory
from tests.reliability.test_killed_anywhere import OPERATIONS

STEP = 1 if os.environ.get("TOURNEE_SOAK") else 8
"""In the check the four ways of failing share the calls, every second one meets one; in a soak each meets all."""
WORDS = {"DISK_FULL", "DISK_FAILS"}


@pytest.mark.timeout(400)
@pytest.mark.parametrize("sticky", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["full", "failing"])
@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name != "import"])
def test_the_app_goes_on_once_the_disk_does(
    operation: str, number: int, sticky: bool, shim: Path, crash_folder: Path
) -> None:
    with laboratory(OPERATIONS[operation], shim, crash_folder) as lab:
        first = 1 + ([errno.ENOSPC, errno.EIO].index(number) * 2 + sticky) * STEP // 4
        crashes = lab.with_a_failing_disk(number, sticky=sticky, first=first, step=STEP)
    print(f"{operation}, error {number}: {crashes}, {dict(crashes.troubles)}")
    assert crashes.problems == []
    assert crashes.points > 5
    assert set(crashes.troubles) <= WORDS
    assert crashes.troubles
