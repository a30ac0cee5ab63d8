"""Malformed imports: each is named with file, line, column and reason, and nothing of it is written."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.server.imports.command import run
from tests.server.imports.importing import MAPPING, NORTHWIND, Centre, Content, Edit, Import

LINES_KEPT = 200
"""So many lines of orders are enough to be spoilt."""
COLUMNS = ("OrderID", "CustomerID", "EmployeeID", "OrderDate", "Quantity", "Discount", "UnitPrice", "ProductID")


@dataclass(frozen=True)
class Spoilt:
    """What was done to a folder, and what must be said about it."""

    file: str
    line: int
    column: str
    reason: str


Spoil = Callable[[Path, random.Random], Spoilt]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(index: int, column: str, values: tuple[str, ...], reason: str, file: str = "orders.csv") -> Spoil:
    """Put one of some values into a cell of any line that has no quotes."""

    def spoil(folder: Path, rng: random.Random) -> Spoilt:
        lines = _lines(folder / file)
        at = rng.choice([n for n in range(1, len(lines)) if '"' not in lines[n]])
        cells = lines[at].split(",")
        cells[index] = rng.choice(values)
        lines[at] = ",".join(cells)
        _write(folder / file, lines)
        return Spoilt(file, at + 1, column, reason)

    return spoil


def _line(change: Callable[[str], str], reason: str, file: str = "orders.csv", column: str = "") -> Spoil:
    def spoil(folder: Path, rng: random.Random) -> Spoilt:
        lines = _lines(folder / file)
        at = rng.choice([n for n in range(1, len(lines)) if '"' not in lines[n]])
        lines[at] = change(lines[at])
        _write(folder / file, lines)
        return Spoilt(file, at + 1, column, reason)

    return spoil


def _bytes(content: bytes, reason: str) -> Spoil:
    def spoil(folder: Path, rng: random.Random) -> Spoilt:
        path = folder / "customers.csv"
        lines = path.read_bytes().split(b"\n")
        at = rng.randrange(1, len(lines) - 1)
        lines[at] = lines[at].replace(b",", b"," + content, 1)
        path.write_bytes(b"\n".join(lines))
        return Spoilt("customers.csv", at + 1, "", reason)

    return spoil


def _repeated(file: str, column: str) -> Spoil:
    def spoil(folder: Path, rng: random.Random) -> Spoilt:
        lines = _lines(folder / file)
        at = rng.randrange(1, len(lines))
        lines.append(lines[at])
        _write(folder / file, lines)
        return Spoilt(file, len(lines), column, "existe déjà")

    return spoil


def _heading(file: str, old: str, column: str) -> Spoil:
    def spoil(folder: Path, rng: random.Random) -> Spoilt:
        lines = _lines(folder / file)
        lines[0] = lines[0].replace(old, old + rng.choice(("x", "_", " bis")), 1)
        _write(folder / file, lines)
        return Spoilt(file, 1, column, "cette colonne manque")

    return spoil


def _file(change: Callable[[Path], object], line: int, reason: str) -> Spoil:
    def spoil(folder: Path, rng: random.Random) -> Spoilt:
        file = rng.choice(("customers.csv", "products.csv", "orders.csv", "categories.csv"))
        change(folder / file)
        return Spoilt(file, line, "", reason)

    return spoil


def _another_customer(folder: Path, rng: random.Random) -> Spoilt:
    """Two lines of one order name two customers: the second one is at fault."""
    lines = _lines(folder / "orders.csv")
    pairs = [n for n in range(2, len(lines)) if lines[n].split(",")[0] == lines[n - 1].split(",")[0]]
    at = rng.choice([n for n in pairs if '"' not in lines[n]])
    cells = lines[at].split(",")
    cells[1] = "FISSA"
    lines[at] = ",".join(cells)
    _write(folder / "orders.csv", lines)
    return Spoilt("orders.csv", at + 1, "CustomerID", "ne dit pas la même chose que la ligne")


KINDS: dict[str, Spoil] = {
    "no date": _cell(3, "OrderDate", ("1996-02-30", "04/07/1996", "hier", "1996-13-01"), "n’est pas une date"),
    "empty date": _cell(3, "OrderDate", ("", "  "), "vide, alors qu’il faut une valeur"),
    "date out of range": _cell(3, "OrderDate", ("0996-07-04", "2996-07-04"), "hors de 1900 à 2199"),
    "no amount": _cell(16, "UnitPrice", ("douze", '"12,50"', "1e3", "0x10", "NaN", "12.5.0"), "n’est pas un nombre"),
    "finer than a cent": _cell(16, "UnitPrice", ("12.505", "0.001"), "plus fin que le centime"),
    "negative amount": _cell(16, "UnitPrice", ("-12.50", "−3"), "montant négatif"),
    "amount beyond measure": _cell(16, "UnitPrice", ("99999999999999",), "montant démesuré"),
    "negative quantity": _cell(17, "Quantity", ("-3", "0"), "est d’au moins 1"),
    "half a piece": _cell(17, "Quantity", ("2.5",), "est un nombre entier"),
    "too many pieces": _cell(17, "Quantity", ("10000", "1000000"), "va de 1 à 9999"),
    "discount out of range": _cell(18, "Discount", ("1.01", "-0.05", "15"), "un taux va de 0 à 100"),
    "discount too fine": _cell(18, "Discount", ("0.150000006", "0.00005"), "deux décimales de pour cent"),
    "unknown customer": _cell(1, "CustomerID", ("NOBOD", "vinet"), "n’existe pas dans accounts"),
    "unknown product": _cell(15, "ProductID", ("78", "011"), "n’existe pas dans products"),
    "unknown range": _cell(3, "CategoryID", ("9", "A"), "n’existe pas dans ranges", "products.csv"),
    "unknown country": _cell(8, "Country", ("Atlantide", "france"), "pas dans les valeurs", "customers.csv"),
    "two numbers for one order": _cell(14, "OrderID#2", ("1", "99999"), "doivent être égales"),
    "no name": _cell(1, "CompanyName", ("", " "), "vide", "customers.csv"),
    "no key": _cell(0, "CustomerID", ("",), "vide", "customers.csv"),
    "cell missing": _line(lambda line: line.rpartition(",")[0], "18 cases au lieu de 19"),
    "cell too many": _line(lambda line: line + ",", "20 cases au lieu de 19"),
    "stray quote": _line(lambda line: line.replace(",", ',"x"y,', 1), "guillemet mal placé", column="2"),
    "quote in the middle": _line(lambda line: line.replace(",", 'a"b,', 1), "guillemet mal placé", column="1"),
    "quote never closed": _line(lambda line: line.replace(",", ',"', 1), "guillemet", column="2"),
    "null byte": _bytes(b"\x00", "octet nul"),
    "control sign": _bytes(b"\x07", "caractère de commande U+0007"),
    "not UTF-8": _bytes(b"\xe9\xff", "n’est pas en utf-8"),
    "customer twice": _repeated("customers.csv", "CustomerID"),
    "product of an order twice": _repeated("orders.csv", "ProductID"),
    "column missing": _heading("customers.csv", "CompanyName", "CompanyName"),
    "date column missing": _heading("orders.csv", "OrderDate", "OrderDate"),
    "two customers for one order": _another_customer,
    "file missing": _file(Path.unlink, 0, "n’existe pas"),
    "file empty": _file(lambda path: path.write_bytes(b""), 1, "est vide"),
}
EACH = 15 if os.environ.get("TOURNEE_SOAK") == "1" else 2
"""Variations drawn of each kind."""


def _shortened(folder: Path) -> Path:
    path = folder / "orders.csv"
    _write(path, _lines(path)[: LINES_KEPT + 1])
    return folder


@pytest.fixture
def exports(northwind: Path) -> Path:
    return _shortened(northwind)


@dataclass(frozen=True)
class Filled:
    """A centre into which the sound exports were imported, to be copied, and what it holds."""

    path: Path
    content: Content


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Filled:
    folder = tmp_path_factory.mktemp("filled")
    exports = _shortened(Path(shutil.copytree(NORTHWIND, folder / "northwind")))
    path = Path(shutil.copy(migrated_file, folder / "centre.db"))
    centre = Centre(f"sqlite:///{path}")
    assert run(MAPPING, exports, centre.url, dry_run=False) == 0
    return Filled(path, centre.content())


def test_there_are_fifty_malformed_imports_of_fifteen_kinds() -> None:
    assert len(KINDS) >= 15
    assert len(KINDS) * EACH >= 50


@pytest.mark.parametrize("variation", range(EACH))
@pytest.mark.parametrize("kind", KINDS)
def test_a_malformed_import_is_named_and_writes_nothing(
    kind: str, variation: int, exports: Path, filled: Filled, tmp_path: Path, imported: Import
) -> None:
    centre = Centre(f"sqlite:///{shutil.copy(filled.path, tmp_path / 'filled.db')}")
    # Something else in it is new, which must not come in either.
    _write(exports / "categories.csv", [*_lines(exports / "categories.csv")[:-1], "8,Seafood and more,,"])
    spoilt = KINDS[kind](exports, random.Random(f"{kind} {variation}"))
    outcome = imported(centre, exports)
    assert outcome.code == 2
    assert outcome.figures["rejected"] >= 1
    assert centre.content() == filled.content
    where = spoilt.file + (f", ligne {spoilt.line}" if spoilt.line else "")
    where += f", colonne {spoilt.column}" if spoilt.column else ""
    told = [line for line in outcome.said if line.startswith(where) and spoilt.reason in line]
    assert told, (where, spoilt.reason, outcome.said[:5])
    assert all(re.match(r"\w+\.csv(, ligne \d+)?(, colonne [\w#]+)?\u00a0: .", line) for line in outcome.said)


@pytest.mark.parametrize("kind", ["no date", "negative quantity", "discount out of range", "cell missing", "no name"])
def test_one_bad_line_is_one_rejected_line(kind: str, exports: Path, sqlite_centre: Centre, imported: Import) -> None:
    KINDS[kind](exports, random.Random(kind))
    outcome = imported(sqlite_centre, exports)
    assert (outcome.figures["rejected"], len(outcome.said)) == (1, 1)


def test_a_rejected_customer_is_named_alone_not_with_all_its_orders(
    exports: Path, sqlite_centre: Centre, imported: Import, edit: Edit
) -> None:
    at = 1 + next(n for n, line in enumerate(_lines(exports / "customers.csv")) if line.startswith("VINET"))
    edit(exports / "customers.csv", at, ",France,", ",Gaule,")
    outcome = imported(sqlite_centre, exports)
    reason = "«\u00a0Gaule\u00a0» n’est pas dans les valeurs de la correspondance"
    assert outcome.said == [f"customers.csv, ligne {at}, colonne Country\u00a0: {reason}"]


def test_beyond_a_hundred_problems_only_their_count_is_told(
    exports: Path, sqlite_centre: Centre, imported: Import
) -> None:
    lines = _lines(exports / "orders.csv")
    _write(exports / "orders.csv", [lines[0], *(re.sub(r",\d+,([\d.]+)$", r",-1,\1", line) for line in lines[1:])])
    outcome = imported(sqlite_centre, exports)
    assert outcome.figures["rejected"] == LINES_KEPT
    assert len(outcome.said) == 101
    assert outcome.said[-1] == "… et 100 autres problèmes"


def test_problems_are_told_in_english_and_chinese_too(exports: Path, sqlite_centre: Centre, imported: Import) -> None:
    _write(exports / "categories.csv", [_lines(exports / "categories.csv")[0], "1,,,"])
    assert (
        "line 2, column CategoryName: empty, where a value is needed"
        in imported(sqlite_centre, exports, language="en").said[0]
    )
    assert "第 2 行，列 CategoryName：为空，但必须有值" in imported(sqlite_centre, exports, language="zh").said[0]


def test_a_centre_of_another_version_is_refused_in_words(tmp_path: Path, exports: Path, imported: Import) -> None:
    path = tmp_path / "no-database"
    path.write_bytes(b"this is no database at all" * 100)

    odd = Centre(f"sqlite:///{path}")
    outcome = imported(odd, exports)
    assert outcome.code == 2
    assert "rien n’est écrit" in outcome.said[0]
