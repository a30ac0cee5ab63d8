"""A batch of a scope's log on its way into the store, with the edits that are on their way laid on top again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from app.store.arriving import whole
from app.store.codec import Record
from app.store.derived import Change
from app.store.elsewhere import Elsewhere
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
from app.store.many_rows import change_rows, rows_among, take_away
from app.store.members import held_among, is_member, join, members_among, part
from app.store.quarantine import set_aside, take_back
from sync.protocol import sums
from sync.protocol.changeset import Entry, Value
from sync.protocol.frames import Departure, Gone
from sync.protocol.overlay import laid_on
from sync.protocol.scope import PORTFOLIO_ROOT, Scope, ScopeKind


class Delta:
    """One batch on its way into the store, within one transaction."""

    def __init__(self, connection: Connection, scope: str, total: int, at: int) -> None:
        self.sum = total
        self.changes: list[Change] = []
        self.left: list[str] = []
        """Names of the accounts that left the portfolio."""
        self._connection = connection
        self._scope = scope
        self._at = at
        self._elsewhere = Elsewhere(connection, scope)
        self._pending = pending_entries(connection)

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
        plain: list[tuple[Value, ...]] = []
        ids = [str(row[0]) for row in rows]
        members = members_among(self._connection, self._scope, table, ids)
        before = rows_among(self._connection, table, ids)
        returning = take_back(self._connection, table, ids)
        told: dict[str, tuple[int, int]] = {}
        taken: list[tuple[str, int]] = []
        replaced: list[tuple[str, int]] = []
        for row in rows:
            key, ver = (table, str(row[0])), whole(row[place])
            here = self._version_here(key, before.get(key[1]))
            if key[1] in members and here is not None:
                if ver < here:
                    continue
                replaced.append((key[1], here))
            elif here is not None and ver < here and self._elsewhere.is_needed and is_member(self._connection, key):
                taken.append((key[1], here))  # another scope told more of it already
                continue
            if here is not None:
                told[key[1]] = (here, ver)
            taken.append((key[1], ver))
            record = dict(zip(columns, row, strict=True))
            pending = self._pending.get(key, ())
            shown = None if key[1] in returning else before.get(key[1])
            if pending:
                self._under_edits(key, ver, record, shown, pending)
            else:
                plain.append(row)
                self.changes.append((key, shown, record))
        self.sum ^= sums.sum_of_table(table, replaced) ^ sums.sum_of_table(table, taken)
        drop_shadows(self._connection, table, [str(row[0]) for row in plain])
        fresh = [row for row in plain if row[0] not in before]
        upsert_rows(self._connection, table, columns, fresh)
        known = [row for row in plain if row[0] in before and whole(row[place]) >= int(before[str(row[0])]["ver"] or 0)]
        change_rows(self._connection, table, columns, known, before)
        self._elsewhere.told(table, told)
        join(self._connection, self._scope, table, [row_id for row_id in ids if row_id not in members])

    def _under_edits(self, key: Key, ver: int, record: Record, before: Record | None, pending: Sequence[Entry]) -> None:
        set_shadow(self._connection, key, ver, record)
        after = laid_on(record, pending)
        if after is not None:
            after = {**after, "id": key[1], "ver": ver}
        put_row(self._connection, key, after)
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
            here = self._version_here(key, row)
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
        drop_shadows(self._connection, table, [row_id for row_id in ids if self._may_forget((table, row_id), before, held)])
        take_away(self._connection, table, away)

    def _may_forget(self, key: Key, before: Collection[str], held: Collection[str]) -> bool:
        """Say whether a shadow has done its work: of a row deleted here it alone knows the version to the last scope."""
        return key not in self._pending and (key[1] in before or key[1] not in held)

    def _version_here(self, key: Key, row: Record | None) -> int | None:
        """Give the version that this device last heard of a row; one deleted here is remembered by its shadow."""
        pending = self._pending.get(key, ())
        shadow = shadow_of(self._connection, key) if row is None or pending else None
        if row is None and shadow is None and not pending:
            return None
        return heard_of(row, shadow, pending)
