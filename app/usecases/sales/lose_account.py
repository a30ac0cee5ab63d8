"""The customer renews nothing: the total loss, said in one step, with date and reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.accounts.account import Account, AccountStatus
from app.domain.identifiers import AccountId, LossId
from app.domain.money import total
from app.domain.refusal import Refusal
from app.domain.sales.losses import Loss, LossKind, LossReason
from app.domain.sales.order import OrderStatus
from app.domain.sales.proposal import ProposalStatus
from app.ports.work import Transaction, Work
from app.usecases.sales.release_slot import release_left_behind

OPEN = {ProposalStatus.DRAFT, ProposalStatus.VALIDATED, ProposalStatus.ORDERED}


@dataclass(frozen=True, slots=True)
class LoseAccount:
    """Declare the total loss of an account for an edition."""

    account_id: AccountId
    reason: LossReason
    edition: int


def lose_account(command: LoseAccount, work: Work) -> LossId:
    """Record the total loss and close every open proposal. Raises Refusal ACCOUNT_LOST when it is lost already."""
    with work.begin("lose_account") as tx:
        account = tx.accounts.get(command.account_id)
        loss_id = lose_everything(tx, account, command.reason, command.edition)
        tx.about(account=account.trade_name)
        tx.commit()
    return loss_id


def lose_everything(tx: Transaction, account: Account, reason: LossReason, edition: int) -> LossId:
    """Do it within an action under way: loss, account and proposals together (L1)."""
    if account.status is AccountStatus.LOST:
        raise Refusal("ACCOUNT_LOST", {"account": account.trade_name})
    running = [order for order in tx.orders.of_account(account.id) if order.status is OrderStatus.IN_PRODUCTION]
    loss = Loss(
        id=LossId(tx.new_id()),
        account_id=account.id,
        kind=LossKind.TOTAL,
        reason=reason,
        on=tx.today(),
        net=total(order.totals.net for order in running),
        edition=edition,
    )
    tx.losses.save(loss)
    tx.accounts.save(replace(account, status=AccountStatus.LOST))
    for proposal in tx.proposals.of_account(account.id):
        if proposal.status in OPEN:
            tx.proposals.save(replace(proposal, status=ProposalStatus.CLOSED))
            release_left_behind(tx, proposal, None)
    return loss.id
