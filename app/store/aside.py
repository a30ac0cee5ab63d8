"""Keeps aside what a centre ahead of this app told beyond what the app knows, until an updated app takes it in.

The sums of a scope are over ids and versions: they agree whatever part of a row lies here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, Table

from app.store.apart import Apart, Unknown
from app.store.codec import Record
from app.store.elsewhere import Elsewhere
from app.store.engine import Engines
from app.store.failures import told_as_trouble
from app.store.feed import Key, heard_of, pending_entries, row_of, set_shadow, shadow_of, upsert_rows
from app.store.guard import Writer, sqlite_triggers, writing
from app.store.many_rows import write_many
from app.store.members import join, members_among, part, pieces
from app.store.rows import REVISION, SYNCED
from app.store.rows.base import unsaid
from app.store.settling import lists_fall_behind
from sync.protocol import sums
from sync.protocol.changeset import Entry, Value
from sync.protocol.frames import Gone
from sync.protocol.overlay import base_under

READ_AS = "sync_revision"
"""The small fact of which revision the app was that read what is here."""

_UNHELD = (
    "NOT EXISTS (SELECT 1 FROM sync_member m WHERE m.table_name = sync_aside.table_name "
    "AND m.row_id = sync_aside.row_id)"
)
_columns: msgspec.json.Decoder[dict[str, Value]] = msgspec.json.Decoder(dict[str, Value])


# ---------------------------------------------------------------------------------------------- as it comes
def lay_aside(connection: Connection, scope: str, apart: Apart, *, is_guarded: bool = True) -> int:
    """Keep what a batch of a scope brought that is not known here; gives what its rows change in the scope's sum.

    Guarded, a later version stays.
    """
    for table, values in apart.values.items():
        _write(connection, table, values, is_row=False, is_guarded=is_guarded)
    total = 0
    for frame in apart.rows:
        total ^= _lay_rows(connection, scope, frame.table, apart.whole_rows(frame), is_guarded=is_guarded)
    for gone in apart.gone:
        total ^= _part(connection, scope, gone)
    return total


def _lay_rows(connection: Connection, scope: str, table: str, rows: Sequence[Unknown], *, is_guarded: bool) -> int:
    ids = [row.row for row in rows]
    members, here = members_among(connection, scope, table, ids), _versions(connection, table, ids)
    later: list[Unknown] = []
    told: dict[str, tuple[int, int]] = {}
    total = 0
    for row in rows:
        before = here.get(row.row, 0)
        now = max(row.ver, before) if is_guarded else row.ver
        if before and row.row in members:
            total ^= sums.sum_of(table, row.row, before)
        total ^= sums.sum_of(table, row.row, now)
        if before:
            told[row.row] = (before, now)
        if now == row.ver:
            later.append(row)
    _write(connection, table, later, is_row=True, is_guarded=False)
    Elsewhere(connection, scope).told(table, told)
    join(connection, scope, table, [row_id for row_id in ids if row_id not in members])
    return total


def _part(connection: Connection, scope: str, gone: Gone) -> int:
    ids = [row[0] for row in gone.rows]
    members, here = members_among(connection, scope, gone.table, ids), _versions(connection, gone.table, ids)
    part(connection, scope, gone.table, ids)
    forget_gone(connection, (gone,))
    total = 0
    for row_id in members & here.keys():
        total ^= sums.sum_of(gone.table, row_id, here[row_id])
    return total


def _write(connection: Connection, table: str, rows: Sequence[Unknown], *, is_row: bool, is_guarded: bool) -> None:
    guard = " WHERE excluded.ver >= sync_aside.ver" if is_guarded else ""
    over = "ver = excluded.ver, is_row = excluded.is_row, columns = excluded.columns"
    write_many(
        connection,
        "INSERT INTO sync_aside (table_name, row_id, ver, is_row, columns) VALUES",
        [(table, row.row, row.ver, int(is_row), row.columns) for row in rows],
        f"ON CONFLICT (table_name, row_id) DO UPDATE SET {over}{guard}",
    )


def _versions(connection: Connection, table: str, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for piece in pieces(ids):
        holes = ", ".join("?" * len(piece))
        statement = f"SELECT row_id, ver FROM sync_aside WHERE is_row = 1 AND table_name = ? AND row_id IN ({holes})"  # noqa: S608 - holes
        found.update((row[0], row[1]) for row in connection.exec_driver_sql(statement, (table, *piece)))
    return found


def versions_of(connection: Connection, scope: str, table: str) -> list[tuple[str, int]]:
    """Give the rows (id, version) of a table unknown here that a scope holds."""
    wanted = (
        "SELECT m.row_id, a.ver FROM sync_member m JOIN sync_aside a ON a.table_name = m.table_name "
        "AND a.row_id = m.row_id WHERE a.is_row = 1 AND m.scope = ? AND m.table_name = ?"
    )
    return [(row[0], row[1]) for row in connection.exec_driver_sql(wanted, (scope, table))]


# ---------------------------------------------------------------------------------------------- as it goes
def forget_gone(connection: Connection, gone: Iterable[Gone]) -> None:
    """Forget what lies aside of rows that just left their scope, and that no other one holds."""
    for frame in gone:
        for piece in pieces([row[0] for row in frame.rows]):
            holes = ", ".join("?" * len(piece))
            of_these = f"DELETE FROM sync_aside WHERE table_name = ? AND row_id IN ({holes}) AND {_UNHELD}"  # noqa: S608 - holes
            connection.exec_driver_sql(of_these, (frame.table, *piece))


def forget_unheld(connection: Connection) -> None:
    """Forget what lies aside of rows that no scope holds any more; a scope that is read anew names its own again."""
    connection.exec_driver_sql(f"DELETE FROM sync_aside WHERE {_UNHELD}")  # noqa: S608 - a constant


# ---------------------------------------------------------------------------------------------- taken in
def take_in(engines: Engines) -> None:
    """Let rows have what lay aside for them, once the app knows it: what a store is opened for by an updated app.

    All in one transaction; done again it changes nothing. Raises Trouble STORE_BUSY, DISK_FULL, DISK_FAILS.
    """
    with told_as_trouble(), engines.reader.connect() as connection:
        if not _is_any_known_now(connection):
            return
    with told_as_trouble(), engines.writer.begin() as connection, writing(connection, Writer.SYNC):
        pending = pending_entries(connection)
        for table in SYNCED.sorted_tables:
            _take_in_rows(connection, table)
            _take_in_columns(connection, table, pending)
        lists_fall_behind(connection)


def _is_any_known_now(connection: Connection) -> bool:
    updated = "SELECT 1 FROM meta WHERE name = ? AND value <> ? AND EXISTS (SELECT 1 FROM sync_aside)"
    return connection.exec_driver_sql(updated, (READ_AS, REVISION)).first() is not None


def _lying(connection: Connection, table: Table, *, is_row: bool) -> list[tuple[str, int, Record, Record]]:
    """Give what lies aside for a table: id, version, the values that are known now, and those that are not."""
    wanted = "SELECT row_id, ver, columns FROM sync_aside WHERE table_name = ? AND is_row = ?"
    found = []
    for row_id, ver, columns in connection.exec_driver_sql(wanted, (table.name, int(is_row))).all():
        values = _columns.decode(columns)
        known = {name: value for name, value in values.items() if name in table.columns}
        if known or is_row:
            rest = {name: value for name, value in values.items() if name not in known}
            found.append((str(row_id), int(ver), known, rest))
    return found


def _take_in_rows(connection: Connection, table: Table) -> None:
    """Make the rows of a table that was not known before."""
    by_columns: dict[tuple[str, ...], list[tuple[Value, ...]]] = {}
    for row_id, ver, known, rest in _lying(connection, table, is_row=True):
        record = {"id": row_id, "ver": ver, **known}
        by_columns.setdefault(tuple(record), []).append(tuple(record.values()))
        _leave(connection, (table.name, row_id), rest)
    for columns, rows in by_columns.items():
        upsert_rows(connection, table.name, columns, rows)


def _take_in_columns(connection: Connection, table: Table, pending: Mapping[Key, Sequence[Entry]]) -> None:
    """Set the columns that were not known before, in rows and in what the centre said last of rows with edits."""
    lying = _lying(connection, table, is_row=False)
    if lying and table.name == "document":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS kept_document_update")  # what it keeps, it has to get first
    for row_id, _, known, rest in lying:
        key = (table.name, row_id)
        named = ", ".join(f"{name} = ?" for name in known)
        connection.exec_driver_sql(f"UPDATE {table.name} SET {named} WHERE id = ?", (*known.values(), row_id))  # noqa: S608 - our own names
        if key in pending:
            _under_edits(connection, key, known, pending[key])
        _leave(connection, key, rest)
    if lying and table.name == "document":
        connection.exec_driver_sql(sqlite_triggers()["kept_document_update"])


def _under_edits(connection: Connection, key: Key, known: Record, pending: Sequence[Entry]) -> None:
    """Let what the centre said last know the columns too: a refusal puts that back, of a row deleted here all of it."""
    now, shadow = row_of(connection, key), shadow_of(connection, key)
    base = base_under(now, pending) if shadow is None else shadow[1]
    if base is not None and (now is None or shadow is not None):
        blank = unsaid(SYNCED.tables[key[0]])
        set_shadow(connection, key, heard_of(now, shadow, pending), {**blank, **base, **known})


def _leave(connection: Connection, key: Key, rest: Record) -> None:
    """Leave aside what is not known even now."""
    if rest:
        left = "UPDATE sync_aside SET is_row = 0, columns = ? WHERE table_name = ? AND row_id = ?"
        connection.exec_driver_sql(left, (msgspec.json.encode(rest).decode(), *key))
    else:
        connection.exec_driver_sql("DELETE FROM sync_aside WHERE table_name = ? AND row_id = ?", key)
