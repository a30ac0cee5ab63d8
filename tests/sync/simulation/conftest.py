"""A folder in memory for the stores of each run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.sync.simulation.simulation import Places

MEMORY = Path("/dev/shm")  # noqa: S108 - the folders made in it are ours alone
Place = Callable[[], AbstractContextManager[Places]]


@pytest.fixture
def place(tmp_path: Path, empty_store: Path, migrated_file: Path) -> Place:
    """Give a fresh folder for each run, in memory where that is offered; it goes away with its context."""

    @contextmanager
    def made() -> Iterator[Places]:
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as folder:
            yield Places(Path(folder), empty_store, migrated_file)

    return made
