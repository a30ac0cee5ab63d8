"""The rep takes out a line that was only added here."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import LineId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.editing import line_of, without_line
from app.domain.sales.proposal import Action, Proposal
from app.ports.work import Transaction, Work
from app.usecases.sales.edit_proposal import edit_proposal


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """Remove an added line; what runs is cancelled instead, since that is a loss."""

    proposal_id: ProposalId
    line_id: LineId


def remove_line(command: RemoveLine, work: Work) -> Proposal:
    """Remove an added line. Raises Refusal LINE_RUNS when the line renews or amends what runs."""

    def change(proposal: Proposal, _tx: Transaction) -> Proposal:
        _, line = line_of(proposal, command.line_id)
        if Action.ADD not in {line.action, line.before_cancel}:
            raise Refusal("LINE_RUNS", {"product": line.label})
        return without_line(proposal, line.id)

    return edit_proposal("remove_line", command.proposal_id, work, change)
