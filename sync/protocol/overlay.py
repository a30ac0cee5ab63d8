"""A row with changes that still wait: what the centre has, what lies on top, and how to tell one from the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sync.protocol.changeset import Entry, Op, Value

Row = Mapping[str, Value]


def laid_on(base: Row | None, pending: Sequence[Entry]) -> dict[str, Value] | None:
    """Lay waiting changes on what the centre has; None stands for a row that is not there.

    A creation that the centre already knows adds nothing; an edit of a row that is gone waits for the centre's word.
    """
    row = None if base is None else dict(base)
    for entry in pending:
        if entry.op is Op.DELETE:
            row = None
        elif entry.op is Op.CREATE:
            row = dict(entry.new) if row is None else row
        elif row is not None:
            row.update(entry.new)
    return row


def base_under(row: Row | None, pending: Sequence[Entry]) -> dict[str, Value] | None:
    """Take waiting changes off again, the last one first: what the centre had when the first of them was made."""
    base = None if row is None else dict(row)
    for entry in reversed(pending):
        if entry.op is Op.CREATE:
            base = None
        elif entry.op is Op.DELETE:
            base = dict(entry.old)
        elif base is not None:
            base.update(entry.old)
    return base
