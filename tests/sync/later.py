"""A made-up later revision: the synced tables with a column more, as the centre alone or both ends know them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest
from sqlalchemy import Column, MetaData, Text

from app.store.rows import REVISION, SYNCED
from sync.server.exchange.revisions import Adding, Window

LATER = "3"
COLUMN = "nickname"
MORE = f"ALTER TABLE contact ADD COLUMN {COLUMN} TEXT DEFAULT '' NOT NULL"
"""What the migration of either end would do."""
WINDOW = Window(present=LATER, steps={REVISION: (LATER, Adding({"contact": (COLUMN,)}))})


def later_tables() -> MetaData:
    """The tables of the later revision."""
    made = MetaData(naming_convention=SYNCED.naming_convention)
    for table in SYNCED.sorted_tables:
        table.to_metadata(made)
    made.tables["contact"].append_column(Column(COLUMN, Text(), default="", server_default="", nullable=False))
    return made


@contextmanager
def of_the_later_revision(monkeypatch: pytest.MonkeyPatch, *packages: str) -> Iterator[None]:
    """Let the modules of some packages know the tables of the later revision, and be of it."""
    tables = later_tables()
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith(packages)]
    with monkeypatch.context() as patch:
        for module in modules:
            if module.__dict__.get("SYNCED") is SYNCED:
                patch.setattr(module, "SYNCED", tables)
            if module.__dict__.get("REVISION") == REVISION:
                patch.setattr(module, "REVISION", LATER)
        _forget(modules)
        yield
    _forget(modules)


def _forget(modules: list[ModuleType]) -> None:
    """Let go of what was worked out from the tables of the other revision."""
    for module in modules:
        for held in list(module.__dict__.values()):
            clear = getattr(held, "cache_clear", None)
            if clear is not None and getattr(held, "__module__", "") == module.__name__:
                clear()


FIRST = "1"
ADDED_SINCE = frozenset({"slot", "reservation"})
"""The tables that revision 2 added."""


@contextmanager
def of_the_first_revision(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the devices of this process be of revision 1, while the centre is of today's."""
    tables = MetaData(naming_convention=SYNCED.naming_convention)
    for table in SYNCED.sorted_tables:
        if table.name not in ADDED_SINCE:
            table.to_metadata(tables)
    with monkeypatch.context() as patch:
        for name, module in sorted(sys.modules.items()):
            if name.startswith(("app.store", "sync.client")):
                if module.__dict__.get("SYNCED") is SYNCED:
                    patch.setattr(module, "SYNCED", tables)
                if module.__dict__.get("REVISION") == REVISION:
                    patch.setattr(module, "REVISION", FIRST)
        yield
