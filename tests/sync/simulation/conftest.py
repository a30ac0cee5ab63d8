"""A folder in memory for the stores of each run, and the trade that the scripts begin with."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from sync.server.grants import people
from tests.sync.simulation.prepared import Prepared, prepare
from tests.sync.simulation.simulation import Places
from tests.sync.simulation.telling import Tell

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


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Say at the end of the run what a test saw."""
    return lambda kind, what: record_property(f"simulation {kind}", what)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, empty_store: Path, migrated_file: Path) -> Prepared:
    """The small trade that three devices know, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        return prepare(tmp_path_factory.mktemp("prepared"), empty_store, migrated_file)
