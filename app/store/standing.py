"""Which actions leave everything here as it is once the centre took them as they were made: nearly all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.store.changesets import WAITS, holes, parts
from sync.protocol.changeset import Op

_IS_ANY_UNLIKE = "SELECT EXISTS (SELECT 1 FROM sync_shadow) OR EXISTS (SELECT 1 FROM quarantine)"


def standing_after(connection: Connection, mids: Sequence[str]) -> set[str]:
    """Give those of some actions that wait whose rows are already what they will be, once each is taken as it was made.

    They changed fields of rows that are here, at the version they were made on or a later one, on which nothing else
    waits and that the centre has in no other state.
    """
    if not mids or connection.exec_driver_sql(_IS_ANY_UNLIKE).scalar_one():
        return set()
    rows: dict[tuple[str, str], tuple[str, int]] = {}
    moving: set[str] = set()
    for part in parts(mids):
        touched = f"SELECT table_name, row_id FROM changeset_entry WHERE mid IN ({holes(part)})"  # noqa: S608 - holes
        waiting = f"JOIN changeset c ON c.mid = e.mid WHERE c.{WAITS} AND (e.table_name, e.row_id) IN ({touched})"
        edits = f"SELECT e.mid, e.table_name, e.row_id, e.op, e.base_ver FROM changeset_entry e {waiting}"  # noqa: S608 - our own words
        for mid, table, row_id, op, base_ver in connection.exec_driver_sql(edits, tuple(part)).cursor.fetchall():
            other, base = rows.setdefault((table, row_id), (mid, base_ver))
            if other != mid or op != Op.UPDATE:
                moving |= {mid, other}
            if base_ver > base:
                rows[table, row_id] = (mid, base_ver)
    by_table: dict[str, list[str]] = {}
    for table, row_id in rows:
        by_table.setdefault(table, []).append(row_id)
    for table, ids in by_table.items():
        here = _versions(connection, table, ids)
        moving |= {mid for row_id in ids for mid, base in (rows[table, row_id],) if here.get(row_id, -1) < base}
    return set(mids) - moving


def _versions(connection: Connection, table: str, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(ids):
        wanted = f"SELECT id, ver FROM {table} WHERE id IN ({holes(part)})"  # noqa: S608 - a table of ours
        found.update(connection.exec_driver_sql(wanted, tuple(part)).cursor.fetchall())
    return found
