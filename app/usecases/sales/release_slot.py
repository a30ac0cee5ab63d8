"""The rep lets a limited place go; so does every action that takes the line away for which it was held."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import LineId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.editing import line_of
from app.domain.sales.proposal import Line, Proposal
from app.domain.sales.reservation import must_admit_asking, needs_slot
from app.ports.work import Transaction, Work


@dataclass(frozen=True, slots=True)
class ReleaseSlot:
    """Let go of the place that is held, or asked for, for a line."""

    proposal_id: ProposalId
    line_id: LineId


def release_slot(command: ReleaseSlot, work: Work) -> None:
    """Let the place go. Raises Refusal SLOT_NOT_ASKED, PROPOSAL_FROZEN, LINE_UNKNOWN or NOT_FOUND."""
    with work.begin("release_slot") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        must_admit_asking(proposal)
        _, line = line_of(proposal, command.line_id)
        held = tx.reservations.of_lines([line.id]).get(line.id)
        if held is None:
            raise Refusal("SLOT_NOT_ASKED", {"product": line.label})
        tx.reservations.remove(held.id)
        account = tx.accounts.get(proposal.account_id)
        tx.about(account=account.trade_name, proposal=proposal.name, product=line.label)
        tx.commit()


def release_left_behind(tx: Transaction, before: Proposal, after: Proposal | None) -> None:
    """Let go, within an action under way, of what was held for lines that leave a proposal or want another place."""
    stays = {line.id: line for line in after.lines if needs_slot(line)} if after else {}
    left = [line.id for line in before.lines if line.is_display and not _is_where_it_was(line, stays.get(line.id))]
    for held in tx.reservations.of_lines(left).values() if left else ():
        tx.reservations.remove(held.id)


def _is_where_it_was(line: Line, now: Line | None) -> bool:
    before = (line.product_id, line.activity, line.area, line.period)
    return now is not None and before == (now.product_id, now.activity, now.area, now.period)
