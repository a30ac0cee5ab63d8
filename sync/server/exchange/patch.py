"""Lays one changeset on the rows as they are now: field by field, within the caller's rights, by the trade's rules."""

from __future__ import annotations

import msgspec

from app.domain.refusal import Refusal
from app.store.codec import Record, instant
from sync.protocol.changeset import Changeset, Entry, Op, Value
from sync.protocol.conflict import edit_beats, merge
from sync.protocol.results import Applied, Conflict, FieldConflict, FieldMerge, Kept, Merged, Rejected, Result
from sync.server.exchange import rules, slots
from sync.server.exchange.entitlement import is_own, may_change_owner, must_be_own, must_be_writable
from sync.server.exchange.parts import last_held, must_be_whole, revive
from sync.server.exchange.picture import Picture
from sync.server.exchange.revisions import unsaid_by
from sync.server.exchange.soundness import must_be_sound
from sync.server.grants.rights import Caller

MOST_THERE = 100
"""Rows of which a refusal says what is there now."""


class Patch:
    """One changeset being laid on a picture of its rows; nothing is written here."""

    def __init__(self, caller: Caller, changeset: Changeset, picture: Picture, size: int) -> None:
        self._caller = caller
        self._changeset = changeset
        self._picture = picture
        self._size = size
        self._merged: list[FieldMerge] = []
        self._conflicts: list[FieldConflict] = []

    def lay(self) -> Result:
        """Lay it on and check all that can be checked before it is written. Raises Refusal."""
        must_be_sound(self._changeset, self._size)
        must_be_writable(self._changeset)
        slots.must_be_asked(self._changeset, self._caller)
        picture = self._picture
        picture.read((entry.table, entry.row) for entry in self._changeset.entries)
        may_part = False
        for entry in self._changeset.entries:
            there = picture.now(entry.table, entry.row)
            must_be_own(entry, there, picture, self._caller)
            self._lay(entry)
            if there is None or may_change_owner(entry):
                must_be_own(entry, picture.now(entry.table, entry.row), picture, self._caller)
                may_part = True
        if may_part:
            must_be_whole(picture)
        rules.must_be_readable(picture)
        if rules.concern(picture):
            rules.must_be_kept(picture, self._changeset)
            slots.must_have_kept_its_places(picture, instant(self._changeset.at).date())
            rules.must_be_open(picture)
            rules.must_be_priced(picture)
            slots.settle(picture, self._changeset)
        return self._result()

    def check_written(self) -> None:
        """Check what can only be seen once it is written. Raises Refusal."""
        if not rules.concern(self._picture):
            return
        day = instant(self._changeset.at).date()
        rules.must_be_validatable(self._picture, self._caller, day)
        slots.must_have_places(self._picture, day)

    def _result(self) -> Result:
        if self._conflicts:
            return Conflict(fields=tuple(self._conflicts), merged=tuple(self._merged))
        return Merged(fields=tuple(self._merged)) if self._merged else Applied()

    def _lay(self, entry: Entry) -> None:
        current = self._picture.now(entry.table, entry.row)
        if entry.op is Op.DELETE:
            self._delete(entry, current)
        elif current is not None:
            self._update(entry, current)
        elif entry.op is Op.CREATE:
            unsaid = self._as_it_was(entry)
            self._picture.set(entry.table, entry.row, {"id": entry.row, "ver": 0, **entry.new, **unsaid})
        else:
            revived = revive(self._picture, entry.table, entry.row)
            if revived is None:
                raise Refusal("ROW_UNKNOWN", {"table": entry.table})
            must_be_own(entry, revived, self._picture, self._caller)
            self._picture.set(entry.table, entry.row, {**revived, **entry.new})
            self._merged += [
                FieldMerge(
                    table=entry.table,
                    row=entry.row,
                    column=column,
                    base=entry.old[column],
                    mine=value,
                    theirs=None,
                    kept=Kept.MINE,
                )
                for column, value in entry.new.items()
            ]

    def _as_it_was(self, entry: Entry) -> Record:
        """Give what a row held when it was deleted in columns that the app which brings it back does not know."""
        unsaid = unsaid_by(self._changeset, entry) if self._changeset.undoes is not None else frozenset()
        was = last_held(self._picture, entry.table, entry.row) if unsaid else None
        if was is None or not is_own(entry, was, self._picture, self._caller):
            return {}
        return {column: was[column] for column in unsaid if column in was}

    def _delete(self, entry: Entry, current: dict[str, Value] | None) -> None:
        if current is None:
            return
        is_contest = current["ver"] != entry.base_ver and not slots.is_command(entry)  # a release is a command
        beaten = edit_beats(entry, current) if is_contest else ()
        if beaten:
            self._merged += beaten
        else:
            self._picture.set(entry.table, entry.row, None)

    def _update(self, entry: Entry, current: dict[str, Value]) -> None:
        is_as_seen = current["ver"] == entry.base_ver
        is_made = entry.op is Op.CREATE
        held = slots.unsaid_of(entry, current) if is_made else frozenset()
        self._merged += [_stands(entry, column, current[column]) for column in sorted(held)]
        unsaid = held | unsaid_by(self._changeset, entry) if is_made else held
        if unsaid:  # made here too, by an app that knows more: what it said stands
            new = {column: value for column, value in entry.new.items() if column not in unsaid}
            entry = msgspec.structs.replace(entry, new=new)
        by_others = not is_as_seen and self._picture.last_writer(entry.table, entry.row) != self._caller.device
        laid = merge(entry, current, by_others=by_others)
        self._picture.set(entry.table, entry.row, {**current, **laid.write})
        self._merged += laid.merged
        if laid.conflicts:
            by, at = self._picture.author(entry.table, entry.row)
            self._conflicts += [msgspec.structs.replace(field, by=by, at=at) for field in laid.conflicts]

    def rejected(self, refusal: Refusal) -> Rejected:
        """Say why it is refused, and what is there now of what it wanted to change, where the caller may see it."""
        there: dict[str, dict[str, Value] | None] = {}
        for entry in self._changeset.entries[:MOST_THERE]:
            record = self._picture.before.get((entry.table, entry.row))
            if not is_own(entry, record, self._picture, self._caller):
                record = None
            columns = entry.new.keys() or entry.old.keys()
            seen = None if record is None else {name: record[name] for name in columns if name in record}
            there[f"{entry.table}/{entry.row}"] = seen
        parameters = {name: str(value) for name, value in refusal.facts.items()}
        return Rejected(code=refusal.code, parameters=parameters, there=there)


def _stands(entry: Entry, column: str, theirs: Value) -> FieldMerge:
    """Say that the centre's value of a field stands: the device that makes the row again must not keep its own."""
    mine = entry.new[column]
    return FieldMerge(
        table=entry.table, row=entry.row, column=column, base=None, mine=mine, theirs=theirs, kept=Kept.THEIRS
    )
