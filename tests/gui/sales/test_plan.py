"""The payment plan by hand: the difference is said while one types, and goes on the first payment by one press."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import is_working_day
from app.domain.money import Money, total
from app.domain.sales.proposal import Instalment, PlanTemplate
from tests.gui.sales.florist import SaleDesk, plain
from tests.gui.sales.test_points import codes
from tests.gui.windows import press, type_in
from views.formats import amount_euro
from views.sales.plan_dialog import PlanDialog
from views.sales.plan_draft import DraftRow, PlanDraft, RowProblem
from views.sales.proposal_page import ProposalPage

TODAY = date(2026, 11, 23)
MONDAY = date(2027, 1, 18)


def draft(gross: int, *amounts: int | None) -> PlanDraft:
    """A draft of monthly rows from a Monday on."""
    rows = tuple(
        DraftRow(due_on=MONDAY + timedelta(weeks=4 * at), gross=None if cents is None else Money(cents))
        for at, cents in enumerate(amounts)
    )
    return PlanDraft(gross=Money(gross), today=TODAY, rows=rows)


@given(st.integers(1, 10**9), st.lists(st.integers(1, 10**8), min_size=1, max_size=24))
def test_the_first_payment_can_always_take_the_difference_to_the_cent(gross: int, amounts: list[int]) -> None:
    settled = draft(gross, *amounts).with_difference_on_first()
    assert settled.planned == Money(gross)
    assert settled.rows[1:] == draft(gross, *amounts).rows[1:]


@given(st.integers(1, 10**9), st.integers(1, 12))
def test_another_payment_falls_on_a_working_day_with_what_is_missing(gross: int, more: int) -> None:
    grown = draft(gross, gross // 3 + 1)
    for _ in range(more):
        grown = grown.with_another()
    days = [row.due_on for row in grown.rows]
    assert all(day is not None and is_working_day(day) for day in days)
    assert sorted(days, key=str) == days
    assert grown.planned == Money(gross)


def test_each_row_says_what_keeps_it_from_standing() -> None:
    rows = (
        DraftRow(due_on=None, gross=Money(1)),
        DraftRow(due_on=date(2026, 11, 20), gross=Money(1)),
        DraftRow(due_on=date(2027, 1, 16), gross=Money(1)),
        DraftRow(due_on=MONDAY, gross=None),
        DraftRow(due_on=MONDAY, gross=Money(0)),
        DraftRow(due_on=MONDAY, gross=Money(1)),
    )
    found = PlanDraft(gross=Money(6), today=TODAY, rows=rows)
    assert [found.problem_of(at) for at in range(6)] == [
        RowProblem.NO_DATE,
        RowProblem.PAST,
        RowProblem.NOT_WORKING,
        RowProblem.NOT_POSITIVE,
        RowProblem.NOT_POSITIVE,
        None,
    ]
    assert not found.is_sound
    assert replace(found, rows=rows[5:]).is_sound


def test_a_draft_begins_with_the_plan_that_stands_or_one_payment_of_all() -> None:
    plan = (Instalment(due_on=MONDAY, gross=Money(500)),)
    assert PlanDraft.of(Money(900), TODAY, plan).difference == Money(400)
    fresh = PlanDraft.of(Money(900), TODAY, ())
    assert fresh.instalments == (Instalment(due_on=date(2026, 12, 23), gross=Money(900)),)


def opened(sale: SaleDesk, page: ProposalPage) -> PlanDialog:
    """Press the plan's bar; the editor opens."""
    assert sale.window is not None
    bar = page.panel.plan.bar
    press(bar, bar.segments()[0].center().toPoint())
    (dialog,) = sale.window.findChildren(PlanDialog)
    return dialog


def test_the_difference_runs_while_one_types_and_goes_on_the_first_payment(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    gross = sale.kept(proposal_id).totals.gross
    dialog = opened(sale, page)
    assert plain(dialog.running.text()) == plain(f"{amount_euro(gross)}, le compte y est")
    assert dialog.settle.isHidden()
    second = dialog.rows[1]
    second.money.selectAll()
    type_in(second.money, "1000")
    missing = gross - dialog.draft.planned
    assert plain(dialog.running.text()) == plain(
        f"{amount_euro(dialog.draft.planned)}, il manque {amount_euro(missing)}"
    )
    press(dialog.settle)
    assert plain(dialog.running.text()) == plain(f"{amount_euro(gross)}, le compte y est")
    press(dialog.keep)
    sale.settle()
    kept = sale.kept(proposal_id)
    assert kept.plan_template is PlanTemplate.BY_HAND
    assert total(one.gross for one in kept.payment_plan) == gross
    assert kept.payment_plan[1].gross == Money(100_000)
    assert codes(page) == set()


def test_a_day_that_is_no_working_day_is_named_with_the_next_one(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    dialog = opened(sale, sale.page(proposal_id))
    first = dialog.rows[0]
    first.date.selectAll()
    type_in(first.date, "16/01/2027")
    assert plain(first._date_row.message()) == "Pas ouvré ; le suivant est lundi 18 janvier"
    assert not dialog.keep.isEnabled()
    first.date.selectAll()
    type_in(first.date, "18.01.27")
    assert dialog.keep.isEnabled()


def test_an_amount_that_is_not_understood_is_never_kept_in_the_place_of_what_was_typed(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    dialog = opened(sale, sale.page(proposal_id))
    first = dialog.rows[0]
    first.money.selectAll()
    type_in(first.money, "100,999")
    assert (dialog.draft.rows[0].gross, dialog.keep.isEnabled()) == (None, False)
    assert first._money_row.message() == "Deux décimales au plus"
    first.money.selectAll()
    type_in(first.money, "100,99")
    assert (dialog.draft.rows[0].gross, dialog.keep.isEnabled()) == (Money(10_099), True)


def test_a_low_window_keeps_the_foot_below_the_rows(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    dialog = opened(sale, sale.page(proposal_id, 683, 480))
    sale.settle()
    bottom = dialog._area.mapTo(dialog, dialog._area.rect().bottomLeft()).y()
    assert bottom < dialog.another.mapTo(dialog, dialog.another.rect().topLeft()).y()
    assert bottom < dialog.keep.mapTo(dialog, dialog.keep.rect().topLeft()).y()


def test_payments_are_added_and_taken_away(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    dialog = opened(sale, sale.page(proposal_id))
    press(dialog.another)
    assert len(dialog.rows) == 5
    press(dialog.rows[0].remove)
    assert dialog.draft.rows[0].due_on == date(2027, 2, 15)
    for _ in range(3):
        press(dialog.rows[0].remove)
    # One payment at least stays.
    assert not dialog.rows[0].remove.isEnabled()
