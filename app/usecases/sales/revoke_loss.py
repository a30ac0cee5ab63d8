"""The rep takes a total loss back: the account is active again and its proposals open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.accounts.account import AccountStatus
from app.domain.identifiers import LossId
from app.domain.refusal import Refusal
from app.domain.sales.losses import LossKind
from app.domain.sales.proposal import ProposalStatus
from app.ports.work import Work


@dataclass(frozen=True, slots=True)
class RevokeLoss:
    """Revoke a total loss."""

    loss_id: LossId


def revoke_loss(command: RevokeLoss, work: Work) -> None:
    """Revoke it; closed proposals of that edition come back as drafts. Raises Refusal LOSS_NOT_TOTAL, LOSS_REVOKED."""
    with work.begin("revoke_loss") as tx:
        loss = tx.losses.get(command.loss_id)
        if loss.kind is not LossKind.TOTAL:
            raise Refusal("LOSS_NOT_TOTAL")
        if loss.revoked_at is not None:
            raise Refusal("LOSS_REVOKED")
        account = tx.accounts.get(loss.account_id)
        tx.losses.save(replace(loss, revoked_at=tx.now()))
        tx.accounts.save(replace(account, status=AccountStatus.ACTIVE))
        for proposal in tx.proposals.of_account(account.id):
            if proposal.status is ProposalStatus.CLOSED and proposal.edition == loss.edition:
                tx.proposals.save(replace(proposal, status=ProposalStatus.DRAFT))
        tx.about(account=account.trade_name)
        tx.commit()
