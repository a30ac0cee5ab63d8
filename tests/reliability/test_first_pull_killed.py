"""A first pull killed at its write calls: nothing kept is lost; indexes, triggers, lists and search are whole again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reliability.laboratory import laboratory

EVERY = 1 if os.environ.get("TOURNEE_SOAK") == "1" else 37
"""Of the calls that change a file, each so many-th: there are about five hundred."""


@pytest.mark.timeout(3_000 if EVERY == 1 else 400)
@pytest.mark.parametrize("half", [False, True], ids=["before the call", "in the middle of it"])
def test_a_first_pull_killed_at_a_write_is_gone_on_with_and_the_store_is_whole(
    shim: Path, crash_folder: Path, half: bool
) -> None:
    with laboratory("tests.reliability.first_pulling:FIRST_PULLING", shim, crash_folder) as lab:
        crashes = lab.at_every_call(half=half, every=EVERY)
    print(crashes)
    assert crashes.problems == []
    assert crashes.killed == crashes.points > 10
    assert crashes.acknowledged > 0
