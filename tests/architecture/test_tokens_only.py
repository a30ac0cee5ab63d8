"""Colours, letters and measures come from the tokens: outside the theme no file has one of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name_of, tree

THEME = "views/shell/theme/"
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b|\brgba?\(")
_PIXELS = re.compile(r"\b\d+(?:\.\d+)?px\b")
# What lays widgets out: a figure among its arguments is a measure that the theme does not know of.
_MEASURED = {
    *("setContentsMargins", "setSpacing", "addSpacing", "setHorizontalSpacing", "setVerticalSpacing"),
    *("setFixedSize", "setFixedWidth", "setFixedHeight", "setIconSize", "QSize", "QMargins"),
    *("setMinimumSize", "setMinimumWidth", "setMinimumHeight"),
    *("setMaximumSize", "setMaximumWidth", "setMaximumHeight"),
    *("setColumnMinimumWidth", "setRowMinimumHeight", "drawRoundedRect"),
}
# Half a pixel here and there, a border's width: up to 3 a figure is the way a line is drawn, no measure.
_FINE = 3
_NO_BOUND = 16777215  # QWIDGETSIZE_MAX: as large as you like
_LETTERS = {"QFont", "setPixelSize", "setPointSize", "setPointSizeF", "QFontDatabase"}


def breaches(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and reason of each colour, measure or font a module makes by itself."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _COLOUR.search(node.value):
                yield node.lineno, f"a colour of its own: {node.value!r}; ask theme().c()"
            if _PIXELS.search(node.value):
                yield node.lineno, f"a measure of its own: {node.value!r}; ask theme().px()"
        elif isinstance(node, ast.Attribute) and _is_named_colour(node):
            yield node.lineno, f"a colour of Qt's: {ast.unparse(node)}; ask theme().c()"
        elif isinstance(node, ast.Call):
            yield from _in_call(node)


def _in_call(call: ast.Call) -> Iterator[tuple[int, str]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "setStyleSheet":
        yield call.lineno, "a style sheet of its own: give the widget a role and the theme's sheet a rule"
    elif name == "QColor" and any(isinstance(part, ast.Constant) for part in call.args):
        yield call.lineno, "a colour of its own; ask theme().c()"
    elif name in _LETTERS:
        yield call.lineno, f"letters of its own ({name}); ask theme().font()"
    elif name in _MEASURED and any(_FINE < abs(size) < _NO_BOUND for part in call.args for size in _figures(part)):
        yield call.lineno, f"a measure of its own: {ast.unparse(call)}; ask theme().px() or theme().space()"


def _figures(node: ast.expr) -> Iterator[float]:
    """The figures of an argument that stand for pixels: not those a token is asked for by, nor factors."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield node.value
    elif isinstance(node, ast.UnaryOp):
        yield from _figures(node.operand)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield from _figures(node.left)
        yield from _figures(node.right)


def _is_named_colour(node: ast.Attribute) -> bool:
    of = node.value
    owner = of.attr if isinstance(of, ast.Attribute) else ""
    return owner == "GlobalColor" and node.attr != "transparent"


FILES = [path for path in modules("views") if not name_of(path).startswith(THEME)]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_view_asks_the_theme_for_every_colour_letter_and_measure(path: Path) -> None:
    assert [f"{name_of(path)}:{line} {why}" for line, why in breaches(tree(path))] == []


@pytest.mark.parametrize(
    "line",
    [
        'QColor("#0D5767")',
        "QColor(13, 87, 103)",
        'paint("#FFF")',
        "painter.setPen(Qt.GlobalColor.red)",
        'widget.setStyleSheet("color: red")',
        'sheet = "min-height: 44px"',
        "row.setContentsMargins(12, 0, 12, 0)",
        "row.setSpacing(8)",
        "button.setFixedHeight(44)",
        "QSize(32, theme().px('row'))",
        "button.setFixedHeight(theme().px('row') + 12)",
        "font.setPixelSize(18)",
        'QFont("Arial")',
    ],
)
def test_a_colour_letter_or_measure_of_ones_own_is_found(line: str) -> None:
    assert list(breaches(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "painter.setBrush(theme().c('accent'))",
        "found.fill(Qt.GlobalColor.transparent)",
        "row.setContentsMargins(0, look.px('pad'), 0, look.space(12))",
        "QSize(2 * look.px('target'), look.px('row') - 1)",
        'label("Référence n° 12")',
    ],
)
def test_what_the_theme_was_asked_for_is_let_through(line: str) -> None:
    assert list(breaches(ast.parse(line))) == []
