"""The customer drops a whole range: the sub-order leaves the proposal, and the loss is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import ProposalId, SubOrderId
from app.domain.refusal import Refusal
from app.domain.sales.editing import must_be_open, sub_order_of, with_sub_orders
from app.domain.sales.losses import LossKind, LossReason, consequence_of_dropping
from app.ports.work import Work
from app.usecases.sales.lose_account import lose_everything
from app.usecases.sales.record_loss import record_range_loss
from app.usecases.sales.release_slot import release_left_behind


@dataclass(frozen=True, slots=True)
class DropSubOrder:
    """Drop a sub-order; `drop_everything` confirms that the last one may go, which loses the account."""

    proposal_id: ProposalId
    sub_order_id: SubOrderId
    reason: LossReason
    drop_everything: bool = False


def drop_sub_order(command: DropSubOrder, work: Work) -> LossKind:
    """Take a sub-order out as a range loss (L2), or all as a total loss (L1).

    Raises Refusal LAST_SUB_ORDER unless the total loss is confirmed, SUB_ORDER_UNKNOWN, PROPOSAL_FROZEN.
    """
    with work.begin("drop_sub_order") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        must_be_open(proposal)
        part = sub_order_of(proposal, command.sub_order_id)
        account = tx.accounts.get(proposal.account_id)
        kind = consequence_of_dropping(proposal, part)
        if kind is LossKind.TOTAL:
            if not command.drop_everything:
                raise Refusal("LAST_SUB_ORDER", {"account": account.trade_name, "number": part.number})
            lose_everything(tx, account, command.reason, proposal.edition)
        else:
            after = with_sub_orders(proposal, (p for p in proposal.sub_orders if p.id != part.id))
            tx.proposals.save(after)
            release_left_behind(tx, proposal, after)
            record_range_loss(tx, proposal, part, command.reason)
        tx.about(account=account.trade_name, proposal=proposal.name, number=part.number)
        tx.commit()
    return kind
