"""What dropping something amounts to: a product, with the last live line a range, with the last range all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.identifiers import LineId
from app.domain.money import Money, total
from app.domain.refusal import Refusal
from app.domain.sales.editing import cancelled_line
from app.domain.sales.losses import (
    LossKind,
    consequence_of_cancelling,
    consequence_of_dropping,
    lost_net,
)
from app.domain.sales.proposal import Action, SubOrder
from tests.unit.domain.sales.making import line, part, proposal, sub_orders

LIVE, DEAD = Action.RENEW, Action.CANCEL


def test_a_line_among_others_is_a_product_loss() -> None:
    one, other = line(1, LIVE), line(2, LIVE)
    assert consequence_of_cancelling(proposal(part("001", one, other)), one.id) is LossKind.PRODUCT


def test_the_last_live_line_is_the_range() -> None:
    one = line(1, LIVE)
    made = proposal(part("001", one, line(0, DEAD)), part("101", line(2, LIVE)))
    assert consequence_of_cancelling(made, one.id) is LossKind.RANGE


@pytest.mark.parametrize("others", [(), (part("101", line(0, DEAD)),)])
def test_the_last_live_line_of_the_last_range_is_everything(others: tuple[SubOrder, ...]) -> None:
    one = line(1, LIVE)
    assert consequence_of_cancelling(proposal(part("001", one), *others), one.id) is LossKind.TOTAL


def test_dropping_a_sub_order_is_its_range_or_everything() -> None:
    one, other = part("001", line(1)), part("101", line(2))
    assert consequence_of_dropping(proposal(one, other), one) is LossKind.RANGE
    assert consequence_of_dropping(proposal(one), one) is LossKind.TOTAL


def test_a_line_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        consequence_of_cancelling(proposal(part("001", line(1))), LineId("none"))
    assert refused.value.code == "LINE_UNKNOWN"


def test_what_is_lost_is_what_the_customer_paid() -> None:
    lost = part("001", line(5_00, previous_net=Money(90_00)), line(7_00), line(0, DEAD, previous_net=Money(10_00)))
    assert lost_net(lost) == Money(100_00)


@given(sub_orders().filter(lambda parts: any(each.lines for each in parts)), st.data())
def test_the_consequence_is_what_is_seen_once_it_is_done(parts: tuple[SubOrder, ...], data: st.DataObject) -> None:
    made = proposal(*parts)
    chosen = data.draw(st.sampled_from(made.lines))
    kind = consequence_of_cancelling(made, chosen.id)
    after = [
        part(each.number, *(cancelled_line(row) if row.id == chosen.id else row for row in each.lines))
        for each in parts
    ]
    touched = next(now for now, before in zip(after, parts, strict=True) if chosen in before.lines)
    assert (kind is LossKind.PRODUCT) == (not touched.is_lost)
    assert (kind is LossKind.TOTAL) == all(each.is_lost for each in after)


@given(st.lists(st.integers(0, 10**6).map(Money)))
def test_losses_add_up(nets: list[Money]) -> None:
    assert lost_net(part("001", *(line(0, previous_net=net) for net in nets))) == total(nets)
