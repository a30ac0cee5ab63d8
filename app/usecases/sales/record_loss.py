"""What every loss has in common: its date, its reason, the amount that goes with it."""

from __future__ import annotations

from app.domain.identifiers import LossId
from app.domain.money import ZERO
from app.domain.sales.losses import Loss, LossKind, LossReason, lost_net
from app.domain.sales.proposal import Line, Proposal, SubOrder
from app.ports.work import Transaction


def record_range_loss(tx: Transaction, proposal: Proposal, part: SubOrder, reason: LossReason) -> None:
    """Record that a whole sub-order is dropped (L2)."""
    tx.losses.save(
        Loss(
            id=LossId(tx.new_id()),
            account_id=proposal.account_id,
            kind=LossKind.RANGE,
            reason=reason,
            on=tx.today(),
            net=lost_net(part),
            edition=proposal.edition,
            proposal_id=proposal.id,
            sub_order=part.number,
            range_name=part.range_name,
        )
    )


def record_product_loss(tx: Transaction, proposal: Proposal, part: SubOrder, line: Line, reason: LossReason) -> None:
    """Record that one product is dropped while others of its range stay (L3)."""
    tx.losses.save(
        Loss(
            id=LossId(tx.new_id()),
            account_id=proposal.account_id,
            kind=LossKind.PRODUCT,
            reason=reason,
            on=tx.today(),
            net=line.previous_net or ZERO,
            edition=proposal.edition,
            proposal_id=proposal.id,
            sub_order=part.number,
            range_name=part.range_name,
            product=line.label,
        )
    )
