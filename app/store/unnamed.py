"""Rows held for a scope that is read anew: those that it does not name again go at its end, and never before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.store.aside import forget_unheld
from app.store.derived import Change
from app.store.feed import Key, drop_shadow, heard_of, put_row, row_of, set_shadow, shadow_of
from app.store.homeless import gone_with_their_account, homeless
from app.store.quarantine import set_aside
from app.store.rows import SYNCED
from app.store.straight import plain_rows
from sync.protocol.changeset import Entry

_GOING = """
SELECT u.table_name, u.row_id FROM sync_unnamed u WHERE u.scope = ?1
AND NOT EXISTS (SELECT 1 FROM sync_member m WHERE m.table_name = u.table_name AND m.row_id = u.row_id)
AND NOT EXISTS (
  SELECT 1 FROM sync_unnamed o WHERE o.table_name = u.table_name AND o.row_id = u.row_id AND o.scope <> ?1)
ORDER BY 1, 2"""


def set_apart(connection: Connection, scope: str) -> None:
    """Begin to read a scope anew: what is held for it is not named yet."""
    apart = "INSERT OR IGNORE INTO sync_unnamed (scope, table_name, row_id) SELECT scope, table_name, row_id FROM "
    connection.exec_driver_sql(f"{apart} sync_member WHERE scope = ?", (scope,))
    connection.exec_driver_sql("DELETE FROM sync_member WHERE scope = ?", (scope,))


def is_any_apart(connection: Connection, scope: str) -> bool:
    """Say whether a scope is being read anew, with rows that were held for it before."""
    return (
        connection.exec_driver_sql("SELECT 1 FROM sync_unnamed WHERE scope = ? LIMIT 1", (scope,)).first() is not None
    )


def scopes_apart(connection: Connection) -> frozenset[str]:
    """Give the scopes that are being read anew, with rows that were held for them before."""
    apart = "EXISTS (SELECT 1 FROM sync_unnamed u WHERE u.scope = c.scope)"
    wanted = f"SELECT c.scope FROM sync_cursor c WHERE {apart}"  # noqa: S608 - a constant
    return frozenset(str(scope) for (scope,) in plain_rows(connection, wanted))


def going(connection: Connection, scope: str) -> list[Key]:
    """Give the rows that no reading named: of this scope alone, and in no other one."""
    return [(str(table), str(row)) for table, row in connection.exec_driver_sql(_GOING, (scope,))]


def sweep(connection: Connection, scope: str, pending: Mapping[Key, Sequence[Entry]], at: int) -> list[Change]:
    """Let the rows go that a scope did not name again, now that it is read to its end; none with edits on their way.

    Of one that was never told here its shadow says that the centre has it no more: a refusal does not bring it back.
    What an account that left has edits of is in quarantine from then on (`at`, microseconds UTC).
    """
    if not is_any_apart(connection, scope):
        return []
    unnamed = [key for key in going(connection, scope) if key[0] in SYNCED.tables]
    changes = _gone(connection, [key for key in unnamed if key not in pending])
    for key in unnamed:
        if key in pending and not heard_of(None, shadow_of(connection, key), pending[key]):
            set_shadow(connection, key, 0, None)
    forget(connection, scope)
    for key in gone_with_their_account(connection, pending):
        set_aside(connection, key, at)
    changes += _gone(connection, homeless(connection, pending))
    forget_unheld(connection)
    return changes


def _gone(connection: Connection, keys: Sequence[Key]) -> list[Change]:
    changes: list[Change] = []
    for key in keys:
        before = row_of(connection, key)
        drop_shadow(connection, key)
        if before is not None:
            put_row(connection, key, None)
            changes.append((key, before, None))
    return changes


def forget(connection: Connection, scope: str) -> None:
    """Forget what was held for a scope before it was read anew."""
    connection.exec_driver_sql("DELETE FROM sync_unnamed WHERE scope = ?", (scope,))
