"""A row with changes that still wait: what the centre has, what lies on top, and how to tell one from the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sync.protocol.changeset import Entry, Op, Value
from sync.protocol.results import Conflict, FieldConflict, FieldMerge, Kept, Merged, Result

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
    """Take waiting changes off again, the last one first: what the centre had when the first of them was made.

    A row that is there although it was deleted lies bare: an edit had beaten the deletion, which is asked anew.
    """
    base = None if row is None else dict(row)
    for entry in reversed(pending):
        if entry.op is Op.CREATE:
            base = None
        elif base is None and entry.op is Op.DELETE:
            base = dict(entry.old)
        elif base is not None and entry.op is Op.UPDATE:
            base.update(entry.old)
    return base


def taken(base: Row | None, entry: Entry, result: Result) -> dict[str, Value] | None:
    """Give what the centre has of a row after it took an entry, as far as its answer tells; a pull tells the rest.

    Where the centre's value stands it is the centre's; a row whose deletion was beaten by an edit stays.
    """
    contests = contests_of(entry, result)
    if entry.op is Op.DELETE:
        return dict(base) if base is not None and contests else None
    if base is None and entry.op is not Op.CREATE:
        return None
    theirs = {field.column: field.theirs for field in contests if _is_theirs(field)}
    return {**(base or {}), **entry.new, **theirs}


def contests_of(entry: Entry, result: Result) -> list[FieldMerge | FieldConflict]:
    """Give what an answer says of the fields of one entry's row."""
    fields: list[FieldMerge | FieldConflict] = []
    if isinstance(result, Conflict):
        fields += [*result.fields, *result.merged]
    elif isinstance(result, Merged):
        fields += result.fields
    return [field for field in fields if (field.table, field.row) == (entry.table, entry.row)]


def _is_theirs(field: FieldMerge | FieldConflict) -> bool:
    return isinstance(field, FieldConflict) or field.kept is Kept.THEIRS
