"""A mapping that is wrong is told so: file, line, key and reason; nothing is read by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.server.imports.mapping import schema
from sync.server.imports.mapping_file import load_mapping
from sync.server.imports.problem import Malformed
from tests.server.imports.importing import Centre, Import

RESOURCES = Path(__file__).parents[3] / "resources/mappings"
GOOD = """\
format: 1
source: shop
files:
  customers: {path: customers.csv}
  orders: {path: orders.csv}
accounts:
  file: customers
  key: [Number]
  fields:
    number: Number
    trade_name: Name
orders:
  file: orders
  key: [Number]
  fields:
    account: Customer
    number: Number
    edition: {column: Day, part: year}
    signed_on: Day
"""


def _told(text: str | bytes, folder: Path) -> list[str]:
    path = folder / "shop.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    try:
        load_mapping(path)
    except Malformed as fault:
        return [problem.told("en") for problem in fault.problems]
    return []


def test_a_good_mapping_is_taken(tmp_path: Path) -> None:
    assert _told(GOOD, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format: 1", "format: 2", "line 1, column format: unknown value 2"),
        ("format: 1\n", "", "the key “format” is missing"),
        ("source: shop", "source: My shop", "line 2, column source: must have the shape ^[a-z][a-z0-9-]{1,39}$"),
        ("source: shop", "sauce: shop", "line 2, column sauce: unknown key"),
        ("source: shop", "source: shop\nsource: shop", "line 3: the key “source” stands twice"),
        ("{path: orders.csv}", "{path: ../orders.csv}", "line 5, column files.orders.path: the file must be in"),
        ("{path: orders.csv}", "{path: /etc/passwd}", "line 5, column files.orders.path: the file must be in"),
        ("{path: orders.csv}", "{path: orders.csv, dates: ['%d/%m']}", "line 5, column files.orders.dates[0]: “%d/%m”"),
        ("{path: orders.csv}", "{path: orders.csv, encoding: ebcdic}", "line 5, column files.orders.encoding"),
        ("{path: orders.csv}", "{path: orders.csv, decimal: ',', thousands: ','}", "the same sign for thousands"),
        ("file: orders", "file: sales", "line 13, column orders.file: the file “sales” is not declared"),
        ("key: [Number]", "key: []", "line 8, column accounts.key: cannot be empty"),
        ("key: [Number]", "key: Number", "line 8, column accounts.key: expected array, found str"),
        ("trade_name: Name", "trade_name: ''", "line 11, column accounts.fields.trade_name: cannot be empty"),
        ("    trade_name: Name\n", "", "line 9, column accounts.fields: the field “trade_name” is missing"),
        ("trade_name: Name", "trade_nom: Name", "line 11, column accounts.fields.trade_nom: unknown field; possible"),
        ("account: Customer", "account: {columns: [A, B]}", "the key of accounts has 1 parts, here are 2"),
        ("signed_on: Day", "signed_on: {column: Day, constant: x}", "needs column, or columns, or constant"),
        ("signed_on: Day", "signed_on: {constant: 2026-02-30}", "orders.fields.signed_on.constant: “2026-02-30” is no"),
        (
            "signed_on: Day",
            "signed_on: {column: Day, default: never}",
            "orders.fields.signed_on.default: “never” is no",
        ),
        ("signed_on: Day", "signed_on: {column: Day, dates: [day]}", "signed_on.dates[0]: “day” is no complete date"),
        ("signed_on: Day", "signed_on: {column: Day, unit: euros}", "“unit: euros” does not go with date"),
        ("signed_on: Day", "signed_on: {column: Day, round: true}", "“times, round” does not go with date"),
        (
            "signed_on: Day",
            "signed_on: {column: Day, times: '1.5x'}",
            "signed_on.times: must have the shape ^[0-9]+(\\.[0-9]+)?$",
        ),
        ("number: Number\n    t", "number: {column: Number, part: year}\n    t", "“part” does not go with text"),
        ("number: Number\n    t", "number: {column: Number, otherwise: x}\n    t", "“otherwise” does not go with text"),
        ("number: Number\n    t", "number: {column: Number, dates: ['%Y-%m-%d']}\n    t", "“dates” does not go with"),
        ("account: Customer", "account: {column: C, look_up: {file: x, where: {A: B}}}", "“x” is not declared"),
        ("account: Customer", "account: {column: C, look_up: {file: orders, where: {}}}", "look_up.where: cannot be"),
        ("accounts:\n", "reps:\n", "refers to accounts, which the mapping does not have"),
        ("orders:\n  file", "orders:\n  name: x\n  file", "“name” does not go with orders"),
        ("format: 1", "format: [1", "this is no YAML"),
        ("format: 1", "format: &one 1\nother: *one", "references (* and &) are not admitted"),
        ("format: 1", "{a: b}: 1", "a key must be a plain word"),
    ],
)
def test_a_slip_is_named_with_line_key_and_reason(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in GOOD
    said = _told(GOOD.replace(old, new, 1), tmp_path)
    assert any(told in line for line in said), said
    assert all(line.startswith("shop.yaml") for line in said)


def test_norway_is_a_country_and_no_false_thing(tmp_path: Path) -> None:
    text = GOOD.replace("trade_name: Name", "trade_name: Name\n    country: {column: C, values: {Norway: NO}}")
    assert _told(text, tmp_path) == []
    mapping = load_mapping(tmp_path / "shop.yaml")
    assert mapping.accounts is not None
    country = mapping.accounts.field("country")
    assert country is not None
    assert country.values == {"Norway": "NO"}


def test_a_rate_says_its_unit_and_lists_have_names_that_differ(tmp_path: Path) -> None:
    products = """\
ranges: {file: customers, key: [R], fields: {number: R, name: R}}
products: {file: customers, key: [P], fields: {code: P, name: P, range: R, vat_rate: V}}
prices:
  - {file: customers, key: [P], fields: {product: P, edition: E, net: N, valid_from: F, valid_until: U}}
  - {file: customers, key: [P], fields: {product: P, edition: E, net: N, valid_from: F, valid_until: U}}
"""
    assert _told(GOOD + products, tmp_path) == [
        "shop.yaml, line 21, column products.fields.vat_rate: a rate needs its unit: fraction, percent or basis_points",
        "shop.yaml, line 24, column prices[1].name: two sections of the same name “”",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\xfa", "the file is not in utf-8"),
        (b"- 1", "expected object, found array"),
        (b"{\x00", "this is no YAML"),
    ],
)
def test_what_is_no_mapping_at_all_is_told_so(content: bytes, told: str, tmp_path: Path) -> None:
    assert any(told in line for line in _told(content, tmp_path))


def test_a_mapping_at_fault_ends_with_the_figures_and_exit_code_2(
    tmp_path: Path, northwind: Path, sqlite_centre: Centre, imported: Import
) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text(GOOD.replace("Name", "''"), encoding="utf-8")
    outcome = imported(sqlite_centre, northwind, mapping=path)
    assert (outcome.code, len(outcome.said), outcome.figures["accounts"]) == (2, 1, 0)
    assert outcome.figures["rejected"] == 1
    missing = imported(sqlite_centre, northwind, mapping=tmp_path / "missing.yaml")
    assert (missing.code, missing.said) == (2, ["missing.yaml\u00a0: le fichier n’existe pas"])


def test_the_schema_for_editors_is_that_of_the_program() -> None:
    shipped = json.loads((RESOURCES / "mapping.schema.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(schema()))


def test_every_mapping_that_ships_is_sound() -> None:
    shipped = sorted(RESOURCES.glob("*.yaml"))
    mappings = [path for path in shipped if path.name != "reasons.yaml"]
    assert [path.name for path in mappings] == ["northwind.yaml"]
    for path in mappings:
        load_mapping(path)
