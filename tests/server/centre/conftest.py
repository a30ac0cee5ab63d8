"""The centre alone, on each database."""

from __future__ import annotations

import pytest

from tests.sync.conftest import _light_passwords, centre, empty_store, migrated_file, world
from tests.sync.world import Device, World

__all__ = ["_light_passwords", "centre", "device", "empty_store", "migrated_file", "world"]


@pytest.fixture
def device(world: World) -> Device:
    """A device that has read a portfolio of one account."""
    world.centre.account(world.centre.user())
    made = world.device()
    made.exchange()
    return made
