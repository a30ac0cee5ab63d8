"""What a rep does once the place under a validated, ordered or signed proposal is lost, on a real encrypted store."""

from __future__ import annotations

import hashlib

import pytest

from app.domain.identifiers import LineId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.proposal import Proposal, ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind
from app.store.guard import Writer, writing
from app.store.history import SqlHistory
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.sell_anew import GoWithoutPlace, TakeOtherPlace, go_without_place, take_other_place
from app.usecases.sales.validate_proposal import ReopenProposal, ValidateProposal, reopen_proposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from tests.unit.usecases.conftest import COMPANY, PlainPaper, Shop
from tests.unit.usecases.sales.test_slots import COVER, LOIRET, granted, kept, proposal_id, with_display
from tests.unit.usecases.signature.test_signing import STROKE, AppendingSealer

__all__ = ["proposal_id"]


def order(shop: Shop, proposal: ProposalId) -> Document:
    return order_proposal(OrderProposal(proposal), shop.work, PlainPaper(), COMPANY)


def sign(shop: Shop, form: Document) -> Document:
    return sign_order_form(SignOrderForm(form.id, form.sha256, STROKE, "Chartres"), shop.work, AppendingSealer())


def told(shop: Shop, *statements: str) -> None:
    """As the centre's answer leaves the store."""
    with shop.work.engine.begin() as connection, writing(connection, Writer.SYNC):
        for statement in statements:
            connection.exec_driver_sql(statement)


def answered(shop: Shop, *, rejected: str) -> None:
    """All is answered; these actions were refused: their rows are taken back, and the documents kept."""
    told(
        shop,
        "UPDATE changeset SET state = 'applied'",
        f"UPDATE changeset SET state = 'rejected' WHERE name IN ({rejected})",
        "UPDATE proposal SET status = 'validated'",
        "UPDATE reservation SET state = 'expired'",
    )


@pytest.fixture
def line(shop: Shop, proposal_id: ProposalId) -> LineId:
    """A display whose place is granted, in a validated proposal."""
    made = with_display(shop, proposal_id)
    granted(shop, ask_for_slot(AskForSlot(proposal_id, made, COVER.id), shop.work))
    validate_proposal(ValidateProposal(proposal_id), shop.work)
    return made


@pytest.fixture
def refused(shop: Shop, proposal_id: ProposalId, line: LineId) -> Document:
    """What the customer signed, and the centre could not take."""
    assert line
    form = sign(shop, order(shop, proposal_id))
    answered(shop, rejected="'order_proposal', 'sign_order_form'")
    return form


def proposal(shop: Shop, proposal_id: ProposalId) -> Proposal:
    with shop.work.begin("read") as tx:
        return tx.proposals.get(proposal_id)


def signed(shop: Shop, proposal_id: ProposalId) -> list[tuple[str, bytes]]:
    """The forms that were signed, with their bytes."""
    with shop.work.begin("read") as tx:
        forms = [one for one in tx.documents.of_proposal(proposal_id) if one.kind is DocumentKind.SIGNED_ORDER_FORM]
        return sorted((form.number, tx.documents.content(form.sha256)) for form in forms)


def waiting(shop: Shop) -> list[str]:
    """The actions on their way to the centre."""
    with shop.work.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name FROM changeset WHERE state = 'pending' ORDER BY n")
        return list(found.scalars())


def test_another_place_makes_a_next_version_whose_form_is_signed_beside_the_first(
    shop: Shop, proposal_id: ProposalId, line: LineId, refused: Document
) -> None:
    before = signed(shop, proposal_id)
    sold = take_other_place(TakeOtherPlace(proposal_id, line, LOIRET.id), shop.work)
    assert (sold.status, sold.version) == (ProposalStatus.VALIDATED, 2)
    assert next(one.area for one in sold.lines if one.id == line) == "Loiret"
    assert kept(shop) == [(line, "pending")]
    assert waiting(shop) == ["keep_signed_form", "take_other_place", "validate_proposal"]
    told(shop, "UPDATE reservation SET state = 'granted'")
    sign(shop, order(shop, proposal_id))
    assert signed(shop, proposal_id)[:1] == before
    assert [number[-2:] for number, _ in signed(shop, proposal_id)] == ["-1", "-2"]
    assert hashlib.sha256(before[0][1]).hexdigest() == refused.sha256


def test_the_proof_goes_up_once_and_no_undo_takes_it_back(
    shop: Shop, proposal_id: ProposalId, line: LineId, refused: Document
) -> None:
    history = SqlHistory(shop.work, shop.work.engine)
    take_other_place(TakeOtherPlace(proposal_id, line, LOIRET.id), shop.work)
    history.undo()
    history.undo()
    assert (proposal(shop, proposal_id).version, history.last_done()) == (1, None)
    go_without_place(GoWithoutPlace(proposal_id, line), shop.work, PlainPaper(), COMPANY)
    assert waiting(shop).count("keep_signed_form") == 1
    with shop.work.engine.connect() as connection:
        sent = "SELECT op, row_id FROM changeset_entry JOIN changeset USING (mid) WHERE name = ? AND table_name = ?"
        assert [tuple(row) for row in connection.exec_driver_sql(sent, ("keep_signed_form", "document"))] == [
            ("create", refused.id)
        ]


def test_what_goes_without_its_place_is_ready_to_be_signed_again(
    shop: Shop, proposal_id: ProposalId, line: LineId, refused: Document
) -> None:
    form = go_without_place(GoWithoutPlace(proposal_id, line), shop.work, PlainPaper(), COMPANY)
    assert form is not None
    assert form.number == f"{refused.number[:-1]}2"
    assert line not in {one.id for one in proposal(shop, proposal_id).lines}
    assert kept(shop) == []
    sign(shop, form)
    assert proposal(shop, proposal_id).status is ProposalStatus.SIGNED_TO_CONFIRM
    with pytest.raises(Refusal, match="PROPOSAL_FROZEN"):
        go_without_place(GoWithoutPlace(proposal_id, line), shop.work, PlainPaper(), COMPANY)


def test_who_goes_another_way_sends_the_proof_with_the_next_signature(
    shop: Shop, proposal_id: ProposalId, line: LineId, refused: Document
) -> None:
    assert line
    reopen_proposal(ReopenProposal(proposal_id), shop.work)
    told(shop, "UPDATE reservation SET state = 'granted'")
    validate_proposal(ValidateProposal(proposal_id), shop.work)
    second = sign(shop, order(shop, proposal_id))
    sent = (
        "SELECT row_id FROM changeset_entry JOIN changeset USING (mid) "
        "WHERE table_name = 'document' AND name = 'sign_order_form' AND state = 'pending'"
    )
    with shop.work.engine.connect() as connection:
        assert set(connection.exec_driver_sql(sent).scalars()) == {refused.id, second.id}


def test_what_runs_is_not_taken_out_and_a_draft_is_left_a_draft(shop: Shop, proposal_id: ProposalId) -> None:
    made = with_display(shop, proposal_id)
    running = next(one.id for one in proposal(shop, proposal_id).lines if one.id != made)
    with pytest.raises(Refusal, match="LINE_RUNS"):
        go_without_place(GoWithoutPlace(proposal_id, running), shop.work, PlainPaper(), COMPANY)
    sold = take_other_place(TakeOtherPlace(proposal_id, made, LOIRET.id), shop.work)
    assert (sold.status, sold.version) == (ProposalStatus.DRAFT, 1)
    assert go_without_place(GoWithoutPlace(proposal_id, made), shop.work, PlainPaper(), COMPANY) is None
    assert proposal(shop, proposal_id).version == 1
    assert kept(shop) == []


def test_what_still_stands_against_it_is_left_for_the_rep(shop: Shop, proposal_id: ProposalId) -> None:
    first, second = with_display(shop, proposal_id), with_display(shop, proposal_id)
    validate_proposal(ValidateProposal(proposal_id), shop.work)
    assert go_without_place(GoWithoutPlace(proposal_id, first), shop.work, PlainPaper(), COMPANY) is None
    assert proposal(shop, proposal_id).status is ProposalStatus.VALIDATED, "the other display has no place either"
    told(shop, "UPDATE rep SET discount_limit = 0", f"UPDATE proposal_line SET discount = 1 WHERE id <> '{second}'")
    assert go_without_place(GoWithoutPlace(proposal_id, second), shop.work, PlainPaper(), COMPANY) is None
    assert proposal(shop, proposal_id).status is ProposalStatus.DRAFT


def test_a_form_whose_order_was_refused_is_ordered_again_as_it_is_and_as_the_next_one_once_it_is_signed(
    shop: Shop, proposal_id: ProposalId, line: LineId
) -> None:
    assert line
    form = order(shop, proposal_id)
    answered(shop, rejected="'order_proposal'")
    told(shop, "UPDATE reservation SET state = 'granted'")
    assert order(shop, proposal_id) == form
    assert proposal(shop, proposal_id).status is ProposalStatus.ORDERED
    assert waiting(shop) == ["order_proposal"]
    signed_form = sign(shop, form)
    answered(shop, rejected="'sign_order_form'")
    told(shop, "UPDATE reservation SET state = 'granted'")
    again = order(shop, proposal_id)
    assert (again.number[-2:], proposal(shop, proposal_id).version) == ("-2", 2)
    assert sign(shop, again).number != signed_form.number
