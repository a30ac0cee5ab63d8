"""What a rep does to lines: add, change, replace, cancel, take back; the plan follows, and a frozen proposal holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue.product import Price, Product, ProductKind, ProductRange
from app.domain.identifiers import LineId, ProductId, RangeId, SubOrderId
from app.domain.money import ZERO, Money, VatRate
from app.domain.refusal import Refusal
from app.domain.sales.editing import (
    cancelled_line,
    changed_line,
    duplicated,
    line_of,
    must_be_open,
    replaced_line,
    repriced,
    restored_line,
    sub_order_of,
    under_new_ids,
    with_line,
    with_new_line,
    with_sub_orders,
    without_line,
)
from app.domain.sales.proposal import (
    Action,
    Instalment,
    Line,
    PlanTemplate,
    Proposal,
    ProposalKind,
    ProposalStatus,
)
from tests.unit.domain.sales.making import line, part, proposal

_numbers = count()
ONLINE = ProductRange(id=RangeId("r2"), number="201", name="Visibilité en ligne")
LISTING = Product(
    id=ProductId("p"),
    code="FICHE",
    name="Fiche premium",
    kind=ProductKind.SERVICE,
    range_id=ONLINE.id,
    vat_rate=VatRate(550),
    prices=(Price(edition=2027, net=Money(948_00), valid_from=date(2026, 9, 1), valid_until=date(2027, 3, 31)),),
)


def new_id() -> str:
    return f"new {next(_numbers)}"


def priced_line(price: int, action: Action = Action.RENEW, before: int | None = None) -> Line:
    previous = None if before is None else Money(before)
    return line(price, action, unit_price=Money(price), previous_net=previous)


def draft() -> Proposal:
    """Two sub-orders, 100 € and 50 € net, paid in three."""
    made = proposal(part("001", priced_line(60_00), priced_line(40_00)), part("101", priced_line(50_00)))
    planned = replace(made, plan_template=PlanTemplate.THREE, first_due_on=date(2027, 1, 15))
    return with_sub_orders(planned, planned.sub_orders)


# ------------------------------------------------------------------------------------------ finding, freezing
@pytest.mark.parametrize("status", [status for status in ProposalStatus if status is not ProposalStatus.DRAFT])
def test_a_frozen_proposal_does_not_change(status: ProposalStatus) -> None:
    frozen = replace(draft(), status=status)
    first = frozen.lines[0]
    changes: list[Callable[[], object]] = [
        lambda: must_be_open(frozen),
        lambda: with_line(frozen, first),
        lambda: with_new_line(frozen, LISTING, ONLINE, new_id),
        lambda: without_line(frozen, first.id),
        lambda: repriced(frozen, first.id, LISTING, date(2026, 11, 21)),
    ]
    for change in changes:
        with pytest.raises(Refusal) as refused:
            change()
        assert refused.value.code == "PROPOSAL_FROZEN"
        assert refused.value.facts["status"] == status.value


def test_a_line_and_a_sub_order_are_found_by_their_ids() -> None:
    made = draft()
    assert line_of(made, made.lines[2].id) == (made.sub_orders[1], made.lines[2])
    assert sub_order_of(made, made.sub_orders[1].id) == made.sub_orders[1]


def test_what_is_not_there_is_refused() -> None:
    for find, code in (
        (lambda: line_of(draft(), LineId("none")), "LINE_UNKNOWN"),
        (lambda: sub_order_of(draft(), SubOrderId("none")), "SUB_ORDER_UNKNOWN"),
        (lambda: with_line(draft(), line(1)), "LINE_UNKNOWN"),
        (lambda: without_line(draft(), LineId("none")), "LINE_UNKNOWN"),
    ):
        with pytest.raises(Refusal) as refused:
            find()
        assert refused.value.code == code


# ------------------------------------------------------------------------------------------ changing
def test_a_changed_quantity_moves_line_totals_and_plan() -> None:
    made = draft()
    after = with_line(made, changed_line(made.lines[0], quantity=2))
    assert after.lines[0].net == Money(120_00)
    assert after.lines[0].action is Action.MODIFY
    assert after.totals.gross == Money(252_00)
    assert [due.gross for due in after.payment_plan] == [Money(84_00)] * 3
    assert after.lines[1:] == made.lines[1:]


def test_a_plan_by_hand_stays_as_the_person_filled_it() -> None:
    by_hand = (Instalment(due_on=date(2027, 2, 1), gross=Money(180_00)),)
    made = replace(draft(), plan_template=PlanTemplate.BY_HAND, payment_plan=by_hand)
    assert with_line(made, changed_line(made.lines[0], discount=500)).payment_plan == by_hand


@pytest.mark.parametrize(
    ("action", "after"),
    [
        (Action.RENEW, Action.MODIFY),
        (Action.KEEP, Action.MODIFY),
        (Action.ADD, Action.ADD),
        (Action.MODIFY, Action.MODIFY),
        (Action.CANCEL, Action.CANCEL),
    ],
)
def test_what_was_renewed_or_kept_becomes_modified(action: Action, after: Action) -> None:
    changed = changed_line(priced_line(1_00, action), discount=500)
    assert (changed.action, changed.discount, changed.quantity) == (after, 500, 1)


def test_in_an_amendment_a_changed_line_costs_the_difference() -> None:
    made = proposal(part("101", priced_line(0, Action.KEEP, before=90_00), amendment="12"))
    kept = replace(made.lines[0], unit_price=Money(90_00))
    after = with_line(made, changed_line(kept, discount=1000))
    assert after.lines[0].net == Money(-9_00)


def test_a_replaced_product_takes_the_lines_place_at_its_own_price() -> None:
    before = replace(priced_line(60_00), label="Fiche simple", quantity=2, discount=500)
    after = replaced_line(before, LISTING, 2027)
    assert (after.product, after.label, after.vat_rate) == ("FICHE", "Fiche premium", VatRate(550))
    assert (after.unit_price, after.price_valid_until) == (Money(948_00), date(2027, 3, 31))
    assert (after.quantity, after.discount, after.replaces, after.action) == (2, 500, "Fiche simple", Action.MODIFY)
    again = replaced_line(after, LISTING, 2027)
    assert again.replaces == "Fiche simple", "the first product is what the customer knows"
    assert replaced_line(priced_line(1, Action.ADD), LISTING, 2027).action is Action.ADD


def test_a_cancelled_line_remembers_what_it_was() -> None:
    before = priced_line(60_00, Action.MODIFY)
    cancelled = cancelled_line(before)
    assert (cancelled.action, cancelled.before_cancel) == (Action.CANCEL, Action.MODIFY)
    assert cancelled_line(cancelled) == cancelled
    assert restored_line(cancelled, in_amendment=False) == before
    assert restored_line(before, in_amendment=False) == before
    assert restored_line(priced_line(0, Action.CANCEL), in_amendment=False).action is Action.RENEW
    assert restored_line(priced_line(0, Action.CANCEL), in_amendment=True).action is Action.KEEP


@given(st.data())
def test_cancelling_and_taking_back_gives_the_very_same_proposal(data: st.DataObject) -> None:
    made = draft()
    chosen = data.draw(st.sampled_from(made.lines))
    cancelled = with_line(made, cancelled_line(chosen))
    assert line_of(cancelled, chosen.id)[1].net == ZERO
    back = with_line(cancelled, restored_line(line_of(cancelled, chosen.id)[1], in_amendment=False))
    assert back == made


# ------------------------------------------------------------------------------------------ adding, removing
def test_a_product_joins_the_sub_order_of_its_range() -> None:
    made = with_new_line(draft(), LISTING, replace(ONLINE, number="101"), new_id, activity="Fleuristes", area="28")
    added = made.sub_orders[1].lines[-1]
    assert (added.action, added.net, added.activity, added.area, added.period) == (
        *(Action.ADD, Money(948_00)),
        *("Fleuristes", "28", ""),
    )
    assert len(made.sub_orders) == 2
    assert made.totals.gross == sum((due.gross for due in made.payment_plan), ZERO)


def test_the_sub_order_of_a_new_range_is_made_in_its_place() -> None:
    made = with_new_line(draft(), LISTING, replace(ONLINE, number="051"), new_id)
    assert [each.number for each in made.sub_orders] == ["001", "051", "101"]
    assert made.sub_orders[1].range_name == "Visibilité en ligne"


def test_a_product_without_a_price_is_not_added() -> None:
    with pytest.raises(Refusal) as refused:
        with_new_line(replace(draft(), edition=2030), LISTING, ONLINE, new_id)
    assert refused.value.code == "NO_PRICE"


def test_adding_and_removing_gives_the_very_same_proposal() -> None:
    made = draft()
    for family in (ONLINE, replace(ONLINE, number="101")):
        added = with_new_line(made, LISTING, family, new_id)
        new = next(row for row in added.lines if row not in made.lines)
        assert without_line(added, new.id) == made


def test_sub_orders_stand_in_the_order_of_their_numbers() -> None:
    mixed = [part("201", line(1)), part("001", line(2)), part("101", line(3), amendment="02"), part("101", line(4))]
    made = with_sub_orders(proposal(), mixed)
    assert [(each.number, each.amendment) for each in made.sub_orders] == [
        *(("001", None), ("101", None)),
        *(("101", "02"), ("201", None)),
    ]


# ------------------------------------------------------------------------------------------ copies, prices
def test_a_copy_is_an_open_simulation_with_ids_of_its_own() -> None:
    made = replace(draft(), status=ProposalStatus.ORDERED, version=3, kind=ProposalKind.DEFAULT)
    copy = duplicated(made, "Avec display", new_id)
    assert (copy.name, copy.kind, copy.status, copy.version) == (
        *("Avec display", ProposalKind.SIMULATION),
        *(ProposalStatus.DRAFT, 1),
    )
    assert (copy.totals, copy.payment_plan) == (made.totals, made.payment_plan)
    every = [copy.id, *(each.id for each in copy.sub_orders), *(row.id for row in copy.lines)]
    old = {made.id, *(each.id for each in made.sub_orders), *(row.id for row in made.lines)}
    assert len(set(every)) == len(every)
    assert old.isdisjoint(every)


def test_a_sub_order_under_new_ids_is_otherwise_the_same() -> None:
    before = draft().sub_orders[0]
    after = under_new_ids(before, new_id)
    assert after.totals == before.totals
    assert replace(after, id=before.id, lines=before.lines) == before
    assert [replace(row, id=old.id) for row, old in zip(after.lines, before.lines, strict=True)] == list(before.lines)


def test_a_line_is_put_under_the_list_in_force() -> None:
    made = draft()
    first = replace(made.lines[0], quantity=2, discount=1000, price_valid_until=date(2026, 8, 31))
    made = with_line(made, first)
    for day in (date(2026, 9, 1), date(2027, 3, 31)):
        row = repriced(made, first.id, LISTING, day).lines[0]
        assert (row.net, row.quantity, row.discount) == (Money(1_706_40), 2, 1000)
        assert row.price_valid_until == date(2027, 3, 31)


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2027, 4, 1)])
def test_no_list_in_force_is_refused(day: date) -> None:
    made = draft()
    with pytest.raises(Refusal) as refused:
        repriced(made, made.lines[0].id, LISTING, day)
    assert refused.value.code == "PRICE_LIST_EXPIRED"
