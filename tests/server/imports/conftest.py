"""A centre to import into, on both databases, and a folder of exports to spoil."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.store.engine import open_url
from sync.server.imports.command import DONE, run
from sync.server.migrating import migrate
from tests.server.imports.importing import MAPPING, NORTHWIND, Centre, Edit, Import, Outcome


def prepared(url: str) -> None:
    """Migrate a fresh database."""
    engines = open_url(url)
    migrate(engines)
    engines.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("centre") / "migrated.db"
    prepared(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_centre(migrated_file: Path, tmp_path: Path) -> Centre:
    path = tmp_path / "centre.db"
    shutil.copy(migrated_file, path)
    return Centre(f"sqlite:///{path}")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def centre(request: pytest.FixtureRequest) -> Iterator[Centre]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_centre")
    else:
        copy = request.getfixturevalue("postgres_copy")
        yield Centre(copy(prepared))


def filled(url: str) -> None:
    """Migrate a fresh database and import Northwind into it."""
    prepared(url)
    if run(MAPPING, NORTHWIND, url, dry_run=False) != DONE:
        raise AssertionError("Northwind does not come in")


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("centre") / "filled.db"
    filled(f"sqlite:///{path}")
    return path


@pytest.fixture
def filled_sqlite_centre(filled_file: Path, tmp_path: Path) -> Centre:
    """A centre that has Northwind already."""
    return Centre(f"sqlite:///{shutil.copy(filled_file, tmp_path / 'filled.db')}")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def filled_centre(request: pytest.FixtureRequest) -> Centre:
    if request.param == "sqlite":
        centre: Centre = request.getfixturevalue("filled_sqlite_centre")
        return centre
    copy: Callable[[Callable[[str], None]], str] = request.getfixturevalue("postgres_copy")
    return Centre(copy(filled))


@pytest.fixture
def northwind(tmp_path: Path) -> Path:
    """A copy of the exports, to be changed."""
    return Path(shutil.copytree(NORTHWIND, tmp_path / "northwind"))


@pytest.fixture
def imported(capsys: pytest.CaptureFixture[str]) -> Import:
    """`imported(centre, folder, mapping=…, dry_run=…)`: run the command and read what it said."""

    def act(
        centre: Centre, folder: Path, *, mapping: Path = MAPPING, dry_run: bool = False, language: str = "fr"
    ) -> Outcome:
        capsys.readouterr()
        code = run(mapping, folder, centre.url, dry_run, language)
        out, err = capsys.readouterr()
        assert len(out.splitlines()) == 1
        return Outcome(code, json.loads(out), err.splitlines())

    return act


@pytest.fixture
def edit() -> Edit:
    """`edit(path, line, old, new)`: replace text in one line of a file (1 is the heading)."""

    def act(path: Path, line: int, old: str, new: str) -> None:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        assert lines[line - 1].count(old) >= 1, lines[line - 1]
        lines[line - 1] = lines[line - 1].replace(old, new, 1)
        path.write_text("".join(lines), encoding="utf-8", newline="")

    return act
