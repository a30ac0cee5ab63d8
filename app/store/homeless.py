"""Rows made or revived here that the centre took and never told, because their account left before they were read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from app.store.changesets import WAITS
from app.store.feed import Key, row_of
from app.store.rows import SYNCED
from sync.protocol.changeset import Entry, Op
from sync.protocol.scope import PORTFOLIO_ROOT

# An edit revives a row that was deleted at the centre meanwhile: it stays here, and no scope holds it until it is told.
_WRITTEN_HERE = """
SELECT DISTINCT e.table_name, e.row_id FROM changeset_entry e
WHERE e.op IN ('create', 'update')
AND NOT EXISTS (SELECT 1 FROM sync_member m WHERE m.table_name = e.table_name AND m.row_id = e.row_id)
ORDER BY 1, 2"""
_DELETED_HERE = f"""
SELECT DISTINCT e.table_name, e.row_id FROM changeset_entry e JOIN changeset c ON c.mid = e.mid
WHERE c.{WAITS} AND e.op = 'delete'
AND NOT EXISTS (SELECT 1 FROM sync_member m WHERE m.table_name = e.table_name AND m.row_id = e.row_id)"""  # noqa: S608 - a constant
_BY_WHOM = "SELECT mid, table_name, row_id FROM changeset_entry WHERE op IN ('create', 'update')"
_IS_HELD = """
SELECT 1 FROM sync_member WHERE table_name = ?1 AND row_id = ?2
UNION ALL SELECT 1 FROM sync_unnamed WHERE table_name = ?1 AND row_id = ?2 LIMIT 1"""


def homeless(connection: Connection, pending: Collection[Key]) -> list[Key]:
    """Give the rows made or revived here whose account no scope holds any more, but for those with edits on their way.

    What a scope still holds is told again by its log. A document stays where it was made: it may be signed.
    """
    return [
        key
        for key, account in _written_here(connection, pending)
        if key[0] != "document" and connection.exec_driver_sql(_IS_HELD, (PORTFOLIO_ROOT, account)).first() is None
    ]


def gone_with_their_account(connection: Connection, pending: Collection[Key]) -> list[Key]:
    """Give the rows with edits on their way whose account no scope holds any more; also those made here."""
    is_held: dict[str, bool] = {}
    found: list[Key] = []
    for key in pending:
        known = SYNCED.tables.get(key[0])
        row = None if known is None or "account_id" not in known.c else row_of(connection, key)
        if row is None:
            continue
        account = str(row["account_id"])
        if account not in is_held:
            is_held[account] = connection.exec_driver_sql(_IS_HELD, (PORTFOLIO_ROOT, account)).first() is not None
        if not is_held[account]:
            found.append(key)
    return found


def let_reading_decide(connection: Connection, scope: str, pending: Mapping[Key, Sequence[Entry]]) -> None:
    """Let the reading of a portfolio that begins now name the rows made or revived here before it, or they go.

    Also those with edits on their way that were taken before and never told: a refusal would bring them back.
    """
    rows = [key for key, _ in _written_here(connection, pending)]
    rows += [key for key, waiting in pending.items() if waiting[0].op is not Op.CREATE and not waiting[0].base_ver]
    asked = [(scope, *key) for key in rows if key[0] != "document"]
    if asked:
        apart = "INSERT OR IGNORE INTO sync_unnamed (scope, table_name, row_id) VALUES (?, ?, ?)"
        connection.exec_driver_sql(apart, asked)


def nowhere_told(connection: Connection) -> set[str]:
    """Give the actions (`mid`) that made or revived rows here which no scope has named yet.

    They alone tell that such a row is here by an action of this device's, and must go when its account has gone; or
    that a document stays, of which nobody else has the bytes. A row that was deleted here may come back by a refusal.
    """
    rows = {key for key, _ in _written_here(connection, ())}
    rows |= {(str(table), str(row_id)) for table, row_id in connection.exec_driver_sql(_DELETED_HERE)}
    by = connection.exec_driver_sql(_BY_WHOM).all() if rows else []
    return {str(mid) for mid, table, row_id in by if (table, row_id) in rows}


def _written_here(connection: Connection, pending: Collection[Key]) -> list[tuple[Key, str]]:
    """Give the rows made or revived here that are there, answered and of no scope yet, each with its account."""
    found: list[tuple[Key, str]] = []
    for table, row_id in connection.exec_driver_sql(_WRITTEN_HERE).all():
        key = (str(table), str(row_id))
        known = SYNCED.tables.get(key[0])
        if known is None or "account_id" not in known.c or key in pending:
            continue
        row = row_of(connection, key)
        if row is not None:
            found.append((key, str(row["account_id"])))
    return found
