"""Brings the rows of a scope that differ from the centre's to what the centre holds, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.store.arriving import Batch, whole
from app.store.aside import forget_unheld, lay_aside, versions_of
from app.store.bulk import rebuild_lists
from app.store.codec import Record
from app.store.cursors import Phase, StoredCursor, all_cursors, cursor_of, keep_cursor
from app.store.deletions import is_too_much
from app.store.derived import Change
from app.store.elsewhere import Elsewhere
from app.store.feed import (
    DeviceFeed,
    Key,
    drop_shadow,
    pending_entries,
    put_row,
    row_of,
    set_shadow,
    upsert_rows,
)
from app.store.fitting import only_what_fits
from app.store.members import is_member, join, part
from app.store.quarantine import set_aside, take_back
from app.store.rows import SYNCED
from sync.protocol.buckets import Buckets, bucket_of
from sync.protocol.changeset import Entry, Value
from sync.protocol.frames import Damaged, Differing, Mark
from sync.protocol.overlay import laid_on
from sync.protocol.scope import Scope, holds

_MANY = 500
"""Rows changed above which the quick lists are worked out anew instead of row by row."""


class TooManyGone(Exception):
    """A repair would drop so many rows that a person must be asked first; `head` is the centre's, as it was told."""

    def __init__(self, going: int, held: int, head: int) -> None:
        super().__init__(f"{going} of {held} rows would go")
        self.going = going
        self.held = held
        self.head = head


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did: rows brought to the centre's word, rows dropped, and whether the sums agree now."""

    rows: int
    dropped: int
    is_right: bool


class Repairs:
    """The device's side of a repair, within its store."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    def sums(self, scope: str) -> tuple[str, ...]:
        """Give the sum of each bucket of a scope, worked out from the rows that this device holds for it."""
        with self._feed.reading() as connection:
            return _summed(connection, scope, pending_entries(connection)).written()

    def apply(
        self, batch: Batch, differing: Differing, mark: Mark, at: int, *, may_drop_many: bool = False
    ) -> Repaired:
        """Let the differing buckets hold what the centre holds in them, in one transaction.

        Edits on their way stay on top. A row may fall to a lower version here: the centre says what it has. The cursor
        moves to the mark once no bucket is left; `at` is now in microseconds UTC. Raises Damaged for what cannot be in
        these buckets, TooManyGone where a person must first allow it.
        """
        _must_fit(batch, differing, mark)
        places = frozenset(differing.buckets)
        with only_what_fits(), self._feed.writing() as connection:
            cursor = cursor_of(connection, mark.scope)
            if cursor.phase is not Phase.LIVE:
                return Repaired(0, 0, is_right=True)  # it is being read anew from the beginning
            laying = _Laying(connection, mark.scope, at)
            told = {(frame.table, str(row[0])) for frame in (*batch.rows, *batch.apart.rows) for row in frame.rows}
            members = _members(connection, mark.scope)
            going = [key for key in members if key not in told and bucket_of(*key) in places]
            if is_too_much(len(going), len(members)) and not may_drop_many:
                raise TooManyGone(len(going), len(members), mark.seq)
            for frame in batch.rows:
                laying.lay(frame.table, batch.columns[frame.table], frame.rows)
            for key in going:
                laying.drop(key)
            lay_aside(connection, mark.scope, batch.apart, is_guarded=False)
            forget_unheld(connection)
            if len(laying.changes) > _MANY:
                rebuild_lists(connection)
            else:
                self._feed.derived.refresh(connection, laying.changes)
            total = _summed(connection, mark.scope, laying.pending).sum
            place = cursor if mark.more else mark
            kept = StoredCursor(scope=mark.scope, seq=place.seq, tag=place.tag, phase=Phase.LIVE, sum=total)
            keep_cursor(connection, kept)
            laying.sum_others()
        if told or going:
            self._feed.tell(frozenset(key[0] for key in (*told, *going)))
        return Repaired(len(told), len(going), is_right=mark.sum in (None, total))


def _must_fit(batch: Batch, differing: Differing, mark: Mark) -> None:
    """Raise Damaged unless every row is one that these buckets of this scope can hold."""
    kind, places = Scope.parse(mark.scope).kind, frozenset(differing.buckets)
    is_any_gone = bool(batch.gone or batch.apart.gone)
    if is_any_gone or differing.scope != mark.scope or not all(holds(kind, table) for table in batch.tables):
        raise Damaged(f"rows that cannot be in {mark.scope}")
    for frame in batch.rows:
        place = batch.columns[frame.table].index("ver")
        for row in frame.rows:
            if not isinstance(row[0], str) or whole(row[place]) < 1 or bucket_of(frame.table, row[0]) not in places:
                raise Damaged("a row that was not asked for")
    for frame in batch.apart.rows:
        if any(bucket_of(frame.table, row.row) not in places for row in batch.apart.whole_rows(frame)):
            raise Damaged("a row that was not asked for")


class _Laying:
    """Rows on their way into the store within one transaction, whatever version is here."""

    def __init__(self, connection: Connection, scope: str, at: int) -> None:
        self.changes: list[Change] = []
        self.pending = pending_entries(connection)
        self._connection = connection
        self._scope = scope
        self._at = at

    def lay(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]]) -> None:
        plain: list[tuple[Value, ...]] = []
        returning = take_back(self._connection, table, [str(row[0]) for row in rows])
        for row in rows:
            key, record = (table, str(row[0])), dict(zip(columns, row, strict=True))
            before, pending = row_of(self._connection, key), self.pending.get(key, ())
            after: Record | None = record
            if pending:
                after = self._under_edits(key, record, pending)
            else:
                drop_shadow(self._connection, key)
                plain.append(row)
            self.changes.append((key, None if key[1] in returning else before, after))
        upsert_rows(self._connection, table, columns, plain, is_guarded=False)
        join(self._connection, self._scope, table, [str(row[0]) for row in rows])

    def _under_edits(self, key: Key, record: Record, pending: Sequence[Entry]) -> Record | None:
        ver = whole(record["ver"])
        set_shadow(self._connection, key, ver, record)
        after = laid_on(record, pending)
        if after is None:
            put_row(self._connection, key, None)
            return None
        after = {**after, "id": key[1], "ver": ver}
        upsert_rows(self._connection, key[0], tuple(after), [tuple(after.values())], is_guarded=False)
        return after

    def drop(self, key: Key) -> None:
        """Let a row go that the centre does not hold in the scope; one with edits on its way waits for their answer."""
        part(self._connection, self._scope, key[0], [key[1]])
        if key[0] not in SYNCED.tables:
            return
        before, is_held = row_of(self._connection, key), is_member(self._connection, key)
        if key in self.pending:
            if not is_held:
                set_aside(self._connection, key, self._at)
        else:
            drop_shadow(self._connection, key)
            if not is_held:
                put_row(self._connection, key, None)
        if before is not None and not is_held:
            self.changes.append((key, before, None))

    def sum_others(self) -> None:
        """Bring the sums of the other scopes in step: where an account is loaded they may hold the same rows."""
        if Elsewhere(self._connection, self._scope).is_needed:
            for scope, cursor in all_cursors(self._connection).items():
                if scope != self._scope and cursor.phase is not Phase.NEW:
                    total = _summed(self._connection, scope, self.pending).sum
                    keep_cursor(self._connection, replace(cursor, sum=total))


def _members(connection: Connection, scope: str) -> list[Key]:
    found = connection.exec_driver_sql("SELECT table_name, row_id FROM sync_member WHERE scope = ?", (scope,))
    return [(row[0], row[1]) for row in found]


def _summed(connection: Connection, scope: str, pending: dict[Key, list[Entry]]) -> Buckets:
    found = Buckets()
    for key, ver in _held(connection, scope, pending):
        found.add(*key, ver)
    return found


def _held(connection: Connection, scope: str, pending: dict[Key, list[Entry]]) -> Iterator[tuple[Key, int]]:
    """Give each row held for a scope with the version that the centre told of it last; see `heard_of`."""
    tables = connection.exec_driver_sql("SELECT DISTINCT table_name FROM sync_member WHERE scope = ?", (scope,))
    for table in tables.scalars().all():
        if table not in SYNCED.tables:
            yield from (((table, row_id), ver) for row_id, ver in versions_of(connection, scope, table))
            continue
        rows = connection.exec_driver_sql(
            "SELECT m.row_id, t.ver, s.base_ver FROM sync_member m "  # noqa: S608 - the name of a table of ours
            f"LEFT JOIN {table} t ON t.id = m.row_id "
            "LEFT JOIN sync_shadow s ON s.table_name = m.table_name AND s.row_id = m.row_id "
            "WHERE m.scope = ? AND m.table_name = ?",
            (scope, table),
        )
        for row_id, ver, shadow in rows:
            key = (table, row_id)
            waits = pending.get(key)
            if shadow is not None and (ver is None or waits):
                yield key, shadow
            elif waits:
                yield key, waits[0].base_ver
            elif ver is not None:
                yield key, ver
