"""More faults put in from outside: in what many share, in repair, in loads, in copies, in what is let go."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

import pytest
from sqlalchemy import Connection, delete

import sync.server.exchange.patch as centre_patch
import sync.server.exchange.push as centre_push
import sync.server.exchange.service as centre_service
import sync.server.exchange.slots as centre_slots
import sync.server.grants.proving as centre_proving
import sync.server.versions as centre_versions
from app.domain.refusal import Refusal
from app.store.answering import Answering
from app.store.codec import Record
from app.store.deletions import Deletions
from app.store.derived import Change
from app.store.feed import put_row
from app.store.outbox import Outbox
from app.store.pulled import Batch, Pulled
from app.store.quick_lists import QuickLists
from app.store.repairing import _Laying
from sync.client.renewal import Renewal
from sync.protocol.changeset import Changeset, Entry, Value
from sync.protocol.conflict import Merge
from sync.protocol.conflict import merge as true_merge
from sync.protocol.frames import Answer, Ask, Mark
from sync.protocol.handshake import Hello
from sync.protocol.results import Result
from sync.server.clock import now_us
from sync.server.exchange.patch import Patch
from sync.server.exchange.picture import Picture
from sync.server.exchange.shared import SharedPicture, SharedRows
from sync.server.grants.rights import Caller
from sync.server.tables import HOLD


def refused_rows_stay_in_the_lot(patch: pytest.MonkeyPatch) -> None:
    """What a refused changeset did to the rows that many share is not taken back."""

    def laid(connection: Connection, caller: Caller, changeset: Changeset, size: int, shared: SharedRows) -> Result:
        picture = SharedPicture(connection, shared)
        laying = Patch(caller, changeset, picture, size)
        try:
            result = laying.lay()
            laying.check_written()
        except Refusal as refusal:
            shared.keep(picture)
            return laying.rejected(refusal)
        shared.keep(picture)
        return result

    patch.setattr(centre_push, "_laid", laid)


def lot_without_its_own_words(patch: pytest.MonkeyPatch) -> None:
    """Each changeset of a lot sees the rows as the transaction found them, not as those before it left them."""
    patch.setattr(SharedRows, "keep", _kept_without_looking)


def _kept_without_looking(self: SharedRows, picture: SharedPicture) -> None:
    for key in picture.changed():
        now = picture.after[key]
        if now is not None and key not in self._writers:
            self._now[key] = {**now, "id": key[1], "ver": int(now["ver"] or 0) + 1}
            self._writers[key] = self._writer


def last_frame_unapplied(patch: pytest.MonkeyPatch) -> None:
    """A transaction of several frames leaves the last one out, and moves the cursor past it."""
    true = Pulled.apply

    def apply(self: Pulled, batch: Batch, mark: Mark) -> bool:
        if len(batch.rows) > 1:
            batch.rows.pop()
        return true(self, batch, mark)

    patch.setattr(Pulled, "apply", apply)


def repair_over_edits(patch: pytest.MonkeyPatch) -> None:
    """A repair writes the centre's row over edits that are still on their way."""

    def under(self: _Laying, key: tuple[str, str], record: Record, _pending: Sequence[Entry]) -> Record | None:
        put_row(self._connection, key, record)
        return record

    patch.setattr(_Laying, "_under_edits", under)


def counts_trusted(patch: pytest.MonkeyPatch) -> None:
    """The centre compares how often a row was edited, not what it holds: as often as the patch knew counts as seen."""

    def merge(entry: Entry, current: Mapping[str, Value], *, by_others: bool) -> Merge:
        if entry.base_ver >> 24 == int(current["ver"] or 0) >> 24:
            return Merge(dict(entry.new), (), ())
        return true_merge(entry, current, by_others=by_others)

    patch.setattr(centre_patch, "merge", merge)


def versions_that_only_count(patch: pytest.MonkeyPatch) -> None:
    """A version says how often a row was edited, and nothing of what it holds."""
    patch.setattr(centre_versions, "_encode", lambda _said: b"")


def expired_load_told(patch: pytest.MonkeyPatch) -> None:
    """A load counts a month longer than it was granted for."""

    def at() -> int:
        is_for_loads = "words" not in sys._getframe(1).f_locals  # the proof itself is judged by the true time
        return now_us() - 30 * 86_400_000_000 * is_for_loads

    patch.setattr(centre_proving, "now_us", at)


def clone_keeps_its_name(patch: pytest.MonkeyPatch) -> None:
    """A copied device asks for an identity of its own and goes on under the old one."""

    def renew(self: Renewal) -> None:
        del self

    patch.setattr(Renewal, "renew", renew)


def answered_last_not_compared(patch: pytest.MonkeyPatch) -> None:
    """The centre takes what is pushed by the numbers alone, whatever stands under those before it."""

    def holds_another(_connection: Connection, _caller: Caller, _said: Hello | Ask, _last_n: int) -> bool:
        return False

    patch.setattr(centre_service, "holds_another", holds_another)


def answers_do_not_stick(patch: pytest.MonkeyPatch) -> None:
    """What the centre answered is heard and not kept: the same would be asked for ever."""

    def keep(_self: Answering, _answers: Sequence[Answer], _at: int, _at_centre: int) -> int:
        return 0

    patch.setattr(Answering, "keep", keep)


def prune_eats_unanswered(patch: pytest.MonkeyPatch) -> None:
    """What is let go is chosen by its age alone."""

    def prune(self: Outbox, last_n: int, at: int) -> int:
        with self._feed.writing() as connection:
            old = "DELETE FROM changeset_entry WHERE mid IN (SELECT mid FROM changeset WHERE n < ?)"
            connection.exec_driver_sql(old, (self._feed.waiting().last,))
            connection.exec_driver_sql("DELETE FROM changeset WHERE n < ?", (self._feed.waiting().last,))
        return 0

    patch.setattr(Outbox, "prune", prune)


def mass_deletion_applied(patch: pytest.MonkeyPatch) -> None:
    """Nobody counts what an answer takes away."""

    def none(_self: Deletions, _scope: str, _gone: Iterable[object]) -> int:
        return 0

    patch.setattr(Deletions, "would_delete", none)


def lost_work_not_sent_again(patch: pytest.MonkeyPatch) -> None:
    """A centre that was put back is not sent what it lost."""

    def again(_self: Outbox, _n: int) -> int | None:
        return None

    patch.setattr(Outbox, "send_again_from", again)


def lists_not_renewed(patch: pytest.MonkeyPatch) -> None:
    """Quick lists and search do not hear of what changed."""

    def refresh(_self: QuickLists, _connection: Connection, _changes: Sequence[Change]) -> None:
        return

    patch.setattr(QuickLists, "refresh", refresh)


def places_granted_unlooked(patch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a limited place is granted it, whether it is free or not; the last one has it in the end."""

    def granted(picture: Picture, row: str, asked: Record) -> None:
        picture.connection.execute(delete(HOLD).where(HOLD.c.slot_id == asked["slot_id"]))
        centre_slots._grant(picture, row, asked)

    patch.setattr(centre_slots, "_ask", granted)
