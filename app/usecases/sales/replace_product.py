"""The rep puts another product in a line's place."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import LineId, ProductId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.editing import line_of, replaced_line, with_line
from app.domain.sales.proposal import Proposal
from app.ports.work import Transaction, Work
from app.usecases.sales.edit_proposal import edit_proposal


@dataclass(frozen=True, slots=True)
class ReplaceProduct:
    """Replace the product of a line by another of the same range."""

    proposal_id: ProposalId
    line_id: LineId
    product_id: ProductId


def replace_product(command: ReplaceProduct, work: Work) -> Proposal:
    """Replace at the price list of the proposal's edition. Raises Refusal OTHER_RANGE, NO_PRICE, LINE_CANCELLED."""

    def change(proposal: Proposal, tx: Transaction) -> Proposal:
        part, line = line_of(proposal, command.line_id)
        if line.is_cancelled:
            raise Refusal("LINE_CANCELLED", {"product": line.label})
        product = tx.catalogue.get(command.product_id)
        family = tx.catalogue.get_range(product.range_id)
        if family.number != part.number:
            raise Refusal("OTHER_RANGE", {"product": product.name, "number": part.number, "range": part.range_name})
        return with_line(proposal, replaced_line(line, product, proposal.edition))

    return edit_proposal("replace_product", command.proposal_id, work, change)
