"""A form that was signed offline while its place was sold: one tap takes another, or none, to be signed again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.domain.identifiers import ProposalId
from app.domain.sales.proposal import ProposalStatus
from app.domain.sales.reservation import ReservationState
from app.domain.signature.ceremony import Document
from app.ports.readers import FieldEdit, Problem, SyncPicture
from app.store.guard import Writer, writing
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from tests.gui.fakes import NOW
from tests.gui.sales.florist import ROSE, SaleDesk, plain
from tests.gui.sales.test_places import HERE, LOIRET, chips, display, with_display
from tests.gui.windows import press
from tests.unit.usecases.signature.test_signing import STROKE
from views.accounts.account_page import AccountPage
from views.sales.proposal_page import ProposalPage
from views.signature.signing_page import SigningPage
from views.sync.problem_cards import Card
from views.widgets.labels import Paragraph
from views.widgets.rows import ROW_ROLE

__all__ = ["with_display"]


@pytest.fixture
def refused(sale: SaleDesk, with_display: ProposalId) -> Document:
    """What the customer signed; the centre refused it, as the place was sold to another meanwhile."""
    line, session = display(sale, with_display), sale.session
    held = ask_for_slot(AskForSlot(with_display, line.id, HERE.id), session.work)
    _centre_says(sale, "UPDATE reservation SET state = 'granted'")
    validate_proposal(ValidateProposal(with_display), session.work)
    form = order_proposal(OrderProposal(with_display), session.work, session.paper, session.company)
    signed = sign_order_form(SignOrderForm(form.id, form.sha256, STROKE, "Chartres"), session.work, session.sealer)
    _centre_says(
        sale,
        f"UPDATE reservation SET state = '{ReservationState.EXPIRED}' WHERE id = '{held.id}'",
        f"UPDATE slot SET state = 'held' WHERE id = '{HERE.id}'",
        f"UPDATE proposal SET status = '{ProposalStatus.VALIDATED}'",
        "UPDATE changeset SET state = CASE WHEN final THEN 'rejected' ELSE 'applied' END",
    )
    told = {
        "number": form.number,
        "signatory": signed.signatory,
        "product": line.label,
        "place": HERE.words(line.label),
        "slot_id": HERE.id,
        "line_id": line.id,
        "is_added": "yes",
        "alternatives": LOIRET.words(line.label),
        "alternative_ids": LOIRET.id,
    }
    problem = Problem(
        id="refused",
        change=7,
        action="sign_order_form",
        facts={"account": ROSE.trade_name, "proposal": "Reconduction", "number": form.number},
        at=NOW,
        code="SIGNED_PLACE_LOST",
        parameters=told,
        edits=(FieldEdit(table="document", row="d", column="account_id", before=None, mine=ROSE.id),),
    )
    sale.readers.queue = SyncPicture(waiting=(), arrived=(), problems=(problem,), last_exchange_at=NOW)
    return signed


def _centre_says(sale: SaleDesk, *statements: str) -> None:
    with sale.store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        for statement in statements:
            connection.execute(text(statement))


def test_a_card_that_says_more_than_the_one_before_it_has_the_room_for_it(sale: SaleDesk, refused: Document) -> None:
    long = sale.readers.queue
    assert long is not None
    (problem,) = long.problems
    short = replace(problem, code="SLOT_TAKEN")
    sale.readers.queue = replace(long, problems=(short,))
    window = sale.show("today")
    for queue in (sale.readers.queue, long):
        sale.readers.queue = queue
        sale.session.touched.emit(frozenset({"problem"}))
        sale.settle()
        (card,) = [card for card in window.findChildren(Card) if card.isVisible()]
        assert card.height() >= card.heightForWidth(card.width())


@pytest.mark.parametrize("where", ["sync", "today"])
def test_one_tap_takes_another_place_and_leads_to_the_next_version(
    sale: SaleDesk, with_display: ProposalId, refused: Document, where: str
) -> None:
    window = sale.show(where)
    (card,) = window.pages.page.findChildren(Card)
    said = f"Le bon {refused.number}, signé par {refused.signatory}, n’a pas pu être retenu."
    assert any(plain(words.text()).startswith(said) for words in card.findChildren(Paragraph))
    assert [button.text() for button in card.places] == ["Prendre Fleuriste · Loiret · 2027"]
    press(card.places[0])
    sale.settle()
    page = window.pages.page
    assert isinstance(page, ProposalPage)
    proposal = sale.kept(with_display)
    assert (proposal.status, proposal.version) == (ProposalStatus.VALIDATED, 2)
    assert chips(page) == ["Emplacement demandé"]
    assert page.panel.not_taken.isVisibleTo(page), "what was signed in vain is said until another form is signed"
    assert refused.number in page.panel.not_taken.text()
    assert ("dismiss", "refused") in sale.courier.asked
    _centre_says(sale, "UPDATE reservation SET state = 'granted'")
    sale.session.tell_touched(frozenset({"reservation"}))
    sale.settle()
    press(page.panel.step)
    sale.settle()
    signing = window.pages.page
    assert isinstance(signing, SigningPage)
    assert signing.model.shown is not None
    assert signing.model.shown.document.number == f"{refused.number[:-1]}2"


def test_one_tap_takes_the_line_out_and_lays_the_new_form_before_the_customer(
    sale: SaleDesk, with_display: ProposalId, refused: Document
) -> None:
    window = sale.show("sync")
    (card,) = window.pages.page.findChildren(Card)
    press(card.removal)
    sale.settle()
    signing = window.pages.page
    assert isinstance(signing, SigningPage)
    assert signing.model.shown is not None
    assert signing.model.shown.document.number == f"{refused.number[:-1]}2"
    assert not [line for line in sale.kept(with_display).lines if line.is_display]


def test_what_was_signed_in_vain_is_kept_among_the_documents_and_says_so(sale: SaleDesk, refused: Document) -> None:
    page = sale.show("account", account_id=ROSE.id, tab="documents").pages.page
    assert isinstance(page, AccountPage)
    sale.settle()
    model = page.documents.list.model()
    rows = [model.index(at, 0).data(ROW_ROLE) for at in range(model.rowCount())]
    assert [chip.text for row in rows if row.key == refused.id for chip in row.chips] == ["signé, non retenu"]
