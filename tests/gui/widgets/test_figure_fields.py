"""An amount is typed as people type it; nothing typed is lost, dropped or guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from views import formats
from views.shell.theme import theme
from views.widgets.fields import LabelledField
from views.widgets.figure_fields import FigureField, MoneyField, PercentField
from views.widgets.keypad import Keypad

Stage = Callable[..., QWidget]


@given(cents=st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_shown_and_typed_again_is_the_same_amount(cents: int) -> None:
    field = MoneyField(cents)
    shown = field.text()
    field.clear()
    QTest.keyClicks(field, shown.replace("\u00a0", "").replace("\u2212", "-"))
    assert field.cents() == cents
    assert field.commit()
    assert field.text() == shown


@given(text=st.text(alphabet="0123456789.,- a€", min_size=1, max_size=9))
def test_what_is_not_understood_stays_as_it_was_typed(text: str) -> None:
    field = MoneyField()
    field.insert(text)
    field.textEdited.emit(field.text())
    if field.is_valid:
        assert formats.formats().read_amount(text) == field.cents()
    else:
        assert not field.commit()
        assert field.text() == text


def test_comma_and_point_both_do(qtbot: QtBot) -> None:
    field = MoneyField()
    qtbot.addWidget(field)
    heard: list[object] = []
    field.value_changed.connect(heard.append)
    QTest.keyClicks(field, "1234.5")
    field.commit()
    assert (field.cents(), field.text()) == (123450, "1\u00a0234,50")
    field.clear()
    QTest.keyClicks(field, "12,34")
    assert field.cents() == 1234
    assert heard == [100, 1200, 12300, 123400, 123450, 100, 1200, 1230, 1234]


def test_the_error_is_said_when_the_field_is_left_and_gone_when_it_is_mended(stage: Stage, qtbot: QtBot) -> None:
    field, other = MoneyField(), MoneyField()
    labelled = LabelledField("Prix HT", field, "Virgule ou point")
    stage(labelled, other)
    field.setFocus()
    QTest.keyClicks(field, "12,345")
    assert labelled.message() == "Virgule ou point"
    other.setFocus()
    qtbot.waitUntil(lambda: field.state == "error")
    assert labelled.message() == "Deux décimales au plus"
    assert field.text() == "12,345"
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert (field.state, labelled.message(), field.cents()) == ("", "Virgule ou point", 1234)


def test_a_bound_is_said_in_words_and_keeps_the_last_good_value(qtbot: QtBot) -> None:
    field = PercentField(800, highest=1500)
    qtbot.addWidget(field)
    field.selectAll()
    QTest.keyClicks(field, "16")
    assert not field.commit()
    assert "15" in field.problem()
    assert field.basis_points() == 100


def test_an_empty_field_has_no_value(qtbot: QtBot) -> None:
    field = MoneyField(500)
    qtbot.addWidget(field)
    field.press("clear")
    assert field.cents() is None
    assert field.commit()


def test_setting_a_value_tells_nobody(qtbot: QtBot) -> None:
    field = PercentField()
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.value_changed):
        field.set_basis_points(1050)
    assert field.text() == "10,5"


def _touch(field: FigureField, device: QPointingDevice) -> None:
    """A press as it comes from a screen or a pen: Qt makes a press of the mouse of it and keeps the device."""
    at = QPointF(field.rect().center())
    left = Qt.MouseButton.LeftButton
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(kind, at, at, field.mapToGlobal(at), left, left, Qt.KeyboardModifier.NoModifier, device)
        QApplication.sendEvent(field, event)


def test_a_finger_opens_the_keypad_and_the_mouse_does_not(stage: Stage, qtbot: QtBot) -> None:
    field = MoneyField()
    window = stage(field)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert window.findChildren(Keypad) == []
    _touch(field, QTest.createTouchDevice())
    assert len(window.findChildren(Keypad)) == 1


def test_the_keypad_writes_in_the_field_without_taking_the_focus(stage: Stage, qtbot: QtBot) -> None:
    field = MoneyField()
    stage(field)
    field.setFocus()
    keypad = field.open_keypad()
    for key in ("1", "2", ",", "5", "0", "back", "sign"):
        QTest.mouseClick(keypad.keys[key], Qt.MouseButton.LeftButton)
        assert field.hasFocus()
    assert field.cents() == -1250
    QTest.mouseClick(keypad.keys["ok"], Qt.MouseButton.LeftButton)
    assert keypad.isHidden()
    assert field.text() == "\u221212,50"


def test_escape_closes_the_keypad_and_leaves_the_field(stage: Stage, qtbot: QtBot) -> None:
    field = MoneyField(100)
    stage(field)
    field.setFocus()
    keypad = field.open_keypad()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert keypad.isHidden()
    assert field.hasFocus()


def test_the_keypad_goes_when_the_field_is_left(stage: Stage, qtbot: QtBot) -> None:
    field, other = MoneyField(100), MoneyField(200)
    stage(field, other)
    field.setFocus()
    keypad = field.open_keypad()
    other.setFocus()
    qtbot.waitUntil(keypad.isHidden)


@pytest.mark.parametrize("top", [True, False])
def test_the_keypad_never_covers_its_field(stage: Stage, qtbot: QtBot, top: bool) -> None:
    field, room = MoneyField(), QWidget()
    room.setFixedHeight(560)
    window = stage(*((field, room) if top else (room, field)))
    field.setFocus()
    keypad = field.open_keypad()
    on_field = field.rect().translated(field.mapTo(window, QPoint(0, 0)))
    assert not keypad.geometry().intersects(on_field)
    assert window.rect().contains(keypad.geometry())
    assert all(min(key.width(), key.height()) >= theme().px("keypad_key") for key in keypad.keys.values())
