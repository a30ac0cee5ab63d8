"""Turns the lines of the files into things with a key and values, section by section, naming every line that fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from sync.server.imports.cells import CellFault, Value
from sync.server.imports.csv_text import Line, Sheet
from sync.server.imports.fields import FieldReader
from sync.server.imports.mapping import ImportMapping, Section
from sync.server.imports.problem import Problems
from sync.server.imports.targets import TARGETS, Kind

_IDS = UUID("9d3f0a52-6c1b-5c0e-8f57-2f6f5b1d7c41")
"""The name space of all ids that imports make; it must stay as it is, or everything would be imported anew."""

Key = tuple[str, ...]


def id_of(source: str, what: str, key: Key) -> str:
    """Give the id of a thing of a source: always the same 32 hex digits for the same key."""
    return uuid5(_IDS, json.dumps([source, what, *key], ensure_ascii=False)).hex


@dataclass(slots=True)
class Thing:
    """One thing of a section. `values` holds what the mapping fills; references are ids.

    `file` and `line` say where it stands first.
    """

    id: str
    key: Key
    file: str
    line: int
    values: dict[str, Value]


@dataclass(slots=True)
class Shelf:
    """The things of one section: by key those that were understood, and all keys met, also of rejected lines."""

    things: dict[Key, Thing] = field(default_factory=dict)
    keys: dict[Key, int] = field(default_factory=dict)
    is_complete: bool = True
    """Whether every line could be read so far that its key is known."""

    def may_hold(self, key: Key) -> bool:
        """Whether a reference to this key is sound, or leads to a line whose fault is already named."""
        return key in self.keys or not self.is_complete


Shelves = Mapping[str, Shelf]


class Reading:
    """One pass over all sections of a mapping."""

    def __init__(self, mapping: ImportMapping, sheets: Mapping[str, Sheet], problems: Problems) -> None:
        self._mapping = mapping
        self._sheets = sheets
        self._problems = problems
        self._shelves: dict[str, Shelf] = {}

    def shelves(self) -> dict[str, Shelf]:
        """Read every section, in an order in which each one's references are known."""
        for kind, _, section in self._mapping.sections():
            shelf = self._shelves.setdefault(kind, Shelf())
            sheet = self._sheets.get(section.file)
            if sheet is None:
                shelf.is_complete = False
                continue
            shelf.is_complete = shelf.is_complete and sheet.is_complete
            self._read(kind, section, sheet, shelf)
        return self._shelves

    def _read(self, kind: str, section: Section, sheet: Sheet, shelf: Shelf) -> None:
        readers = {
            name: FieldReader(given, target, self._mapping, section, self._sheets, self._problems)
            for name, target in TARGETS[kind].items()
            if (given := section.field(name)) is not None
        }
        lacking = [place for place in section.key if sheet.column(place) is None]
        missing = [(sheet.path, place, sheet.lacks(place)) for place in lacking]
        missing += [fault for reader in readers.values() for fault in reader.lacking()]
        if missing or not all(reader.is_readable for reader in readers.values()):
            for path, place, code in missing:
                self._problems.name(path, 1, place, code)
            shelf.is_complete = False
            return
        for line in sheet.lines:
            self._take(kind, section, sheet, shelf, readers, line)

    def _take(
        self,
        kind: str,
        section: Section,
        sheet: Sheet,
        shelf: Shelf,
        readers: Mapping[str, FieldReader],
        line: Line,
    ) -> None:
        parts = tuple(line.cells[sheet.columns[place]] for place in section.key)
        for place, part in zip(section.key, parts, strict=True):
            if not part:
                self._problems.name(sheet.path, line.number, place, "EMPTY")
        if not all(parts):
            return
        key = (*parts, section.name) if section.name else parts
        first = shelf.keys.setdefault(key, line.number)
        if first != line.number and not section.grouped:
            facts = {"key": " / ".join(parts), "first": first}
            self._problems.name(sheet.path, line.number, section.key[-1], "KEY_REPEATED", facts)
            return
        values: dict[str, Value] = {}
        for name, reader in readers.items():
            try:
                values[name] = self._value(reader, line)
            except CellFault as fault:
                self._problems.name(reader.path, line.number, reader.place, fault.code, fault.facts)
        if len(values) < len(readers):
            return
        standing = shelf.things.get(key)
        if standing is None:
            shelf.things[key] = Thing(id_of(self._mapping.source, kind, key), key, sheet.path, line.number, values)
            return
        for name, value in values.items():
            if standing.values[name] != value:
                facts = {"key": " / ".join(parts), "first": standing.line}
                place = readers[name].place
                self._problems.name(sheet.path, line.number, place, "GROUP_DISAGREES", facts)

    def _value(self, reader: FieldReader, line: Line) -> Value:
        target = reader.target
        if target.kind is not Kind.REFERENCE:
            return reader.understood(line)
        key = reader.key(line)
        if key is None:
            return None
        section = target.others[0]
        shelf = self._shelves[section]
        if (standing := shelf.things.get(key)) is not None:
            return standing.id
        if not shelf.may_hold(key):
            raise CellFault("REFERENCE_UNKNOWN", key=" / ".join(key), section=section)
        return id_of(self._mapping.source, section, key)
