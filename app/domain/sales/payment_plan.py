"""The payment plan: how a gross total is paid, to the cent, on working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.calendar import months_later, working_day_from
from app.domain.money import ZERO, Money
from app.domain.refusal import Refusal
from app.domain.sales.proposal import Instalment, PlanTemplate, Proposal

SHARES = {PlanTemplate.AT_ONCE: 1, PlanTemplate.THREE: 3, PlanTemplate.FOUR: 4, PlanTemplate.TEN_MONTHLY: 10}


def plan(gross: Money, template: PlanTemplate, first_due_on: date) -> tuple[Instalment, ...]:
    """Spread a gross total over monthly instalments; the first one takes the rounding; dates fall on working days.

    A total of zero or below has no plan. Raises Refusal PLAN_BY_HAND for the template that a person fills.
    """
    if template not in SHARES:
        raise Refusal("PLAN_BY_HAND", {"template": template.value})
    if gross <= ZERO:
        return ()
    count = SHARES[template]
    share, rest = divmod(gross.cents, count)
    return tuple(
        Instalment(
            due_on=working_day_from(months_later(first_due_on, month)),
            gross=Money(share + (rest if month == 0 else 0)),
        )
        for month in range(count)
    )


def replanned(proposal: Proposal) -> Proposal:
    """Give the proposal with its plan computed anew, unless a person filled the plan or none is wanted."""
    template, first = proposal.plan_template, proposal.first_due_on
    if template is None or first is None or template is PlanTemplate.BY_HAND:
        return proposal
    return replace(proposal, payment_plan=plan(proposal.totals.gross, template, first))


def first_due(on: date, edition: int) -> date:
    """Give the usual first due date of an edition: 15 January of its year, or a month from today once that is past."""
    usual = date(edition, 1, 15)
    return usual if usual > on else months_later(on, 1)
