"""The rep takes apart what cannot be signed together, in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.desk.request import Request, RequestKind
from app.domain.identifiers import ProposalId, RequestId
from app.domain.refusal import Refusal
from app.domain.sales.editing import must_be_open, under_new_ids, with_sub_orders
from app.domain.sales.losses import LossReason
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus, SubOrder
from app.domain.sales.split import Split, split
from app.ports.work import Transaction, Work
from app.usecases.sales.record_loss import record_range_loss
from app.usecases.sales.release_slot import release_left_behind


@dataclass(frozen=True, slots=True)
class SplitProposal:
    """Split a proposal; the reason goes with ranges that were wholly cancelled."""

    proposal_id: ProposalId
    reason: LossReason = LossReason.OTHER


@dataclass(frozen=True, slots=True)
class SplitOutcome:
    """What the split made: where each part went, the proposal kept, the one set apart, the requests."""

    parts: Split
    kept: ProposalId | None
    apart: ProposalId | None
    requests: tuple[RequestId, ...]


def split_proposal(command: SplitProposal, work: Work) -> SplitOutcome:
    """Split in one transaction. Raises Refusal NOTHING_TO_SPLIT or PROPOSAL_FROZEN."""
    with work.begin("split_proposal") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        must_be_open(proposal)
        parts = split(proposal.sub_orders)
        if not parts.is_needed:
            raise Refusal("NOTHING_TO_SPLIT", {"proposal": proposal.name})
        account = tx.accounts.get(proposal.account_id)
        for part in parts.range_loss:
            record_range_loss(tx, proposal, part, command.reason)
        requests = _ask_customer_service(tx, proposal, parts.customer_service)
        apart = _set_apart(tx, proposal, parts.apart)
        kept = with_sub_orders(proposal, parts.stays)
        release_left_behind(tx, proposal, kept)
        tx.proposals.save(kept if parts.stays else replace(kept, status=ProposalStatus.CLOSED, payment_plan=()))
        tx.about(account=account.trade_name, proposal=proposal.name)
        tx.commit()
    return SplitOutcome(parts, proposal.id if parts.stays else None, apart, requests)


def apart_name(parts: tuple[SubOrder, ...]) -> str:
    """Give the name of the proposal that takes these sub-orders apart; the rep may give it another."""
    return f"{' · '.join(part.range_name for part in parts)}, à part"


def _set_apart(tx: Transaction, proposal: Proposal, parts: tuple[SubOrder, ...]) -> ProposalId | None:
    if not parts:
        return None
    apart = Proposal(
        id=ProposalId(tx.new_id()),
        account_id=proposal.account_id,
        name=apart_name(parts),
        edition=proposal.edition,
        kind=ProposalKind.APART,
    )
    moved = tuple(under_new_ids(part, tx.new_id) for part in parts)
    tx.proposals.save(with_sub_orders(apart, moved))
    lines = [line for part in parts for line in part.lines]
    fresh = [line.id for part in moved for line in part.lines]
    held = tx.reservations.of_lines([line.id for line in lines if line.is_display])
    for line, line_id in zip(lines, fresh, strict=True):
        if line.id in held:
            tx.reservations.save(replace(held[line.id], line_id=line_id))
    return apart.id


def _ask_customer_service(tx: Transaction, proposal: Proposal, parts: tuple[SubOrder, ...]) -> tuple[RequestId, ...]:
    if not parts:
        return ()
    numbers = ", ".join(f"{part.number} (MO {part.number}-{part.amendment})" for part in parts)
    notes = [f"{part.number} {part.range_name} : {part.details_note or '—'}" for part in parts]
    money = [f"{part.number} : {part.net} HT" for part in parts]
    request = Request(
        id=RequestId(tx.new_id()),
        account_id=proposal.account_id,
        kind=RequestKind.AMENDMENT,
        title=f"Modification sans produit : {numbers}",
        body="\n".join((*notes, *money)),
        made_at=tx.now(),
        proposal_id=proposal.id,
        sub_order=" ".join(part.number for part in parts),
        amendment=" ".join(part.amendment or "" for part in parts),
        author=tx.reps.me().name,
    )
    tx.requests.save(request)
    return (request.id,)
