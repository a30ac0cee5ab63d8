"""Undo and redo of any action, across restarts: each is a new action that puts back what stood before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from app.domain.refusal import Refusal
from app.domain.sales.reservation import ReservationState
from app.ports.work import Step
from app.store.codec import Record
from app.store.failures import told_as_trouble
from app.store.rows import SYNCED
from app.store.rows.base import unsaid
from app.store.unit_of_work import SqlTransaction, SqlWork
from sync.protocol.changeset import Op

UNDO = "undo"
"""The name of an undo among the actions; its facts are those of what it takes back, and `action` its name."""

_DONE = """
SELECT j.done_by, c.name, c.facts, c.final FROM journal j JOIN changeset c ON c.mid = j.done_by
WHERE j.undone_by IS NULL AND c.state <> 'rejected' ORDER BY j.position DESC LIMIT 1"""
_UNDONE = """
SELECT j.undone_by, c.name, c.facts, c.final FROM journal j JOIN changeset c ON c.mid = j.done_by
JOIN changeset u ON u.mid = j.undone_by WHERE u.state <> 'rejected' ORDER BY j.position LIMIT 1"""
_ENTRIES = "SELECT table_name, row_id, op, old, new FROM changeset_entry WHERE mid = ? ORDER BY position DESC"


class _Done(NamedTuple):
    """An action to turn round: the changeset that stands, its use case, what it was about, whether it is final."""

    mid: str
    name: str
    facts: dict[str, str]
    is_final: bool

    @property
    def step(self) -> Step:
        """The action in the words of the port."""
        return Step(name=self.name, facts=self.facts)


class SqlHistory:
    """Undo and redo of this device's actions; see app.ports.work.History."""

    def __init__(self, work: SqlWork, reader: Engine) -> None:
        self._work = work
        self._reader = reader

    def last_done(self) -> Step | None:
        """Give the action that undo would take back; None also where that is a signature."""
        with told_as_trouble(), self._reader.connect() as connection:
            done = _find(connection, _DONE)
        return None if done is None or done.is_final else done.step

    def last_undone(self) -> Step | None:
        """Give the action that redo would do again."""
        with told_as_trouble(), self._reader.connect() as connection:
            undone = _find(connection, _UNDONE)
        return None if undone is None else undone.step

    def undo(self) -> Step:
        """Take the last action back. Raises Refusal NOTHING_TO_UNDO, ACTION_IS_FINAL or CHANGED_SINCE."""
        try:
            with self._work.begin(UNDO) as tx:
                done = _find(tx.connection, _DONE)
                if done is None:
                    raise Refusal("NOTHING_TO_UNDO")
                if done.is_final:
                    raise Refusal("ACTION_IS_FINAL", done.facts)
                tx.about(**{"account": "", **done.facts, "action": done.name})
                _turn_round(tx, done.mid)
                tx.commit()
        except IntegrityError as error:
            raise Refusal("CHANGED_SINCE") from error
        return done.step

    def redo(self) -> Step:
        """Do the last undone action again. Raises Refusal NOTHING_TO_REDO or CHANGED_SINCE."""
        with told_as_trouble(), self._reader.connect() as connection:
            undone = _find(connection, _UNDONE)
        if undone is None:
            raise Refusal("NOTHING_TO_REDO")
        try:
            with self._work.begin(undone.name) as tx:
                tx.about(**undone.facts)
                _turn_round(tx, undone.mid)
                tx.commit()
        except IntegrityError as error:
            raise Refusal("CHANGED_SINCE") from error
        return undone.step


def _find(connection: Connection, statement: str) -> _Done | None:
    row = connection.exec_driver_sql(statement).first()
    return None if row is None else _Done(row[0], row[1], json.loads(row[2]), bool(row[3]))


def _turn_round(tx: SqlTransaction, mid: str) -> None:
    """Put back what a changeset changed, the last entry first. Raises Refusal CHANGED_SINCE."""
    tx.undoes = mid
    for table_name, row_id, op, old, new in tx.connection.exec_driver_sql(_ENTRIES, (mid,)).all():
        table = SYNCED.tables[table_name]
        before, after = json.loads(old), json.loads(new)
        now, anew = tx.rows.row(table, row_id), _asked_anew(tx) if table_name == "reservation" else {}
        if op == Op.CREATE:
            _must_be(now, {column: value for column, value in after.items() if column not in anew})
            tx.rows.remove(table, row_id)
        elif op == Op.UPDATE:
            _must_be(now, after)
            tx.rows.put(table, {"id": row_id, **before})
        else:
            if now is not None:
                raise Refusal("CHANGED_SINCE")
            tx.rows.put(table, {"id": row_id, **unsaid(table), **before, **anew})  # an older app knew fewer columns


def _must_be(now: Record | None, left: Mapping[str, object]) -> None:
    if now is None or any(now[column] != value for column, value in left.items()):
        raise Refusal("CHANGED_SINCE")


def _asked_anew(tx: SqlTransaction) -> Record:
    """Give what the asking of a place says that comes back: what the centre said of it is no change of its own.

    It is this rep's: nobody asks in another's name.
    """
    return {"state": ReservationState.PENDING.value, "valid_until": None, "rep_id": tx.reps.me().id}
