"""Lists open a row by press, key and finger, keep their columns, and cost Python nothing it does not give back."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QIdentityProxyModel, QModelIndex, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from views import formats
from views.shell.theme import Chip, theme
from views.widgets.list_rows import ListRows
from views.widgets.rows import ACCESSIBLE_ROLE, DISPLAY_ROLE, KEY_ROLE, ROW_ROLE, Row, RowsModel
from views.widgets.sync_steps import SyncSteps, steps_text
from views.widgets.timeline import Timeline
from views.widgets.two_line_delegate import TwoLineDelegate

Stage = Callable[..., QWidget]
LEFT = Qt.MouseButton.LeftButton
ROWS = (
    Row("Bat-Etanche", "Couvreur · Maintenon", (Chip("Rejet", "danger"),), formats.amount_runs(862000), key=1),
    None,
    Row("Modern Optic", "Opticien", amount=formats.amount_runs(318000), amount_sub="avant le 18/12", key=2),
    Row(leg="14 min · 9 km"),
)


def _list(stage: Stage) -> ListRows:
    rows = ListRows(fit=True)
    rows.setModel(RowsModel(ROWS))
    stage(rows)
    return rows


def test_a_row_opens_by_press_by_enter_and_by_space(stage: Stage) -> None:
    rows = _list(stage)
    opened: list[int] = []
    rows.opened.connect(lambda index: opened.append(index.row()))
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(2, 0)).center())
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_Space)
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(3, 0)).center())
    assert opened == [2, 0, 0], "the way between two rows does not open"


def test_a_press_let_go_elsewhere_opens_nothing(stage: Stage, qtbot: QtBot) -> None:
    rows = _list(stage)
    with qtbot.assertNotEmitted(rows.opened):
        QTest.mousePress(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(0, 0)).center())
        QTest.mouseRelease(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(2, 0)).center())


def test_arrows_move_and_tell_which_row_is_current(stage: Stage) -> None:
    rows = _list(stage)
    moved: list[int] = []
    rows.current_moved.connect(lambda index: moved.append(index.row()))
    rows.clearFocus()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert moved == [1, 2]
    assert rows.shows_ring
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(0, 0)).center())
    assert not rows.shows_ring


def test_a_list_that_fits_is_as_high_as_its_rows(stage: Stage) -> None:
    rows = _list(stage)
    assert rows.height() == 3 * theme().px("row") + theme().px("row_leg")
    rows.setModel(RowsModel(ROWS[:1]))
    assert rows.sizeHint().height() == theme().px("row")


def test_a_row_is_read_aloud_whole(qtbot: QtBot) -> None:
    model = RowsModel(ROWS)
    said = model.data(model.index(0, 0), ACCESSIBLE_ROLE)
    assert said == "Bat-Etanche, Couvreur · Maintenon, Rejet, 8\u00a0620,00\u00a0€"
    assert model.data(model.index(0, 0), KEY_ROLE) == 1
    assert model.data(model.index(1, 0), DISPLAY_ROLE) is None
    assert model.place_of(2) == 2
    assert model.place_of(9) is None


def test_rows_of_the_same_number_change_in_place(qtbot: QtBot) -> None:
    model = RowsModel(ROWS)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.row(), last.row())))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_rows((*ROWS[:1], Row("Garage Lenoir"), *ROWS[2:]))
        model.set_rows(model.rows())
        model.set_row(0, None)
    assert told == [(1, 1), (0, 0)]
    with qtbot.waitSignal(model.modelReset):
        model.set_rows(())


def test_the_amount_is_never_cut_and_the_name_gives_way(qtbot: QtBot) -> None:
    delegate = TwoLineDelegate()
    row = Row("Display de printemps, 4ᵉ de couverture", "Eure-et-Loir", (Chip("ajouté"),), formats.amount_runs(197800))
    wide, narrow = delegate._lay_out(row, 900), delegate._lay_out(row, 380)
    assert wide.title == (row.title,)
    assert narrow.title[-1].endswith("…")
    assert narrow.words.right() <= 380 - theme().px("amount_list")
    assert delegate._lay_out(row, 900) is wide, "measured once for a width"


@pytest.mark.parametrize("width", [900, 420])
def test_every_kind_of_row_is_painted_at_any_width(stage: Stage, width: int) -> None:
    rows = ListRows(TwoLineDelegate(trailing="trailing"), fit=True)
    steps = ("done", "now", "later")
    rows.setModel(
        RowsModel((*ROWS, Row("Visite", number="2", time="13:45", chevron=True, filled=True), Row("x", steps=steps)))
    )
    window = stage(rows, width=width)
    image = window.grab().toImage()
    inks = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert theme().c("accent").name() in inks
    assert theme().c("sunken").name() in inks


def test_a_timeline_has_heads_over_its_rows(stage: Stage) -> None:
    timeline = Timeline(fit=True)
    timeline.setModel(RowsModel((Row("Demain"), Row(leg="Novembre 2026"), Row("Appel", "19/11 · vous", icon="phone"))))
    stage(timeline)
    assert timeline.head_of(timeline.model().index(2, 0)) == "Novembre 2026"
    assert timeline.head_of(timeline.model().index(0, 0)) == ""
    assert timeline.visualRect(timeline.model().index(1, 0)).height() == theme().px("row_leg")


def test_the_stations_are_said_in_words(qtbot: QtBot) -> None:
    names = ("Ici", "Centre", "Production")
    assert steps_text(names, ("done", "now", "later")) == (
        "Ici\u00a0: fait. Centre\u00a0: en cours. Production\u00a0: plus tard."
    )
    steps = SyncSteps(names, ("done", "refused", "none"))
    qtbot.addWidget(steps)
    assert "Centre\u00a0: refusé." in steps.accessibleName()
    with pytest.raises(ValueError, match="perhaps"):
        steps.set_states(("perhaps", "none", "none"))


def test_answering_none_a_thousand_times_loses_no_reference(qtbot: QtBot) -> None:
    """PySide6 6.12 on Python 3.11 lost one reference to None each time C++ was answered with it."""
    proxy = QIdentityProxyModel()
    model = RowsModel((Row("Bat-Etanche"),), proxy)
    proxy.setSourceModel(model)
    index = proxy.index(0, 0)
    unknown = int(Qt.ItemDataRole.UserRole) + 99
    for answered in (unknown, ROW_ROLE, DISPLAY_ROLE):
        before = [sys.getrefcount(thing) for thing in (None, True, False)]
        for _ in range(1000):
            proxy.data(index, answered)
        after = [sys.getrefcount(thing) for thing in (None, True, False)]
        assert all(abs(now - then) < 100 for now, then in zip(after, before, strict=True))


def test_a_list_of_a_hundred_thousand_asks_only_for_the_rows_in_sight(stage: Stage) -> None:
    asked: set[int] = set()

    class Long(RowsModel):
        def rowCount(self, parent: object = None) -> int:
            return 100_000

        def data(self, index: object, role: int = DISPLAY_ROLE) -> object:
            assert isinstance(index, QModelIndex)
            asked.add(index.row())
            return ROWS[0] if role == ROW_ROLE else None

        def flags(self, index: object) -> Qt.ItemFlag:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    rows = ListRows()
    rows.setModel(Long())
    rows.setFixedHeight(500)
    window = stage(rows)
    window.grab()
    assert 0 < len(asked) < 30


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)")  # a hint over a row is a window
def test_a_title_without_room_takes_a_second_line_and_the_row_grows_with_it(stage: Stage, qtbot: QtBot) -> None:
    title = "Proposition « Avec display » renommée pour la reconduction · Au nom de la Rose"
    rows = ListRows(TwoLineDelegate(amounts=False, lines=2), fit=True)
    rows.setModel(RowsModel((Row(title, "Gardé ici"), Row("Bat-Etanche", "Couvreur"))))
    window = stage(rows, width=420)
    plain, body = theme().px("row"), theme().line("body")
    qtbot.waitUntil(lambda: rows.height() == 2 * plain + body)
    assert [rows.rowHeight(row) for row in (0, 1)] == [plain + body, plain]
    assert told_over(rows, 0) == ""
    window.resize(1_000, 700)
    qtbot.waitUntil(lambda: rows.height() == 2 * plain)
    window.resize(260, 700)
    qtbot.waitUntil(lambda: rows.height() == 2 * plain + body)
    assert told_over(rows, 0) == title, "what two lines have no room for is to be read over the row"


def told_over(rows: ListRows, row: int) -> str:
    """What a pointer that rests on a row is told."""
    QToolTip.hideText()
    at = rows.visualRect(rows.model().index(row, 0)).center()
    help_asked = QHelpEvent(QEvent.Type.ToolTip, at, rows.viewport().mapToGlobal(at))
    QApplication.sendEvent(rows.viewport(), help_asked)
    return QToolTip.text() if QToolTip.isVisible() else ""
