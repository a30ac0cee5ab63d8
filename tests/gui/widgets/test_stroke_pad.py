"""A signature is kept as strokes with pressure and time, through any change of the pad's size."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from views.shell.theme import theme
from views.widgets.stroke_pad import StrokePad
from views.widgets.strokes import Stroke, StrokePoint, smooth, svg_path

Stage = Callable[..., QWidget]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(stage: Stage) -> StrokePad:
    made = StrokePad()
    made.setFixedSize(500, 250)
    stage(made)
    return made


def _write(pad: StrokePad, places: Sequence[tuple[int, int]]) -> None:
    QTest.mousePress(pad, LEFT, pos=QPoint(*places[0]))
    for place in places[1:]:
        QTest.mouseMove(pad, QPoint(*place))
        _drag(pad, place)
    QTest.mouseRelease(pad, LEFT, pos=QPoint(*places[-1]))


def _drag(pad: StrokePad, place: tuple[int, int]) -> None:
    """QTest moves without a button; a hand that writes holds it."""
    at = QPointF(*place)
    none = Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, at, at, pad.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, none)
    QApplication.sendEvent(pad, move)


def _pen(pad: StrokePad, kind: QEvent.Type, place: tuple[float, float], pressure: float, stamp: int) -> None:
    device = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure,
        1,
        1,
        "",
        QPointingDeviceUniqueId(),
    )
    at = QPointF(*place)
    event = QTabletEvent(
        kind, device, at, at, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier, LEFT, LEFT
    )
    event.setTimestamp(stamp)
    QApplication.sendEvent(pad, event)


def test_the_mouse_writes_strokes_of_places_between_0_and_1(pad: StrokePad) -> None:
    _write(pad, [(50, 50), (100, 125), (250, 125)])
    (stroke,) = pad.strokes()
    assert [(point.x, point.y) for point in stroke] == [(0.1, 0.2), (0.2, 0.5), (0.5, 0.5)]
    assert {point.pressure for point in stroke} == {0.5}
    assert pad.aspect == 2


def test_the_pen_gives_its_pressure_and_its_time(pad: StrokePad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pad.changed):
        _pen(pad, QEvent.Type.TabletPress, (100, 100), 0.25, 10_000)
        _pen(pad, QEvent.Type.TabletMove, (150.5, 100.25), 0.75, 10_016)
        _pen(pad, QEvent.Type.TabletRelease, (150.5, 100.25), 0.0, 10_040)
    (stroke,) = pad.strokes()
    assert [(point.pressure, point.t_ms) for point in stroke] == [(0.25, 0), (0.75, 16)]
    assert stroke[1].x == pytest.approx(150.5 / 500)
    _pen(pad, QEvent.Type.TabletPress, (200, 100), 0.5, 11_000)
    _pen(pad, QEvent.Type.TabletRelease, (200, 100), 0.0, 11_001)
    assert pad.strokes()[1][0].t_ms == 1000


def test_one_finger_writes_and_a_second_does_not(pad: StrokePad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(50, 50), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(100, 50), pad).press(1, QPoint(400, 200), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(150, 50), pad).move(1, QPoint(300, 200), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(150, 50), pad).release(1, QPoint(300, 200), pad).commit()
    (stroke,) = pad.strokes()
    assert [round(point.x, 2) for point in stroke] == [0.1, 0.2, 0.3]
    assert all(point.y == 0.2 for point in stroke)


def test_a_palm_beside_the_pen_writes_nothing(pad: StrokePad) -> None:
    _pen(pad, QEvent.Type.TabletPress, (100, 100), 0.5, 1)
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(400, 200), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(400, 200), pad).commit()
    _pen(pad, QEvent.Type.TabletRelease, (100, 100), 0.0, 20)
    assert len(pad.strokes()) == 1


def test_the_strokes_outlive_a_resize_and_a_turn(pad: StrokePad) -> None:
    _write(pad, [(50, 50), (100, 125), (250, 125)])
    before, path = pad.strokes(), pad.to_svg_path()
    pad.setFixedSize(250, 400)
    assert pad.strokes() == before
    assert pad.to_svg_path() == path
    assert pad.aspect == 2, "the proportions are those of the hand, not of the new pad"
    drawn = pad._paths[0].boundingRect()
    assert drawn.width() == pytest.approx(100)
    assert drawn.height() == pytest.approx(37.5, abs=4)
    pad.setFixedSize(500, 250)
    assert pad._paths[0].boundingRect().left() == pytest.approx(50)


def test_what_is_written_on_the_turned_pad_lands_where_the_hand_was(pad: StrokePad) -> None:
    _write(pad, [(50, 50), (250, 125)])
    pad.setFixedSize(250, 400)
    _write(pad, [(125, 200), (150, 200)])
    assert pad._paths[1].boundingRect().left() == pytest.approx(125, abs=0.5)
    assert pad.strokes()[1][0].y == pytest.approx(0.5, abs=0.01)


def test_strokes_are_taken_back_one_by_one_or_all(pad: StrokePad, qtbot: QtBot) -> None:
    _write(pad, [(50, 50), (100, 100)])
    _write(pad, [(60, 50), (110, 100)])
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    assert len(pad.strokes()) == 1
    with qtbot.waitSignal(pad.changed):
        QTest.mouseClick(pad.clear_button, LEFT)
    assert pad.is_empty
    assert pad.clear_button.isHidden()
    with qtbot.assertNotEmitted(pad.changed):
        pad.clear()
        pad.undo()


def test_a_kept_signature_comes_back_as_it_was(pad: StrokePad, qtbot: QtBot) -> None:
    _write(pad, [(50, 50), (100, 125), (250, 125)])
    again = StrokePad()
    qtbot.addWidget(again)
    again.resize(300, 300)
    again.set_strokes(pad.strokes(), pad.aspect)
    assert (again.strokes(), again.aspect, again.to_svg_path()) == (pad.strokes(), pad.aspect, pad.to_svg_path())


def test_the_ink_is_3_wide_and_over_the_paper(pad: StrokePad) -> None:
    _write(pad, [(100, 100), (200, 100), (300, 100)])
    image = pad.grab().toImage()
    column = [image.pixelColor(200, y) for y in range(90, 111)]
    assert sum(colour == theme().c("text") for colour in column) in (2, 3)
    assert image.pixelColor(200, 60) == theme().c("raised")


def test_a_dot_is_a_dot(pad: StrokePad) -> None:
    QTest.mouseClick(pad, LEFT, pos=QPoint(250, 100))
    assert pad.to_svg_path() == "M500.00 200.00L500.00 200.00"
    assert pad.grab().toImage().pixelColor(250, 100) == theme().c("text")


PLACES = st.tuples(st.floats(0, 1), st.floats(0, 1))


@given(places=st.lists(PLACES, min_size=1, max_size=30))
def test_a_smooth_line_begins_and_ends_where_the_hand_did(places: list[tuple[float, float]]) -> None:
    pieces = list(smooth(places))
    assert (pieces[0], pieces[-1]) == ((places[0],), (places[-1],))
    assert len(pieces) == max(2, len(places))
    assert [piece[0] for piece in pieces[1:-1]] == places[1:-1], "every place between bends the line"


@given(places=st.lists(PLACES, min_size=1, max_size=10), aspect=st.floats(0.2, 5))
def test_a_path_stays_on_its_pad(places: list[tuple[float, float]], aspect: float) -> None:
    stroke: Stroke = tuple(StrokePoint(x, y, 0.5, at) for at, (x, y) in enumerate(places))
    figures = [float(figure) for figure in re.findall(r"[\d.]+", svg_path((stroke, stroke), aspect, 600))]
    assert all(0 <= x <= 600.01 for x in figures[::2])
    assert all(0 <= y <= 600 / aspect + 0.01 for y in figures[1::2])
    assert svg_path((), aspect) == ""


def test_a_touch_that_is_cancelled_ends_its_stroke(pad: StrokePad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(50, 50), pad).commit()
    assert pad._current
    assert pad._finger is not None
    QApplication.sendEvent(pad, QTouchEvent(QEvent.Type.TouchCancel, device, Qt.KeyboardModifier.NoModifier, []))
    assert len(pad.strokes()) == 1
    QTest.touchEvent(pad, device).release(0, QPoint(50, 50), pad).commit()
