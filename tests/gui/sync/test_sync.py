"""The sync page: each change in words with its three steps, refusals to read, conflicts field by field."""

from __future__ import annotations

from app.ports.readers import SyncPicture
from app.usecases.accounts.edit_account import EditAccount, edit_account
from tests.gui.fakes import CONFLICT, EMPTY_QUEUE, QUEUE, change
from tests.gui.one_rep import ROSE
from tests.gui.windows import Desk, press
from views.sync.problem_cards import ValueButton
from views.sync.sync_page import SyncPage
from views.widgets.buttons import Button
from views.widgets.list_rows import ListRows
from views.widgets.overlay import Dialog
from views.widgets.rows import ACCESSIBLE_ROLE, ROW_ROLE, Row


def sync_of(desk: Desk, queue: SyncPicture | None = QUEUE) -> SyncPage:
    """The page in the window."""
    desk.readers.queue = queue
    page = desk.show("sync").pages.page
    assert isinstance(page, SyncPage)
    return page


def rows(view: ListRows) -> list[Row]:
    """The rows of a list."""
    model = view.model()
    return [model.index(place, 0).data(ROW_ROLE) for place in range(model.rowCount())]


def test_every_change_is_said_in_words_with_its_three_steps(desk: Desk) -> None:
    page = sync_of(desk)
    signed, contested = rows(page.waiting)
    assert signed.title == "Commande signée 2027-000118, Boulangerie Sorel"
    assert signed.steps == ("done", "now", "later")
    assert signed.subtitle.startswith("Signée, à confirmer")
    assert contested.steps == ("done", "refused", "none")
    assert contested.subtitle == "Deux valeurs différentes, à vous de choisir"
    assert contested.sub_colour == "danger"
    (arrived,) = rows(page.arrived)
    assert arrived.steps == ("done", "done", "none")
    assert "dernier échange" in page.subtitle[0][0]


def test_what_was_done_offline_waits_here(desk: Desk) -> None:
    desk.courier.off = True
    page = sync_of(desk, None)
    assert rows(page.waiting) == []
    command = EditAccount(account_id=ROSE.id, legal_name="La Rose SAS")
    desk.session.act(lambda: edit_account(command, desk.session.work))
    desk.settle()
    (row,) = rows(page.waiting)
    assert row.title == "Fiche de Au nom de la Rose corrigée"
    assert row.steps == ("done", "now", "none")
    assert page.model.subtitle().startswith("Hors ligne")


def test_a_refusal_is_read_opened_and_put_away(desk: Desk) -> None:
    page = sync_of(desk)
    card = page.cards[0]
    buttons = {button.text(): button for button in card.findChildren(Button)}
    assert "est bloqué" in page.model.problems()[0].words
    press(buttons["C’est vu, ranger"])
    desk.settle()
    assert desk.courier.asked == [("dismiss", "refused")]
    page = sync_of(desk)
    buttons = {button.text(): button for button in page.cards[0].findChildren(Button)}
    press(buttons["Ouvrir Au nom de la Rose"])
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.place.where["account_id"] == ROSE.id


def test_a_conflict_is_decided_field_by_field(desk: Desk) -> None:
    page = sync_of(desk)
    card = page.cards[1]
    values = card.findChildren(ValueButton)
    assert [value.text() for value in values] == ["02 37 21 44 18", "02 37 21 44 80", "Mme Roy", "M. P. Roy"]
    assert [value.isChecked() for value in values] == [False, True, False, True]
    press(values[2])
    assert [value.isChecked() for value in values] == [False, True, True, False]
    press(next(button for button in card.findChildren(Button) if button.text() == "Garder ce choix"))
    desk.settle()
    assert desk.courier.asked == [("conflict", {"contact/c9/phone": "theirs", "contact/c9/name": "mine"})]


def test_a_choice_half_made_survives_what_arrives_meanwhile(desk: Desk) -> None:
    page = sync_of(desk)
    press(page.cards[1].findChildren(ValueButton)[0])
    desk.courier.tell()
    desk.settle()
    assert page.cards[1].choices()["contact/c9/phone"] == "mine"


def test_only_one_button_of_the_page_is_filled(desk: Desk) -> None:
    page = sync_of(desk)
    filled = [button.text() for button in page.findChildren(Button) if button.isVisible() and button.kind == "fill"]
    assert filled == ["Ouvrir Au nom de la Rose"]


def test_a_reason_without_words_is_said_as_it_came(desk: Desk) -> None:
    odd = QUEUE.problems[0]
    problem = type(odd)(
        id="odd", change=9, action="a_newer_action", facts={"account": "X"}, at=odd.at, code="SLOT_TAKEN", parameters={}
    )
    waiting = (change(9, "a_newer_action", account="X"),)
    page = sync_of(desk, SyncPicture(waiting=waiting, arrived=(), problems=(problem,), last_exchange_at=None))
    assert rows(page.waiting)[0].title == "a_newer_action X"
    assert "SLOT_TAKEN" in page.model.problems()[0].words


def test_a_calm_page_says_that_nothing_waits(desk: Desk) -> None:
    page = sync_of(desk, EMPTY_QUEUE)
    assert page.nothing.isVisible()
    assert page.calm.isVisible()
    assert not page.waiting.isVisible()


def test_the_technical_part_is_one_press_away_and_can_be_copied(desk: Desk) -> None:
    page = sync_of(desk)
    press(page.technical)
    (dialog,) = [one for one in page.window().findChildren(Dialog) if one.is_open]
    assert CONFLICT.id in page.model.technical()
    assert dialog.accessibleName() == "Détail technique"


def test_the_steps_are_read_aloud(desk: Desk) -> None:
    page = sync_of(desk)
    spoken = page.waiting.model().index(0, 0).data(ACCESSIBLE_ROLE)
    assert "Commande signée" in spoken


def test_an_exchange_that_fails_says_what_is_kept(desk: Desk) -> None:
    desk.courier.online = False
    page = sync_of(desk)
    press(page.now)
    desk.settle()
    assert desk.window is not None
    (notice,) = desk.window.frame.notices.notices
    assert notice.accessibleName() == "Hors ligne. Tout est gardé ici et partira seul."
