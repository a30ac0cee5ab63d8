"""Faults put into the product from outside, one at a time, to see whether the simulation sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec
import pytest
from sqlalchemy import Connection, Row

import sync.server.exchange.patch as centre_patch
import sync.server.exchange.push as centre_push
import sync.server.exchange.reading as centre_reading
import sync.server.exchange.record as centre_record
import sync.server.feed as centre_feed
from app.store import answering
from app.store.answering import Answering
from app.store.codec import Record
from app.store.cursors import keep_cursor
from app.store.delta import Delta
from app.store.engine import Engines
from app.store.feed import DeviceFeed, put_row, set_shadow
from app.store.pulled import Batch, Pulled
from app.store.rows import SYNCED
from sync.protocol.changeset import Entry, Value
from sync.protocol.conflict import Merge
from sync.protocol.conflict import merge as true_merge
from sync.protocol.frames import Answer, Columns, Departure, FrameWriter, Gone, Mark, Rows
from sync.protocol.handshake import Cursor, ScopeHead
from sync.protocol.results import FieldMerge, Rejected, Result
from sync.server.database import in_one_write, tuples
from sync.server.exchange.picture import columns_of
from sync.server.exchange.record import Known, Taken
from sync.server.feed import Feed, Key
from sync.server.grants.rights import Caller

T = TypeVar("T")
Fault = Callable[[pytest.MonkeyPatch], None]


def cursor_before_rows(patch: pytest.MonkeyPatch) -> None:
    """The device advances its cursor in a transaction of its own, before the rows."""
    true = Pulled.apply

    def apply(self: Pulled, batch: Batch, mark: Mark) -> bool:
        known = self.cursor(mark.scope)
        if batch.size:
            with self._feed.writing() as connection:
                keep_cursor(connection, replace(known, seq=mark.seq, tag=mark.tag, resume=mark.resume))
        return true(self, batch, mark)

    patch.setattr(Pulled, "apply", apply)


def outbox_cleared_when_sent(patch: pytest.MonkeyPatch) -> None:
    """The device takes what it sent for done, without an answer."""
    true = DeviceFeed.sent

    def sent(self: DeviceFeed, numbers: Sequence[int], at: int) -> None:
        true(self, numbers, at)
        with self.writing() as connection:
            connection.exec_driver_sql("UPDATE changeset SET state = 'applied', result = '{\"r\":\"applied\"}'")

    patch.setattr(DeviceFeed, "sent", sent)


def outbox_cleared_by_range(patch: pytest.MonkeyPatch) -> None:
    """An answer to one changeset settles all that were sent with it."""
    true = Answering.keep

    def keep(self: Answering, answers: Sequence[Answer], at: int, at_centre: int) -> int:
        done = true(self, answers[:1], at, at_centre)
        with self._feed.writing() as connection:
            connection.exec_driver_sql(
                "UPDATE changeset SET state = 'applied', result = '{\"r\":\"applied\"}' WHERE state = 'sent'"
            )
        return done

    patch.setattr(Answering, "keep", keep)


def edits_not_laid_on_top(patch: pytest.MonkeyPatch) -> None:
    """A pull writes the centre's row over edits that are still on their way."""

    def under(self: Delta, key: Key, ver: int, record: Record, before: Record | None, pending: Sequence[Entry]) -> None:
        set_shadow(self._connection, key, ver, record)
        put_row(self._connection, key, record)
        self.changes.append((key, before, record))

    patch.setattr(Delta, "_under_edits", under)


def departures_unheard(patch: pytest.MonkeyPatch) -> None:
    """The device keeps what left its scope."""
    true = Delta.gone

    def gone(self: Delta, frame: Gone) -> None:
        true(self, msgspec.structs.replace(frame, rows=tuple(r for r in frame.rows if r[2] is Departure.DELETED)))

    patch.setattr(Delta, "gone", gone)


def departures_untold(patch: pytest.MonkeyPatch) -> None:
    """The centre puts a row that moved into its new scope and says nothing in the old one."""
    true = centre_feed._changes

    def changes(
        key: Key, known: Sequence[centre_feed.Known], now: centre_feed.Now | None, ver: int
    ) -> Iterator[tuple[str, centre_feed._Change]]:
        return ((scope, change) for scope, change in true(key, known, now, ver) if change.op != centre_feed.LEFT)

    patch.setattr(centre_feed, "_changes", changes)


def problems_unsaid(patch: pytest.MonkeyPatch) -> None:
    """A refusal is kept, and nobody is told."""

    def note(_connection: Connection, _mid: str, _result: Result, _at: int) -> bool:
        return False

    patch.setattr(answering, "_note_problem", note)


def delete_wins(patch: pytest.MonkeyPatch) -> None:
    """A deletion beats the edit that others made meanwhile."""

    def beats(_entry: Entry, _current: Mapping[str, Value]) -> tuple[FieldMerge, ...]:
        return ()

    patch.setattr(centre_patch, "edit_beats", beats)


def last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    """The centre writes a patch without comparing the old values."""

    def merge(entry: Entry, current: Mapping[str, Value], *, by_others: bool) -> Merge:
        return Merge({name: value for name, value in entry.new.items() if current[name] != value}, (), ())

    patch.setattr(centre_patch, "merge", merge)


def first_writer_wins(patch: pytest.MonkeyPatch) -> None:
    """The centre drops a patch of a row that moved on, and says that it took it."""
    true = true_merge

    def merge(entry: Entry, current: Mapping[str, Value], *, by_others: bool) -> Merge:
        is_as_seen = all(current[column] == base for column, base in entry.old.items())
        return true(entry, current, by_others=by_others) if is_as_seen else Merge({}, (), ())

    patch.setattr(centre_patch, "merge", merge)


def record_outside_the_transaction(patch: pytest.MonkeyPatch) -> None:
    """The centre commits the effect first, and the idempotency record with its answer after it."""
    true_remember = centre_record.remember

    def in_two_writes(engines: Engines, work: Callable[[Connection], T]) -> T:
        late: list[tuple[Caller, Sequence[Taken]]] = []

        def keep(connection: Connection, caller: Caller, decided: Sequence[Taken]) -> None:
            late.append((caller, decided))

        def record(connection: Connection) -> None:
            for caller, decided in late:
                true_remember(connection, caller, decided)

        patch.setattr(centre_record, "remember", keep)
        done = in_one_write(engines, work)
        in_one_write(engines, record)
        return done

    patch.setattr(centre_push, "in_one_write", in_two_writes)


def record_lost(patch: pytest.MonkeyPatch) -> None:
    """The centre forgets what it answered, and takes a changeset that comes again for a new one."""
    patch.setattr(centre_record, "known", lambda *_: Known())


def refusals_not_stored(patch: pytest.MonkeyPatch) -> None:
    """A refusal is answered and not stored: its number is never passed."""
    true = centre_record.remember

    def remember(connection: Connection, caller: Caller, decided: Sequence[Taken]) -> None:
        true(connection, caller, [one for one in decided if not isinstance(one.result, Rejected)])

    patch.setattr(centre_record, "remember", remember)


def counter_with_holes(patch: pytest.MonkeyPatch) -> None:
    """The centre gives a scope's sequence twice as far as it has entries."""
    true = Feed._append

    def append(self: Feed, scope: Row[tuple[str, int, str]], changes: Sequence[centre_feed._Change]) -> None:
        true(self, scope, changes)
        further = "UPDATE sync_scope SET head = head + 1 WHERE scope = ?"
        self.connection.exec_driver_sql(further, (scope.scope,))

    patch.setattr(Feed, "_append", append)


def scopes_of_everybody(patch: pytest.MonkeyPatch) -> None:
    """The centre tells a device of a colleague's portfolio too."""
    true = centre_reading.changes

    def changes(connection: Connection, writer: FrameWriter, cursor: Cursor, head: ScopeHead) -> Iterator[bytes]:
        yield from true(connection, writer, cursor, head)
        if cursor.scope.startswith("rep:"):
            table = SYNCED.tables["contact"]
            rows = tuples(connection, table.select(), {})
            yield writer.line(Columns(table="contact", columns=columns_of("contact")))
            yield writer.line(Rows(table="contact", rows=rows))
            yield writer.line(Mark(scope=cursor.scope, seq=head.head, tag=head.tag, check=writer.check))

    patch.setattr(centre_reading, "changes", changes)


def no_tag(patch: pytest.MonkeyPatch) -> None:
    """The centre takes any cursor that is not in the future for its own."""

    def is_ours(_connection: Connection, cursor: Cursor, head: ScopeHead) -> bool:
        return cursor.seq <= head.head

    patch.setattr(centre_reading, "_is_ours", is_ours)
