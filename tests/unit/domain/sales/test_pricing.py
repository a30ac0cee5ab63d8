"""What a line costs: price, quantity and discount in a renewal; the difference it makes in an amendment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import BASIS, ZERO, Money
from app.domain.refusal import Refusal
from app.domain.sales.pricing import MOST_PIECES, net_of, priced
from app.domain.sales.proposal import Action, Line
from tests.unit.domain.sales.making import line

ADDED, MODIFIED, RENEWED, KEPT, CANCELLED = (
    *(Action.ADD, Action.MODIFY, Action.RENEW),
    *(Action.KEEP, Action.CANCEL),
)


def of(action: Action, price: int, before: int | None = None, quantity: int = 1, discount: int = 0) -> Line:
    previous = None if before is None else Money(before)
    return line(0, action, unit_price=Money(price), previous_net=previous, quantity=quantity, discount=discount)


@pytest.mark.parametrize(
    ("given_line", "in_amendment", "net"),
    [
        # In a renewal a line costs what it costs, whatever it cost before.
        (of(RENEWED, 100_00, 90_00), False, 100_00),
        (of(ADDED, 100_00), False, 100_00),
        (of(MODIFIED, 100_00, 90_00, quantity=3, discount=1000), False, 270_00),
        (of(CANCELLED, 100_00, 90_00), False, 0),
        (of(KEPT, 100_00, 90_00), False, 0),
        # In an amendment it adds the difference to what runs.
        (of(KEPT, 100_00, 90_00), True, 0),
        (of(ADDED, 100_00), True, 100_00),
        (of(MODIFIED, 100_00, 90_00), True, 10_00),
        (of(MODIFIED, 100_00, 190_00), True, -90_00),
        (of(CANCELLED, 100_00, 90_00), True, -90_00),
        (of(CANCELLED, 100_00), True, 0),
        (of(MODIFIED, 100_00), True, 100_00),
    ],
)
def test_what_a_line_adds(given_line: Line, in_amendment: bool, net: int) -> None:
    assert net_of(given_line, in_amendment=in_amendment) == Money(net)
    assert priced(given_line, in_amendment=in_amendment) == replace(given_line, net=Money(net))


def test_a_discount_of_nine_and_a_half_per_cent_is_not_nine() -> None:
    assert priced(of(ADDED, 100_00, discount=950), in_amendment=False).net == Money(90_50)


def test_a_discount_is_rounded_once_on_the_whole_line() -> None:
    assert priced(of(ADDED, 33, quantity=3, discount=5000), in_amendment=False).net == Money(50)


@pytest.mark.parametrize("quantity", [0, -1, MOST_PIECES + 1])
def test_a_quantity_out_of_range_is_refused(quantity: int) -> None:
    with pytest.raises(Refusal) as refused:
        priced(of(ADDED, 1, quantity=quantity), in_amendment=False)
    assert (refused.value.code, refused.value.field) == ("QUANTITY_OUT_OF_RANGE", "quantity")


@pytest.mark.parametrize("discount", [-1, BASIS + 1])
def test_a_discount_out_of_range_is_refused(discount: int) -> None:
    with pytest.raises(Refusal) as refused:
        priced(of(ADDED, 1, discount=discount), in_amendment=False)
    assert (refused.value.code, refused.value.field) == ("DISCOUNT_OUT_OF_RANGE", "discount")


@pytest.mark.parametrize(("quantity", "discount"), [(1, 0), (MOST_PIECES, BASIS)])
def test_the_ends_of_the_ranges_are_allowed(quantity: int, discount: int) -> None:
    assert priced(of(ADDED, 1, quantity=quantity, discount=discount), in_amendment=False).quantity == quantity


LINES = st.builds(
    of,
    st.sampled_from(Action),
    st.integers(0, 10_000_00),
    st.none() | st.integers(0, 10_000_00),
    st.integers(1, 50),
    st.integers(0, BASIS),
)


@given(LINES)
def test_an_amendment_and_a_renewal_differ_by_what_ran(made: Line) -> None:
    before = made.previous_net or ZERO
    difference = net_of(made, in_amendment=False) - net_of(made, in_amendment=True)
    assert difference == (before if made.action in {MODIFIED, CANCELLED} else ZERO)


@given(LINES, st.booleans())
def test_pricing_again_changes_nothing_and_only_the_net_is_made(made: Line, in_amendment: bool) -> None:
    once = priced(made, in_amendment=in_amendment)
    assert priced(once, in_amendment=in_amendment) == once
    assert replace(once, net=made.net) == made
