"""One account: the preparation grid, its tabs, its forms, and what can be done from there."""

from __future__ import annotations

import io
from hashlib import sha256

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from app.domain.accounts.account import AccountStatus
from app.domain.identifiers import DocumentId
from app.domain.sales.losses import LossReason
from app.domain.sales.proposal import ProposalKind
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from tests.gui.fakes import NOW
from tests.gui.one_rep import BAT, CLAIRE, HALLOUIN, ITEMS, ROSE
from tests.gui.windows import Desk, press, type_in
from views.accounts.account_page import AccountPage
from views.accounts.document_dialog import DocumentDialog
from views.accounts.edit_dialogs import AccountDialog, ContactDialog, FormDialog, TaskDialog
from views.accounts.person_row import PersonRow
from views.sales.loss_dialog import LossDialog
from views.widgets.check_row import CheckRow
from views.widgets.notice import Notice
from views.widgets.rows import ROW_ROLE, Row


def account_of(desk: Desk, account_id: str = ROSE.id, **where: str) -> AccountPage:
    """The page in the window."""
    page = desk.show_at("account", {"account_id": account_id} | where).pages.page
    assert isinstance(page, AccountPage)
    return page


def dialog_of(page: AccountPage, kind: type[FormDialog]) -> FormDialog:
    """The form that is open over the page."""
    return next(dialog for dialog in page.window().findChildren(kind) if dialog.is_open)


def titles(page: AccountPage, tab: str) -> list[str]:
    """The rows of a tab that is a list."""
    model = getattr(page, tab).list.model()
    rows = [model.index(place, 0).data(ROW_ROLE) for place in range(model.rowCount())]
    return [row.title or row.leg for row in rows if isinstance(row, Row)]


def test_the_grid_shows_who_what_runs_what_misses_and_what_is_left(desk: Desk) -> None:
    page = account_of(desk)
    people = [row.accessibleName() for row in page.preparation.findChildren(PersonRow)]
    assert people == ["Modifier Claire Delmas, gérante et signataire", "Modifier Yann Le Goff, boutique"]
    (notice,) = page.preparation.findChildren(Notice)
    assert "Horaires d’ouverture" in notice.accessibleName()
    checks = page.preparation.findChildren(CheckRow)
    assert [row.text() for row in checks] == [item.subject for item in ITEMS]
    plan = page.model.plan(3)
    assert plan.editions == (2025, 2026)
    assert [row.name for row in plan.rows] == ["Bloc annonce 1/8", "Ligne en gras", "Site vitrine"]
    assert page.next.text() == "Préparer la reconduction"


def test_a_point_is_ticked_and_stays_ticked(desk: Desk) -> None:
    page = account_of(desk)
    row = next(row for row in page.preparation.findChildren(CheckRow) if row.text() == ITEMS[1].subject)
    press(row.circle)
    desk.settle()
    done = {item.subject: item.is_done for item in desk.readers.account(ROSE.id).preparation}
    assert done == {ITEMS[0].subject: True, ITEMS[1].subject: True, ITEMS[2].subject: False}


def test_a_renewal_is_prepared_in_one_press_and_then_the_visit_can_begin(desk: Desk) -> None:
    page = account_of(desk)
    press(page.next)
    desk.settle()
    (proposal,) = desk.readers.account(ROSE.id).proposals
    assert (proposal.kind, proposal.edition) == (ProposalKind.DEFAULT, 2027)
    assert desk.window is not None
    if desk.window.pages.page is not page:
        desk.window.pages.back()
        desk.settle()
    assert page.next.text() in ("Commencer la visite", "Ouvrir la proposition")
    assert [span.kind for span in page.model.plan(3).rows[0].spans] == ["past", "now", "planned"]


def test_what_misses_is_typed_in_and_the_notice_goes(desk: Desk) -> None:
    page = account_of(desk)
    (notice,) = page.preparation.findChildren(Notice)
    assert notice.action_button is not None
    press(notice.action_button)
    dialog = dialog_of(page, AccountDialog)
    type_in(dialog.editor("opening_hours"), "9h-19h")
    press(dialog.keep)
    desk.settle()
    assert desk.readers.account(ROSE.id).account.details.opening_hours == "9h-19h"
    assert [one for one in page.preparation.findChildren(Notice) if one.isVisible()] == []


def test_a_form_half_filled_in_comes_back_after_the_window_was_closed(desk: Desk) -> None:
    page = account_of(desk)
    page._edit_contact(CLAIRE.id)
    first = dialog_of(page, ContactDialog)
    first.editor("phone").setFocus()
    type_in(first.editor("phone"), "02 37 99")
    assert desk.window is not None
    desk.window.close()
    again = account_of(desk)
    again._edit_contact(CLAIRE.id)
    dialog = dialog_of(again, ContactDialog)
    assert dialog.text("phone") == "02 37 99"
    assert dialog.text("name") == "Claire Delmas"
    press(dialog.keep)
    desk.settle()
    claire = next(one for one in desk.readers.account(ROSE.id).account.contacts if one.id == CLAIRE.id)
    assert claire.phone == "02 37 99"
    again._edit_contact(CLAIRE.id)
    draft = dialog_of(again, ContactDialog).draft
    assert draft is not None
    assert not draft.is_recalled


def test_a_wrong_number_is_refused_beside_its_field_and_nothing_is_lost(desk: Desk) -> None:
    page = account_of(desk)
    page._edit_account()
    dialog = dialog_of(page, AccountDialog)
    dialog.editor("siret").setText("123")
    press(dialog.keep)
    desk.settle()
    assert dialog.is_open
    assert dialog.fields["siret"].message() == "La clé du SIRET ne tombe pas juste."
    assert dialog.keep.isEnabled()
    assert desk.readers.account(ROSE.id).account.siret == ROSE.siret


def test_a_day_that_is_none_is_refused_in_words(desk: Desk) -> None:
    page = account_of(desk)
    page._plan_task()
    dialog = dialog_of(page, TaskDialog)
    dialog.editor("subject").setText("Rappeler")
    dialog.editor("due_on").setText("31/02/2027")
    QTest.keyClick(dialog.editor("due_on"), Qt.Key.Key_Return)
    desk.settle()
    assert "n’est pas une date" in dialog.fields["due_on"].message()
    dialog.editor("due_on").setText("01/03/2027")
    QTest.keyClick(dialog.editor("due_on"), Qt.Key.Key_Return)
    desk.settle()
    assert "Rappeler" in [one.subject for one in desk.readers.account(ROSE.id).timeline]


def test_a_new_contact_becomes_the_one_who_signs(desk: Desk) -> None:
    page = account_of(desk, BAT.id)
    page._edit_contact("")
    dialog = dialog_of(page, ContactDialog)
    assert isinstance(dialog, ContactDialog)
    assert isinstance(dialog.signs, QCheckBox)
    assert dialog.signs.isChecked()
    type_in(dialog.editor("name"), "Paul Roy")
    press(dialog.keep)
    desk.settle()
    signatory = desk.readers.account(BAT.id).account.signatory
    assert signatory is not None
    assert signatory.name == "Paul Roy"


def test_each_tab_shows_what_is_kept_and_is_remembered(desk: Desk) -> None:
    page = account_of(desk)
    assert titles(page, "orders")[:2] == ["Commande 2026-000002", "001  Imprimé"]
    assert titles(page, "timeline")[0] == "Novembre 2026"
    assert any("Appel, 6" in title for title in titles(page, "timeline"))
    page._show_tab("orders")
    assert desk.window is not None
    assert desk.window.pages.place.where["tab"] == "orders"
    assert page.orders.isVisible()


def test_an_empty_tab_says_so(desk: Desk) -> None:
    page = account_of(desk, HALLOUIN.id, tab="proposals")
    assert page.proposals.none.isVisible()
    assert not page.proposals.list.isVisible()


def test_the_whole_account_is_lost_and_the_loss_is_taken_back(desk: Desk) -> None:
    page = account_of(desk)
    page._lose()
    dialog = next(one for one in page.window().findChildren(LossDialog) if one.is_open)
    assert not dialog.confirm.isEnabled()
    press(dialog.reasons.row(LossReason.BUDGET))
    assert dialog.sure is not None
    dialog.sure.setChecked(True)
    press(dialog.confirm)
    desk.settle()
    assert desk.readers.account(ROSE.id).account.status is AccountStatus.LOST
    assert page.next.text() == "Révoquer la chute"
    press(page.next)
    desk.settle()
    assert desk.readers.account(ROSE.id).account.status is AccountStatus.ACTIVE


def test_upright_what_is_to_be_done_comes_first(desk: Desk) -> None:
    window = desk.show("account", width=800, height=1280, account_id=ROSE.id)
    page = window.pages.page
    assert isinstance(page, AccountPage)
    who, runs, left = page.preparation._columns
    assert left.y() < who.y() < runs.y()
    window.resize(1366, 768)
    desk.settle()
    assert who.y() == runs.y() == left.y()
    assert who.x() < runs.x() < left.x()


def test_a_kept_document_opens_as_it_is(desk: Desk) -> None:
    content = one_page()
    document = Document(
        id=DocumentId(f"{1:032x}"),
        account_id=ROSE.id,
        proposal_id=prepare_proposal(PrepareProposal(ROSE.id, 2027), desk.store.work),
        kind=DocumentKind.ORDER_FORM,
        state=DocumentState.SHOWN,
        number="2027-000001",
        sha256=sha256(content).hexdigest(),
        size=len(content),
        made_at=NOW,
    )
    with desk.store.work.begin("order_proposal") as tx:
        tx.documents.add(document, content)
        tx.commit()
    page = account_of(desk, tab="documents")
    assert titles(page, "documents") == ["Bon de commande 2027-000001"]
    page._open_document(document.id)
    desk.settle()
    (dialog,) = [one for one in page.window().findChildren(DocumentDialog) if one.is_open]
    assert dialog.words.text() == "Présenté au client, pas encore signé."
    assert dialog.view.page_count == 1


def one_page() -> bytes:
    """A PDF of one empty page."""
    made = pypdfium2.PdfDocument.new()
    made.new_page(200, 200)
    target = io.BytesIO()
    made.save(target)
    made.close()
    return target.getvalue()
