"""The instalments add up to the gross total to the cent, rounding on the first, on working days (S16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.calendar import is_working_day, months_later
from app.domain.money import ZERO, Money, total
from app.domain.refusal import Refusal
from app.domain.sales.payment_plan import SHARES, first_due, plan, replanned
from app.domain.sales.proposal import Instalment, PlanTemplate
from tests.unit.domain.sales.making import line, part, proposal

TEMPLATES = st.sampled_from(sorted(SHARES))
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def test_a_total_is_spread_with_the_rounding_on_the_first() -> None:
    assert plan(Money(100_00), PlanTemplate.THREE, date(2027, 1, 15)) == (
        Instalment(due_on=date(2027, 1, 15), gross=Money(33_34)),
        Instalment(due_on=date(2027, 2, 15), gross=Money(33_33)),
        Instalment(due_on=date(2027, 3, 15), gross=Money(33_33)),
    )


def test_a_due_date_on_a_holiday_or_a_weekend_moves_to_the_next_working_day() -> None:
    dues = [due.due_on for due in plan(Money(4), PlanTemplate.FOUR, date(2027, 5, 1))]
    assert dues == [date(2027, 5, 3), date(2027, 6, 1), date(2027, 7, 1), date(2027, 8, 2)]


@given(st.integers(1, 10**9).map(Money), TEMPLATES, DAYS)
@example(Money(1), PlanTemplate.TEN_MONTHLY, date(2027, 1, 31))
def test_the_sum_is_the_total_and_the_rest_is_on_the_first(gross: Money, template: PlanTemplate, day: date) -> None:
    dues = plan(gross, template, day)
    assert len(dues) == SHARES[template]
    assert total(due.gross for due in dues) == gross
    first, *others = (due.gross for due in dues)
    assert len(set(others)) <= 1
    assert all(ZERO <= first - other < Money(len(dues)) for other in others)


@given(st.integers(1, 10**9).map(Money), TEMPLATES, DAYS)
def test_due_dates_are_working_days_month_after_month(gross: Money, template: PlanTemplate, day: date) -> None:
    dues = [due.due_on for due in plan(gross, template, day)]
    assert all(map(is_working_day, dues))
    assert all(0 <= (due - months_later(day, month)).days <= 4 for month, due in enumerate(dues))
    assert dues == sorted(set(dues))


@pytest.mark.parametrize("cents", [0, -1, -500_00])
def test_a_total_of_zero_or_below_has_no_plan(cents: int) -> None:
    assert plan(Money(cents), PlanTemplate.FOUR, date(2027, 1, 15)) == ()


def test_a_plan_by_hand_is_not_computed() -> None:
    with pytest.raises(Refusal) as refused:
        plan(Money(100), PlanTemplate.BY_HAND, date(2027, 1, 15))
    assert refused.value.code == "PLAN_BY_HAND"


def test_a_proposal_is_planned_anew_by_its_template() -> None:
    made = replace(
        proposal(part("001", line(100_00))), plan_template=PlanTemplate.AT_ONCE, first_due_on=date(2027, 1, 15)
    )
    assert replanned(made).payment_plan == (Instalment(due_on=date(2027, 1, 15), gross=Money(120_00)),)


@pytest.mark.parametrize(
    ("template", "first"),
    [(None, date(2027, 1, 15)), (PlanTemplate.FOUR, None), (PlanTemplate.BY_HAND, date(2027, 1, 15))],
)
def test_a_plan_that_a_person_filled_or_nobody_wants_is_left_alone(
    template: PlanTemplate | None, first: date | None
) -> None:
    by_hand = (Instalment(due_on=date(2027, 2, 1), gross=Money(7)),)
    made = replace(
        proposal(part("001", line(100_00))), plan_template=template, first_due_on=first, payment_plan=by_hand
    )
    assert replanned(made) == made


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 11, 21), date(2027, 1, 15)),
        (date(2027, 1, 14), date(2027, 1, 15)),
        (date(2027, 1, 15), date(2027, 2, 15)),
        (date(2027, 5, 31), date(2027, 6, 30)),
    ],
)
def test_the_usual_first_due_date(today: date, due: date) -> None:
    assert first_due(today, 2027) == due
