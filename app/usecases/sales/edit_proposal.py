"""What every change to a proposal's lines has in common: load, change by a rule, save, one changeset."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.identifiers import ProposalId
from app.domain.sales.editing import must_be_open
from app.domain.sales.proposal import Proposal
from app.ports.work import Transaction, Work
from app.usecases.sales.release_slot import release_left_behind


def edit_proposal(
    action: str, proposal_id: ProposalId, work: Work, change: Callable[[Proposal, Transaction], Proposal]
) -> Proposal:
    """Change an open proposal in one transaction named after the action.

    Raises Refusal NOT_FOUND or PROPOSAL_FROZEN, and whatever the change refuses.
    """
    with work.begin(action) as tx:
        before = tx.proposals.get(proposal_id)
        must_be_open(before)
        after = change(before, tx)
        tx.proposals.save(after)
        release_left_behind(tx, before, after)
        tx.about(account=tx.accounts.get(after.account_id).trade_name, proposal=after.name)
        tx.commit()
    return after
