"""The shim, compiled once, and a folder in memory, for the tests that kill."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from sync.server.grants import people
from tests.reliability.laboratory import build_shim
from tests.sync.world import Centre, prepared


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared library to preload."""
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    """A centre on SQLite, whose passwords are hashed lightly."""
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    database = f"sqlite:///{tmp_path / 'centre.db'}"
    prepared(database)
    opened = Centre(database)
    yield opened
    opened.close()


@pytest.fixture
def crash_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for stores that are killed: in memory where that is offered.

    What a killed process wrote is there for the next one, on a disk as in memory; the disk only makes it slow.
    """
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it is ours alone
    if not (memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 50_000_000):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="tournee-crashes-", dir=memory) as folder:
        yield Path(folder)
