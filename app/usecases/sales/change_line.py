"""The rep changes a line's quantity or discount, in place."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import LineId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.editing import changed_line, line_of, with_line
from app.domain.sales.proposal import Proposal
from app.ports.work import Transaction, Work
from app.usecases.sales.edit_proposal import edit_proposal


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Change the quantity (pieces) or the discount (basis points) of a line; None leaves it."""

    proposal_id: ProposalId
    line_id: LineId
    quantity: int | None = None
    discount: int | None = None


def change_line(command: ChangeLine, work: Work) -> Proposal:
    """Change a live line. Raises Refusal LINE_CANCELLED, QUANTITY_OUT_OF_RANGE, DISCOUNT_OUT_OF_RANGE."""

    def change(proposal: Proposal, _tx: Transaction) -> Proposal:
        _, line = line_of(proposal, command.line_id)
        if line.is_cancelled:
            raise Refusal("LINE_CANCELLED", {"product": line.label})
        return with_line(proposal, changed_line(line, quantity=command.quantity, discount=command.discount))

    return edit_proposal("change_line", command.proposal_id, work, change)
