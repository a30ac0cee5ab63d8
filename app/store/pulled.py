"""What the centre tells, kept here: the one door by which rows from the road come into the store."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import groupby

from sqlalchemy import Connection

from app.store.arriving import Batch
from app.store.aside import forget_gone, forget_unheld, lay_aside
from app.store.bare_tables import is_any_due, make_next
from app.store.bulk import rebuild_lists
from app.store.cursors import Phase, StoredCursor, all_cursors, cursor_of, keep_cursor
from app.store.delta import Delta
from app.store.feed import DeviceFeed, drop_shadow, pending_entries, put_row
from app.store.first_reading import FirstReading
from app.store.fitting import only_what_fits
from app.store.homeless import gone_with_their_account, homeless, let_reading_decide
from app.store.members import is_member
from app.store.notices import say_left
from app.store.quarantine import set_aside
from app.store.rows import SYNCED
from app.store.settling import are_behind, bring_lists_up, lists_fall_behind
from app.store.unnamed import forget, is_any_apart, set_apart, sweep
from sync.protocol import sums
from sync.protocol.frames import Damaged, Mark
from sync.protocol.scope import Scope, ScopeKind, holds

__all__ = ["Batch", "Phase", "Pulled", "StoredCursor"]

_MANY = 500
"""Rows in one batch that matter to them above which the quick lists are worked out anew instead of row by row."""

LISTED = frozenset({"account", "contact", "customer_order", "product", "proposal"})
"""The tables that lists and search show: said to be touched when those were made anew."""


class Pulled:
    """Writes what was pulled into the device's store."""

    def __init__(self, feed: DeviceFeed, now: Callable[[], int] = lambda: time.time_ns() // 1_000) -> None:
        """`now` gives microseconds UTC: when rows were set aside, and accounts left."""
        self._feed = feed
        self._now = now

    def cursors(self) -> dict[str, StoredCursor]:
        """Give the cursor of every scope this device holds or began to read."""
        return dict(self._feed.remembered.of(all_cursors))

    def cursor(self, scope: str) -> StoredCursor:
        """Give how far this device has read one scope."""
        return self.cursors().get(scope) or StoredCursor(scope=scope)

    def apply(self, batch: Batch, mark: Mark) -> bool:
        """Keep a batch and advance the cursor to its mark, in one transaction; applied twice it changes nothing.

        Gives whether the scope's sum is the one that the centre has, where it told one. Raises Damaged for rows that
        cannot be in the scope.
        """
        known = self.cursor(mark.scope)
        if batch.size == 0 and known.phase is Phase.LIVE and (known.seq, known.tag) == (mark.seq, mark.tag):
            return mark.sum is None or mark.sum == known.sum  # nothing new: nothing to write
        kind = Scope.parse(mark.scope).kind
        if not all(holds(kind, table) for table in batch.tables):
            raise Damaged(f"rows that cannot be in {mark.scope}")
        if known.phase is not Phase.LIVE and batch.rows:
            self._make_whole(but=batch.rows[0].table)
        with only_what_fits(), self._feed.writing() as connection:
            cursor = cursor_of(connection, mark.scope)
            kept = self._follow(connection, cursor, batch, mark)
            keep_cursor(connection, kept)
            swept = self._sweep(connection, kept) if cursor.phase is not Phase.LIVE else frozenset()
        if batch.size or swept:
            self._feed.tell(batch.tables | swept | ({"problem"} if batch.gone else set()))
        return mark.sum is None or mark.sum == kept.sum

    def _follow(self, connection: Connection, cursor: StoredCursor, batch: Batch, mark: Mark) -> StoredCursor:
        """Write a batch where the cursor stands: on from a first reading, or from the log; gives the new cursor."""
        is_first = cursor.phase is not Phase.LIVE
        at = self._now()
        delta = Delta(connection, mark.scope, sums.read(cursor.sum), at, self._feed.derived.watched)
        reading = FirstReading(connection, mark.scope)
        if is_first and not batch.tables.isdisjoint(self._feed.derived.watched):
            lists_fall_behind(connection)
        for table, frames in groupby(batch.rows, key=lambda frame: frame.table):
            columns, rows = batch.columns[table], [row for frame in frames for row in frame.rows]
            if is_first:
                waiting = delta.waiting(table)
                plain = [row for row in rows if row[0] not in waiting] if waiting else rows
                reading.rows(table, columns, plain, batch.ready.get(table))
                rows = [row for row in rows if row[0] in waiting] if waiting else []
            delta.rows(table, columns, rows)
        for gone in batch.gone:
            delta.gone(gone)
        forget_gone(connection, batch.gone)
        apart = 0 if batch.apart.is_empty else lay_aside(connection, mark.scope, batch.apart)
        is_done = is_first and mark.resume is None and not mark.more
        if not is_first and len(delta.changes) > _MANY:
            rebuild_lists(connection)
        elif not is_first:
            self._feed.derived.refresh(connection, delta.changes)
        say_left(connection, delta.left, at)
        return StoredCursor(
            scope=mark.scope,
            seq=mark.seq,
            tag=mark.tag,
            phase=Phase.LIVE if is_done or not is_first else Phase.FIRST,
            resume=mark.resume,
            sum=sums.written(reading.sum ^ delta.sum ^ apart),
        )

    def _sweep(self, connection: Connection, cursor: StoredCursor) -> frozenset[str]:
        """Let go, at the end of a first reading, what was held before and is not named any more; gives the tables."""
        if cursor.phase is not Phase.LIVE or not is_any_apart(connection, cursor.scope):
            return frozenset()
        changes = sweep(connection, cursor.scope, pending_entries(connection), self._now())
        self._feed.derived.refresh(connection, changes)
        return frozenset(key[0] for key, _, _ in changes)

    def settle(self) -> None:
        """Make what a first reading left for afterwards: indexes, then lists and search, a transaction each."""
        self._make_whole()
        self.bring_lists_up()

    def _make_whole(self, *, but: str = "") -> None:
        """Give bare tables their indexes again, except one that is being filled and is not large; a transaction each.

        Nobody waits for the disk: an index that is lost with the machine's power is made when the store is opened.
        """
        with self._feed.reading() as connection:
            is_any_left = is_any_due(connection, but=but)
        while is_any_left:
            with self._feed.writing(is_durable=False) as connection:
                is_any_left = make_next(connection, but=but)

    def bring_lists_up(self) -> None:
        """Let lists and search know all rows that are here; in the middle of a first reading, for the first screen."""
        with self._feed.reading() as connection:
            is_behind = are_behind(connection)
        if is_behind:
            with self._feed.writing() as connection:
                bring_lists_up(connection)
            self._feed.tell(LISTED)

    def begin_again(self, scope: str) -> None:
        """Read a scope from the beginning: its log is another one now. What is here stays until then."""
        with self._feed.writing() as connection:
            set_apart(connection, scope)
            keep_cursor(connection, StoredCursor(scope=scope))

    def begin(self, scope: str) -> None:
        """Note, before a scope is read from its beginning, what was made here and taken: it is named then, or goes."""
        if Scope.parse(scope).kind is ScopeKind.REP and self._feed.waiting().last:
            with self._feed.writing() as connection:
                let_reading_decide(connection, scope, pending_entries(connection))

    def leave(self, scope: str) -> None:
        """Drop a scope this device is no longer entitled to, but no row with edits on their way."""
        with self._feed.writing() as connection:
            pending = pending_entries(connection)
            set_apart(connection, scope)
            members = connection.exec_driver_sql(
                "SELECT table_name, row_id FROM sync_unnamed WHERE scope = ?", (scope,)
            ).all()
            forget(connection, scope)
            for key in [(table, row_id) for table, row_id in members]:
                if is_member(connection, key) or key[0] not in SYNCED.tables:
                    continue
                if key in pending:
                    set_aside(connection, key, self._now())
                else:
                    drop_shadow(connection, key)  # of a row deleted here, whose tombstone no scope tells any more
                    put_row(connection, key, None)
            for key in gone_with_their_account(connection, pending):
                set_aside(connection, key, self._now())
            made_here = homeless(connection, pending)
            for key in made_here:
                put_row(connection, key, None)
            forget_unheld(connection)
            connection.exec_driver_sql("DELETE FROM sync_cursor WHERE scope = ?", (scope,))
            rebuild_lists(connection)
        self._feed.tell(frozenset(table for table, _ in (*members, *made_here)))
