"""What holds on every calm page: names for those who listen, one filled button, room for a finger."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QScrollArea, QWidget

from tests.gui.fakes import QUEUE
from tests.gui.one_rep import ROSE
from tests.gui.windows import Desk
from views.shell.window import Window

PLACES: list[tuple[str, dict[str, str]]] = [
    ("today", {}),
    ("accounts", {"view": "all"}),
    ("account", {"account_id": ROSE.id}),
    ("account", {"account_id": ROSE.id, "tab": "proposals"}),
    ("account", {"account_id": ROSE.id, "tab": "orders"}),
    ("account", {"account_id": ROSE.id, "tab": "documents"}),
    ("proposals", {}),
    ("orders", {}),
    ("requests", {}),
    ("catalogue", {}),
    ("dashboard", {}),
    ("sync", {}),
]
SIZES = [(1366, 768), (800, 1280)]


def named(place: tuple[str, dict[str, str]]) -> str:
    return "-".join((place[0], *place[1].values()))[:30]


@pytest.fixture(params=SIZES, ids=["lying", "upright"])
def window(request: pytest.FixtureRequest, desk: Desk) -> Window:
    """A window that lies or stands, with a queue that needs the rep."""
    desk.readers.queue = QUEUE
    width, height = request.param
    return desk.show(width=width, height=height)


def go(desk: Desk, window: Window, place: tuple[str, dict[str, str]]) -> QWidget:
    window.pages.go(place[0], **place[1])
    desk.settle()
    return window.pages.page


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_what_takes_the_keyboard_says_its_name(desk: Desk, window: Window, place: tuple[str, dict[str, str]]) -> None:
    page = go(desk, window, place)
    nameless = []
    for widget in page.findChildren(QWidget):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
        text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
        proxied = widget.focusProxy() is not None or widget.objectName().startswith("qt_")
        if takes and not proxied and not (widget.accessibleName() or text):
            nameless.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    assert nameless == []


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_at_most_one_button_is_filled(desk: Desk, window: Window, place: tuple[str, dict[str, str]]) -> None:
    page = go(desk, window, place)
    filled = [
        button.text()
        for button in page.findChildren(QPushButton)
        if button.isVisible() and button.property("kind") == "fill"
    ]
    assert len(filled) <= 1, filled


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_buttons_have_room_for_a_finger(desk: Desk, window: Window, place: tuple[str, dict[str, str]]) -> None:
    page = go(desk, window, place)
    small = [
        f"{type(button).__name__} {button.text() or button.accessibleName()} {button.width()} × {button.height()}"
        for button in page.findChildren(QAbstractButton)
        if button.isVisible() and (button.height() < 40 or button.width() < 36)
    ]
    assert small == []


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_nothing_stands_outside_its_page(desk: Desk, window: Window, place: tuple[str, dict[str, str]]) -> None:
    page = go(desk, window, place)
    areas = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
    for area in areas:
        content = area.widget()
        assert content is not None
        assert content.minimumSizeHint().width() <= area.viewport().width(), type(content)
        assert content.width() <= area.viewport().width()
    assert page.minimumSizeHint().width() <= page.width()
