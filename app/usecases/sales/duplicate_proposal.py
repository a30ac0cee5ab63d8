"""The rep duplicates a proposal into a simulation with a name that speaks to the customer."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import ProposalId
from app.domain.sales.editing import duplicated
from app.ports.work import Work


@dataclass(frozen=True, slots=True)
class DuplicateProposal:
    """Duplicate a proposal; with no name it gets the next "Simulation n"."""

    proposal_id: ProposalId
    name: str = ""


def duplicate_proposal(command: DuplicateProposal, work: Work) -> ProposalId:
    """Copy lines, prices and plan under a new name; the copy is open whatever the original's state."""
    with work.begin("duplicate_proposal") as tx:
        original = tx.proposals.get(command.proposal_id)
        taken = {proposal.name for proposal in tx.proposals.of_account(original.account_id)}
        name = command.name.strip() or next(
            name for n in range(1, len(taken) + 2) if (name := f"Simulation {n}") not in taken
        )
        copy = duplicated(original, name, tx.new_id)
        tx.proposals.save(copy)
        tx.about(account=tx.accounts.get(original.account_id).trade_name, proposal=copy.name)
        tx.commit()
    return copy.id
