"""The rep amends what runs instead of renewing it, or goes back to the renewal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.identifiers import ProposalId, SubOrderId
from app.domain.refusal import Refusal
from app.domain.sales.editing import sub_order_of, with_sub_orders
from app.domain.sales.order import OrderedSubOrder, OrderStatus
from app.domain.sales.proposal import Proposal, SubOrder
from app.domain.sales.renewal import amended, renewed
from app.ports.work import Transaction, Work
from app.usecases.sales.edit_proposal import edit_proposal


@dataclass(frozen=True, slots=True)
class AmendSubOrder:
    """Turn a sub-order of the proposal into an amendment of the running one of the same number."""

    proposal_id: ProposalId
    sub_order_id: SubOrderId


@dataclass(frozen=True, slots=True)
class RenewSubOrder:
    """Turn an amendment back into the renewal of what runs."""

    proposal_id: ProposalId
    sub_order_id: SubOrderId


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """Note that an amendment changes the published details, and what about them; an empty note takes it back."""

    proposal_id: ProposalId
    sub_order_id: SubOrderId
    note: str


def amend_sub_order(command: AmendSubOrder, work: Work) -> Proposal:
    """Amend. Raises Refusal NOTHING_RUNS when no running sub-order bears the number, ALREADY_AMENDMENT."""

    def change(proposal: Proposal, tx: Transaction) -> Proposal:
        part = sub_order_of(proposal, command.sub_order_id)
        if part.amendment is not None:
            raise Refusal("ALREADY_AMENDMENT", {"number": part.number, "amendment": part.amendment})
        return _with(proposal, amended(part, running_part(tx, proposal, part), tx.new_id))

    return edit_proposal("amend_sub_order", command.proposal_id, work, change)


def renew_sub_order(command: RenewSubOrder, work: Work) -> Proposal:
    """Renew instead of amending; changes made in the amendment are given up. Raises Refusal NOTHING_RUNS."""

    def change(proposal: Proposal, tx: Transaction) -> Proposal:
        part = sub_order_of(proposal, command.sub_order_id)
        running = running_part(tx, proposal, part)
        products = sorted({line.product_id for line in running.lines if line.product_id})
        fresh = renewed(running, tx.catalogue.several(products), proposal.edition, tx.new_id)
        return _with(proposal, replace(fresh, id=part.id))

    return edit_proposal("renew_sub_order", command.proposal_id, work, change)


def change_details(command: ChangeDetails, work: Work) -> Proposal:
    """Note changed details on a sub-order. Raises Refusal SUB_ORDER_UNKNOWN."""

    def change(proposal: Proposal, _: Transaction) -> Proposal:
        part = sub_order_of(proposal, command.sub_order_id)
        note = command.note.strip()
        return _with(proposal, replace(part, details_changed=bool(note), details_note=note))

    return edit_proposal("change_details", command.proposal_id, work, change)


def running_part(tx: Transaction, proposal: Proposal, part: SubOrder) -> OrderedSubOrder:
    """Find what runs under a sub-order's number, in the latest edition. Raises Refusal NOTHING_RUNS."""
    orders = [o for o in tx.orders.of_account(proposal.account_id) if o.status is OrderStatus.IN_PRODUCTION]
    for order in sorted(orders, key=lambda order: order.edition, reverse=True):
        for running in order.sub_orders:
            if running.number == part.number:
                return running
    raise Refusal("NOTHING_RUNS", {"number": part.number, "range": part.range_name})


def _with(proposal: Proposal, changed: SubOrder) -> Proposal:
    return with_sub_orders(proposal, (changed if part.id == changed.id else part for part in proposal.sub_orders))
