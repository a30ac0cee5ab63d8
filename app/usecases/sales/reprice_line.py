"""The rep puts a line under the price list in force."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import LineId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.editing import line_of, repriced
from app.domain.sales.proposal import Proposal
from app.ports.work import Transaction, Work
from app.usecases.sales.edit_proposal import edit_proposal


@dataclass(frozen=True, slots=True)
class RepriceLine:
    """Price a line anew under the list of the day."""

    proposal_id: ProposalId
    line_id: LineId


def reprice_line(command: RepriceLine, work: Work) -> Proposal:
    """Reprice. Raises Refusal PRICE_LIST_EXPIRED when no list of the edition is in force, NOT_FOUND."""

    def change(proposal: Proposal, tx: Transaction) -> Proposal:
        _, line = line_of(proposal, command.line_id)
        if line.product_id is None:
            raise Refusal("NOT_FOUND", {"what": line.label})
        return repriced(proposal, line.id, tx.catalogue.get(line.product_id), tx.today())

    return edit_proposal("reprice_line", command.proposal_id, work, change)
