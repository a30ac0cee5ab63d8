"""Notices, toasts, dialogs and the ring: what lies over the page for a moment gives everything back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from views.shell.theme import Theme, theme
from views.widgets.announce import announce
from views.widgets.buttons import Button
from views.widgets.empty_page import EmptyPage
from views.widgets.fields import TextField
from views.widgets.focus_ring import FocusRing
from views.widgets.notice import Notice
from views.widgets.overlay import Dialog
from views.widgets.progress import Progress
from views.widgets.toast import Toast

Stage = Callable[..., QWidget]
LEFT = Qt.MouseButton.LeftButton
TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def _dialog(window: QWidget) -> tuple[Dialog, TextField, Button, Button]:
    dialog = Dialog(window, "Dissocier « Avec display »", "Rien de perdu.")
    field = TextField("Site vitrine")
    dialog.body.addWidget(field)
    no = dialog.add_button(Button("Ne rien changer", "plain"))
    yes = dialog.add_button(Button("Dissocier", "fill", "split"))
    return dialog, field, no, yes


def test_a_dialog_takes_the_focus_holds_it_and_gives_it_back(stage: Stage, qtbot: QtBot) -> None:
    button = Button("Dissocier…", "fill")
    window = stage(button)
    button.setFocus()
    dialog, field, no, yes = _dialog(window)
    dialog.open()
    assert field.hasFocus()
    walked = []
    for _ in range(5):
        QTest.keyClick(_focused(), TAB)
        walked.append(_focused())
    assert walked == [no, yes, dialog.close_button, field, no]
    QTest.keyClick(_focused(), BACKTAB)
    assert field.hasFocus()
    with qtbot.waitSignal(dialog.closed):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not dialog.is_open
    assert button.hasFocus()


def test_a_dialog_whose_opener_is_gone_closes_all_the_same(stage: Stage, qtbot: QtBot) -> None:
    opener, other = Button("Ouvrir"), Button("Autre")
    window = stage(opener, other)
    opener.setFocus()
    dialog, *_ = _dialog(window)
    dialog.open()
    opener.setParent(None)
    opener.deleteLater()
    qtbot.waitUntil(lambda: opener not in window.findChildren(Button))
    dialog.close_overlay()
    assert not dialog.is_open


def test_a_press_beside_the_dialog_does_not_reach_the_page(stage: Stage) -> None:
    button = Button("Dessous")
    window = stage(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    dialog, *_ = _dialog(window)
    dialog.open()
    under = button.mapTo(window, QPoint(3, 3))
    assert window.childAt(under) is dialog
    QTest.mouseClick(dialog, LEFT, pos=under)
    assert pressed == []


@pytest.mark.parametrize(("width", "wanted"), [(1366, 880), (800, 760)])
def test_a_dialog_is_880_wide_and_fills_a_narrow_window(stage: Stage, width: int, wanted: int) -> None:
    window = stage(Button("Ouvrir"), width=width)
    dialog, *_ = _dialog(window)
    dialog.open()
    assert dialog.size() == window.size()
    assert dialog.frame.width() == wanted
    window.resize(width + 100, 900)
    assert dialog.size() == window.size()


def test_a_dialog_fades_in_where_things_may_move_and_leaves_no_effect_behind(
    stage: Stage, qtbot: QtBot, look: Theme
) -> None:
    window = stage(Button("Ouvrir"))
    look.set_moves(True)
    dialog, *_ = _dialog(window)
    dialog.open()
    assert dialog.graphicsEffect() is not None
    qtbot.waitUntil(lambda: dialog.graphicsEffect() is None)


def test_a_toast_can_be_taken_back_and_goes_by_itself(stage: Stage, qtbot: QtBot) -> None:
    window = stage(Button("Page"))
    toast = Toast(window, "101 et 301 sont rangées.")
    assert window.rect().contains(toast.geometry())
    assert toast.height() == theme().px("toast")
    assert toast.undo is not None
    with qtbot.waitSignals([toast.undo_asked, toast.gone]):
        QTest.mouseClick(toast.undo, LEFT)
    another = Toast(window, "Rangé.")
    another._timer.setInterval(1)
    with qtbot.waitSignal(another.gone):
        another._timer.start()


def test_a_new_toast_replaces_the_one_before(stage: Stage, qtbot: QtBot) -> None:
    window = stage(Button("Page"))
    first = Toast(window, "Un.")
    with qtbot.waitSignal(first.gone):
        second = Toast(window, "Deux.")
    assert [toast for toast in window.findChildren(Toast) if toast.isVisible()] == [second]


def test_a_toast_stays_while_its_button_has_the_focus(stage: Stage) -> None:
    window = stage(Button("Page"))
    toast = Toast(window, "Rangé.")
    assert toast.undo is not None
    toast.undo.setFocus()
    toast._timer.timeout.emit()
    assert toast.isVisible()


def test_a_notice_unfolds_its_detail_and_copies_it(stage: Stage, qtbot: QtBot) -> None:
    notice = Notice("danger", "L’e-mail n’est pas parti.", "Il est gardé.", action="Corriger", detail="SMTP 550")
    stage(notice)
    assert notice.detail_button is not None
    assert notice.action_button is not None
    folded = notice.height()
    QTest.mouseClick(notice.detail_button, LEFT)
    assert notice.is_unfolded
    qtbot.waitUntil(lambda: notice.height() > folded)
    copy = next(button for button in notice.findChildren(Button) if "Copier" in button.accessibleName())
    QTest.mouseClick(copy, LEFT)
    assert QGuiApplication.clipboard().text() == "SMTP 550"
    with qtbot.waitSignal(notice.action_asked):
        QTest.mouseClick(notice.action_button, LEFT)
    assert notice.accessibleName() == "L’e-mail n’est pas parti. Il est gardé."


def test_progress_says_how_far_and_can_be_stopped(stage: Stage, qtbot: QtBot) -> None:
    progress = Progress()
    stage(progress)
    progress.set_progress("Chargement, 34 sur 52", 34, 52, "reste 20 s")
    assert (progress.bar.value(), progress.bar.maximum()) == (34, 52)
    assert progress.bar.accessibleName() == "Chargement, 34 sur 52 reste 20 s"
    assert progress.stop is not None
    with qtbot.waitSignal(progress.stop_asked):
        QTest.mouseClick(progress.stop, LEFT)
    assert progress.stop.is_busy


def test_an_empty_page_offers_what_to_do_next(stage: Stage, qtbot: QtBot) -> None:
    page = EmptyPage("Aucune visite demain", "23 comptes sont à renouveler.", "Choisir un compte")
    stage(page)
    assert page.action is not None
    with qtbot.waitSignal(page.action_asked):
        QTest.mouseClick(page.action, LEFT)


def test_the_ring_shows_for_tab_and_not_for_the_pointer(stage: Stage) -> None:
    first, second, field = Button("Un"), Button("Deux"), TextField("trois")
    window = stage(first, second, field)
    ring = FocusRing(window)
    QTest.mouseClick(first, LEFT)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring.target is None
    QTest.keyClick(first, TAB)
    assert ring.target is second
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    QTest.keyClick(second, TAB)
    assert field.hasFocus()
    assert ring.target is None, "a field thickens its own border"
    QTest.keyClick(field, BACKTAB)
    assert ring.target is second
    second.hide()
    assert ring.isHidden()


def test_the_ring_follows_a_widget_that_is_scrolled(stage: Stage, qtbot: QtBot) -> None:
    area, inner = QScrollArea(), QWidget()
    buttons = [Button(str(number)) for number in range(12)]
    column = QVBoxLayout(inner)
    for button in buttons:
        column.addWidget(button)
    area.setWidget(inner)
    area.setFixedHeight(300)
    window = stage(area)
    ring = FocusRing(window)
    buttons[0].setFocus()
    QTest.keyClick(buttons[0], TAB)
    before = ring.y()
    area.verticalScrollBar().setValue(30)
    qtbot.waitUntil(lambda: ring.y() == before - 30)


def test_what_was_done_is_said_aloud_where_somebody_listens(stage: Stage, qtbot: QtBot) -> None:
    window = stage(Button("Page"))
    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        announce(window, "101 et 301 sont rangées.")
        toast = Toast(window, "101 et 301 sont rangées.")
    finally:
        QAccessible.setActive(was_active)
    assert toast.accessibleName() == "101 et 301 sont rangées."
