"""A centre to look into, and how an import ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from app.store.engine import Engines, open_url
from app.store.rows import SYNCED
from sync.protocol.changeset import Value
from sync.server.tables import ENTRY, SCOPE

ROOT = Path(__file__).parents[3]
NORTHWIND = ROOT / "tests/data/northwind"
MAPPING = ROOT / "resources/mappings/northwind.yaml"
Edit = Callable[[Path, int, str, str], None]
Content = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Outcome:
    """How an import ended: its exit code, the figures of its last line, what it said before."""

    code: int
    figures: dict[str, int]
    said: list[str]


class Centre:
    """A centre's database and a look into it."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def engines(self) -> Engines:
        return open_url(self.url)

    def content(self) -> Content:
        """Everything that devices could see, sequences and tags included."""
        engines = self.engines
        try:
            with engines.reader.connect() as connection:
                tables = [*SYNCED.sorted_tables, SCOPE, ENTRY]
                return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}
        finally:
            engines.dispose()

    def rows(self, table: str) -> dict[str, dict[str, Value]]:
        engines = self.engines
        try:
            with engines.reader.connect() as connection:
                found = connection.execute(select(SYNCED.tables[table])).mappings()
                return {str(row["id"]): dict(row) for row in found}
        finally:
            engines.dispose()


class Import(Protocol):
    """Runs the command and reads what it said."""

    def __call__(
        self, centre: Centre, folder: Path, *, mapping: Path = MAPPING, dry_run: bool = False, language: str = "fr"
    ) -> Outcome: ...
