"""Where an action is written down: the outbox on a device, the scopes' feed at the centre."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.domain.refusal import Refusal
from app.store.codec import compact_json, microseconds
from app.store.naming import new_id
from app.store.rows import REVISION
from app.store.rows.base import table_of
from app.store.rows.device import ChangesetEntryRow, ChangesetRow, JournalRow
from sync.protocol.changeset import MOST_BYTES, MOST_ENTRIES, Entry, Op

_CHANGESET = insert(table_of(ChangesetRow))
_ENTRY = insert(table_of(ChangesetEntryRow))
_STEPS = table_of(JournalRow)
_MADE, _MADE_OF = table_of(ChangesetRow), table_of(ChangesetEntryRow)
_REVISION = select(_MADE.c.revision).where(_MADE.c.mid == bindparam("wanted"))
_TAKEN_AWAY = select(_MADE_OF.c.table_name, _MADE_OF.c.row_id, _MADE_OF.c.old).where(
    _MADE_OF.c.mid == bindparam("wanted"), _MADE_OF.c.op == Op.DELETE.value
)
_FORGET_UNDONE = delete(_STEPS).where(_STEPS.c.undone_by.is_not(None))
_DONE = insert(_STEPS)
_UNDONE = update(_STEPS).where(_STEPS.c.done_by == bindparam("undoes"), _STEPS.c.undone_by.is_(None))
_UNDONE = _UNDONE.values(undone_by=bindparam("mid"))
_DONE_AGAIN = update(_STEPS).where(_STEPS.c.undone_by == bindparam("undoes"))
_DONE_AGAIN = _DONE_AGAIN.values(done_by=bindparam("mid"), undone_by=None)

_AROUND = 250
"""Bytes at most of what stands around an entry's values, and at the head of its changeset."""
_BYTES_OF_A_SIGN = 4


class Journal(Protocol):
    """Writes one action down, within the transaction that did it and before it commits.

    The unit of work calls it once, after all rows are written, and only when rows changed. On a device it is the
    `Outbox` below; the centre hands `SqlWork` its own, which gives the rows their versions and writes the scopes' feed.
    Returns the action's `mid` (32 hex digits).
    """

    def write(
        self,
        connection: Connection,
        name: str,
        facts: Mapping[str, str],
        entries: tuple[Entry, ...],
        *,
        at: datetime,
        undoes: str | None = None,
        final: bool = False,
    ) -> str: ...


class Outbox:
    """The device's journal: each action becomes a changeset that waits for the centre."""

    def write(
        self,
        connection: Connection,
        name: str,
        facts: Mapping[str, str],
        entries: tuple[Entry, ...],
        *,
        at: datetime,
        undoes: str | None = None,
        final: bool = False,
    ) -> str:
        """Put the action at the end of the outbox, and on top of what can be undone; a fresh one clears redo.

        What an older app did is turned round in its words: the centre knows what that app could not say.

        Raises Refusal CHANGESET_TOO_LARGE for what no centre takes in one action.
        """
        mid, revision = new_id(at), REVISION
        if undoes is not None:
            revision = connection.execute(_REVISION, {"wanted": undoes}).scalar_one()
        if undoes is not None and revision != REVISION:
            entries = tuple(_as_known(connection, undoes, entries))
        changeset = {
            "mid": mid,
            "name": name,
            "at": microseconds(at),
            "revision": revision,
            "facts": compact_json(dict(facts)),
            "undoes": undoes,
            "final": int(final),
        }
        touched = [
            {
                "mid": mid,
                "position": position,
                "table_name": entry.table,
                "row_id": entry.row,
                "op": entry.op.value,
                "base_ver": entry.base_ver,
                "old": compact_json(entry.old),
                "new": compact_json(entry.new),
            }
            for position, entry in enumerate(entries)
        ]
        _must_be_sendable(touched, facts)
        connection.execute(_CHANGESET, changeset)
        connection.execute(_ENTRY, touched)
        if undoes is None:
            connection.execute(_FORGET_UNDONE)
            connection.execute(_DONE, {"done_by": mid})
        elif connection.execute(_UNDONE, {"mid": mid, "undoes": undoes}).rowcount == 0:
            connection.execute(_DONE_AGAIN, {"mid": mid, "undoes": undoes})
        return mid


def _as_known(connection: Connection, undoes: str, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Let rows that come back be told as they were taken away, without the columns that were not known then."""
    gone = connection.execute(_TAKEN_AWAY, {"wanted": undoes}).all()
    known = {(row.table_name, row.row_id): json.loads(row.old).keys() for row in gone}
    for entry in entries:
        columns = known.get((entry.table, entry.row), entry.new.keys())
        new = {name: value for name, value in entry.new.items() if name in columns}
        yield msgspec.structs.replace(entry, new=new) if entry.op is Op.CREATE else entry


def _must_be_sendable(touched: Sequence[Mapping[str, str | int]], facts: Mapping[str, str]) -> None:
    """Raise Refusal CHANGESET_TOO_LARGE rather than let the rep go on with what the centre would not take."""
    if len(touched) > MOST_ENTRIES:
        raise Refusal("CHANGESET_TOO_LARGE", {"most": MOST_ENTRIES})
    said = (*facts.values(), *(str(row[side]) for row in touched for side in ("old", "new")))
    around = _AROUND * (len(touched) + 1)
    if sum(map(len, said)) * _BYTES_OF_A_SIGN + around > MOST_BYTES:
        size = sum(len(text.encode()) for text in said) + around
        if size > MOST_BYTES:
            raise Refusal("CHANGESET_TOO_LARGE", {"most": MOST_BYTES})
