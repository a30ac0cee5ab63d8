"""A row that several scopes hold: when one of them tells a later version, the sums of the others go along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from sqlalchemy import Connection

from app.store.cursors import cursor_of
from app.store.members import pieces
from sync.protocol import sums
from sync.protocol.scope import Scope, ScopeKind

LOADS = "SELECT 1 FROM sync_cursor WHERE scope >= 'load:' AND scope < 'load;'"
"""The cursors of loaded accounts."""


class Elsewhere:
    """The other scopes than the one that is being read; only where an account is loaded can they hold the same rows."""

    def __init__(self, connection: Connection, scope: str, *, is_any_loaded: bool | None = None) -> None:
        """`is_any_loaded`: whether any account is loaded, where that is known already."""
        self._connection = connection
        self._scope = scope
        self._is_any_loaded = is_any_loaded

    @cached_property
    def is_needed(self) -> bool:
        """Whether any other scope can hold them."""
        if Scope.parse(self._scope).kind is ScopeKind.LOAD:
            return True
        if self._is_any_loaded is None:
            self._is_any_loaded = self._connection.exec_driver_sql(f"{LOADS} LIMIT 1").first() is not None
        return self._is_any_loaded

    def versions(self, table: str, ids: Sequence[str]) -> dict[str, int]:
        """Give the versions of those of some rows that another scope holds, for rows without edits on their way."""
        found: dict[str, int] = {}
        for piece in pieces(ids) if self.is_needed else ():
            holes = ", ".join("?" * len(piece))
            held = (
                f"SELECT t.id, t.ver FROM {table} t WHERE t.id IN ({holes}) AND EXISTS (SELECT 1 FROM sync_member m "  # noqa: S608 - the name of a table of ours
                "WHERE m.table_name = ? AND m.row_id = t.id AND m.scope <> ?)"
            )
            found.update(
                (row[0], row[1]) for row in self._connection.exec_driver_sql(held, (*piece, table, self._scope))
            )
        return found

    def told(self, table: str, versions: Mapping[str, tuple[int, int]]) -> None:
        """Bring the sums of the other scopes in step: for each row the version heard before, and the one told now."""
        changed = {row_id: pair for row_id, pair in versions.items() if pair[0] != pair[1]}
        moved: dict[str, int] = {}
        for piece in pieces(list(changed)) if changed and self.is_needed else ():
            holes = ", ".join("?" * len(piece))
            held = f"SELECT scope, row_id FROM sync_member WHERE table_name = ? AND row_id IN ({holes}) AND scope <> ?"  # noqa: S608 - holes
            for scope, row_id in self._connection.exec_driver_sql(held, (table, *piece, self._scope)):
                before, now = changed[row_id]
                moved[scope] = (
                    moved.get(scope, 0) ^ sums.sum_of(table, row_id, before) ^ sums.sum_of(table, row_id, now)
                )
        for scope, difference in moved.items():
            total = sums.written(sums.read(cursor_of(self._connection, scope).sum) ^ difference)
            self._connection.exec_driver_sql("UPDATE sync_cursor SET state_sum = ? WHERE scope = ?", (total, scope))
