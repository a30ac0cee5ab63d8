"""Reads a CSV file strictly: every line and every cell is understood, or named with what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sync.server.imports.mapping import FileSpec
from sync.server.imports.problem import Malformed, Problem, Problems

_ESCAPES = {"\\n": "\n", "\\r": "", "\\t": "\t", "\\\\": "\\"}
_ESCAPE = re.compile(r"\\[nrt\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a file: the number of the line it begins on (the heading is 1) and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read. A heading that occurs twice is addressed as `Name#1`, `Name#2`."""

    name: str
    path: str
    columns: dict[str, int]
    repeated: frozenset[str]
    lines: tuple[Line, ...]
    is_complete: bool
    """Whether every line could be read."""

    def column(self, name: str) -> int | None:
        """Give the index of a column, or None when there is none of that name (or it is repeated)."""
        return self.columns.get(name)

    def lacks(self, name: str) -> str:
        """Give the code of why there is no such column: it is repeated and needs its number, or it is missing."""
        return "COLUMN_REPEATED" if name in self.repeated else "COLUMN_MISSING"


def read_sheet(name: str, spec: FileSpec, folder: Path, problems: Problems) -> Sheet:
    """Read one file of a mapping. Lines at fault are told to `problems` and left out.

    Raises Malformed when there is no such file, it holds nothing, or its bytes are not in the encoding said.
    """
    text = _decoded(spec, folder)
    records = _records(text, spec, problems)
    heading = next(records, None)
    if heading is None:
        raise Malformed(Problem(file=spec.path, line=1, place="", code="EMPTY_FILE"))
    columns, repeated = _columns(heading)
    clean = _Cleaning(spec, tuple(columns), problems)
    lines = []
    unreadable = problems.rejected
    for record in records:
        if len(record.cells) != len(columns):
            if record.cells == ("",):
                continue
            facts = {"found": len(record.cells), "wanted": len(columns)}
            problems.name(spec.path, record.number, "", "CELL_COUNT", facts)
        elif (cells := clean(record)) is not None:
            lines.append(Line(record.number, cells))
    is_complete = problems.rejected == unreadable
    return Sheet(name, spec.path, columns, repeated, tuple(lines), is_complete)


def _decoded(spec: FileSpec, folder: Path) -> str:
    try:
        content = (folder / spec.path).read_bytes()
    except FileNotFoundError:
        raise Malformed(Problem(file=spec.path, line=0, place="", code="NO_FILE")) from None
    except OSError as error:
        facts = {"reason": error.strerror or type(error).__name__}
        raise Malformed(Problem(file=spec.path, line=0, place="", code="UNREADABLE_FILE", facts=facts)) from error
    encoding = "utf-8-sig" if spec.encoding == "utf-8" else spec.encoding
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        facts = {"encoding": spec.encoding, "byte": f"0x{content[error.start]:02x}"}
        raise Malformed(Problem(file=spec.path, line=line, place="", code="ENCODING", facts=facts)) from error


def _records(text: str, spec: FileSpec, problems: Problems) -> Iterator[Line]:
    """Cut the text into records (RFC 4180); a record with a stray quote is named, and reading goes on after it."""
    stop = re.escape(spec.delimiter)
    cell = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|([^"{stop}\r\n]*))({stop}|\r\n|\n|\r|\Z)')
    at, number, begins = 0, 1, 1
    cells: list[str] = []
    while at < len(text) or cells:
        match = cell.match(text, at)
        if match is None:
            code = "QUOTE_OPEN" if text[at] == '"' and _never_closes(text, at) else "QUOTE_STRAY"
            problems.name(spec.path, number, str(len(cells) + 1), code)
            if code == "QUOTE_OPEN":
                return
            at = _after_line(text, at)
            number = begins = number + 1
            cells = []
            continue
        quoted, plain, end = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        number += _line_ends(quoted) if quoted else 0
        at = match.end()
        if end != spec.delimiter:
            yield Line(begins, tuple(cells))
            cells = []
            number = begins = number + 1
            if end == "":
                return


def _never_closes(text: str, at: int) -> bool:
    return re.compile(r'"[^"]*(?:""[^"]*)*"').match(text, at) is None


def _after_line(text: str, at: int) -> int:
    match = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)").match(text, at)
    return len(text) if match is None else match.end()


def _line_ends(text: str) -> int:
    return len(re.findall(r"\r\n|\n|\r", text))


def _columns(heading: Line) -> tuple[dict[str, int], frozenset[str]]:
    names = [unicodedata.normalize("NFC", cell.strip()) for cell in heading.cells]
    repeated = frozenset(name for name in names if names.count(name) > 1)
    met: dict[str, int] = {}
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        met[name] = met.get(name, 0) + 1
        columns[f"{name}#{met[name]}" if name in repeated else name] = index
    return columns, repeated


class _Cleaning:
    """Takes blanks off the ends of cells, understands written escapes, and refuses what no text should hold."""

    def __init__(self, spec: FileSpec, names: tuple[str, ...], problems: Problems) -> None:
        self._spec = spec
        self._names = names
        self._problems = problems
        self._empty = frozenset(spec.empty)

    def __call__(self, record: Line) -> tuple[str, ...] | None:
        cells = []
        is_sound = True
        for name, cell in zip(self._names, record.cells, strict=True):
            if (found := _CONTROL.search(cell)) is not None:
                code = "NUL" if found[0] == "\0" else "CONTROL_SIGN"
                facts = {"sign": f"U+{ord(found[0]):04X}"}
                self._problems.name(self._spec.path, record.number, name, code, facts)
                is_sound = False
            cells.append(self._clean(cell))
        return tuple(cells) if is_sound else None

    def _clean(self, cell: str) -> str:
        if cell in self._empty:
            return ""
        if self._spec.escapes and "\\" in cell:
            cell = _ESCAPE.sub(lambda match: _ESCAPES[match[0]], cell)
        return (cell if cell.isascii() else unicodedata.normalize("NFC", cell)).strip()
