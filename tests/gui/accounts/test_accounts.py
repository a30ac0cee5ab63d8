"""The list of accounts: answers while one types, reads what one looks at, remembers what it showed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.money import Money
from app.ports.readers import AccountFilter, AccountItem, AccountSort
from app.store.readers import SqlReaders
from app.usecases.accounts.edit_account import EditContact, edit_contact
from tests.gui.fakes import ME
from tests.gui.one_rep import BAT, OPTIC, ROSE
from tests.gui.windows import Desk, press, type_in
from views.accounts.account_list_model import PAGE, AccountListModel
from views.accounts.accounts_page import AccountsPage
from views.shell.session import Session
from views.widgets.pill import ConditionPill
from views.widgets.rows import KEY_ROLE, ROW_ROLE, Row


def accounts_of(desk: Desk, **where: str) -> AccountsPage:
    """The page in the window."""
    page = desk.show_at("accounts", {"view": "all"} | where).pages.page
    assert isinstance(page, AccountsPage)
    return page


def names(page: AccountsPage) -> list[str]:
    """The accounts listed."""
    rows = [page.model.index(place).data(ROW_ROLE) for place in range(page.model.rowCount())]
    return [row.title for row in rows if isinstance(row, Row)]


def test_the_list_answers_while_one_types(desk: Desk) -> None:
    page = accounts_of(desk)
    assert len(names(page)) == 5
    type_in(page.search, "opt")
    desk.settle()
    assert names(page) == ["Modern Optic"]
    assert page.subtitle[0][0] == "1 sur 5 · "
    type_in(page.search, "zz")
    desk.settle()
    assert page.none.isVisible()
    assert page.none.action is not None
    press(page.none.action)
    desk.settle()
    assert len(names(page)) == 5


def test_saved_views_say_how_many_they_show(desk: Desk) -> None:
    page = accounts_of(desk)
    shown = {view.key: page.views.counts[view.key] for view in page.views.views}
    assert shown == {"renew": 5, "rejected": 1, "no_email": 4, "all": 5}
    pill = page.pills[[view.key for view in page.views.views].index("rejected")]
    press(pill)
    desk.settle()
    assert names(page) == ["Bat-Etanche"]
    assert [one.isChecked() for one in page.pills] == [False, True, False, False]


def test_an_area_is_a_condition_that_can_be_taken_away(desk: Desk) -> None:
    page = accounts_of(desk, area="Orne")
    assert names(page) == ["Menuiserie Hallouin"]
    (condition,) = page.findChildren(ConditionPill)
    QTest.keyClick(condition, Qt.Key.Key_Delete)
    desk.settle()
    assert len(names(page)) == 5


def test_the_list_comes_back_as_it_was_left(desk: Desk) -> None:
    page = accounts_of(desk, sort="name")
    type_in(page.search, "m")
    desk.settle()
    assert desk.window is not None
    desk.window.pages.go("account", account_id=OPTIC.id)
    desk.settle()
    desk.window.pages.back()
    desk.settle()
    assert page.search.text() == "m"
    assert page.model.filter.sort is AccountSort.NAME


def test_the_account_one_is_on_stands_on_the_card(desk: Desk) -> None:
    page = accounts_of(desk)
    assert page.card.isVisible()
    rose = next(place for place in range(5) if page.model.index(place).data(KEY_ROLE) == ROSE.id)
    press(page.list.viewport(), page.list.visualRect(page.model.index(rose)).center())
    desk.settle()
    preview = page.preview_model.preview
    assert preview is not None
    assert preview.account.id == ROSE.id
    assert preview.trade == "Fleuriste · Chartres (28)"
    assert [bar.name for bar in preview.bars] == ["2025", "2026"]
    assert preview.at_stake.cents == 145_200 + 30_500 + 132_000
    assert desk.window is not None
    assert desk.window.pages.page.name == "accounts"
    press(page.card.prepare)
    desk.settle()
    assert desk.window.pages.page.name == "account"


def test_without_room_for_the_card_a_press_opens_the_account(desk: Desk) -> None:
    window = desk.show("accounts", width=1100, view="all")
    page = window.pages.page
    assert isinstance(page, AccountsPage)
    assert not page.card.isVisible()
    press(page.list.viewport(), page.list.visualRect(page.model.index(0)).center())
    desk.settle()
    assert window.pages.place.where["account_id"] == page.model.index(0).data(KEY_ROLE)


def test_the_keyboard_alone_opens_an_account(desk: Desk) -> None:
    page = accounts_of(desk)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.page.name == "account"


def test_a_row_says_what_comes_and_what_misses(desk: Desk) -> None:
    page = accounts_of(desk)
    rows = {row.title: row for row in (page.model.index(place).data(ROW_ROLE) for place in range(5))}
    assert "visite 23/11" in rows["Au nom de la Rose"].subtitle
    assert [chip.text for chip in rows["Bat-Etanche"].chips] == ["Rejet", "E-mail manquant"]
    assert rows["Au nom de la Rose"].trailing == "reste 3"


def test_the_list_reads_again_what_an_action_touched(desk: Desk) -> None:
    page = accounts_of(desk)
    command = EditContact(account_id=BAT.id, name="M. Roy", email="roy@bat.example", is_signatory=True)
    desk.session.act(lambda: edit_contact(command, desk.session.work))
    desk.settle()
    bat = next(
        row for row in (page.model.index(place).data(ROW_ROLE) for place in range(5)) if row.title == "Bat-Etanche"
    )
    assert [chip.text for chip in bat.chips] == ["Rejet"]
    assert page.views.counts["no_email"] == 3


class Endless(SqlReaders):
    """A portfolio that says it holds 100,000 accounts, and notes which of them are asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.store.engine.reader, desk.clock, ME)
        self.asked: list[tuple[int, int]] = []

    def count_accounts(self, wanted: AccountFilter) -> tuple[int, Money]:
        return 100_000, Money(1)

    def accounts(self, wanted: AccountFilter, offset: int, limit: int) -> tuple[AccountItem, ...]:
        self.asked.append((offset, limit))
        return super().accounts(wanted, 0, limit)


def test_only_what_is_looked_at_is_read(desk: Desk) -> None:
    readers = Endless(desk)
    session = Session(desk.ports(readers))
    model = AccountListModel(session)
    model.ask(AccountFilter())
    session.background.wait_idle()
    assert model.rowCount() == 100_000
    assert readers.asked == [(0, PAGE)]
    for place in (50_000, 50_001, 50_039):
        assert model.index(place).data(ROW_ROLE) is None
    session.background.wait_idle()
    assert readers.asked == [(0, PAGE), (50_000, PAGE)]
    assert isinstance(model.index(50_000).data(ROW_ROLE), Row)
    session.close()


def test_an_answer_to_what_is_no_longer_asked_is_dropped(desk: Desk) -> None:
    page = accounts_of(desk)
    for letters in ("o", "op", "opt", "opti", "optic"):
        page.search.setText(letters)
    desk.settle()
    assert names(page) == ["Modern Optic"]
    page.search.setText("")
    page.search.setText("rose")
    desk.settle()
    assert names(page) == ["Au nom de la Rose"]
