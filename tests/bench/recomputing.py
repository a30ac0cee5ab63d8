"""One line of a proposal of 500 changes: its price, the plan, the totals and every anomaly are worked out again."""

from __future__ import annotations

import random
import statistics
from dataclasses import replace
from datetime import date, timedelta

from app.domain.identifiers import AccountId, LineId, ProductId, ProposalId, SubOrderId
from app.domain.money import Money, VatRate
from app.domain.sales.anomalies import Anomaly, Circumstances, Signatory, anomalies
from app.domain.sales.payment_plan import replanned
from app.domain.sales.pricing import priced
from app.domain.sales.proposal import Action, Line, PlanTemplate, Proposal, ProposalKind, SubOrder
from tests.bench.figures import Figure, interleaved, p95

LINES, SUB_ORDERS = 500, 10
EACH = LINES // SUB_ORDERS
ON = date(2026, 11, 21)


def _line(number: int, action: Action, rng: random.Random, *, in_amendment: bool) -> Line:
    line = Line(
        id=LineId(f"{number:032x}"),
        product_id=ProductId(f"{number % 80:032x}"),
        product=f"P{number % 80:03}",
        label=f"Produit {number}",
        action=action,
        net=Money(0),
        vat_rate=VatRate(rng.choice([550, 1000, 2000])),
        quantity=rng.randint(1, 9),
        unit_price=Money(rng.randint(1_000, 90_000)),
        discount=rng.choice([0, 0, 500, 1500]),
        previous_net=Money(rng.randint(1_000, 90_000)),
        price_valid_until=ON + timedelta(days=rng.choice([-3, 200])),
    )
    return priced(line, in_amendment=in_amendment)


def proposal_of_500_lines(rng: random.Random) -> Proposal:
    """Ten sub-orders of fifty lines, half of them amendments, one negative; discounts too high, prices expired."""
    sub_orders = []
    for number in range(SUB_ORDERS):
        in_amendment = number % 2 == 0
        mostly = Action.CANCEL if number == 4 else Action.ADD if in_amendment else Action.RENEW
        actions = [mostly, mostly, mostly, Action.MODIFY, Action.CANCEL]
        lines = tuple(
            _line(number * EACH + place, actions[place % 5], rng, in_amendment=in_amendment) for place in range(EACH)
        )
        sub_orders.append(
            SubOrder(
                id=SubOrderId(f"{number:032x}"),
                number=f"{number}01",
                range_name=f"Gamme {number}",
                amendment=str(number) if in_amendment else None,
                lines=lines,
            )
        )
    return replanned(
        Proposal(
            id=ProposalId("0" * 32),
            account_id=AccountId("1" * 32),
            name="Simulation 2",
            edition=2027,
            kind=ProposalKind.SIMULATION,
            plan_template=PlanTemplate.TEN_MONTHLY,
            first_due_on=date(2027, 1, 15),
            sub_orders=tuple(sub_orders),
        )
    )


def recomputed(proposal: Proposal, around: Circumstances) -> tuple[Proposal, tuple[Anomaly, ...]]:
    """What one keystroke in a price asks for."""
    first = proposal.sub_orders[0]
    line = priced(replace(first.lines[0], quantity=first.lines[0].quantity % 9 + 1), in_amendment=True)
    changed = replace(first, lines=(line, *first.lines[1:]))
    after = replanned(replace(proposal, sub_orders=(changed, *proposal.sub_orders[1:])))
    return after, anomalies(after, around)


def measure() -> Figure:
    """The median time of one recomputation, milliseconds."""
    around = Circumstances(on=ON, discount_limit=1_000, signatory=Signatory())
    proposal = proposal_of_500_lines(random.Random(20261121))
    found = recomputed(proposal, around)[1]
    works = {"recompute": lambda: recomputed(proposal, around), "yardstick": lambda: sum(range(200_000))}
    runs = interleaved(works, times=200)
    taken = runs["recompute"]
    return Figure(
        "recompute_500_lines",
        "recomputing a proposal of 500 lines with all anomalies",
        statistics.median(taken),
        5.0,
        "ms",
        {
            "p95_ms": p95(taken),
            "lines": LINES,
            "anomalies": len(found),
            # What adding up 200,000 whole numbers takes in the same run: 2 ms where nobody else is at work.
            "yardstick_ms": statistics.median(runs["yardstick"]),
        },
    )
