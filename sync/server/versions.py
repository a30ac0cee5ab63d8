"""What the version of a row says: how many edits made it, above 24 bits of a hash of what it holds since the last.

Versions grow with every edit, and one is never given twice for two contents, not even by a centre that was put back to
an older copy and hears edits in another order: who holds a row at the centre's version holds the centre's row. A row
that is made says too what it holds, as ids may come of other ids (an account's details, an instalment) or of a file's
keys; only what is loaded at once where nothing was told before bears `FIRST`, and costs the road six bytes less.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b

import msgspec
from sqlalchemy import Connection, Select, select

from app.store.rows import SYNCED
from sync.protocol.changeset import Value
from sync.server.among import among

FIRST = 1
"""The version of rows that are loaded once and for all."""

_BITS = 24
_BYTES = _BITS // 8
_NOT_SAID = frozenset({"id", "ver"})
_encode = msgspec.json.Encoder().encode


def version_above(told: int, table: str, record: Mapping[str, Value] | None) -> int:
    """Give the version of a row that now is this record, None for gone: one edit more than the last version told."""
    said = None if record is None else [record.get(column) for column in _said_columns(table)]
    return ((told >> _BITS) + 1) << _BITS | int.from_bytes(blake2b(_encode(said), digest_size=_BYTES).digest(), "big")


def versions_of_rows(connection: Connection, table: str, told: Mapping[str, int]) -> dict[str, int]:
    """Give the versions of rows that were edited, as they are now; `told` is the last version told of each, by id."""
    rows = connection.execute(_rows(table), {"wanted": list(told)}).mappings()
    return {row["id"]: version_above(told[row["id"]], table, {**row}) for row in rows}


@cache
def _rows(name: str) -> Select[tuple[Value, ...]]:
    table = SYNCED.tables[name]
    return select(table).where(among(table.c.id, "wanted"))


@cache
def _said_columns(table: str) -> tuple[str, ...]:
    """Give the columns that say something of a row: all but its id and its version, in their order."""
    return tuple(column.name for column in SYNCED.tables[table].columns if column.name not in _NOT_SAID)
