"""A batch of a scope's log on its way into the store, with the edits that are on their way laid on top again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.store.arriving import whole
from app.store.changesets import WAITS
from app.store.codec import Record
from app.store.derived import Change
from app.store.elsewhere import LOADS, Elsewhere
from app.store.feed import (
    Key,
    drop_shadows,
    heard_of,
    pending_entries,
    put_row,
    set_shadow,
    shadow_of,
    upsert_rows,
)
from app.store.many_rows import change_rows, rows_among, rows_here, take_away
from app.store.members import held_among, is_member, join, members_among, part
from app.store.quarantine import set_aside, take_back
from sync.protocol import sums
from sync.protocol.changeset import Entry, Value
from sync.protocol.frames import Departure, Gone
from sync.protocol.overlay import laid_on
from sync.protocol.scope import PORTFOLIO_ROOT, Scope, ScopeKind


class _AtHand(NamedTuple):
    """Which of the things that seldom are there are there at all, asked with one statement."""

    waits: bool
    shadows: bool
    aside: bool
    loads: bool


_AT_HAND = (
    f"SELECT EXISTS (SELECT 1 FROM changeset WHERE {WAITS}), EXISTS (SELECT 1 FROM sync_shadow), "  # noqa: S608 - constants
    f"EXISTS (SELECT 1 FROM quarantine), EXISTS ({LOADS})"
)


class Delta:
    """One batch on its way into the store, within one transaction."""

    def __init__(
        self, connection: Connection, scope: str, total: int, at: int, watched: Collection[str] | None = None
    ) -> None:
        """`watched` are the tables of which `changes` are wanted; None for all."""
        self.sum = total
        self.changes: list[Change] = []
        self.left: list[str] = []
        """Names of the accounts that left the portfolio."""
        self._connection = connection
        self._scope = scope
        self._at = at
        self._watched = watched
        self._at_hand = _AtHand(*map(bool, connection.exec_driver_sql(_AT_HAND).one()))
        self._elsewhere = Elsewhere(connection, scope, is_any_loaded=self._at_hand.loads)
        self._pending = pending_entries(connection) if self._at_hand.waits else {}

    @property
    def _is_portfolio(self) -> bool:
        return Scope.parse(self._scope).kind is ScopeKind.REP

    def waiting(self, table: str) -> set[str]:
        """Give the rows of a table with edits on their way."""
        return {row_id for name, row_id in self._pending if name == table}

    def rows(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]]) -> None:
        """Keep rows as the centre has them; where edits are on their way they stay on top."""
        if not rows:
            return
        place = columns.index("ver")
        plain: list[str] = []
        ids = [str(row[0]) for row in rows]
        here = rows_here(self._connection, self._scope, table, columns, ids)
        absent = [row_id for row_id in ids if row_id not in here.rows]
        members = here.held | members_among(self._connection, self._scope, table, absent)
        returning = take_back(self._connection, table, ids) if self._at_hand.aside else set()
        is_watched = self._watched is None or table in self._watched
        told: dict[str, tuple[int, int]] = {}
        taken: list[tuple[str, int]] = []
        replaced: list[tuple[str, int]] = []
        fresh: list[tuple[Value, ...]] = []
        known: list[tuple[Value, ...]] = []
        is_plainly_told = not self._pending and not self._at_hand.shadows
        for row_id, row in zip(ids, rows, strict=True):
            key, ver, before = (table, row_id), whole(row[place]), here.rows.get(row_id)
            stands = None if before is None else int(before[place] or 0)
            heard = stands if is_plainly_told else self._version_here(key, stands)
            if row_id in members and heard is not None:
                if ver < heard:
                    continue
                replaced.append((row_id, heard))
            elif heard is not None and ver < heard and self._elsewhere.is_needed and is_member(self._connection, key):
                taken.append((row_id, heard))  # another scope told more of it already
                continue
            if heard is not None:
                told[row_id] = (heard, ver)
            taken.append((row_id, ver))
            pending = self._pending.get(key)
            if pending is None:
                plain.append(row_id)
                if stands is None:
                    fresh.append(row)
                elif ver >= stands:
                    known.append(row)
            if pending or is_watched:
                record = dict(zip(columns, row, strict=True))
                shown = None if row_id in returning else here.record(row_id)
                if pending:
                    self._under_edits(key, ver, record, shown, pending)
                else:
                    self.changes.append((key, shown, record))
        self.sum ^= sums.sum_of_table(table, replaced) ^ sums.sum_of_table(table, taken)
        self._forget_shadows(table, plain)
        upsert_rows(self._connection, table, columns, fresh)
        change_rows(self._connection, table, columns, known, here.rows)
        self._elsewhere.told(table, told)
        join(self._connection, self._scope, table, [row_id for row_id in ids if row_id not in members])

    def _forget_shadows(self, table: str, ids: Sequence[str]) -> None:
        """Forget the shadows of rows without edits on their way; those that are set here are of rows with edits."""
        if self._at_hand.shadows:
            drop_shadows(self._connection, table, ids)

    def _under_edits(self, key: Key, ver: int, record: Record, before: Record | None, pending: Sequence[Entry]) -> None:
        set_shadow(self._connection, key, ver, record)
        after = laid_on(record, pending)
        if after is not None:
            after = {**after, "id": key[1], "ver": ver}
        if after is None:
            put_row(self._connection, key, None)
        else:  # read anew, a centre that was put back may have it in an older state
            upsert_rows(self._connection, key[0], tuple(after), [tuple(after.values())], is_guarded=False)
        self.changes.append((key, before, after))

    def gone(self, frame: Gone) -> None:
        """Let rows go that left the scope, and from here with their last membership."""
        table, ids = frame.table, [row[0] for row in frame.rows]
        members = members_among(self._connection, self._scope, table, ids)
        before = rows_among(self._connection, table, ids)
        part(self._connection, self._scope, table, ids)
        held = held_among(self._connection, table, ids)
        away: list[str] = []
        for row_id, ver, why in frame.rows:
            key, row = (table, row_id), before.get(row_id)
            here = self._version_here(key, None if row is None else int(row["ver"] or 0))
            if row_id in members and here is not None:
                self.sum ^= sums.sum_of(*key, here)
            if self._is_portfolio and table == PORTFOLIO_ROOT and why is Departure.LEFT and row_id in members:
                self.left.append(str(row["trade_name"]) if row is not None else "")
            if key in self._pending:
                if why is Departure.DELETED:
                    self._elsewhere.told(table, {row_id: (here, ver)} if here is not None else {})
                    set_shadow(self._connection, key, ver, None)
                elif row_id not in held:
                    set_aside(self._connection, key, self._at)
                    self.changes.append((key, row, None))  # it is not listed any more
            elif row is not None and row_id not in held:
                away.append(row_id)
                self.changes.append((key, row, None))
        self._forget_shadows(table, [row_id for row_id in ids if self._may_forget((table, row_id), before, held)])
        take_away(self._connection, table, away)

    def _may_forget(self, key: Key, before: Collection[str], held: Collection[str]) -> bool:
        """Say whether a shadow is done with; of a row deleted here it alone knows the version, to the last scope."""
        return key not in self._pending and (key[1] in before or key[1] not in held)

    def _version_here(self, key: Key, ver: int | None) -> int | None:
        """Give the version that this device last heard of a row, of which `ver` is the one that is here.

        One deleted here is remembered by its shadow.
        """
        pending = self._pending.get(key, ())
        if not pending and (ver is not None or not self._at_hand.shadows):
            return ver
        shadow = shadow_of(self._connection, key)
        return heard_of(None, shadow, pending) if shadow is not None or pending else None
