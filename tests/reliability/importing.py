"""The import at the centre, to be killed: a handful of Northwind's accounts, products and orders."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from app.ports.trouble import Trouble
from app.store.engine import open_url
from app.store.rows import SYNCED
from sync.server.imports.command import DONE, run
from sync.server.migrating import migrate
from sync.server.tables import ENTRY
from tests.architecture.sources import ROOT

NORTHWIND = ROOT / "tests/data/northwind"
MAPPING = ROOT / "resources/mappings/northwind.yaml"
LAST_ORDER = 10249


def _kept(path: Path, wanted: Callable[[list[str]], bool]) -> list[list[str]]:
    """Keeps the heading of an export and the lines that are wanted: enough to write to every table."""
    with path.open(encoding="utf-8", newline="") as file:
        heading, *lines = csv.reader(file)
    lines = [line for line in lines if wanted(line)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *lines])
    return lines


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'centre.db'}"


def _import(folder: Path) -> int:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return run(MAPPING, folder / "exports", _url(folder), dry_run=False)


def _content(folder: Path) -> dict[str, list[str]]:
    """Every synced row, and which of them devices are told of."""
    engines = open_url(_url(folder))
    try:
        with engines.reader.connect() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            rows = {
                table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
                for table in SYNCED.sorted_tables
            }
            told = select(ENTRY.c.scope, ENTRY.c.table_name, ENTRY.c.row_id)
            entries = sorted(repr(tuple(row)) for row in connection.execute(told))
            return {**rows, "told to devices": entries, "integrity": [str(sound)]}
    finally:
        engines.dispose()


class Importing:
    """One import into a migrated, empty centre: it comes whole or not at all, and again without harm."""

    def __init__(self) -> None:
        self._goes_on: set[str] = set()
        """The contents after which the same import came through."""

    def prepare(self, folder: Path) -> None:
        shutil.copytree(NORTHWIND, folder / "exports")
        orders = _kept(folder / "exports/orders.csv", lambda line: int(line[0]) <= LAST_ORDER)
        _kept(folder / "exports/customers.csv", lambda line: line[0] in {order[1] for order in orders})
        _kept(folder / "exports/products.csv", lambda line: line[0] in {order[15] for order in orders})
        engines = open_url(_url(folder))
        migrate(engines)
        engines.dispose()
        trial = folder.with_name("trial")
        shutil.copytree(folder, trial)
        if _import(trial) != DONE:
            raise AssertionError("the import does not come through")
        (folder / "before.json").write_text(json.dumps(_content(folder)))
        (folder / "after.json").write_text(json.dumps(_content(trial)))

    def run(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        if _import(folder) == DONE:
            acknowledge("imported")

    @contextmanager
    def running(self, folder: Path) -> Iterator[Callable[[], str]]:
        """Tried as a command, again and again: what is wrong is said, and nothing of it is written."""

        def act() -> str:
            told = io.StringIO()
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(told):
                done = run(MAPPING, folder / "exports", _url(folder), dry_run=False, language="en")
            said = told.getvalue()
            if done != DONE:
                raise Trouble("DISK_FULL" if "is full" in said else "DISK_FAILS" if "disk I/O" in said else said)
            return "imported"

        yield act

    def check(self, folder: Path, acknowledged: Sequence[str]) -> list[str]:
        before, after = (json.loads((folder / name).read_text()) for name in ("before.json", "after.json"))
        content = _content(folder)
        problems = []
        if acknowledged and content != after:
            problems.append("lost: the import was acknowledged")
        if content not in (before, after):
            problems.append(f"half written: {[name for name in after if content[name] != after[name]]}")
        digest = hashlib.sha256(repr(content).encode()).hexdigest()
        if digest not in self._goes_on and (_import(folder) != DONE or _content(folder) != after):
            problems.append("the same import again does not come through")
        self._goes_on |= set() if problems else {digest}
        return problems


IMPORTING = Importing()
