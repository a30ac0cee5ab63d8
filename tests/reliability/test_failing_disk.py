"""A full or failing disk, at every call, once or for good: nothing lost, clear words, and the app goes on."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.reliability.laboratory import Way, laboratory
from tests.reliability.test_killed_anywhere import IS_SOAK, OPERATIONS

WAYS: dict[str, Way] = {
    "full": (errno.ENOSPC, False),
    "full for good": (errno.ENOSPC, True),
    "failing": (errno.EIO, False),
    "failing for good": (errno.EIO, True),
}
TRIED: dict[str, list[Way]] = {"in turn": list(WAYS.values())}
"""All four ways in one run of the app, which then comes through; in a soak each way alone as well."""
if IS_SOAK:
    TRIED |= {name: [way] for name, way in WAYS.items()}
WORDS = {"DISK_FULL", "DISK_FAILS"}
"""What the rep reads; who imports at the centre reads the reason with it."""


@pytest.mark.timeout(3_000 if IS_SOAK else 400)
@pytest.mark.parametrize("tried", TRIED)
@pytest.mark.parametrize("operation", [name for name in OPERATIONS if IS_SOAK or name != "import"])
def test_the_app_goes_on_once_the_disk_does(operation: str, tried: str, shim: Path, crash_folder: Path) -> None:
    with laboratory(OPERATIONS[operation], shim, crash_folder) as lab:
        crashes = lab.with_a_failing_disk(TRIED[tried])
    print(f"{operation}, {tried}: {crashes}, {dict(crashes.troubles)}")
    assert crashes.problems == []
    assert crashes.points > 10
    assert crashes.failed == crashes.points * len(TRIED[tried])
    assert set(crashes.troubles) <= WORDS
    assert crashes.troubles
