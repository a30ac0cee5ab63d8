"""Stores for the tests: a true SQLCipher file, and the centre's rows on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from app.store.engine import Engines, open_encrypted, open_url
from app.store.guard import install_guards
from app.store.journal import Outbox
from app.store.opening import Store, make_store, open_store
from app.store.rows import DEVICE, SYNCED
from app.store.unit_of_work import SqlWork
from tests.store.samples import KEY, ME, FixedClock


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once; tests take copies."""
    path = tmp_path_factory.mktemp("stores") / "empty.db"
    make_store(path, KEY, "")
    return path


@pytest.fixture
def engines(empty_store: Path, tmp_path: Path) -> Iterator[Engines]:
    """The connections of an empty store, without the rest of an app."""
    opened = open_encrypted(Path(shutil.copy(empty_store, tmp_path / "bare.db")), KEY)
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store_path(empty_store: Path, tmp_path: Path) -> Path:
    """The file of this test's own store."""
    path = tmp_path / "store.db"
    shutil.copy(empty_store, path)
    return path


@pytest.fixture
def store(store_path: Path, clock: FixedClock) -> Iterator[Store]:
    """An empty store on SQLCipher."""
    opened = open_store(store_path, KEY, clock, ME)
    yield opened
    opened.close()


def _make_tables(url: str) -> None:
    engines = open_url(url)
    with engines.writer.begin() as connection:
        SYNCED.create_all(connection)
        DEVICE.create_all(connection)
        install_guards(connection)
    engines.dispose()


@pytest.fixture(params=["sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgres)])
def work(request: pytest.FixtureRequest) -> Iterator[SqlWork]:
    """A unit of work on each database that the product meets."""
    if request.param == "sqlcipher":
        store: Store = request.getfixturevalue("store")
        yield store.work
        return
    copy: Callable[[Callable[[str], None]], str] = request.getfixturevalue("postgres_copy")
    engines: Engines = open_url(copy(_make_tables))
    yield SqlWork(engines.writer, FixedClock(), ME, Outbox())
    engines.dispose()


@pytest.fixture
def statements() -> Callable[[Engine], list[str]]:
    """`statements(engine)`: the list that every statement sent from now on is put into, but for BEGIN."""

    def watch(engine: Engine) -> list[str]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if not statement.startswith("BEGIN"):
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        return seen

    return watch
