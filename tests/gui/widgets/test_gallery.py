"""The bench draws every widget in every state and theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from views.gallery.__main__ import draw
from views.gallery.bench import Sheet
from views.gallery.controls import ControlsSheet
from views.gallery.patterns import PatternsSheet
from views.shell.theme import NAMES, theme
from views.shell.theme.tokens import as_colour, load_tokens


def test_every_sheet_is_drawn_in_every_theme(tmp_path: Path, qtbot: QtBot) -> None:
    drawn = draw(tmp_path)
    assert len(drawn) == 3 * len(NAMES)
    for picture in drawn:
        image = QImage(str(picture))
        assert image.width() == theme().px("sheet_width")
        name = picture.stem.rsplit("-", 1)[1]
        inks = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(inks) > 20
        if not picture.stem.startswith("floating"):
            assert image.pixelColor(2, 2) == as_colour(load_tokens().color[name]["ground"])


@pytest.mark.parametrize("kind", [ControlsSheet, PatternsSheet])
def test_whatever_takes_the_focus_has_a_name(kind: type[Sheet], qtbot: QtBot) -> None:
    sheet = kind("light")
    qtbot.addWidget(sheet)
    nameless = [
        widget
        for widget in sheet.findChildren(QWidget)
        if widget.focusPolicy().value & 1 and _is_ours(widget) and not _name(widget)
    ]
    assert [type(widget).__name__ for widget in nameless] == []


def _is_ours(widget: QWidget) -> bool:
    return type(widget).__module__.startswith("views.widgets")


def _name(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text()
    return widget.accessibleName()
