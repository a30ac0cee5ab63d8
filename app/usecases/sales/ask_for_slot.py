"""The rep asks for the limited place of a display; the centre grants it, or says who came first and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.catalogue.slot import nearest
from app.domain.identifiers import LineId, ProposalId, ReservationId, SlotId
from app.domain.refusal import Refusal
from app.domain.sales.editing import line_of, with_line
from app.domain.sales.proposal import Proposal
from app.domain.sales.reservation import Reservation, moved_to, must_admit_asking, must_suit, taken
from app.ports.work import Transaction, Work


@dataclass(frozen=True, slots=True)
class AskForSlot:
    """Ask for a place for a line; `move` lets the line take the place's heading, area and period along."""

    proposal_id: ProposalId
    line_id: LineId
    slot_id: SlotId
    move: bool = False


def ask_for_slot(command: AskForSlot, work: Work) -> Reservation:
    """Ask for a place; one that the line held before is let go in the same action, and only if this one is granted.

    Raises Refusal SLOT_NOT_NEEDED, SLOT_ELSEWHERE, SLOT_TAKEN (with alternatives), SLOT_ASKED_HERE, PROPOSAL_FROZEN,
    LINE_UNKNOWN or NOT_FOUND.
    """
    with work.begin("ask_for_slot") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        must_admit_asking(proposal)
        _, asked = asked_within(tx, proposal, command)
        tx.commit()
    return asked


def asked_within(tx: Transaction, proposal: Proposal, command: AskForSlot) -> tuple[Proposal, Reservation]:
    """Ask within an action under way, for a line of a proposal as it is now in hand; gives both as they are saved."""
    _, line = line_of(proposal, command.line_id)
    slot = tx.slots.get(command.slot_id)
    if command.move and line.product_id == slot.product_id and line != moved_to(line, slot):
        line = moved_to(line, slot)
        proposal = with_line(proposal, line)
    must_suit(line, proposal.edition, slot)
    place = slot.words(line.label)
    if any(held.is_live for held in tx.reservations.of_slot(slot.id)):
        raise Refusal("SLOT_ASKED_HERE", {"product": line.label, "place": place})
    if not slot.is_free:
        raise taken(slot, line.label, nearest(slot, tx.slots.of(slot.product_id, slot.edition)))
    before = tx.reservations.of_lines([line.id]).get(line.id)
    if before is not None:
        tx.reservations.remove(before.id)
    asked = Reservation(
        id=ReservationId(tx.new_id()),
        account_id=proposal.account_id,
        slot_id=slot.id,
        line_id=line.id,
        rep_id=tx.reps.me().id,
        asked_at=tx.now(),
    )
    tx.proposals.save(proposal)
    tx.reservations.save(asked)
    account = tx.accounts.get(proposal.account_id)
    tx.about(account=account.trade_name, proposal=proposal.name, product=line.label, place=place)
    return proposal, asked
