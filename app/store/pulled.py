"""What the centre tells, kept here: rows with their cursor in one transaction, edits on their way laid on top again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection

from app.store.bulk import rebuild_lists
from app.store.codec import Record
from app.store.derived import Change
from app.store.feed import (
    DeviceFeed,
    Key,
    drop_shadow,
    heard_of,
    pending_entries,
    put_row,
    row_of,
    set_shadow,
    shadow_of,
    upsert_rows,
)
from app.store.rows import SYNCED
from sync.protocol import sums
from sync.protocol.changeset import Entry, Value
from sync.protocol.frames import Columns, Damaged, Departure, Gone, Mark, Rows
from sync.protocol.overlay import laid_on
from sync.protocol.scope import Scope, kind_of

_MANY = 500
"""Rows in one batch above which the quick lists are worked out anew instead of row by row."""


class Phase(StrEnum):
    """How far a scope's pull is: never begun, in its first reading, following the log."""

    NEW = "new"
    FIRST = "first"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCursor:
    """How far this device has read a scope; `resume` goes on with an unfinished first reading."""

    scope: str
    seq: int = 0
    tag: str = ""
    phase: Phase = Phase.NEW
    resume: str | None = None
    sum: str = ""


@dataclass(slots=True)
class Batch:
    """What came for one scope between two marks."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: list[Rows] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)

    def take(self, frame: Columns | Rows | Gone) -> None:
        """Take a frame in. Raises Damaged for tables and columns that are none of ours."""
        table = SYNCED.tables.get(frame.table)
        if table is None:
            raise Damaged(f"no table is called {frame.table[:60]!r}")
        if isinstance(frame, Columns):
            unknown = [name for name in frame.columns if name not in table.columns]
            if unknown or frame.columns[:1] != ("id",) or "ver" not in frame.columns:
                raise Damaged(f"columns of {frame.table} are not ours")
            self.columns[frame.table] = frame.columns
        elif isinstance(frame, Gone):
            self.gone.append(frame)
        else:
            if any(len(row) != len(self.columns.get(frame.table, ())) for row in frame.rows):
                raise Damaged(f"rows of {frame.table} do not fit their header")
            self.rows.append(frame)

    def clear(self) -> None:
        """Begin anew; the headers stand for the whole message."""
        self.rows.clear()
        self.gone.clear()

    @property
    def tables(self) -> frozenset[str]:
        """The tables it tells of."""
        return frozenset({*(frame.table for frame in self.rows), *(frame.table for frame in self.gone)})

    @property
    def size(self) -> int:
        """How many rows it tells of."""
        return sum(len(frame.rows) for frame in self.rows) + sum(len(frame.rows) for frame in self.gone)


class Pulled:
    """Writes what was pulled into the device's store."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    def cursors(self) -> dict[str, StoredCursor]:
        """Give the cursor of every scope this device holds or began to read."""
        with self._feed.reading() as connection:
            rows = connection.exec_driver_sql("SELECT scope, seq, tag, phase, resume, state_sum FROM sync_cursor").all()
        return {
            row[0]: StoredCursor(scope=row[0], seq=row[1], tag=row[2], phase=Phase(row[3]), resume=row[4], sum=row[5])
            for row in rows
        }

    def cursor(self, scope: str) -> StoredCursor:
        """Give how far this device has read one scope."""
        with self._feed.reading() as connection:
            return _cursor(connection, scope)

    def apply(self, batch: Batch, mark: Mark) -> bool:
        """Keep a batch and advance the cursor to its mark, in one transaction; applied twice it changes nothing.

        Gives whether the scope's sum is the one that the centre has, where it told one. Raises Damaged for rows that
        cannot be in the scope.
        """
        known = self.cursor(mark.scope)
        if batch.size == 0 and known.phase is Phase.LIVE and (known.seq, known.tag) == (mark.seq, mark.tag):
            return mark.sum is None or mark.sum == known.sum  # nothing new: nothing to write
        kind = Scope.parse(mark.scope).kind
        if any(kind_of(table) is not kind for table in batch.tables):
            raise Damaged(f"rows that cannot be in {mark.scope}")
        with self._feed.writing() as connection:
            cursor = _cursor(connection, mark.scope)
            application = _Application(connection, mark.scope, sums.read(cursor.sum))
            is_first = cursor.phase is not Phase.LIVE
            for frame in batch.rows:
                application.rows(frame.table, batch.columns[frame.table], frame.rows, is_first=is_first)
            for gone in batch.gone:
                application.gone(gone)
            is_done = is_first and mark.resume is None and not mark.more
            if is_done:
                rebuild_lists(connection)
            elif not is_first:
                if len(application.changes) > _MANY:
                    rebuild_lists(connection)
                else:
                    self._feed.derived.refresh(connection, application.changes)
            kept = StoredCursor(
                scope=mark.scope,
                seq=mark.seq,
                tag=mark.tag,
                phase=Phase.LIVE if is_done or not is_first else Phase.FIRST,
                resume=mark.resume,
                sum=sums.written(application.sum),
            )
            _keep(connection, kept)
        if batch.size:
            self._feed.tell(batch.tables)
        return mark.sum is None or mark.sum == kept.sum

    def begin_again(self, scope: str) -> None:
        """Read a scope from the beginning: its log is another one now. What is here stays until then."""
        with self._feed.writing() as connection:
            connection.exec_driver_sql("DELETE FROM sync_member WHERE scope = ?", (scope,))
            _keep(connection, StoredCursor(scope=scope))

    def leave(self, scope: str) -> None:
        """Drop a scope this device is no longer entitled to, but no row with edits on their way."""
        with self._feed.writing() as connection:
            pending = pending_entries(connection)
            members = connection.exec_driver_sql(
                "SELECT table_name, row_id FROM sync_member WHERE scope = ?", (scope,)
            ).all()
            connection.exec_driver_sql("DELETE FROM sync_member WHERE scope = ?", (scope,))
            for table, row_id in members:
                if (table, row_id) not in pending and not _is_member(connection, (table, row_id)):
                    put_row(connection, (table, row_id), None)
            connection.exec_driver_sql("DELETE FROM sync_cursor WHERE scope = ?", (scope,))
            rebuild_lists(connection)
        self._feed.tell(frozenset(table for table, _ in members))


class _Application:
    """One batch on its way into the store, within one transaction."""

    def __init__(self, connection: Connection, scope: str, total: int) -> None:
        self.sum = total
        self.changes: list[Change] = []
        self._connection = connection
        self._scope = scope
        self._pending = pending_entries(connection)

    def rows(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]], *, is_first: bool) -> None:
        """Keep rows as the centre has them; where edits are on their way they stay on top."""
        place = columns.index("ver")
        if is_first and not self._pending:
            self._first(table, columns, rows, place)
            return
        plain: list[tuple[Value, ...]] = []
        members = self._members(table, [str(row[0]) for row in rows])
        before = self._before(table, [str(row[0]) for row in rows])
        for row in rows:
            key, ver = (table, str(row[0])), _whole(row[place])
            here = self._version_here(key, before.get(key[1]))
            if key[1] in members and here is not None:
                if ver < here:
                    continue
                self.sum ^= sums.sum_of(*key, here)
            self.sum ^= sums.sum_of(*key, ver)
            record = dict(zip(columns, row, strict=True))
            pending = self._pending.get(key, ())
            if pending:
                self._under_edits(key, ver, record, before.get(key[1]), pending)
            else:
                drop_shadow(self._connection, key)
                plain.append(row)
                self.changes.append((key, before.get(key[1]), record))
        upsert_rows(self._connection, table, columns, plain)
        self._join(table, [str(row[0]) for row in rows])

    def _first(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]], place: int) -> None:
        """Keep rows of a first reading: none of them is a member yet, and the quick lists are made at the end."""
        upsert_rows(self._connection, table, columns, rows, is_guarded=False)
        self._join(table, [str(row[0]) for row in rows])
        for row in rows:
            self.sum ^= sums.sum_of(table, str(row[0]), _whole(row[place]))

    def _under_edits(self, key: Key, ver: int, record: Record, before: Record | None, pending: Sequence[Entry]) -> None:
        set_shadow(self._connection, key, ver, record)
        after = laid_on(record, pending)
        if after is not None:
            after = {**after, "id": key[1], "ver": ver}
        put_row(self._connection, key, after)
        self.changes.append((key, before, after))

    def gone(self, frame: Gone) -> None:
        """Let rows go that left the scope, and from here with their last membership."""
        members = self._members(frame.table, [row[0] for row in frame.rows])
        for row_id, ver, why in frame.rows:
            key = (frame.table, row_id)
            before = row_of(self._connection, key)
            here = self._version_here(key, before)
            if row_id in members and here is not None:
                self.sum ^= sums.sum_of(*key, here)
            self._connection.exec_driver_sql(
                "DELETE FROM sync_member WHERE scope = ? AND table_name = ? AND row_id = ?", (self._scope, *key)
            )
            if key in self._pending:
                if why is Departure.DELETED:
                    set_shadow(self._connection, key, ver, None)
                continue
            drop_shadow(self._connection, key)
            if before is not None and not _is_member(self._connection, key):
                put_row(self._connection, key, None)
                self.changes.append((key, before, None))

    def _version_here(self, key: Key, row: Record | None) -> int | None:
        """Give the version that this device last heard of a row; one deleted here is remembered by its shadow."""
        pending = self._pending.get(key, ())
        shadow = shadow_of(self._connection, key) if row is None or pending else None
        if row is None and shadow is None and not pending:
            return None
        return heard_of(row, shadow, pending)

    def _before(self, table: str, ids: Sequence[str]) -> dict[str, Record]:
        columns = SYNCED.tables[table]
        found: dict[str, Record] = {}
        for part in _parts(ids):
            wanted = columns.select().where(columns.c.id.in_(part))
            found.update((str(row["id"]), dict(row)) for row in self._connection.execute(wanted).mappings())
        return found

    def _members(self, table: str, ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for part in _parts(ids):
            holes = ", ".join("?" * len(part))
            statement = f"SELECT row_id FROM sync_member WHERE scope = ? AND table_name = ? AND row_id IN ({holes})"  # noqa: S608 - holes
            found.update(self._connection.exec_driver_sql(statement, (self._scope, table, *part)).scalars())
        return found

    def _join(self, table: str, ids: Sequence[str]) -> None:
        joined = "INSERT OR IGNORE INTO sync_member (scope, table_name, row_id) VALUES (?, ?, ?)"
        if ids:
            self._connection.exec_driver_sql(joined, [(self._scope, table, row_id) for row_id in ids])


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _MANY] for start in range(0, len(ids), _MANY)]


def _whole(value: Value) -> int:
    if not isinstance(value, int):
        raise Damaged("a version that is no number")
    return value


def _is_member(connection: Connection, key: Key) -> bool:
    found = "SELECT 1 FROM sync_member WHERE table_name = ? AND row_id = ?"
    return connection.exec_driver_sql(found, key).first() is not None


def _cursor(connection: Connection, scope: str) -> StoredCursor:
    row = connection.exec_driver_sql(
        "SELECT scope, seq, tag, phase, resume, state_sum FROM sync_cursor WHERE scope = ?", (scope,)
    ).first()
    if row is None:
        return StoredCursor(scope=scope)
    return StoredCursor(scope=row[0], seq=row[1], tag=row[2], phase=Phase(row[3]), resume=row[4], sum=row[5])


def _keep(connection: Connection, cursor: StoredCursor) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO sync_cursor (scope, seq, tag, phase, resume, state_sum) VALUES (?, ?, ?, ?, ?, ?)",
        (cursor.scope, cursor.seq, cursor.tag, cursor.phase.value, cursor.resume, cursor.sum),
    )
