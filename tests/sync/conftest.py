"""One centre on each database, with devices that speak to it over loopback."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app.store.opening import make_store
from sync.server.grants import people
from tests.sync.world import KEY, Centre, World, prepared


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
