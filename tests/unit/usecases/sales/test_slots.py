"""Asking for limited places and letting them go, each through its use case on a real encrypted store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.catalogue.slot import Slot, SlotState
from app.domain.identifiers import LineId, ProductId, ProposalId, SlotId
from app.domain.refusal import Refusal
from app.domain.sales.losses import LossReason
from app.domain.sales.proposal import Line
from app.domain.sales.reservation import Reservation, ReservationState
from app.store import codecs
from app.store.guard import Writer, writing
from app.store.history import SqlHistory
from app.store.tracked import TrackedRows
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.drop_sub_order import DropSubOrder, drop_sub_order
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.lose_account import LoseAccount, lose_account
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.release_slot import ReleaseSlot, release_slot
from app.usecases.sales.remove_line import RemoveLine, remove_line
from app.usecases.sales.replace_product import ReplaceProduct, replace_product
from app.usecases.sales.split_proposal import SplitProposal, split_proposal
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from tests.unit.usecases.conftest import COMPANY, PlainPaper, Shop, hex_id

DISPLAY = "Ligne en gras"
"""The product of the shop that is a display here."""


COVER = Slot(
    id=SlotId(hex_id("cover")),
    product_id=ProductId(hex_id(DISPLAY)),
    edition=2027,
    activity="Fleuristes",
    area="Eure-et-Loir",
)
LOIRET = replace(COVER, id=SlotId(hex_id("loiret")), area="Loiret")


@pytest.fixture
def proposal_id(shop: Shop) -> ProposalId:
    put(shop, COVER, LOIRET)
    with shop.work.engine.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql("UPDATE product SET is_display = 1 WHERE name = ?", (DISPLAY,))
    return prepare_proposal(PrepareProposal(shop.account_id, 2027), shop.work)


def put(shop: Shop, *values: Slot | Reservation) -> None:
    """As the centre would tell it."""
    with shop.work.engine.begin() as connection, writing(connection, Writer.SYNC):
        rows = TrackedRows(connection)
        for value in values:
            if isinstance(value, Slot):
                rows.put(codecs.SLOT.table, codecs.SLOT.record(value))
            else:
                rows.put(codecs.RESERVATION.table, codecs.RESERVATION.record(value))


def granted(shop: Shop, held: Reservation) -> None:
    put(shop, replace(held, state=ReservationState.GRANTED), replace(COVER, state=SlotState.HELD))


def with_display(shop: Shop, proposal_id: ProposalId) -> LineId:
    """Add the display; gives the line."""
    before = {line.id for line in lines(shop, proposal_id)}
    add_line(AddLine(proposal_id, shop.products[DISPLAY]), shop.work)
    (line,) = (line for line in lines(shop, proposal_id) if line.id not in before)
    return line.id


def lines(shop: Shop, proposal_id: ProposalId) -> tuple[Line, ...]:
    with shop.work.begin("read") as tx:
        return tx.proposals.get(proposal_id).lines


def kept(shop: Shop) -> list[tuple[LineId, str]]:
    with shop.work.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT line_id, state FROM reservation ORDER BY line_id").all()
    return [(LineId(row[0]), row[1]) for row in found]


def test_a_place_is_asked_for_once_and_let_go(shop: Shop, proposal_id: ProposalId) -> None:
    line = with_display(shop, proposal_id)
    asked = ask_for_slot(AskForSlot(proposal_id, line, COVER.id), shop.work)
    assert asked.state is ReservationState.PENDING
    assert kept(shop) == [(line, "pending")]
    with pytest.raises(Refusal, match="SLOT_ASKED_HERE"):
        ask_for_slot(AskForSlot(proposal_id, line, COVER.id), shop.work)
    release_slot(ReleaseSlot(proposal_id, line), shop.work)
    assert kept(shop) == []
    with pytest.raises(Refusal, match="SLOT_NOT_ASKED"):
        release_slot(ReleaseSlot(proposal_id, line), shop.work)


def test_a_place_that_is_seen_held_is_refused_with_what_is_left(shop: Shop, proposal_id: ProposalId) -> None:
    line = with_display(shop, proposal_id)
    put(shop, replace(COVER, state=SlotState.HELD))
    with pytest.raises(Refusal, match="SLOT_TAKEN") as refused:
        ask_for_slot(AskForSlot(proposal_id, line, COVER.id), shop.work)
    assert refused.value.facts["alternative_ids"] == LOIRET.id


def test_a_line_takes_another_place_by_moving_there(shop: Shop, proposal_id: ProposalId) -> None:
    line = with_display(shop, proposal_id)
    ask_for_slot(AskForSlot(proposal_id, line, COVER.id), shop.work)
    with pytest.raises(Refusal, match="SLOT_ELSEWHERE"):
        ask_for_slot(AskForSlot(proposal_id, line, LOIRET.id), shop.work)
    moved = ask_for_slot(AskForSlot(proposal_id, line, LOIRET.id, move=True), shop.work)
    assert moved.slot_id == LOIRET.id
    assert kept(shop) == [(line, "pending")]
    (now,) = (one for one in lines(shop, proposal_id) if one.id == line)
    assert now.area == "Loiret"
    running = next(one.id for one in lines(shop, proposal_id) if one.label == DISPLAY and one.id != line)
    with pytest.raises(Refusal, match="SLOT_NOT_NEEDED"):
        ask_for_slot(AskForSlot(proposal_id, running, COVER.id, move=True), shop.work)


def test_a_line_that_goes_lets_its_place_go(shop: Shop, proposal_id: ProposalId) -> None:
    history = SqlHistory(shop.work, shop.work.engine)
    line = with_display(shop, proposal_id)
    granted(shop, ask_for_slot(AskForSlot(proposal_id, line, COVER.id), shop.work))
    with shop.work.begin("read") as tx:
        part = next(part for part in tx.proposals.get(proposal_id).sub_orders if part.number == "001")
    leaving = (
        lambda: remove_line(RemoveLine(proposal_id, line), shop.work),
        lambda: cancel_line(CancelLine(proposal_id, line, LossReason.BUDGET), shop.work),
        lambda: drop_sub_order(DropSubOrder(proposal_id, part.id, LossReason.PRICE), shop.work),
        lambda: lose_account(LoseAccount(shop.account_id, LossReason.PRICE, 2027), shop.work),
        lambda: replace_product(ReplaceProduct(proposal_id, line, shop.products["Bloc annonce"]), shop.work),
    )
    for leave in leaving:
        leave()
        assert kept(shop) == []
        history.undo()
        assert kept(shop) == [(line, "pending")], "what comes back is asked for anew"
        (held,) = reservations(shop, line)
        assert held.valid_until is None


def reservations(shop: Shop, line: LineId) -> list[Reservation]:
    with shop.work.begin("read") as tx:
        return list(tx.reservations.of_lines([line]).values())


def test_an_asking_is_taken_back_after_it_was_granted(shop: Shop, proposal_id: ProposalId) -> None:
    history = SqlHistory(shop.work, shop.work.engine)
    line = with_display(shop, proposal_id)
    granted(shop, ask_for_slot(AskForSlot(proposal_id, line, COVER.id), shop.work))
    history.undo()
    assert kept(shop) == []
    history.redo()
    assert kept(shop) == [(line, "pending")]


def test_a_copy_carries_no_reservation_and_what_is_set_apart_takes_its_own_along(
    shop: Shop, proposal_id: ProposalId
) -> None:
    line = with_display(shop, proposal_id)
    ask_for_slot(AskForSlot(proposal_id, line, COVER.id), shop.work)
    duplicate_proposal(DuplicateProposal(proposal_id), shop.work)
    assert kept(shop) == [(line, "pending")]
    with shop.work.begin("amended") as tx:
        proposal = tx.proposals.get(proposal_id)
        parts = [
            replace(part, amendment="01", lines=tuple(replace(one, net=-one.net.times(2)) for one in part.lines))
            if part.number == "001"
            else part
            for part in proposal.sub_orders
        ]
        tx.proposals.save(replace(proposal, sub_orders=tuple(parts)))
        tx.commit()
    outcome = split_proposal(SplitProposal(proposal_id), shop.work)
    assert outcome.apart is not None
    ((moved, state),) = kept(shop)
    assert state == "pending"
    assert moved in {one.id for one in lines(shop, outcome.apart)}


def test_nothing_is_ordered_before_its_place_is_granted(shop: Shop, proposal_id: ProposalId) -> None:
    line = with_display(shop, proposal_id)
    validate_proposal(ValidateProposal(proposal_id), shop.work)

    def order() -> None:
        order_proposal(OrderProposal(proposal_id), shop.work, PlainPaper(), COMPANY)

    with pytest.raises(Refusal, match="SLOT_NOT_GRANTED"):
        order()
    asked = ask_for_slot(AskForSlot(proposal_id, line, COVER.id), shop.work)
    with pytest.raises(Refusal, match="SLOT_NOT_GRANTED"):
        order()
    granted(shop, asked)
    order()
    with pytest.raises(Refusal, match="PROPOSAL_FROZEN"):
        release_slot(ReleaseSlot(proposal_id, line), shop.work)
    assert kept(shop) == [(line, "granted")]
