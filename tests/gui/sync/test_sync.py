"""The sync page: each change in words with its three steps, refusals to read, conflicts field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QPoint

from app.ports.courier import Progress, StoppedDeletions
from app.ports.readers import Dependant, FieldEdit, Problem, SyncPicture
from app.ports.trouble import Trouble
from app.usecases.accounts.edit_account import EditAccount, edit_account
from tests.gui.fakes import CONFLICT, EMPTY_QUEUE, QUEUE, REFUSED, change
from tests.gui.one_rep import ROSE
from tests.gui.windows import Desk, press
from tests.store.samples import NOW
from views.shell.sync_chip import SyncState
from views.sync.problem_cards import ValueButton
from views.sync.sync_model import MOST_WAITING
from views.sync.sync_page import SyncPage
from views.widgets.buttons import Button
from views.widgets.labels import ElidedLabel, Paragraph
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
    assert page.model.subtitle().startswith("Mis hors ligne")


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


def test_without_the_network_on_purpose_the_button_gives_it_back(desk: Desk) -> None:
    desk.courier.off = True
    page = sync_of(desk)
    assert page.now.text() == "Reprendre le réseau"
    press(page.now)
    desk.settle()
    assert desk.courier.asked == [("switch", True)]
    assert page.now.text() == "Échanger maintenant"


def test_values_too_long_for_two_columns_have_the_whole_width_each(desk: Desk) -> None:
    long = replace(CONFLICT.choices[0], column="email", mine="", theirs="direction.generale@bat-etanche.example")
    page = sync_of(desk, replace(QUEUE, problems=(replace(CONFLICT, choices=(long, CONFLICT.choices[1])),)))
    values = page.cards[0].findChildren(ValueButton)
    assert [value.is_cut for value in values] == [False] * 4
    assert [value.text() for value in values][:2] == ["vide", "direction.generale@bat-etanche.example"]
    press(values[0])
    assert page.cards[0].choices()["contact/c9/email"] == "mine"


def test_upright_what_needs_the_rep_stands_over_the_lists(desk: Desk) -> None:
    page = sync_of(desk)
    page.window().resize(800, 1280)
    desk.settle()
    assert page.cards[0].mapTo(page, QPoint()).y() < page.waiting.mapTo(page, QPoint()).y()


def test_a_conflict_says_who_and_when_and_can_be_decided_whole(desk: Desk) -> None:
    choices = tuple(replace(choice, by="Paul Martin", theirs_at=NOW) for choice in CONFLICT.choices)
    contested = replace(CONFLICT, choices=choices, done_at=NOW - timedelta(days=1))
    page = sync_of(desk, replace(QUEUE, problems=(contested,)))
    (card,) = page.cards
    heads = [label.text() for label in card.findChildren(ElidedLabel)]
    assert any(head.startswith("Paul Martin · ") for head in heads)
    assert any(head.startswith("Vous · ") for head in heads)
    buttons = {button.text(): button for button in card.findChildren(Button)}
    press(buttons["Toutes les miennes"])
    assert set(card.choices().values()) == {"mine"}
    press(buttons["Toutes celles du centre"])
    assert set(card.choices().values()) == {"theirs"}


def test_a_refusal_says_what_can_be_done_and_what_was_built_on_it(desk: Desk) -> None:
    later = tuple(
        Dependant(number=number, action="rename_proposal", facts={"account": "Sorel", "proposal": f"P{number}"})
        for number in range(5)
    )
    refused = replace(REFUSED, code="PROPOSAL_FROZEN", parameters={"proposal": "Avec display"}, dependants=later)
    page = sync_of(desk, replace(QUEUE, problems=(refused,)))
    said = " ".join(words.text() for words in page.cards[0].findChildren(Paragraph))
    assert "est figée" in said
    assert "Revenez en brouillon" in said
    assert "En dépend\u00a0: Proposition renommée «\u00a0P0\u00a0», Sorel" in said
    assert "et 2 autres" in said


def test_a_refusal_shows_what_was_entered(desk: Desk) -> None:
    def edit(table: str, column: str, before: str | int | None, mine: str | int | None) -> FieldEdit:
        return FieldEdit(table=table, row="r", column=column, before=before, mine=mine)

    edits = (
        edit("proposal_line", "discount", 0, 800),
        edit("proposal_line", "unit_price", 120_000, 99_900),
        edit("instalment", "due_on", "2027-01-05", "2027-02-05"),
        edit("contact", "is_signatory", 0, 1),
        edit("contact", "phone", "02 37 21 00 10", ""),
        edit("activity", "detail", None, "Rappeler mardi"),
        edit("activity", "account_id", None, "a" * 32),
        edit("proposal", "status", "draft", "from_a_newer_app"),
    )
    page = sync_of(desk, replace(QUEUE, problems=(replace(REFUSED, edits=edits),)))
    shown = [(row.name, row.before, row.mine) for row in page.model.problems()[0].edits]
    assert [tuple(text.replace("\u00a0", " ") for text in row) for row in shown] == [
        ("Remise", "0 %", "8 %"),
        ("Prix", "1 200,00 €", "999,00 €"),
        ("Échéance", "05/01/2027", "05/02/2027"),
        ("Signataire", "non", "oui"),
        ("Téléphone", "02 37 21 00 10", "vide"),
        ("Notes", "", "Rappeler mardi"),
        ("État", "brouillon", "from_a_newer_app"),
    ]
    said = [words.text() for words in page.cards[0].findChildren(Paragraph)]
    assert "02 37 21 00 10 → vide" in said


def test_of_a_thousand_changes_on_their_way_the_first_are_shown_until_one_asks_for_all(desk: Desk) -> None:
    many = tuple(change(number, "edit_contact", account="Sorel", contact="Mme Roy") for number in range(100))
    page = sync_of(desk, replace(EMPTY_QUEUE, waiting=many))
    assert len(rows(page.waiting)) == MOST_WAITING
    press(page.rest)
    assert len(rows(page.waiting)) == 100
    assert not page.rest.isVisible()


def test_what_says_the_same_again_keeps_its_widgets(desk: Desk) -> None:
    page = sync_of(desk)
    cards = list(page.cards)
    desk.courier.tell()
    desk.settle()
    assert page.cards == cards


def test_a_notice_bears_no_action(desk: Desk) -> None:
    left = Problem(
        id="left",
        change=0,
        action="",
        facts={},
        at=NOW,
        code="ACCOUNTS_LEFT",
        parameters={"count": "2", "accounts": "Sorel, Rose"},
    )
    page = sync_of(desk, replace(QUEUE, problems=(left,)))
    said = " ".join(words.text() for words in page.cards[0].findChildren(Paragraph))
    assert "Sorel, Rose" in said
    assert "Votre action" not in said
    assert page.model.problems()[0].title == "À savoir"


def test_a_first_reading_shows_how_far_it_is_and_can_rest(desk: Desk) -> None:
    desk.courier.first_pull = Progress(rows=21_000, rows_total=50_000, bytes=1_300_000, scope="rep:1")
    page = sync_of(desk, EMPTY_QUEUE)
    assert page.first_pull.isVisibleTo(page)
    assert "21\u00a0000 fiches sur 50\u00a0000" in page.first_pull.accessibleName()
    assert page.first_pull.progress.bar.value() == 21_000
    assert desk.window is not None
    assert desk.window.frame.header.chip.text() == "Première lecture · 42\u00a0%"
    press(page.first_pull.button)
    desk.settle()
    assert desk.courier.asked == [("pause first pull", True)]
    assert page.first_pull.button.text() == "Reprendre"
    assert desk.window.frame.header.chip.text() == "Lecture en pause · 42\u00a0%"
    press(page.first_pull.button)
    desk.settle()
    assert desk.courier.asked[-1] == ("pause first pull", False)
    desk.courier.first_pull = None
    desk.courier.tell()
    desk.settle()
    assert not page.first_pull.isVisibleTo(page)


def test_many_deletions_wait_for_a_yes(desk: Desk) -> None:
    desk.courier.stopped_deletions = (StoppedDeletions(scope="rep:1", count=400, total=1_000),)
    desk.courier.trouble = Trouble("DELETIONS_STOPPED", {"count": 400, "total": 1_000, "scope": "rep"})
    page = sync_of(desk, EMPTY_QUEUE)
    (card,) = page.questions
    assert page.cautions == [], "the question says it already"
    assert "400 fiches sur 1000, dans votre portefeuille" in card.accessibleName().replace("\u202f", "").replace(
        "\u00a0", ""
    )
    assert desk.window is not None
    assert desk.window.frame.header.chip.state is SyncState.NEEDS_YOU
    press(card.keep)
    desk.settle()
    assert desk.courier.asked == [("keep rows", "rep:1")]
    assert page.questions == []
    desk.courier.stopped_deletions = (StoppedDeletions(scope="catalogue", count=40, total=100),)
    desk.courier.tell()
    desk.settle()
    press(page.questions[0].delete)
    desk.settle()
    assert desk.courier.asked[-1] == ("allow deletions", "catalogue")


def test_what_is_wrong_with_the_device_is_said_once_over_the_page_and_stays_on_this_one(desk: Desk) -> None:
    desk.readers.queue = EMPTY_QUEUE
    window = desk.show("catalogue")
    desk.courier.clock_skew = -7_300.0
    desk.courier.must_update = True
    desk.courier.trouble = Trouble("CENTRE_REFUSES", technical="TOKEN_UNKNOWN")
    desk.courier.tell()
    desk.settle()
    notices = window.frame.notices
    assert len(notices.notices) == 3
    notices.clear()
    desk.courier.clock_skew = -7_900.0
    desk.courier.tell()
    desk.settle()
    assert not notices.notices
    window.pages.go("sync")
    desk.settle()
    page = window.pages.page
    assert isinstance(page, SyncPage)
    assert len(page.cautions) == 3
    assert any("retarde de 2 heures" in notice.accessibleName() for notice in page.cautions)
    desk.courier.clock_skew, desk.courier.must_update, desk.courier.trouble = 20.0, False, None
    desk.courier.tell()
    desk.settle()
    assert page.cautions == []
