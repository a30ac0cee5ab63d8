"""A day is typed as people type it or picked from a month, and what is no day is said so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from views.widgets.calendar import Month
from views.widgets.date_field import DateField
from views.widgets.fields import LabelledField

Stage = Callable[..., QWidget]
LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 23)


@pytest.fixture
def field(stage: Stage) -> DateField:
    made = DateField(date(2026, 11, 21), today=lambda: TODAY)
    stage(LabelledField("Date", made))
    made.setFocus()
    return made


def test_a_day_is_heard_as_it_is_typed_and_written_well_when_done(field: DateField) -> None:
    heard: list[object] = []
    field.day_changed.connect(heard.append)
    field.selectAll()
    QTest.keyClicks(field, "15.1.27")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.day() == heard[-1] == date(2027, 1, 15)
    assert field.text() == "15/01/2027"


def test_no_day_is_said_in_words_and_nothing_typed_is_lost(field: DateField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.error_changed):
        field.selectAll()
        QTest.keyClicks(field, "31/02/2026")
        assert not field.commit()
    assert (field.text(), field.state, field.day()) == ("31/02/2026", "error", date(2026, 11, 21))


def test_a_day_too_early_is_refused(qtbot: QtBot) -> None:
    field = DateField(earliest=TODAY, today=lambda: TODAY)
    qtbot.addWidget(field)
    QTest.keyClicks(field, "22/11/2026")
    assert not field.is_valid
    assert field.day() is None


def test_arrows_go_by_days(field: DateField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "22/11/2026"


def test_the_month_opens_by_its_icon_and_a_day_is_picked(field: DateField) -> None:
    QTest.mouseClick(field, LEFT, pos=QPoint(field.width() - 20, 20))
    panel = field.panel
    assert panel is not None
    assert not panel.geometry().intersects(field.rect().translated(field.mapTo(field.window(), QPoint(0, 0))))
    QTest.mouseClick(panel.later, LEFT)
    at = panel.month.days().index(date(2026, 12, 24))
    QTest.mouseClick(panel.month, LEFT, pos=panel.month.box(at).center().toPoint())
    assert field.text() == "24/12/2026"
    assert field.hasFocus()
    assert field.panel is None


def test_the_keyboard_does_it_alone(field: DateField) -> None:
    QTest.keyClick(field, Qt.Key.Key_F4)
    assert field.panel is not None
    month = field.panel.month
    assert month.hasFocus()
    QTest.keyClick(month, Qt.Key.Key_PageDown)
    QTest.keyClick(month, Qt.Key.Key_Down)
    QTest.keyClick(month, Qt.Key.Key_Left)
    assert month.accessibleName() == "dimanche 27\u00a0décembre\u00a02026"
    QTest.keyClick(month, Qt.Key.Key_Return)
    assert field.day() == date(2026, 12, 27)


def test_escape_closes_the_month_and_changes_nothing(field: DateField) -> None:
    panel = field.open_month()
    QTest.keyClick(panel.month, Qt.Key.Key_Right)
    QTest.keyClick(panel.month, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert (field.day(), field.hasFocus()) == (date(2026, 11, 21), True)


def test_a_month_begins_on_monday_and_keeps_to_its_end(qtbot: QtBot) -> None:
    month = Month(date(2027, 1, 31), TODAY)
    qtbot.addWidget(month)
    assert all(day.weekday() == at % 7 for at, day in enumerate(month.days()))
    month.go_months(1)
    assert month.day == date(2027, 2, 28)
    month.go_months(-2)
    assert month.day == date(2026, 12, 28)
