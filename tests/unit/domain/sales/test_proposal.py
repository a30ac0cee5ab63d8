"""Sub-orders and proposals say what they come to, and what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from app.domain.money import Money, VatRate, total, totals
from app.domain.sales.proposal import Action, ProposalStatus, SubOrder, set_totals
from tests.unit.domain.sales.making import line, part, proposal, sub_orders

NORMAL, REDUCED = VatRate(2000), VatRate(550)


def test_a_line_knows_its_price_before_discount() -> None:
    assert line(0, unit_price=Money(420_00), quantity=3).list_net == Money(1_260_00)


@pytest.mark.parametrize(
    ("made", "lost", "idle", "orderable", "negative"),
    [
        (part("001", line(1)), False, False, True, False),
        (part("001", line(0, Action.CANCEL)), True, False, False, False),
        (part("001", line(0, Action.CANCEL), line(1)), False, False, True, False),
        (part("001"), False, False, True, False),
        (part("001", line(0, Action.KEEP)), False, False, True, False),
        (part("101", line(0, Action.KEEP), amendment="12"), False, True, False, False),
        (part("101", amendment="12"), False, True, False, False),
        (part("101", line(0, Action.RENEW), amendment="12"), False, True, False, False),
        (part("101", line(0, Action.KEEP), line(-5, Action.MODIFY), amendment="12"), False, False, True, True),
        (part("101", line(-5, Action.CANCEL), amendment="12"), True, False, False, True),
        (part("101", line(5, Action.ADD), line(-5, Action.CANCEL), amendment="12"), False, False, True, False),
    ],
)
def test_what_a_sub_order_is(made: SubOrder, lost: bool, idle: bool, orderable: bool, negative: bool) -> None:
    assert (made.is_lost, made.changes_nothing, made.is_orderable, made.is_negative) == (
        *(lost, idle),
        *(orderable, negative),
    )


@given(sub_orders())
def test_a_document_is_rounded_as_one_and_says_the_difference(parts: tuple[SubOrder, ...]) -> None:
    whole = proposal(*parts)
    assert whole.totals == set_totals(parts) == totals((row.vat_rate, row.net) for row in whole.lines)
    assert whole.totals.net == total(each.net for each in parts)
    assert whole.rounding == whole.totals.vat - total(each.totals.vat for each in parts)
    rates = sum(len(each.totals.vat_by_rate) for each in parts)
    assert abs(whole.rounding.cents) <= (rates + len(whole.totals.vat_by_rate)) / 2


def test_the_rounding_line_of_two_sub_orders() -> None:
    whole = proposal(part("001", line(13)), part("101", line(13)))
    assert [each.totals.vat for each in whole.sub_orders] == [Money(3), Money(3)]
    assert whole.totals.vat == Money(5)
    assert whole.rounding == Money(-1)


def test_lines_come_in_the_order_of_the_screen() -> None:
    one, two, three = line(1), line(2, rate=REDUCED), line(3)
    whole = proposal(part("001", one, two), part("101", three))
    assert whole.lines == (one, two, three)
    assert whole.totals.vat_by_rate == {REDUCED: Money(0), NORMAL: Money(1)}


@pytest.mark.parametrize("status", ProposalStatus)
def test_only_a_draft_is_open(status: ProposalStatus) -> None:
    assert replace(proposal(), status=status).is_open == (status is ProposalStatus.DRAFT)
