"""A payment plan while it is edited by hand: dates and amounts as typed, and what they still differ by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from app.domain.calendar import is_working_day, months_later, working_day_from
from app.domain.money import ZERO, Money, total
from app.domain.sales.proposal import Instalment

MOST_INSTALMENTS = 24


class RowProblem(StrEnum):
    """What keeps a row of the plan from standing."""

    NO_DATE = "no_date"
    PAST = "past"
    NOT_WORKING = "not_working"
    NOT_POSITIVE = "not_positive"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """One instalment as typed so far; None where nothing understandable stands."""

    due_on: date | None
    gross: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A plan under the rep's hands, against the gross total it has to reach."""

    gross: Money
    today: date
    rows: tuple[DraftRow, ...] = field(default=())

    @classmethod
    def of(cls, gross: Money, today: date, instalments: Sequence[Instalment]) -> PlanDraft:
        """Begin with the plan that stands, or with one row of the whole amount."""
        rows = tuple(DraftRow(due_on=one.due_on, gross=one.gross) for one in instalments)
        first = DraftRow(due_on=working_day_from(months_later(today, 1)), gross=gross)
        return cls(gross=gross, today=today, rows=rows or (first,))

    @property
    def planned(self) -> Money:
        """What the rows add up to."""
        return total(row.gross for row in self.rows if row.gross is not None)

    @property
    def difference(self) -> Money:
        """What is still missing (above zero) or too much (below) to reach the gross total."""
        return self.gross - self.planned

    def with_row(self, index: int, row: DraftRow) -> PlanDraft:
        """Give the draft with one row typed anew."""
        return replace(self, rows=(*self.rows[:index], row, *self.rows[index + 1 :]))

    def with_another(self) -> PlanDraft:
        """Give the draft with one row more: a month after the last, with what is still missing."""
        last = next((row.due_on for row in reversed(self.rows) if row.due_on), self.today)
        row = DraftRow(due_on=working_day_from(months_later(last, 1)), gross=max(self.difference, ZERO))
        return replace(self, rows=(*self.rows, row))

    def without(self, index: int) -> PlanDraft:
        """Give the draft without a row."""
        return replace(self, rows=(*self.rows[:index], *self.rows[index + 1 :]))

    def with_difference_on_first(self) -> PlanDraft:
        """Give the draft whose first row takes the whole difference, so that the sum is right to the cent."""
        first = self.rows[0]
        return self.with_row(0, replace(first, gross=(first.gross or ZERO) + self.difference))

    def problem_of(self, index: int) -> RowProblem | None:
        """Say what is wrong with a row, the date first."""
        row = self.rows[index]
        if row.due_on is None:
            return RowProblem.NO_DATE
        if row.due_on < self.today:
            return RowProblem.PAST
        if not is_working_day(row.due_on):
            return RowProblem.NOT_WORKING
        return RowProblem.NOT_POSITIVE if row.gross is None or row.gross <= ZERO else None

    @property
    def is_sound(self) -> bool:
        """Whether every row can stand; the sum may still differ, which the proposal then says."""
        return bool(self.rows) and not any(self.problem_of(index) for index in range(len(self.rows)))

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """The plan as it would be kept; only sound drafts have one."""
        return tuple(
            Instalment(due_on=row.due_on, gross=row.gross)
            for row in self.rows
            if row.due_on is not None and row.gross is not None
        )
