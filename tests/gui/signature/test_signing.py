"""What is signed is the very file that was shown, read to its last line, with e-mail and mobile, and sealed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.identifiers import DocumentId, ProposalId
from app.domain.sales.proposal import ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState
from app.ports.work import Transaction
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.validate_proposal import ReopenProposal, ValidateProposal, reopen_proposal, validate_proposal
from tests.gui.sales.florist import CLAIRE, ROSE, SaleDesk, plain
from tests.gui.windows import press, type_in
from views.sales import pin
from views.sales.pin_dialog import PinDialog
from views.signature.signing_model import Lacks, Shown, Step
from views.signature.signing_page import SigningPage
from views.widgets.stroke_pad import StrokePad


def ordered(sale: SaleDesk) -> tuple[ProposalId, Document]:
    """A validated and ordered proposal, with its form."""
    proposal_id = sale.prepare()
    validate_proposal(ValidateProposal(proposal_id), sale.store.work)
    ports = sale.session.ports
    form = order_proposal(OrderProposal(proposal_id), sale.store.work, ports.paper, ports.company)
    return proposal_id, form


def shown(sale: SaleDesk, document_id: DocumentId, width: int = 1366, height: int = 768) -> SigningPage:
    """Put a form before its signatory."""
    where = {"account_id": ROSE.id, "document_id": document_id}
    window = sale.show_at("signing", where, (width, height))
    window.activateWindow()
    sale.settle()
    page = window.pages.page
    assert isinstance(page, SigningPage)
    return page


def read(page: SigningPage) -> None:
    """Read to the last line."""
    page.form.setFocus()
    QTest.keyClick(page.form, Qt.Key.Key_End)


def write(pad: StrokePad) -> None:
    """Draw a stroke with the mouse."""
    wide, high = pad.width(), pad.height()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(wide // 5, high // 2))
    for step in range(1, 12):
        QTest.mouseMove(pad, QPoint(wide // 5 + step * wide // 24, high // 2 + (step % 3 - 1) * high // 8))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(wide * 3 // 4, high // 2))


def signed(sale: SaleDesk, page: SigningPage) -> Document:
    """Read, write, consent, sign; give the sealed document."""
    read(page)
    write(page.sign_pane.pad)
    press(page.sign_pane.agrees, QPoint(10, page.sign_pane.agrees.height() // 2))
    press(page.sign_pane.sign)
    sale.settle()
    documents = sale.store.readers.account(ROSE.id).documents
    return next(one for one in documents if one.kind is DocumentKind.SIGNED_ORDER_FORM)


def test_nothing_can_be_signed_before_the_last_line_was_in_sight(sale: SaleDesk) -> None:
    _, form = ordered(sale)
    page = shown(sale, form.id)
    assert page.model.step is Step.READ
    assert page.form.page_count > 1
    assert not page.sign_pane.pad.isEnabled()
    assert not page.sign_pane.agrees.isEnabled()
    assert not page.sign_pane.sign.isEnabled()
    assert page.sign_pane.waiting.text() == "possible dès que la dernière ligne est lue"
    # A first page down is not the end.
    page.form.setFocus()
    QTest.keyClick(page.form, Qt.Key.Key_Space)
    assert not page.read_bar.isVisibleTo(page)
    page.model.sign()
    sale.settle()
    assert all(one.kind is DocumentKind.ORDER_FORM for one in sale.store.readers.account(ROSE.id).documents)
    read(page)
    assert page.sign_pane.pad.isEnabled()
    assert page.read_bar.isVisibleTo(page)


def test_the_button_waits_for_stroke_and_consent_in_words(sale: SaleDesk) -> None:
    _, form = ordered(sale)
    page = shown(sale, form.id)
    read(page)
    assert page.sign_pane.waiting.text() == "possible dès que vous avez signé dans le cadre"
    write(page.sign_pane.pad)
    assert page.sign_pane.waiting.text() == "possible dès que la case est cochée"
    press(page.sign_pane.agrees, QPoint(10, page.sign_pane.agrees.height() // 2))
    assert page.model.lacks is None
    assert page.sign_pane.sign.isEnabled()
    press(page.sign_pane.pad.clear_button)
    assert page.model.lacks is Lacks.STROKE
    assert not page.sign_pane.sign.isEnabled()


def test_what_is_signed_is_the_exact_file_that_was_shown(sale: SaleDesk) -> None:
    proposal_id, form = ordered(sale)
    page = shown(sale, form.id)
    assert page.model.shown is not None
    bytes_shown = page.model.shown.content
    assert hashlib.sha256(bytes_shown).hexdigest() == form.sha256
    document = signed(sale, page)
    sealed = sale.store.readers.content(document.sha256)
    assert sealed.startswith(bytes_shown)
    assert document.shown_sha256 == form.sha256
    assert (document.state, document.signatory, document.email, document.mobile) == (
        DocumentState.SIGNED_TO_CONFIRM,
        CLAIRE.name,
        CLAIRE.email,
        CLAIRE.mobile,
    )
    assert sale.kept(proposal_id).status is ProposalStatus.SIGNED_TO_CONFIRM


def test_the_sealed_copy_is_shown_with_its_seal_checked(sale: SaleDesk) -> None:
    _, form = ordered(sale)
    page = shown(sale, form.id)
    document = signed(sale, page)
    assert page.model.step is Step.CODE
    assert page.model.shown is not None
    assert page.model.shown.document == document
    assert page.sealed_pane.isVisibleTo(page)
    assert page.sealed_pane.chip.chip.text == "signé, à confirmer"
    assert page.sealed_pane.told.title.text() == "Le sceau tient."
    assert document.number in page.sealed_pane.facts.text()


def test_a_copy_that_was_changed_is_told_not_to_be_handed_out(sale: SaleDesk) -> None:
    _, form = ordered(sale)
    page = shown(sale, form.id)
    document = signed(sale, page)
    content = bytearray(sale.store.readers.content(document.sha256))
    content[len(content) // 2] ^= 1
    page.model._take(replace_content(page, bytes(content)))
    sale.settle()
    assert plain(page.sealed_pane.told.title.text()).startswith("Sceau non vérifié :")
    assert "Ne la remettez à personne" in page.sealed_pane.told.words.text()


def replace_content(page: SigningPage, content: bytes) -> Shown:
    """What the page shows, with other bytes."""
    assert page.model.shown is not None
    known = page.model.shown
    return Shown(known.document, content, known.account, known.proposal)


def test_without_a_network_it_says_that_this_is_no_trouble(sale: SaleDesk) -> None:
    _, form = ordered(sale)
    page = shown(sale, form.id)
    assert page.sign_pane.told.title.text() == "Vous signez maintenant, vous confirmez ensuite."
    sale.courier.switch(on=False)
    sale.settle()
    assert page.sign_pane.told.title.text() == "Pas de réseau ici, et ce n’est pas gênant."
    said = page.sign_pane.told.words.text()
    assert "06 •• •• •• 42" in said
    assert "98 90" not in said
    assert said.endswith("Votre commande ne part qu’après ce code.")


def test_email_and_mobile_are_asked_for_and_the_form_is_rendered_anew(sale: SaleDesk) -> None:
    _, form = ordered(sale)
    with sale.store.work.begin("edit_contact") as tx:
        without_email(tx)
    page = shown(sale, form.id)
    assert page.contact_pane.isVisibleTo(page)
    assert not page.sign_pane.isVisibleTo(page)
    read(page)
    assert page.model.lacks is Lacks.CONTACT
    fields = page.contact_pane.fields
    assert fields is not None
    assert not page.contact_pane.keep.isEnabled()
    type_in(fields.email, "claire@fleurs.example")
    sale.clock.at += timedelta(minutes=1)
    press(page.contact_pane.keep)
    sale.settle()
    assert page.model.shown is not None
    # The new form bears the new address, so that it has to be read again.
    assert page.model.shown.sha256 != form.sha256
    assert page.model.step is Step.READ
    assert page.sign_pane.isVisibleTo(page)
    document = signed(sale, page)
    assert document.email == "claire@fleurs.example"
    assert document.shown_sha256 != form.sha256


def without_email(tx: Transaction) -> None:
    """Take the signatory's e-mail away."""
    tx.accounts.save(replace(ROSE, contacts=(replace(CLAIRE, email=""),)))
    tx.commit()


def test_a_stroke_survives_another_size_of_the_window(sale: SaleDesk) -> None:
    _, form = ordered(sale)
    page = shown(sale, form.id)
    read(page)
    write(page.sign_pane.pad)
    before = (page.sign_pane.pad.strokes(), page.sign_pane.pad.aspect)
    assert sale.window is not None
    sale.window.resize(800, 1280)
    sale.settle()
    sale.window.resize(1366, 768)
    sale.settle()
    assert (page.sign_pane.pad.strokes(), page.sign_pane.pad.aspect) == before
    assert page.model.stroke is not None
    assert not page.model.stroke.is_empty
    assert page.model.was_read


def test_a_form_that_is_no_longer_the_proposals_is_refused(sale: SaleDesk) -> None:
    proposal_id, form = ordered(sale)
    page = shown(sale, form.id)
    read(page)
    write(page.sign_pane.pad)
    press(page.sign_pane.agrees, QPoint(10, page.sign_pane.agrees.height() // 2))
    reopen_proposal(ReopenProposal(proposal_id), sale.store.work)
    press(page.sign_pane.sign)
    sale.settle()
    assert sale.kept(proposal_id).status is ProposalStatus.DRAFT
    assert all(one.kind is DocumentKind.ORDER_FORM for one in sale.store.readers.account(ROSE.id).documents)
    assert page.sign_pane.sign.isEnabled()


def test_closing_after_the_signature_asks_for_the_pin(sale: SaleDesk) -> None:
    pin.choose(sale.session.memory, "4711")
    _, form = ordered(sale)
    page = shown(sale, form.id)
    signed(sale, page)
    assert sale.window is not None
    press(page.sealed_pane.close_button)
    assert sale.window.is_full
    dialog = page.findChildren(PinDialog)[-1]
    for figure in "4711":
        press(dialog.keys[figure])
    press(dialog.go_on)
    sale.settle()
    assert not sale.window.is_full


def test_ordering_from_the_proposal_opens_the_signature_and_the_copy_is_found_again(sale: SaleDesk) -> None:
    pin.choose(sale.session.memory, "4711")
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    press(page.panel.step)
    sale.settle()
    assert page.panel.step.text() == "Commander"
    press(page.panel.step)
    sale.settle()
    assert sale.window is not None
    signing = sale.window.pages.page
    assert isinstance(signing, SigningPage)
    document = signed(sale, signing)
    sale.window.pages.back()
    sale.settle()
    assert sale.window.pages.page is page
    assert page.panel.step.text() == "Voir le bon signé"
    assert page.panel.status.chip.text == "signée, à confirmer"
    press(page.panel.step)
    sale.settle()
    assert signing.model.shown is not None
    assert signing.model.shown.document == document
    # Opened by the rep, no customer is there to keep the work from.
    press(signing.sealed_pane.close_button)
    assert not sale.window.is_full
