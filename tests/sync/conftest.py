"""One centre on each database, with devices that speak to it over loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest
from argon2 import PasswordHasher

from app.store.opening import make_store
from sync.server.grants import people
from tests.sync.world import KEY, Centre, Device, World, prepared

IN_THREE = 3
"""In the check one in so many of these tests meets PostgreSQL too; in a soak every one does."""
ALWAYS = (
    "test_exchange",
    "test_conflicts",
    "test_refusals",
    "test_pushing_together",
    "test_random_days",
    "test_day",
    "test_full_disks",
)
"""Modules whose every test meets both databases in the check: what the database itself decides."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave PostgreSQL to a third of the tests that SQLite meets as well, the same ones in every run."""
    if os.environ.get("TOURNEE_SOAK"):
        return
    here, left_out = Path(__file__).parent, []
    for item in items:
        is_ours = here in item.path.parents and item.path.stem not in ALWAYS
        if is_ours and "[postgres" in item.name and crc32(item.nodeid.encode()) % IN_THREE:
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]


@pytest.fixture(autouse=True)
def _light_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enrolling takes a second where passwords are hashed as they ought to be: that is shown elsewhere."""
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store of a device, made once; tests take copies."""
    path = tmp_path_factory.mktemp("devices") / "empty.db"
    make_store(path, KEY, "")
    return path


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("centres") / "migrated.db"
    prepared(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def centre(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> Iterator[Centre]:
    if request.param == "sqlite":
        path = tmp_path / "centre.db"
        shutil.copy(migrated_file, path)
        database = f"sqlite:///{path}"
    else:
        copy: Callable[[Callable[[str], None]], str] = request.getfixturevalue("postgres_copy")
        database = copy(prepared)
    opened = Centre(database)
    yield opened
    opened.close()


@pytest.fixture
def world(centre: Centre, tmp_path: Path, empty_store: Path) -> Iterator[World]:
    made = World(centre, tmp_path, empty_store)
    yield made
    made.close()


@pytest.fixture
def device(world: World) -> Device:
    """A device that has read a portfolio of one account with two contacts."""
    world.centre.account(world.centre.user(), contacts=2)
    made = world.device()
    made.exchange()
    return made
