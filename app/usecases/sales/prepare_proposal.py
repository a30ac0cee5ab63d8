"""The rep prepares the proposal by default: what runs, renewed at the current price list."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import AccountId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.editing import with_sub_orders
from app.domain.sales.order import OrderStatus
from app.domain.sales.payment_plan import first_due
from app.domain.sales.proposal import PlanTemplate, Proposal, ProposalKind, ProposalStatus
from app.domain.sales.renewal import renewed
from app.ports.work import Work

RUNNING = {OrderStatus.IN_PRODUCTION, OrderStatus.COMPLETED}


@dataclass(frozen=True, slots=True)
class PrepareProposal:
    """Prepare the default proposal of an account for an edition (a year)."""

    account_id: AccountId
    edition: int


def prepare_proposal(command: PrepareProposal, work: Work) -> ProposalId:
    """Renew every running sub-order of the latest edition; the account's open default proposal is given if it stands.

    An account that runs nothing gets an empty proposal to add products to. Raises Refusal ACCOUNT_BLOCKED,
    ACCOUNT_LOST or NO_PRICE.
    """
    with work.begin("prepare_proposal") as tx:
        account = tx.accounts.get(command.account_id)
        if account.status.value != "active":
            raise Refusal(f"ACCOUNT_{account.status.value.upper()}", {"account": account.trade_name})
        for standing in tx.proposals.of_account(account.id):
            is_default = standing.kind is ProposalKind.DEFAULT and standing.edition == command.edition
            if is_default and standing.status is not ProposalStatus.CLOSED:
                return standing.id
        running = [order for order in tx.orders.of_account(account.id) if order.status in RUNNING]
        latest = max((order.edition for order in running), default=None)
        parts = [part for order in running if order.edition == latest for part in order.sub_orders]
        products = {line.product_id for part in parts for line in part.lines if line.product_id}
        catalogue = tx.catalogue.several(sorted(products))
        proposal = Proposal(
            id=ProposalId(tx.new_id()),
            account_id=account.id,
            name="Reconduction" if parts else "Première proposition",
            edition=command.edition,
            plan_template=PlanTemplate.FOUR,
            first_due_on=first_due(tx.today(), command.edition),
        )
        renewals = [renewed(part, catalogue, command.edition, tx.new_id) for part in parts]
        tx.proposals.save(with_sub_orders(proposal, renewals))
        tx.about(account=account.trade_name, proposal=proposal.name)
        tx.commit()
    return proposal.id
