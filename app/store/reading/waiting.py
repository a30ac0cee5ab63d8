"""The sync page: what is on its way, what arrived, what needs the rep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from app.ports.readers import (
    LEFT_PORTFOLIO,
    ChangeItem,
    Dependant,
    FieldChoice,
    FieldEdit,
    Problem,
    StepState,
    SyncPicture,
)
from app.store.codec import instant
from app.store.rows.device import LAST_EXCHANGE, ChangesetState

SHOWN_ARRIVED = 100
_KEPT = 2_000
"""Changes kept as they were told last: a long queue that is being sent is read again and again."""

_CHANGESETS = """
SELECT c.n, c.name, c.facts, c.at, c.state, c.result, c.final,
  EXISTS (SELECT 1 FROM problem p WHERE p.mid = c.mid AND p.is_settled = 0),
  p.status,
  EXISTS (SELECT 1 FROM request r WHERE r.proposal_id = p.id AND r.kind = 'rejection' AND r.state <> 'resolved'),
  EXISTS (SELECT 1 FROM changeset_entry e JOIN quarantine q ON q.table_name = e.table_name AND q.row_id = e.row_id
    WHERE e.mid = c.mid)
FROM changeset c LEFT JOIN proposal p ON c.final = 1 AND p.id = (
  SELECT e.row_id FROM changeset_entry e WHERE e.mid = c.mid AND e.table_name = 'proposal' LIMIT 1)
WHERE c.state """


class _Row(NamedTuple):
    """A changeset as read: its JSON texts still closed."""

    n: int
    name: str
    facts: str
    at: int
    state: str
    result: str | None
    final: int
    has_problem: int
    proposal_status: str | None
    is_rejected: int
    is_aside: int


_ON_ITS_WAY = "IN ('pending', 'sent') ORDER BY c.n"
_HELD = "NOT IN ('pending', 'sent') AND c.mid IN (SELECT p.mid FROM problem p WHERE p.is_settled = 0) ORDER BY c.n"
_ARRIVED = """NOT IN ('pending', 'sent')
AND c.mid NOT IN (SELECT p.mid FROM problem p WHERE p.is_settled = 0) ORDER BY c.n DESC LIMIT ?"""

_PROBLEMS = """
SELECT p.id, coalesce(c.n, 0), coalesce(c.name, ''), coalesce(c.facts, '{}'), p.at, p.code, p.parameters, p.choices,
  c.at, c.mid
FROM problem p LEFT JOIN changeset c ON c.mid = p.mid WHERE p.is_settled = 0 ORDER BY p.at DESC, p.id"""
# A notice bears no action; a refusal may have others built on it: they touch the same rows and came later.
_DEPENDANTS = """
SELECT DISTINCT c.n, c.name, c.facts FROM changeset_entry own
JOIN changeset refused ON refused.mid = own.mid AND refused.state = 'rejected'
JOIN changeset_entry e ON e.table_name = own.table_name AND e.row_id = own.row_id AND e.mid <> own.mid
JOIN changeset c ON c.mid = e.mid AND c.n > refused.n AND c.state IN ('pending', 'sent', 'rejected')
WHERE own.mid = ? ORDER BY c.n"""

# What a refused action had entered; a creation has nothing before it, and what was deleted stands again.
_EDITS = """
SELECT e.table_name, e.row_id, e.old, e.new FROM changeset_entry e JOIN changeset c ON c.mid = e.mid
WHERE e.mid = ? AND e.op <> 'delete' AND json_extract(c.result, '$.r') = 'rejected' ORDER BY e.position"""


def sync_picture(connection: Connection) -> SyncPicture:
    """Give the sync page. A change that needs the rep counts as waiting until the problem is answered."""
    on_its_way = [_Row(*row) for row in connection.exec_driver_sql(_CHANGESETS + _ON_ITS_WAY)]
    held = [_Row(*row) for row in connection.exec_driver_sql(_CHANGESETS + _HELD)]
    arrived = [_Row(*row) for row in connection.exec_driver_sql(_CHANGESETS + _ARRIVED, (SHOWN_ARRIVED,))]
    last = connection.exec_driver_sql("SELECT value FROM meta WHERE name = ?", (LAST_EXCHANGE,)).scalar_one_or_none()
    return SyncPicture(
        waiting=tuple(_change(row) for row in sorted([*held, *on_its_way], key=lambda row: row.n)),
        arrived=tuple(_change(row) for row in arrived),
        problems=tuple(_problem(connection, row) for row in connection.exec_driver_sql(_PROBLEMS).all()),
        last_exchange_at=None if last is None else instant(int(last)),
    )


@lru_cache(maxsize=_KEPT)
def _change(row: _Row) -> ChangeItem:
    answer = json.loads(row.result) if row.result else {}
    is_refused = row.state == ChangesetState.REJECTED or answer.get("r") == "rejected"
    is_answered = row.state not in (ChangesetState.PENDING, ChangesetState.SENT)
    detail = ""
    centre = StepState.DONE if is_answered else StepState.NOW
    if is_refused or row.has_problem:
        centre = StepState.REFUSED
        detail = str(answer.get("code", "")) if is_refused else "CONFLICT"
    elif not is_answered:
        detail = LEFT_PORTFOLIO if row.is_aside else str(answer.get("code", ""))
    return ChangeItem(
        number=row.n,
        action=row.name,
        facts=json.loads(row.facts),
        at=instant(row.at),
        here=StepState.DONE,
        centre=centre,
        production=_production(row, centre),
        detail=detail,
    )


def _production(row: _Row, centre: StepState) -> StepState:
    """Only a signed order goes on to production, once the customer has confirmed it at the centre."""
    if not row.final:
        return StepState.NONE
    if row.is_rejected:
        return StepState.REFUSED
    if centre is StepState.DONE and row.proposal_status == "signed":
        return StepState.NOW
    return StepState.LATER


def _problem(connection: Connection, row: Sequence[str | int | None]) -> Problem:
    """Read a problem; the columns are those of _PROBLEMS."""
    problem_id, n, name, facts, at, code, parameters, choices, done_at, mid = row
    return Problem(
        id=str(problem_id),
        change=int(n or 0),
        action=str(name),
        facts=json.loads(str(facts)),
        at=instant(int(at or 0)),
        code=str(code),
        parameters=json.loads(str(parameters)),
        choices=tuple(_choice(**choice) for choice in json.loads(str(choices))),
        done_at=None if done_at is None else instant(int(done_at)),
        dependants=tuple(
            Dependant(number=number, action=action, facts=json.loads(about))
            for number, action, about in connection.exec_driver_sql(_DEPENDANTS, (str(mid),))
        ),
        edits=tuple(_edits(connection, str(mid))),
    )


def _edits(connection: Connection, mid: str) -> Iterator[FieldEdit]:
    for table, row, old, new in connection.exec_driver_sql(_EDITS, (mid,)):
        before = json.loads(old)
        for column, value in json.loads(new).items():
            if value != before.get(column):
                yield FieldEdit(table=table, row=row, column=column, before=before.get(column), mine=value)


def _choice(*, at: int = 0, **told: str) -> FieldChoice:
    return FieldChoice(**told, theirs_at=instant(at) if at else None)
