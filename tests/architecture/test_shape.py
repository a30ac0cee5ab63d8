"""The shape of the code: short files, telling names, one place that commits, models without widgets."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import PRODUCT, ROOT, imported, modules, name_of, tracked, tree

LONGEST = 400  # lines
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "managers"}
REASON = re.compile(r"# noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*  ?[-#] ?\w")
# Where a transaction may end: the unit of work of each end, and what runs before there is one.
COMMITS = {
    "app/store/unit_of_work.py": "the device's and the centre's unit of work",
}


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lines = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in modules(*PRODUCT, "tests")}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_no_part_bears_a_name_that_says_nothing() -> None:
    parts = {name_of(path): set(path.relative_to(ROOT).with_suffix("").parts) for path in modules(*PRODUCT)}
    found = {name: words & EMPTY_WORDS for name, words in parts.items() if words & EMPTY_WORDS}
    stems = {name for name in parts if name.endswith(("_manager.py", "_utils.py", "_helpers.py", "_helper.py"))}
    assert (found, stems) == ({}, set())


def test_a_module_opens_with_what_it_is_for() -> None:
    silent = [name_of(path) for path in modules(*PRODUCT) if tree(path).body and not ast.get_docstring(tree(path))]
    assert silent == []


def test_no_model_holds_a_widget() -> None:
    breaches = [
        f"{name_of(path)} imports {module}.{name}"
        for path in modules("views")
        if path.stem.endswith("_model")
        for module, name in imported(tree(path))
        if module.startswith("PySide6.QtWidgets") or (module == "PySide6" and name == "QtWidgets")
    ]
    assert breaches == []


def test_nothing_commits_outside_the_unit_of_work() -> None:
    breaches = []
    for path in modules("app", "sync"):  # views know no database; what a field of theirs commits is its text
        if name_of(path) in COMMITS:
            continue
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            receiver = ast.unparse(node.func.value)
            # A use case says `tx.commit()` to the unit of work itself: that is the one door.
            if node.func.attr in ("commit", "begin_nested") and receiver != "tx":
                breaches.append(f"{name_of(path)}:{node.lineno} {receiver}.{node.func.attr}()")
    assert breaches == []


def test_every_use_case_is_one_transaction() -> None:
    several = []
    for path in modules("app/usecases"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                begins = [
                    call
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("work.begin")
                ]
                if len(begins) > 1:
                    several.append(f"{name_of(path)}: {node.name}")
    assert several == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_no_note_is_left_for_later(word: str) -> None:
    notes = [
        f"{name_of(path)}:{number}"
        for path in modules(*PRODUCT, "tests")
        if path.name != "test_shape.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if f"# {word}" in line
    ]
    assert notes == []


def test_nothing_generated_is_kept() -> None:
    generated = {".qm", ".pyc", ".so", ".db", ".pdf"}
    assert [name_of(path) for path in tracked() if path.suffix in generated] == []


def test_every_exemption_says_why() -> None:
    silent = [
        f"{name_of(path)}:{number}"
        for path in modules(*PRODUCT, "tests")
        if path.name != "test_shape.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "type: ignore" in line or ("# noqa" in line and not REASON.search(line))
    ]
    assert silent == []
