"""What happens with an account, on one timeline: appointments, calls, e-mails, tasks, notes and what the app did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.identifiers import AccountId, ActivityId, ContactId, RepId
from app.domain.money import Money


class ActivityKind(StrEnum):
    """The kind of an entry on the timeline."""

    APPOINTMENT = "appointment"
    CALL = "call"
    EMAIL = "email"
    TASK = "task"
    NOTE = "note"
    CAMPAIGN = "campaign"
    REJECTION = "rejection"
    VISIT = "visit"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One entry: when it happens or happened, how long (seconds), what, and whether it is done.

    A task has a `due_on` and is open until `done_at`; an appointment has a beginning, a length and a place.
    """

    id: ActivityId
    account_id: AccountId
    kind: ActivityKind
    subject: str
    at: datetime
    detail: str = ""
    seconds: int = 0
    place: str = ""
    contact_id: ContactId | None = None
    rep_id: RepId | None = None
    author: str = ""
    due_on: date | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationItem:
    """One thing to do before the visit; ticked when it is done."""

    id: ActivityId
    account_id: AccountId
    position: int
    subject: str
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was learned of the customer's business; it counts as done with three key answers."""

    id: ActivityId
    account_id: AccountId
    answers: tuple[tuple[str, str], ...] = ()
    quote: str = ""

    @property
    def is_done(self) -> bool:
        """Whether at least three key answers are given (S7)."""
        return sum(1 for _, answer in self.answers if answer.strip()) >= KEY_ANSWERS


KEY_ANSWERS = 3


class OpportunityStage(StrEnum):
    """Where an occasion of sale stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """An occasion of sale; the probability is in per cent."""

    id: ActivityId
    account_id: AccountId
    purpose: str
    potential: Money
    probability: int
    period: str
    closes_on: date
    stage: OpportunityStage = OpportunityStage.OPEN
