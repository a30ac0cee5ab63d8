"""Simulations side by side: line by line, in total, and against last edition (S11)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from app.domain.money import ZERO, Money, total
from app.domain.sales.comparison import compare
from app.domain.sales.proposal import Action, Line, SubOrder
from tests.unit.domain.sales.making import line, part, proposal, sub_orders


def of(product: str, net: int, action: Action = Action.RENEW, before: int | None = None, where: str = "") -> Line:
    """A line of a product; `where` gives its activity and area."""
    activity, _, area = where.partition(", ")
    previous = None if before is None else Money(before)
    return replace(
        line(net, action), product=product, label=product.title(), previous_net=previous, activity=activity, area=area
    )


FIRST = proposal(
    part("001", of("encart", 100, before=90), of("logo", 30, where="Fleuristes, Chartres")),
    part("101", of("display", 500, before=400)),
)
SECOND = proposal(
    part("001", of("encart", 80), of("logo", 30, where="Fleuristes, Chartres")),
    part("101", of("display", 0, Action.CANCEL)),
    part("201", of("fiche", 70, Action.ADD)),
)


def test_each_product_stands_on_one_row() -> None:
    first, second, third = compare([FIRST, SECOND])
    assert [each.number for each in (first, second, third)] == ["001", "101", "201"]
    encart, logo = first.lines
    assert (encart.nets, encart.previous_net, encart.difference, encart.is_same) == (
        *((Money(100), Money(80)), Money(90)),
        *(Money(-20), False),
    )
    assert (logo.where, logo.is_same, logo.difference) == ("Fleuristes · Chartres", True, ZERO)
    assert (first.nets, first.previous_net) == ((Money(130), Money(110)), Money(90))


def test_what_is_cancelled_or_not_there_is_held_by_none() -> None:
    _, display, listing = compare([FIRST, SECOND])
    assert display.lines[0].nets == (Money(500), None)
    assert display.lines[0].difference == Money(-500)
    assert display.nets == (Money(500), ZERO)
    assert listing.lines[0].nets == (None, Money(70))
    assert listing.lines[0].previous_net is None
    assert listing.previous_net == ZERO


def test_what_an_amendment_takes_away_is_shown() -> None:
    made = proposal(part("101", of("display", -400, Action.CANCEL), amendment="12"))
    assert compare([made])[0].lines[0].nets == (Money(-400),)


def test_the_same_product_twice_is_two_rows() -> None:
    made = proposal(part("001", of("encart", 1), of("encart", 2)))
    assert [row.nets for row in compare([made, made])[0].lines] == [(Money(1), Money(1)), (Money(2), Money(2))]


def test_nothing_beside_nothing() -> None:
    assert compare([]) == ()
    assert compare([proposal(), proposal()]) == ()


@given(sub_orders(), sub_orders())
def test_every_amount_is_on_one_row_and_the_columns_add_up(
    one: tuple[SubOrder, ...], other: tuple[SubOrder, ...]
) -> None:
    proposals = (proposal(*one), proposal(*other))
    rows = compare(proposals)
    for column, each in enumerate(proposals):
        assert total(row.nets[column] for row in rows) == each.totals.net
        shown = [amount for row in rows for cell in row.lines if (amount := cell.nets[column]) is not None]
        assert total(shown) == each.totals.net
    assert all(cell.difference == (cell.nets[1] or ZERO) - (cell.nets[0] or ZERO) for row in rows for cell in row.lines)


@given(sub_orders())
def test_a_proposal_beside_itself_differs_in_nothing(parts: tuple[SubOrder, ...]) -> None:
    made = proposal(*parts)
    for row in compare([made, made]):
        assert all(cell.is_same and cell.difference == ZERO for cell in row.lines)
