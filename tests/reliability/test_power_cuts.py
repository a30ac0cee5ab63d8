"""The power is cut: whatever of the un-synced writes the disk has, nothing acknowledged is lost or half written."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.reliability.laboratory import laboratory
from tests.reliability.test_killed_anywhere import IS_SOAK, OPERATIONS

IMAGES = 100_000 if IS_SOAK else 2_000
"""Images looked at in all."""
OF_THE_PRODUCT = 100
"""One image in so many is of each of the product's own operations, which take longer to look at."""


@pytest.mark.timeout(3_000 if IS_SOAK else 400)
def test_a_till_that_syncs_survives_every_power_cut(shim: Path, crash_folder: Path, rng: random.Random) -> None:
    wanted = IMAGES - len(OPERATIONS) * (IMAGES // OF_THE_PRODUCT)
    with laboratory("tests.reliability.till:TILL", shim, crash_folder) as lab:
        crashes = lab.after_power_cuts(lab.record(), wanted, rng)
    print(f"power cuts, till: {crashes}")
    assert crashes.problems == []
    assert crashes.killed == wanted
    assert crashes.acknowledged > 0


def test_a_till_that_does_not_sync_is_found(shim: Path, crash_folder: Path, rng: random.Random) -> None:
    """The images can see: what was acknowledged without waiting for the disk is lost in some of them."""
    with laboratory("tests.reliability.till:UNSYNCED_TILL", shim, crash_folder) as lab:
        crashes = lab.after_power_cuts(lab.record(), 100, rng)
    assert any("lost" in problem for problem in crashes.problems)


@pytest.mark.timeout(3_000 if IS_SOAK else 400)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_product_survives_every_power_cut(
    operation: str, shim: Path, crash_folder: Path, rng: random.Random
) -> None:
    with laboratory(OPERATIONS[operation], shim, crash_folder) as lab:
        crashes = lab.after_power_cuts(lab.record(), IMAGES // OF_THE_PRODUCT, rng)
    print(f"power cuts, {operation}: {crashes}")
    assert crashes.problems == []
