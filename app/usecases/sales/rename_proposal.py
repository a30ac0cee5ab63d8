"""The rep gives a proposal a name that speaks to the customer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.identifiers import ProposalId
from app.domain.refusal import Refusal
from app.ports.work import Work
from app.usecases.sales.edit_proposal import edit_proposal

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class RenameProposal:
    """Rename a proposal; the name has 1 to 80 characters."""

    proposal_id: ProposalId
    name: str


def rename_proposal(command: RenameProposal, work: Work) -> None:
    """Rename an open proposal. Raises Refusal NAME_EMPTY, NAME_TOO_LONG or PROPOSAL_FROZEN."""
    name = " ".join(command.name.split())
    if not name:
        raise Refusal("NAME_EMPTY", field="name")
    if len(name) > LONGEST_NAME:
        raise Refusal("NAME_TOO_LONG", {"most": LONGEST_NAME}, "name")
    edit_proposal("rename_proposal", command.proposal_id, work, lambda proposal, _: replace(proposal, name=name))
