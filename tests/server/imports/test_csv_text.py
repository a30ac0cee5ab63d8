"""CSV files are read to the letter: what a strict writer writes comes back, anything else is named."""

from __future__ import annotations

import csv
import io
import tempfile
import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.server.imports.csv_text import Sheet, read_sheet
from sync.server.imports.mapping import FileSpec
from sync.server.imports.problem import Malformed, Problems

CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from('",;\n\t'), max_size=12)


def _read(content: bytes | str, **spec: str | bool | tuple[str, ...]) -> tuple[Sheet, list[tuple[int, str, str]]]:
    problems = Problems()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        file = msgspec.convert({"path": "file.csv", **spec}, FileSpec)
        sheet = read_sheet("file", file, Path(folder), problems)
    return sheet, [(problem.line, problem.place, problem.code) for problem in problems.all]


@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_strict_writer_writes_comes_back(rows: list[list[str]], delimiter: str, end: str) -> None:
    width = len(rows[0])
    rows = [[*row, "x", "x"][:width] for row in rows]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow([f"c{n}" for n in range(width)])
    writer.writerows(rows)
    sheet, problems = _read(text.getvalue(), delimiter=delimiter)
    assert problems == []
    wanted = [tuple(unicodedata.normalize("NFC", cell).strip() for cell in row) for row in rows]
    assert [line.cells for line in sheet.lines] == wanted


@given(text=st.text(st.characters(), max_size=60))
def test_whatever_a_file_holds_is_read_or_named(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        with pytest.raises(Malformed, match="ENCODING"):
            _read(b"a,b\n" + content)
        return
    sheet, problems = _read(b"a,b\n" + content)
    assert all(len(line.cells) == 2 for line in sheet.lines)
    assert sheet.is_complete == (not problems)


@given(lines=st.lists(st.sampled_from(['1,"x"', '1,"a\nb"', "1,y", '1,"""q"""']), max_size=8))
def test_a_bad_line_is_counted_as_an_editor_counts(lines: list[str]) -> None:
    text = "\n".join(["a,b", *lines, "1,2,3"])
    _, problems = _read(text)
    assert problems == [(text.count("\n") + 1, "", "CELL_COUNT")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('a,b\n1,"x\n2,y\n', (2, "2", "QUOTE_OPEN")),
        ('a,b\n1,"x"y\n2,y\n', (2, "2", "QUOTE_STRAY")),
        ('a,b\n1,x"y"\n2,y\n', (2, "2", "QUOTE_STRAY")),
        ('a,b\n"1" ,x\n2,y\n', (2, "1", "QUOTE_STRAY")),
        ("a,b\n1\n2,y\n", (2, "", "CELL_COUNT")),
        ("a,b\n1,2,3\n2,y\n", (2, "", "CELL_COUNT")),
        ("a,b\n1,x\x00\n2,y\n", (2, "b", "NUL")),
        ("a,b\n1,x\x1b[31m\n2,y\n", (2, "b", "CONTROL_SIGN")),
    ],
)
def test_a_line_at_fault_is_named_and_the_next_one_read(text: str, problem: tuple[int, str, str]) -> None:
    sheet, problems = _read(text)
    assert problems == [problem]
    assert [line.cells for line in sheet.lines] == ([] if problem[2] == "QUOTE_OPEN" else [("2", "y")])


def test_blank_lines_and_a_byte_order_mark_say_nothing() -> None:
    sheet, problems = _read(b"\xef\xbb\xbfa,b\r\n1,x\r\n\r\n2,y\r\n\r\n")
    assert (list(sheet.columns), problems) == (["a", "b"], [])
    assert [(line.number, line.cells) for line in sheet.lines] == [(2, ("1", "x")), (4, ("2", "y"))]


def test_a_heading_that_stands_twice_is_numbered() -> None:
    sheet, _ = _read("id,name,id\n1,x,2\n")
    assert sheet.columns == {"id#1": 0, "name": 1, "id#2": 2}
    assert (sheet.lacks("id"), sheet.lacks("other")) == ("COLUMN_REPEATED", "COLUMN_MISSING")


@pytest.mark.parametrize(
    ("encoding", "python"), [("cp1252", "cp1252"), ("iso-8859-15", "iso-8859-15"), ("utf-16", "utf-16")]
)
def test_other_encodings_are_read_when_they_are_said(encoding: str, python: str) -> None:
    sheet, _ = _read("nom,prix\nFleurs d’Été,5 €\n".replace("’", "'").encode(python), encoding=encoding)
    assert sheet.lines[0].cells == ("Fleurs d'Été", "5 €")


def test_written_escapes_are_understood_where_the_mapping_says_so() -> None:
    text = "a,b\n" + r"20th Ave.\nApt. 2A,C:\\new" + "\n"
    assert _read(text, escapes=True)[0].lines[0].cells == ("20th Ave.\nApt. 2A", "C:\\new")
    assert _read(text)[0].lines[0].cells == (r"20th Ave.\nApt. 2A", r"C:\\new")


def test_cells_that_mean_nothing_are_empty() -> None:
    assert _read("a,b\nNULL,\\x\n", empty=("NULL", "\\x"))[0].lines[0].cells == ("", "")


def test_decomposed_letters_are_the_same_letters() -> None:
    assert _read("a,b\nE\u0301te\u0301,x\n")[0].lines[0].cells[0] == "Été"
