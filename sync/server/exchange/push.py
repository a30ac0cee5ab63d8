"""Takes one changeset: once, whole or not at all, with its answer stored in the same transaction as its effect."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from app.domain.refusal import Refusal
from app.store.codec import compact_json, instant
from app.store.engine import Engines
from app.store.naming import new_id
from sync.protocol.changeset import Changeset, Entry, Op, Value
from sync.protocol.conflict import edit_beats, merge
from sync.protocol.digest import digest_of
from sync.protocol.frames import Answer, Cloned, Gap
from sync.protocol.results import (
    Applied,
    Conflict,
    Deferred,
    FieldConflict,
    FieldMerge,
    Kept,
    Merged,
    Rejected,
    Result,
    pack_result,
    unpack_result,
)
from sync.server.clock import now, now_us
from sync.server.database import in_one_write, step, was_broken_off
from sync.server.exchange import rules
from sync.server.exchange.entitlement import must_be_own, must_be_writable
from sync.server.exchange.parts import must_be_whole, revive
from sync.server.exchange.picture import Picture
from sync.server.exchange.soundness import must_be_sound
from sync.server.feed import THERE, Feed
from sync.server.grants.rights import Caller
from sync.server.tables import APPLIED, CONFLICT, DEVICE, ENTRY

_log = logging.getLogger(__name__)

_BROKEN = Refusal("CHANGESET_UNSOUND", {"table": "", "column": "", "why": "integrity"})

Reply = Answer | Gap | Cloned


def take(engines: Engines, caller: Caller, changeset: Changeset) -> Reply:
    """Take a changeset in one transaction of its own, or say what became of it when it came before."""
    try:
        return in_one_write(engines, lambda connection: _take(connection, caller, changeset))
    except (IntegrityError, DataError):
        _log.exception("changeset %s of %s breaks the tables: refused", changeset.n, caller.device)
        return in_one_write(engines, lambda connection: _take(connection, caller, changeset, is_broken=True))
    except OperationalError as error:
        if not was_broken_off(error):
            raise
        _log.info("changeset %s of %s waits: others write the same rows", changeset.n, caller.device)
        return Answer(n=changeset.n, mid=changeset.mid, result=Deferred(code="BUSY"))


def _take(connection: Connection, caller: Caller, changeset: Changeset, *, is_broken: bool = False) -> Reply:
    last = select(DEVICE.c.last_n).where(DEVICE.c.device == caller.device).with_for_update()
    last_n = connection.execute(last).scalar_one()
    digest = digest_of(changeset)
    known = _known(connection, caller.device, changeset)
    if changeset.n <= last_n or known is not None:
        if known is None or known.hash != digest:
            return Cloned(n=changeset.n)
        if changeset.n == last_n + 1:
            _advance(connection, caller, changeset.n)  # known under another identity: only the number is new
        return Answer(n=changeset.n, mid=changeset.mid, result=unpack_result(known.result))
    if changeset.n != last_n + 1:
        return Gap(expected=last_n + 1)
    feed = Feed(connection, caller.device)
    patch = _Patch(connection, caller, changeset)
    result: Result
    try:
        with step(connection):
            result = patch.apply(feed) if not is_broken else patch.rejected(_BROKEN)
            _remember(connection, caller, changeset, digest, result)
            feed.seal()
    except Refusal as refusal:
        result = patch.rejected(refusal)
        _remember(connection, caller, changeset, digest, result)
    return Answer(n=changeset.n, mid=changeset.mid, result=result)


def _known(connection: Connection, device: str, changeset: Changeset) -> Row[tuple[str, str]] | None:
    """Find what was answered under this number, or to this action under another number."""
    columns = select(APPLIED.c.hash, APPLIED.c.result)
    of_number = columns.where(APPLIED.c.device == device, APPLIED.c.n == changeset.n)
    of_action = columns.where(APPLIED.c.mid == changeset.mid)
    return connection.execute(of_number).first() or connection.execute(of_action).first()


def _advance(connection: Connection, caller: Caller, n: int) -> None:
    connection.execute(update(DEVICE).where(DEVICE.c.device == caller.device).values(last_n=n))


def _remember(connection: Connection, caller: Caller, changeset: Changeset, digest: str, result: Result) -> None:
    """Store the answer with its effect, before the scopes are locked."""
    number = {"device": caller.device, "n": changeset.n, "mid": changeset.mid}
    answer = {"hash": digest, "result": pack_result(result), "at": now_us()}
    connection.execute(insert(APPLIED).values(number | answer))
    _advance(connection, caller, changeset.n)
    fields: list[FieldMerge | FieldConflict] = []
    if isinstance(result, Conflict):
        fields += [*result.fields, *result.merged]
    elif isinstance(result, Merged):
        fields += result.fields
    kept = [_conflict(field) | number | {"id": new_id(now()), "at": now_us()} for field in fields if _is_contest(field)]
    if kept:
        connection.execute(insert(CONFLICT), kept)


def _is_contest(field: FieldMerge | FieldConflict) -> bool:
    """Say whether both sides changed the field, so that a value was or would be overwritten: it is kept."""
    return field.base != field.theirs


def _conflict(field: FieldMerge | FieldConflict) -> dict[str, object]:
    is_settled = isinstance(field, FieldMerge)
    return {
        "table_name": field.table,
        "row_id": field.row,
        "column_name": field.column,
        "base": compact_json(field.base),
        "mine": compact_json(field.mine),
        "theirs": compact_json(field.theirs),
        "kept": field.kept.value if isinstance(field, FieldMerge) else "asked",
        "settled_at": now_us() if is_settled else None,
    }


class _Patch:
    """One changeset being laid on the rows as they are now."""

    def __init__(self, connection: Connection, caller: Caller, changeset: Changeset) -> None:
        self._connection = connection
        self._caller = caller
        self._changeset = changeset
        self._picture = Picture(connection)
        self._merged: list[FieldMerge] = []
        self._conflicts: list[FieldConflict] = []

    def apply(self, feed: Feed) -> Result:
        """Lay it on, check the rules, write. Raises Refusal with nothing written that is not taken back."""
        must_be_sound(self._changeset)
        must_be_writable(self._changeset)
        picture = self._picture
        picture.read((entry.table, entry.row) for entry in self._changeset.entries)
        for entry in self._changeset.entries:
            must_be_own(entry, picture.now(entry.table, entry.row), picture, self._caller)
            self._lay(entry)
            must_be_own(entry, picture.now(entry.table, entry.row), picture, self._caller)
        must_be_whole(picture)
        rules.must_be_readable(picture)
        rules.must_be_kept(picture)
        rules.must_be_open(picture)
        rules.must_be_priced(picture)
        picture.write(feed)
        gone = [(key, was) for key in picture.changed() if (was := picture.was(*key)) and picture.now(*key) is None]
        feed.bury(self._changeset.mid, gone, now_us())
        day = instant(self._changeset.at).date()
        rules.must_be_validatable(self._connection, picture, self._caller, day)
        return self._result()

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
            self._picture.set(entry.table, entry.row, {"id": entry.row, "ver": 0, **entry.new})
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

    def _delete(self, entry: Entry, current: dict[str, Value] | None) -> None:
        if current is None:
            return
        beaten = edit_beats(entry, current) if current["ver"] != entry.base_ver else ()
        if beaten:
            self._merged += beaten
        else:
            self._picture.set(entry.table, entry.row, None)

    def _update(self, entry: Entry, current: dict[str, Value]) -> None:
        is_as_seen = current["ver"] == entry.base_ver
        by_others = not is_as_seen and self._last_writer(entry) != self._caller.device
        laid = merge(entry, current, is_as_seen=is_as_seen, by_others=by_others)
        self._picture.set(entry.table, entry.row, {**current, **laid.write})
        self._merged += laid.merged
        self._conflicts += laid.conflicts

    def _last_writer(self, entry: Entry) -> str:
        wanted = select(ENTRY.c.writer).where(
            ENTRY.c.table_name == entry.table, ENTRY.c.row_id == entry.row, ENTRY.c.op == THERE
        )
        return self._connection.execute(wanted).scalars().first() or ""

    def rejected(self, refusal: Refusal) -> Rejected:
        """Say why it is refused, and what is there now of what it wanted to change, where the caller may see it."""
        there: dict[str, dict[str, Value] | None] = {}
        for entry in self._changeset.entries[:MOST_THERE]:
            record = self._picture.before.get((entry.table, entry.row))
            try:
                must_be_own(entry, record, self._picture, self._caller)
            except Refusal:
                record = None
            columns = entry.new.keys() or entry.old.keys()
            seen = None if record is None else {name: record[name] for name in columns if name in record}
            there[f"{entry.table}/{entry.row}"] = seen
        parameters = {name: str(value) for name, value in refusal.facts.items()}
        return Rejected(code=refusal.code, parameters=parameters, there=there)


MOST_THERE = 100
"""Rows of which a refusal says what is there now."""


def answers(connection: Connection, caller: Caller, numbers: Sequence[int]) -> list[Answer]:
    """Give again what was answered under these numbers, for a reply that was lost."""
    wanted = select(APPLIED.c.n, APPLIED.c.mid, APPLIED.c.result).where(
        APPLIED.c.device == caller.device, APPLIED.c.n.in_(numbers)
    )
    found = connection.execute(wanted.order_by(APPLIED.c.n))
    return [Answer(n=row.n, mid=row.mid, result=unpack_result(row.result)) for row in found]
