"""Sub-orders and proposals made in one line, and how Hypothesis makes them."""

from __future__ import annotations

from itertools import count

from hypothesis import strategies as st

from app.domain.identifiers import AccountId, LineId, ProposalId, SubOrderId
from app.domain.money import Money, VatRate
from app.domain.sales.proposal import Action, Line, Proposal, ProposalKind, SubOrder

_numbers = count()

RATES = (VatRate(2000), VatRate(1000), VatRate(550), VatRate(210))


def line(net: int, action: Action = Action.RENEW, rate: VatRate = RATES[0], **more: object) -> Line:
    """Give a line that adds `net` cents."""
    made = Line(
        id=LineId(f"line {next(_numbers)}"),
        product_id=None,
        product="P",
        label="Produit",
        action=action,
        net=Money(net),
        vat_rate=rate,
    )
    return made if not more else _with(made, **more)


def _with(made: Line, **more: object) -> Line:
    from dataclasses import fields

    values = {field.name: getattr(made, field.name) for field in fields(made)}
    return Line(**{**values, **more})


def part(number: str, *lines: Line, amendment: str | None = None, details_changed: bool = False) -> SubOrder:
    """Give a sub-order."""
    return SubOrder(
        id=SubOrderId(f"part {next(_numbers)}"),
        number=number,
        range_name=f"Gamme {number}",
        amendment=amendment,
        details_changed=details_changed,
        lines=lines,
    )


def proposal(*parts: SubOrder, name: str = "Avec display") -> Proposal:
    """Give a simulation."""
    return Proposal(
        id=ProposalId("proposal"),
        account_id=AccountId("account"),
        name=name,
        edition=2027,
        kind=ProposalKind.SIMULATION,
        sub_orders=parts,
    )


_nets = st.integers(-5_000_00, 5_000_00)


@st.composite
def renewals(draw: st.DrawFn, number: str) -> SubOrder:
    """Make a renewal: its cancelled lines add nothing."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        action = draw(st.sampled_from((Action.RENEW, Action.ADD, Action.MODIFY, Action.CANCEL)))
        net = 0 if action is Action.CANCEL else draw(_nets)
        lines.append(line(net, action, draw(st.sampled_from(RATES))))
    return part(number, *lines)


@st.composite
def amendments(draw: st.DrawFn, number: str) -> SubOrder:
    """Make an amendment: kept lines add nothing; it may have no line at all."""
    lines = []
    for _ in range(draw(st.integers(0, 4))):
        action = draw(st.sampled_from((Action.KEEP, Action.ADD, Action.MODIFY, Action.CANCEL)))
        net = 0 if action is Action.KEEP else draw(_nets)
        lines.append(line(net, action, draw(st.sampled_from(RATES))))
    changed = draw(st.booleans())
    return part(number, *lines, amendment=draw(st.sampled_from(("01", "12"))), details_changed=changed)


@st.composite
def sub_orders(draw: st.DrawFn) -> tuple[SubOrder, ...]:
    """Make the sub-orders of a proposal, each with a number of its own."""
    numbers = draw(st.lists(st.sampled_from(("001", "101", "201", "301", "401", "501")), unique=True, max_size=6))
    return tuple(draw(st.one_of(renewals(number), amendments(number))) for number in numbers)
