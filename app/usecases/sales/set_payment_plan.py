"""The rep chooses how the proposal is paid: by a template, or by hand to the cent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.domain.calendar import is_working_day
from app.domain.identifiers import ProposalId
from app.domain.money import ZERO
from app.domain.refusal import Refusal
from app.domain.sales.payment_plan import first_due, replanned
from app.domain.sales.proposal import Instalment, PlanTemplate, Proposal
from app.ports.work import Transaction, Work
from app.usecases.sales.edit_proposal import edit_proposal


@dataclass(frozen=True, slots=True)
class SetPaymentPlan:
    """Pay by a template from a first due date on; no template takes the plan away."""

    proposal_id: ProposalId
    template: PlanTemplate | None
    first_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class EditInstalments:
    """Pay by instalments chosen by hand; what they add up to is checked by PLAN_SUM_MISMATCH, not refused here."""

    proposal_id: ProposalId
    instalments: tuple[Instalment, ...]


def set_payment_plan(command: SetPaymentPlan, work: Work) -> Proposal:
    """Set or take away the plan. Raises Refusal DUE_DATE_PAST for a first date before today."""

    def change(proposal: Proposal, tx: Transaction) -> Proposal:
        if command.template is None or command.template is PlanTemplate.BY_HAND:
            instalments = proposal.payment_plan if command.template else ()
            return replace(proposal, plan_template=command.template, payment_plan=instalments)
        first = command.first_due_on or proposal.first_due_on or first_due(tx.today(), proposal.edition)
        if first < tx.today():
            raise Refusal("DUE_DATE_PAST", {"date": first}, "first_due_on")
        return replanned(replace(proposal, plan_template=command.template, first_due_on=first))

    return edit_proposal("set_payment_plan", command.proposal_id, work, change)


def edit_instalments(command: EditInstalments, work: Work) -> Proposal:
    """Keep instalments as typed. Raises Refusal DUE_DATE_NOT_WORKING, DUE_DATE_PAST or INSTALMENT_NOT_POSITIVE."""

    def change(proposal: Proposal, tx: Transaction) -> Proposal:
        for instalment in command.instalments:
            if instalment.gross <= ZERO:
                raise Refusal("INSTALMENT_NOT_POSITIVE", {"date": instalment.due_on}, "gross")
            if instalment.due_on < tx.today():
                raise Refusal("DUE_DATE_PAST", {"date": instalment.due_on}, "due_on")
            if not is_working_day(instalment.due_on):
                raise Refusal("DUE_DATE_NOT_WORKING", {"date": instalment.due_on}, "due_on")
        plan = tuple(sorted(command.instalments, key=lambda instalment: instalment.due_on))
        return replace(proposal, plan_template=PlanTemplate.BY_HAND, payment_plan=plan)

    return edit_proposal("edit_instalments", command.proposal_id, work, change)
