"""The rep adds a product from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import ProductId, ProposalId
from app.domain.sales.editing import with_new_line
from app.domain.sales.proposal import Proposal
from app.ports.work import Transaction, Work
from app.usecases.sales.edit_proposal import edit_proposal


@dataclass(frozen=True, slots=True)
class AddLine:
    """Add a product; the account's own heading and area stand where none are given."""

    proposal_id: ProposalId
    product_id: ProductId
    activity: str = ""
    area: str = ""
    period: str = ""


def add_line(command: AddLine, work: Work) -> Proposal:
    """Add a line at the edition's price list, in its range's sub-order. Raises Refusal NO_PRICE, NOT_FOUND."""

    def change(proposal: Proposal, tx: Transaction) -> Proposal:
        product = tx.catalogue.get(command.product_id)
        account = tx.accounts.get(proposal.account_id)
        return with_new_line(
            proposal,
            product,
            tx.catalogue.get_range(product.range_id),
            tx.new_id,
            activity=command.activity or account.activity,
            area=command.area or account.area,
            period=command.period,
        )

    return edit_proposal("add_line", command.proposal_id, work, change)
