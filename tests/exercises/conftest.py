"""The exercises are played in a true window, on a true store, with a centre that listens on a port of this machine."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("TOURNEE_TEST_PLATFORM", "offscreen")

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.conftest import _same_look_for_all, look
from tests.sync.conftest import _light_passwords, empty_store, migrated_file
from tests.sync.world import Centre, World

__all__ = ["_light_passwords", "_same_look_for_all", "empty_store", "look", "migrated_file"]


@pytest.fixture
def world(tmp_path: Path, migrated_file: Path, empty_store: Path) -> Iterator[World]:
    """A centre with nothing in it yet."""
    path = tmp_path / "centre.db"
    shutil.copy(migrated_file, path)
    centre = Centre(f"sqlite:///{path}")
    made = World(centre, tmp_path, empty_store)
    yield made
    made.close()
    centre.close()
