"""The window: it frames the pages, folds, goes where one asks, and comes back to where it was left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.usecases.accounts.edit_account import EditAccount, edit_account
from tests.gui.fakes import EMPTY_QUEUE, QUEUE
from tests.gui.one_rep import ROSE
from tests.gui.windows import Desk, press
from views.shell.header import fitting
from views.shell.notices import Told
from views.shell.sync_chip import SyncState
from views.shell.window import Window
from views.widgets.toast import Toast


def test_the_window_opens_on_today_with_the_reps_initials(desk: Desk) -> None:
    window = desk.show()
    assert window.pages.page.name == "today"
    assert window.frame.header.title.text() == "Lundi 23\u00a0novembre"
    assert window.frame.header.initials.text() == "JL"
    assert window.frame.rail.items[0].isChecked()


def test_every_item_of_the_rail_leads_to_its_page(desk: Desk) -> None:
    window = desk.show()
    for item in window.frame.rail.items:
        press(item)
        desk.settle()
        assert window.pages.page.name == item.page
        assert [one.page for one in window.frame.rail.items if one.isChecked()] == [item.page]
        assert window.frame.header.title.text()


def test_a_narrow_window_has_its_rail_at_the_bottom(desk: Desk) -> None:
    window = desk.show(width=800, height=1280)
    rail = window.frame.rail
    assert rail.y() + rail.height() == 1280
    assert rail.width() == 800
    assert window.frame.header.search.width() == 44
    window.resize(1366, 768)
    desk.settle()
    assert (rail.x(), rail.width(), rail.height()) == (0, 88, 768)


def test_nothing_that_takes_a_press_is_smaller_than_a_finger(desk: Desk) -> None:
    for width, height in ((1366, 768), (800, 1280)):
        window = desk.show(width=width, height=height)
        header = window.frame.header
        for widget in (*window.frame.rail.items, header.search, header.chip, header.initials):
            assert widget.width() >= 44, widget
            assert widget.height() >= 44, widget
        window.close()


def test_the_window_comes_back_to_where_it_was_closed(desk: Desk) -> None:
    window = desk.show("account", account_id=ROSE.id)
    window.pages.move(tab="orders")
    window.close()
    again = desk.show()
    assert again.pages.page.name == "account"
    assert again.frame.header.title.text() == "Au nom de la Rose"
    assert again.pages.place.where == {"account_id": ROSE.id, "tab": "orders"}


def test_an_account_that_is_gone_leads_to_the_list(desk: Desk) -> None:
    window = desk.show("account", account_id="f" * 32)
    assert window.pages.page.name == "accounts"


def test_another_language_is_spoken_at_once_and_at_the_same_place(desk: Desk) -> None:
    window = desk.show("accounts", view="all")
    desk.session.set_language("en")
    desk.settle()
    assert window.pages.place.page == "accounts"
    assert window.frame.header.subtitle.accessibleName().startswith("5 · €")
    desk.session.set_language("fr")
    desk.settle()


def test_what_the_quiet_line_says_last_gives_way_whole_and_what_it_says_first_stays() -> None:
    said = (("1 sur 5 · ", "regular"), ("16 834,74 €", "strong"), (" en cours", "regular"))

    def shown(room: int) -> str:
        pieces = fitting(said, lambda pieces: sum(len(text) for text, _ in pieces) <= room)
        return "".join(text for text, _ in pieces)

    assert [shown(room) for room in (30, 29, 20, 3)] == [
        "1 sur 5 · 16 834,74 € en cours",
        "1 sur 5",
        "1 sur 5",
        "1 sur 5",
    ]


@pytest.mark.parametrize(
    ("online", "off", "queue", "state", "words"),
    [
        (True, False, EMPTY_QUEUE, SyncState.UP_TO_DATE, "À jour"),
        (True, False, QUEUE, SyncState.NEEDS_YOU, "À vous de voir · 2"),
        (False, False, EMPTY_QUEUE, SyncState.OFFLINE, "Hors ligne"),
        (True, True, EMPTY_QUEUE, SyncState.OFFLINE, "Hors ligne"),
    ],
)
def test_the_chip_says_how_it_stands_with_the_centre(
    desk: Desk, online: bool, off: bool, queue: object, state: SyncState, words: str
) -> None:
    desk.courier.online, desk.courier.off = online, off
    desk.readers.queue = queue if queue in (EMPTY_QUEUE, QUEUE) else None
    chip = desk.show().frame.header.chip
    assert (chip.state, chip.text()) == (state, words)
    press(chip)
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.page.name == "sync"


def test_what_an_action_leaves_waiting_shows_on_the_chip(desk: Desk) -> None:
    window = desk.show()
    command = EditAccount(account_id=ROSE.id, legal_name="La Rose SAS")
    desk.session.act(lambda: edit_account(command, desk.session.work))
    desk.settle()
    assert chip_of(window) is SyncState.WAITING
    desk.courier.switch(on=False)
    desk.settle()
    assert chip_of(window) is SyncState.OFFLINE


def chip_of(window: Window) -> SyncState:
    """What the chip shows."""
    return window.frame.header.chip.state


def test_an_action_is_taken_back_and_done_again_from_the_keyboard(desk: Desk) -> None:
    window = desk.show()
    command = EditAccount(account_id=ROSE.id, legal_name="La Rose SAS")
    desk.session.act(lambda: edit_account(command, desk.session.work))
    desk.settle()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.readers.account(ROSE.id).account.legal_name == ROSE.legal_name
    assert toast_of(window).startswith("Annulé")
    assert "Au nom de la Rose" in toast_of(window)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    assert desk.readers.account(ROSE.id).account.legal_name == "La Rose SAS"
    assert toast_of(window).startswith("Rétabli")


def toast_of(window: Window) -> str:
    """The words of the toast that shows."""
    return next(toast.text for toast in window.findChildren(Toast) if toast.isVisible())


def test_nothing_to_undo_is_said_in_words(desk: Desk) -> None:
    window = desk.show()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert [notice.accessibleName() for notice in window.frame.notices.notices] == ["Rien à annuler."]


def test_a_notice_stands_until_it_is_put_away_and_shows_once(desk: Desk) -> None:
    window = desk.show()
    done: list[str] = []
    told = Told(what="L’e-mail n’est pas parti.", kept="Il est gardé.", action="Corriger", do=lambda: done.append("x"))
    desk.session.tell(told)
    desk.session.tell(told)
    desk.settle()
    (notice,) = window.frame.notices.notices
    assert notice.isVisible()
    assert notice.action_button is not None
    press(notice.action_button)
    assert done == ["x"]
    assert window.frame.notices.notices == ()


def test_what_was_said_of_a_page_goes_with_it_and_what_failed_stays(desk: Desk) -> None:
    window = desk.show()
    desk.session.tell(Told(what="La quantité va de 1 à 9999.", kind="warn"))
    desk.session.tell(Told(what="Le disque est plein.", kind="danger"))
    desk.settle()

    press(window.frame.rail.items[1])
    desk.settle()

    assert [notice.accessibleName() for notice in window.frame.notices.notices] == ["Le disque est plein."]


@pytest.mark.expects_log
def test_a_bug_is_logged_and_shown_once_and_the_window_goes_on(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    window = desk.show()

    def broken() -> None:
        raise ZeroDivisionError("a bug")

    for _ in range(2):
        desk.session.act(broken)
        desk.settle()
    assert len(window.frame.notices.notices) == 1
    assert "n’a pas abouti" in window.frame.notices.notices[0].accessibleName()
    assert sum("a bug showed itself" in record.message for record in caplog.records) == 2
    press(window.frame.rail.items[1])
    desk.settle()
    assert window.pages.page.name == "accounts"


def test_a_full_widget_covers_all_and_no_shortcut_works_until_it_leaves(desk: Desk) -> None:
    window = desk.show()
    cover = QWidget()
    window.show_full(cover)
    assert cover.isVisible()
    assert cover.size() == window.size()
    assert not window.frame.isVisible()
    QTest.keyClick(cover, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(cover, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert cover.isVisible()
    assert window.pages.page.name == "today"
    window.leave_full()
    assert window.frame.isVisible()
    assert cover.parent() is None
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert window.pages.page.name == "accounts"
    cover.deleteLater()
