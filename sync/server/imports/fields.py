"""Finds the text of one field on a line: a column, several joined, a constant, or a column of another file."""

from __future__ import annotations

from collections.abc import Mapping

from sync.server.imports.cells import CellFault, Value, Writing, day, understood
from sync.server.imports.csv_text import Line, Sheet
from sync.server.imports.mapping import Constant, Field, FileSpec, ImportMapping, LookUp, Section
from sync.server.imports.problem import Problems
from sync.server.imports.targets import Target


def writing_of(field: Field, spec: FileSpec) -> Writing:
    """Say how a field's figures and days are written: its own words first, then its file's; a constant as ISO."""
    is_constant = field.constant is not None
    return Writing(
        decimal="." if is_constant else spec.decimal,
        thousands="" if is_constant else spec.thousands,
        dates=field.dates or (("%Y-%m-%d",) if is_constant else spec.dates),
        unit=field.unit,
        times=field.times,
        rounds=field.round,
        part=field.part,
    )


def constant_text(constant: Constant) -> str:
    """Write a constant of the mapping as a cell would hold it."""
    return ("1" if constant else "0") if isinstance(constant, bool) else str(constant)


class FieldReader:
    """Reads one field of a section, line after line."""

    def __init__(
        self,
        field: Field,
        target: Target,
        mapping: ImportMapping,
        section: Section,
        sheets: Mapping[str, Sheet],
        problems: Problems,
    ) -> None:
        self.target = target
        self._problems = problems
        self._field = field
        self._here = sheets[section.file]
        self._look_up = field.look_up
        there = field.look_up.file if field.look_up else section.file
        self._there = sheets.get(there)
        self.writing = writing_of(field, mapping.files[there])
        self.path = self._here.path
        self.place = " + ".join(field.sources)
        if field.look_up:
            self.place = " + ".join(field.look_up.where.values())
        self._found: dict[tuple[str, ...], Line] | None = None
        self._known: dict[str, Value] = {}

    @property
    def is_readable(self) -> bool:
        """Whether the file it looks into could be read."""
        return self._there is not None

    def lacking(self) -> list[tuple[str, str, str]]:
        """Give file, column and reason code for each column that is not there."""
        if self._there is None:
            return []
        wanted = [(self._there, name) for name in self._field.sources]
        if self._look_up:
            wanted += [(self._there, name) for name in self._look_up.where]
            wanted += [(self._here, name) for name in self._look_up.where.values()]
            if self._look_up.latest:
                wanted.append((self._there, self._look_up.latest.column))
        return [(sheet.path, name, sheet.lacks(name)) for sheet, name in wanted if sheet.column(name) is None]

    def understood(self, line: Line) -> Value:
        """Give the value of a field that is no reference, None for an empty cell. Raises CellFault."""
        text = self.text(line)
        if text is None:
            return None
        if text not in self._known:
            self._known[text] = understood(text, self.target, self.writing)
        return self._known[text]

    def text(self, line: Line) -> str | None:
        """Give what stands there, or None when nothing does. Raises CellFault EMPTY when something must."""
        if self._field.constant is not None:
            return self._translated(constant_text(self._field.constant))
        parts = self._parts(line)
        return self._translated(self._field.join.join(filter(None, parts)))

    def key(self, line: Line) -> tuple[str, ...] | None:
        """Give the parts of a reference, None when it is empty. Raises CellFault EMPTY."""
        if len(self._field.sources) < 2:
            text = self.text(line)
            return None if text is None else (text,)
        parts = self._parts(line)
        if all(parts):
            return parts
        if any(parts) or self.target.is_required:
            raise CellFault("EMPTY")
        return None

    def _parts(self, line: Line) -> tuple[str, ...]:
        if self._look_up is None:
            return tuple(line.cells[self._here.columns[name]] for name in self._field.sources)
        if self._there is None:
            raise CellFault("EMPTY")
        if self._found is None:
            self._found = self._by_key(self._look_up, self._there)
        key = tuple(line.cells[self._here.columns[name]] for name in self._look_up.where.values())
        found = self._found.get(key)
        if found is None:
            if self.target.is_required and self._field.default is None:
                raise CellFault("LOOK_UP_NOTHING", key=" / ".join(key), file=self._there.path)
            return ("",) * len(self._field.sources)
        return tuple(found.cells[self._there.columns[name]] for name in self._field.sources)

    def _by_key(self, look_up: LookUp, sheet: Sheet) -> dict[tuple[str, ...], Line]:
        """Index the other file; where several lines fit, the latest one, else the first."""
        columns = [sheet.columns[name] for name in look_up.where]
        found: dict[tuple[str, ...], Line] = {}
        when: dict[tuple[str, ...], str] = {}
        for line in sheet.lines:
            key = tuple(line.cells[index] for index in columns)
            if look_up.latest is None:
                found.setdefault(key, line)
                continue
            place = look_up.latest.column
            text = line.cells[sheet.columns[place]]
            if not text:
                continue
            try:
                on = day(text, look_up.latest.dates or self.writing.dates).isoformat()
            except CellFault as fault:
                self._problems.name(sheet.path, line.number, place, fault.code, fault.facts)
                continue
            if on >= when.get(key, ""):
                found[key], when[key] = line, on
        return found

    def _translated(self, text: str) -> str | None:
        field = self._field
        if field.values is not None:
            if text in field.values:
                text = field.values[text]
            elif field.otherwise is not None:
                text = field.otherwise
            elif text:
                raise CellFault("VALUE_UNLISTED", text=text)
        if field.change is not None:
            text = {"lower": str.lower, "upper": str.upper, "title": str.title}[field.change](text)
        if text:
            return text
        if field.default is not None:
            return field.default
        if self.target.is_required:
            raise CellFault("EMPTY")
        return None
