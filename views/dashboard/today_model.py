"""What the Today page shows: the visits in order, what was rejected, what is to be done, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.accounts.activity import Activity
from app.domain.identifiers import AccountId, ActivityId
from app.ports.readers import SyncPicture, TodayPicture, Visit
from app.usecases.accounts.plan_task import CompleteTask, complete_task
from views import formats
from views.shell.live_model import LiveModel
from views.shell.session import Session
from views.shell.theme import Chip
from views.sync.sync_model import ProblemCard, SyncModel
from views.widgets.rows import Row

SHOWN_TASKS = 3
LENGTH_UNKNOWN = timedelta(hours=1)
"""How long a visit is taken to last when nobody said."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as the page shows it."""

    id: ActivityId
    account_id: AccountId
    text: str
    when: str
    late: bool


class TodayModel(LiveModel):
    """Reads the day and words it."""

    queue_changed = Signal()
    """What waits or needs an answer is another."""
    TABLES = frozenset({"activity", "account", "contact", "request", "proposal", "customer_order", "loss"})

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._picture: TodayPicture | None = None
        self.queue = SyncModel(session, self)
        """Words and answers what needs the rep, as the sync page does."""
        session.sync.changed.connect(self._show_sync)

    @property
    def picture(self) -> TodayPicture | None:
        """The day, None until it is read."""
        return self._picture

    def read(self) -> None:
        """Read the day of the clock."""
        day = self.session.clock.today()
        self.session.read(partial(self.session.readers.today, day), self._show, latest="today")
        self.session.sync.look()

    def next_visit(self) -> Visit | None:
        """The first visit that is not over yet."""
        now = self.session.clock.now()
        return next((visit for visit in self._visits() if _ends_at(visit.activity) > now), None)

    def number_of(self, visit: Visit) -> int:
        """Its place in the day, from 1."""
        return self._visits().index(visit) + 1

    def title(self) -> str:
        """The day in words."""
        return formats.date_day(self.session.clock.today(), capital=True)

    def subtitle(self) -> str:
        """How many visits there are."""
        visits = len(self._visits())
        return self.tr("%n visite(s)", "", visits) if visits else self.tr("aucune visite")

    def visit_rows(self) -> list[Row]:
        """Every visit but the next one, which has a card of its own, with the way from one to the other."""
        rows: list[Row] = []
        before: Visit | None = None
        following = self.next_visit()
        rejected = {request.account_id for request in self._picture.rejections} if self._picture else set()
        for number, visit in enumerate(self._visits(), 1):
            if before is not None:
                rows.append(Row(leg=self._way(before, visit)))
            before = visit
            if visit is not following:
                rows.append(self._visit_row(number, visit, is_rejected=visit.account.id in rejected))
        # Without the card the first way has nothing above it; after the last visit there is none.
        return rows[1:] if rows and rows[0].leg and following is None else rows

    def tasks(self) -> list[TaskRow]:
        """Every open task, latest due first in urgency."""
        if self._picture is None:
            return []
        return [self._task_row(task, name) for task, name in self._picture.tasks]

    def answers(self) -> list[tuple[str, str]]:
        """What needs an answer on the sync page: the problem's id and its words."""
        problems = self._sync.problems if self._sync is not None else ()
        places = {card.id for card in self.refused_places()}
        return [
            (problem.id, self.session.action(problem.action, problem.facts))
            for problem in problems
            if problem.id not in places
        ]

    def refused_places(self) -> list[ProblemCard]:
        """The limited places that were asked for and are taken, where others are free: one tap answers."""
        return self.queue.refused_places()

    def waiting(self) -> tuple[int, str]:
        """How many changes wait for the network, and which, in a sentence; (0, "") when all have left."""
        waiting = self._sync.waiting if self._sync is not None else ()
        if not waiting:
            return 0, ""
        words = [self.session.action(item.action, item.facts) for item in waiting[:2]]
        named = " · ".join(words)
        more = len(waiting) - len(words)
        rest = self.tr("et %n autre(s)", "", more) if more else ""
        return len(waiting), f"{named} {rest}".strip()

    def complete(self, activity_id: ActivityId, *, done: bool) -> None:
        """Tick a task, or take the tick back."""
        command = CompleteTask(activity_id, done)

        def say(_answer: None) -> None:
            if done:
                self.session.say(self.tr("Tâche faite."), can_undo=True)

        self.session.act(partial(complete_task, command, self.session.work), say)

    def _visits(self) -> tuple[Visit, ...]:
        return self._picture.visits if self._picture is not None else ()

    def _visit_row(self, number: int, visit: Visit, *, is_rejected: bool) -> Row:
        account = visit.account
        chips: tuple[Chip, ...] = ()
        is_over = _ends_at(visit.activity) <= self.session.clock.now()
        if is_over:
            chips = (Chip(self.tr("Faite"), "ok", "check"),)
        elif is_rejected:
            chips = (Chip(self.tr("Rejet à compléter"), "danger"),)
        elif visit.proposals:
            chips = (Chip(self.tr("%n proposition(s)", "", visit.proposals)),)
        return Row(
            title=account.trade_name,
            subtitle=" · ".join(filter(None, (account.activity, account.address.city, visit.note))),
            chips=chips,
            number=str(number),
            time=hour(visit.activity.at),
            chevron=True,
            key=account.id,
        )

    def _way(self, before: Visit, after: Visit) -> str:
        start, end = before.account.address.city, after.account.address.city
        if not start or not end:
            return self.tr("ensuite")
        if start == end:
            return self.tr("sur place, à {city}").format(city=end)
        return self.tr("{start} → {end}").format(start=start, end=end)

    def _task_row(self, task: Activity, name: str) -> TaskRow:
        today = self.session.clock.today()
        days = (today - task.due_on).days if task.due_on is not None else 0
        if task.due_on is None:
            when = ""
        elif days > 0:
            when = self.tr("En retard de %n jour(s)", "", days)
        elif days == 0:
            when = self.tr("Aujourd’hui")
        else:
            when = formats.date_day(task.due_on, capital=True)
        words = " · ".join(filter(None, (when, name if name not in task.subject else "")))
        return TaskRow(task.id, task.account_id, task.subject, words, days > 0)

    def _show(self, picture: TodayPicture) -> None:
        self._picture = picture
        self.changed.emit()

    def _show_sync(self) -> None:
        if self.is_awake:
            self.queue_changed.emit()

    @property
    def _sync(self) -> SyncPicture | None:
        standing = self.session.sync.standing
        return None if standing is None else standing.queue


def hour(moment: datetime) -> str:
    """The hour where the rep is."""
    return formats.formats().time(moment.astimezone())


def _ends_at(activity: Activity) -> datetime:
    return activity.at + (timedelta(seconds=activity.seconds) if activity.seconds else LENGTH_UNKNOWN)
