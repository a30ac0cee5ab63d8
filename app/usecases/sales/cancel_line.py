"""The customer drops a product: a product loss, or with the last live line the loss of the range."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import LineId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.editing import cancelled_line, line_of, must_be_open, with_line, with_sub_orders
from app.domain.sales.losses import LossKind, LossReason, consequence_of_cancelling
from app.domain.sales.proposal import Action
from app.ports.work import Work
from app.usecases.sales.lose_account import lose_everything
from app.usecases.sales.record_loss import record_product_loss, record_range_loss
from app.usecases.sales.release_slot import release_left_behind


@dataclass(frozen=True, slots=True)
class CancelLine:
    """Cancel a line; `drop_everything` confirms that the last sub-order may go, which loses the account."""

    proposal_id: ProposalId
    line_id: LineId
    reason: LossReason
    drop_everything: bool = False


def cancel_line(command: CancelLine, work: Work) -> LossKind:
    """Cancel a line and record the loss it amounts to (L1, L2, L3); a line only added here is simply taken out.

    Raises Refusal LAST_SUB_ORDER when it would lose the account and that was not confirmed, LINE_UNKNOWN,
    PROPOSAL_FROZEN.
    """
    with work.begin("cancel_line") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        must_be_open(proposal)
        part, line = line_of(proposal, command.line_id)
        account = tx.accounts.get(proposal.account_id)
        kind = consequence_of_cancelling(proposal, line.id)
        tx.about(account=account.trade_name, proposal=proposal.name, product=line.label)
        if kind is LossKind.TOTAL:
            if not command.drop_everything:
                raise Refusal("LAST_SUB_ORDER", {"account": account.trade_name, "number": part.number})
            lose_everything(tx, account, command.reason, proposal.edition)
        elif kind is LossKind.RANGE:
            after = with_sub_orders(proposal, (p for p in proposal.sub_orders if p.id != part.id))
            tx.proposals.save(after)
            release_left_behind(tx, proposal, after)
            record_range_loss(tx, proposal, part, command.reason)
        else:
            after = with_line(proposal, cancelled_line(line))
            tx.proposals.save(after)
            release_left_behind(tx, proposal, after)
            if not line.is_cancelled and line.action is not Action.ADD:
                record_product_loss(tx, proposal, part, line, command.reason)
        tx.commit()
    return kind
