"""Reads a folder of exports by a mapping: all rows that were understood, and every problem met."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sync.server.imports.csv_text import Sheet, read_sheet
from sync.server.imports.mapping import FileSpec, ImportMapping
from sync.server.imports.problem import Malformed, Problems
from sync.server.imports.rows import Imported, imported_rows
from sync.server.imports.things import Reading


@dataclass(frozen=True, slots=True)
class Understood:
    """What a folder holds: its rows, and what is wrong; nothing is written unless nothing is."""

    rows: Imported
    problems: Problems

    @property
    def counts(self) -> dict[str, int]:
        """Give the figures of the last line: numbers of things, net in cents, lines rejected."""
        names = {"accounts": "account", "contacts": "contact", "products": "product"}
        names |= {"orders": "customer_order", "lines": "order_line"}
        figures = {name: self.rows.count(table) for name, table in names.items()}
        return figures | {"net": self.rows.net, "rejected": self.problems.rejected}


def understand(mapping: ImportMapping, folder: Path) -> Understood:
    """Read every file of a mapping and make rows of them; writes nothing."""
    problems = Problems()
    sheets: dict[str, Sheet] = {}
    for name, spec in mapping.files.items():
        try:
            sheets[name] = read_sheet(name, spec, folder, problems)
        except Malformed as fault:
            for problem in fault.problems:
                problems.add(problem)
        else:
            _compare_equals(sheets[name], spec, problems)
    shelves = Reading(mapping, sheets, problems).shelves()
    return Understood(imported_rows(mapping.source, shelves), problems)


def _compare_equals(sheet: Sheet, spec: FileSpec, problems: Problems) -> None:
    for pair in spec.equal:
        missing = [name for name in pair if sheet.column(name) is None]
        for name in missing:
            problems.name(sheet.path, 1, name, sheet.lacks(name))
        if missing:
            continue
        left, right = (sheet.columns[name] for name in pair)
        for line in sheet.lines:
            if line.cells[left] != line.cells[right]:
                facts = {"one": line.cells[left], "other": line.cells[right]}
                problems.name(sheet.path, line.number, pair[1], "COLUMNS_DIFFER", facts)
