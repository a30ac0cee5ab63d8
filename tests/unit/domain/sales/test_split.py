"""The split: its worked cases as examples, its laws as properties."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.domain.sales.proposal import Action, SubOrder, set_totals
from app.domain.sales.split import Split, split
from tests.unit.domain.sales.making import line, part, sub_orders


def numbers(parts: tuple[SubOrder, ...]) -> list[str]:
    return [one.number for one in parts]


def places(result: Split) -> tuple[tuple[SubOrder, ...], ...]:
    return (result.stays, result.apart, result.customer_service, result.range_loss)


PLUS, MINUS = 100_00, -40_00


@pytest.mark.parametrize(
    ("nets", "stays", "apart"),
    [
        ({"001": PLUS, "101": PLUS, "201": PLUS}, ["001", "101", "201"], []),
        ({"001": PLUS, "101": MINUS, "201": PLUS}, ["001", "201"], ["101"]),
        ({"001": PLUS, "101": MINUS, "201": MINUS}, ["001"], ["101", "201"]),
        ({"001": MINUS, "101": MINUS}, ["001", "101"], []),
    ],
)
def test_negative_sub_orders_leave_together_unless_all_are(
    nets: dict[str, int], stays: list[str], apart: list[str]
) -> None:
    parts = [part(number, line(net, Action.MODIFY), amendment="01") for number, net in nets.items()]

    result = split(parts)

    assert (numbers(result.stays), numbers(result.apart)) == (stays, apart)
    assert result.is_needed is bool(apart)


def test_amendments_that_change_nothing_go_to_customer_service() -> None:
    parts = [part(number, line(0, Action.KEEP), amendment="01", details_changed=True) for number in ("001", "101")]
    parts.append(part("201", amendment="02", details_changed=True))

    result = split(parts)

    assert result.stays == result.apart == result.range_loss == ()
    assert numbers(result.customer_service) == ["001", "101", "201"]


def test_a_zero_amount_with_product_changes_is_orderable() -> None:
    parts = [
        part("001", line(PLUS)),
        part("101", line(50_00, Action.ADD), line(-50_00, Action.CANCEL), amendment="01"),
    ]

    assert not split(parts).is_needed


def test_a_wholly_cancelled_sub_order_leaves_as_a_range_loss() -> None:
    result = split([part("001", line(PLUS)), part("101", line(0, Action.CANCEL), line(0, Action.CANCEL))])

    assert numbers(result.stays) == ["001"]
    assert numbers(result.range_loss) == ["101"]


def test_what_is_lost_does_not_count_as_a_neighbour() -> None:
    result = split([part("001", line(0, Action.CANCEL)), part("101", line(MINUS, Action.MODIFY), amendment="01")])

    assert numbers(result.stays) == ["101"]


def test_what_changes_nothing_does_not_count_as_a_neighbour() -> None:
    result = split(
        [part("001", line(0, Action.KEEP), amendment="01"), part("101", line(MINUS, Action.MODIFY), amendment="01")]
    )

    assert numbers(result.stays) == ["101"]


def test_loss_comes_before_negative() -> None:
    result = split([part("001", line(PLUS)), part("101", line(MINUS, Action.CANCEL), amendment="01")])

    assert numbers(result.range_loss) == ["101"]
    assert result.apart == ()


def test_the_gross_amount_decides_not_the_net() -> None:
    from app.domain.money import VatRate

    parts = [
        part("001", line(PLUS)),
        part("101", line(100, Action.ADD, VatRate(0)), line(-100, Action.CANCEL, VatRate(2000)), amendment="01"),
    ]

    assert parts[1].net == Money(0)
    assert numbers(split(parts).apart) == ["101"]


@given(sub_orders())
def test_every_sub_order_ends_in_exactly_one_place(parts: tuple[SubOrder, ...]) -> None:
    ended = [one.id for place in places(split(parts)) for one in place]

    assert Counter(ended) == Counter(one.id for one in parts)


@given(sub_orders())
def test_the_net_amounts_per_rate_add_up_to_what_they_were(parts: tuple[SubOrder, ...]) -> None:
    added: Counter[object] = Counter()
    for place in places(split(parts)):
        for rate, net in set_totals(place).net_by_rate.items():
            added[rate] += net.cents

    assert added == Counter({rate: net.cents for rate, net in set_totals(parts).net_by_rate.items()})


@given(sub_orders())
def test_no_resulting_proposal_mixes_negative_with_non_negative(parts: tuple[SubOrder, ...]) -> None:
    result = split(parts)
    for place in (result.stays, result.apart):
        assert len({one.is_negative for one in place}) <= 1


@given(sub_orders())
def test_splitting_a_result_again_changes_nothing(parts: tuple[SubOrder, ...]) -> None:
    result = split(parts)
    for place in (result.stays, result.apart):
        assert split(place) == Split(place, (), (), ())


@given(st.data())
def test_the_order_of_sub_orders_does_not_matter(data: st.DataObject) -> None:
    parts = data.draw(sub_orders())
    shuffled = data.draw(st.permutations(parts))

    before, after = split(parts), split(shuffled)

    assert [{one.id for one in place} for place in places(before)] == [
        {one.id for one in place} for place in places(after)
    ]
