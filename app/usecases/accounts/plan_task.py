"""The rep notes what is to be done, ticks what is done, and the app notes what was shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from app.domain.accounts.activity import Activity, ActivityKind
from app.domain.identifiers import AccountId, ActivityId, ProposalId
from app.domain.refusal import Refusal
from app.ports.work import Work


@dataclass(frozen=True, slots=True)
class PlanTask:
    """Note a task with the day it is due."""

    account_id: AccountId
    subject: str
    due_on: date


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Tick a task, or take the tick back."""

    activity_id: ActivityId
    is_done: bool = True


@dataclass(frozen=True, slots=True)
class TickPreparation:
    """Tick one point of the preparation list, or take the tick back."""

    item_id: ActivityId
    is_done: bool


@dataclass(frozen=True, slots=True)
class RecordPresentation:
    """Note on the timeline that a proposal was shown, and for how many seconds (S21)."""

    proposal_id: ProposalId
    seconds: int


def plan_task(command: PlanTask, work: Work) -> ActivityId:
    """Keep a task. Raises Refusal SUBJECT_EMPTY."""
    if not command.subject.strip():
        raise Refusal("SUBJECT_EMPTY", field="subject")
    with work.begin("plan_task") as tx:
        account = tx.accounts.get(command.account_id)
        me = tx.reps.me()
        task = Activity(
            id=ActivityId(tx.new_id()),
            account_id=account.id,
            kind=ActivityKind.TASK,
            subject=command.subject.strip(),
            at=datetime.combine(command.due_on, time(8), UTC),
            due_on=command.due_on,
            rep_id=me.id,
            author=me.name,
        )
        tx.activities.save(task)
        tx.about(account=account.trade_name, subject=task.subject)
        tx.commit()
    return task.id


def complete_task(command: CompleteTask, work: Work) -> None:
    """Tick or untick. Raises Refusal NOT_A_TASK for another kind of activity."""
    with work.begin("complete_task") as tx:
        task = tx.activities.get(command.activity_id)
        if task.kind is not ActivityKind.TASK:
            raise Refusal("NOT_A_TASK", {"subject": task.subject})
        tx.activities.save(replace(task, done_at=tx.now() if command.is_done else None))
        tx.about(account=tx.accounts.get(task.account_id).trade_name, subject=task.subject)
        tx.commit()


def tick_preparation(command: TickPreparation, work: Work) -> None:
    """Tick or untick a point of the preparation list."""
    with work.begin("tick_preparation") as tx:
        item = tx.activities.get_preparation(command.item_id)
        tx.activities.save_preparation(replace(item, is_done=command.is_done))
        tx.about(account=tx.accounts.get(item.account_id).trade_name, subject=item.subject)
        tx.commit()


def record_presentation(command: RecordPresentation, work: Work) -> None:
    """Note what was shown, when and for how long."""
    with work.begin("record_presentation") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        account = tx.accounts.get(proposal.account_id)
        tx.activities.save(
            Activity(
                id=ActivityId(tx.new_id()),
                account_id=account.id,
                kind=ActivityKind.VISIT,
                subject=f"Proposition « {proposal.name} » présentée",
                at=tx.now(),
                seconds=max(0, command.seconds),
                author=tx.reps.me().name,
            )
        )
        tx.about(account=account.trade_name, proposal=proposal.name)
        tx.commit()
