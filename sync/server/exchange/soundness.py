"""Whether a changeset is well formed at all: tables and columns that exist, values that fit, sizes within limits."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache

from sqlalchemy import Table, Text

from app.domain.refusal import Refusal
from app.store.rows import REVISION, SYNCED
from sync.protocol.changeset import LAST_INSTANT, MOST_ENTRIES, Changeset, Entry, Op, Value
from sync.protocol.handshake import Limits

LIMITS = Limits()
LONGEST_TEXT = 100_000
_ID = re.compile(r"[0-9a-f]{32}")
_LARGEST = 2**63
_NOT_TOLD = frozenset({"id", "ver"})


def must_be_sound(changeset: Changeset, size: int) -> None:
    """Raise Refusal CHANGESET_UNSOUND or CHANGESET_TOO_LARGE or REVISION_UNKNOWN; `size` in bytes of its JSON."""
    if size > LIMITS.changeset or not changeset.entries:  # one too large comes without its entries
        raise Refusal("CHANGESET_TOO_LARGE", {"most": LIMITS.changeset})
    if not 0 <= changeset.at <= LAST_INSTANT:
        raise Refusal("CHANGESET_UNSOUND", {"table": "", "column": "at", "why": "instant"})
    if changeset.revision != REVISION:
        raise Refusal("REVISION_UNKNOWN", {"revision": changeset.revision[:20]})
    if len(changeset.entries) > MOST_ENTRIES:
        raise Refusal("CHANGESET_TOO_LARGE", {"most": MOST_ENTRIES})
    for entry in changeset.entries:
        table = SYNCED.tables.get(entry.table)
        if table is None:
            raise _unsound(entry, "", "table")
        if _ID.fullmatch(entry.row) is None:
            raise _unsound(entry, "id", "id")
        _must_fit(entry, table)


def _must_fit(entry: Entry, table: Table) -> None:
    told = _told(table)
    if entry.op is Op.CREATE and (entry.new.keys() != told or entry.old):
        raise _unsound(entry, _first(entry.new.keys() ^ told), "columns")
    if entry.op is Op.UPDATE and (entry.new.keys() != entry.old.keys() or not entry.new.keys() <= told):
        raise _unsound(entry, _first((entry.new.keys() ^ entry.old.keys()) | (entry.new.keys() - told)), "columns")
    if entry.op is Op.DELETE and (entry.new or not entry.old.keys() <= told):
        raise _unsound(entry, _first(entry.old.keys() - told), "columns")
    for side in (entry.old, entry.new):
        _values_must_fit(entry, table, side)


def _values_must_fit(entry: Entry, table: Table, values: dict[str, Value]) -> None:
    for name, value in values.items():
        is_nullable, is_text = _kinds(table)[name]
        if value is None:
            if not is_nullable:
                raise _unsound(entry, name, "empty")
        elif is_text:
            if not isinstance(value, str) or "\x00" in value:
                raise _unsound(entry, name, "text")
            if len(value) > LONGEST_TEXT:
                raise Refusal("CHANGESET_TOO_LARGE", {"most": LONGEST_TEXT})
        elif isinstance(value, bool) or not isinstance(value, int) or not -_LARGEST <= value < _LARGEST:
            raise _unsound(entry, name, "number")


@cache
def _told(table: Table) -> frozenset[str]:
    """Give the columns that a device tells of a table's rows."""
    return frozenset(column.name for column in table.columns) - _NOT_TOLD


@cache
def _kinds(table: Table) -> dict[str, tuple[bool, bool]]:
    """Give of each column whether it may be empty, and whether it holds text."""
    return {column.name: (bool(column.nullable), isinstance(column.type, Text)) for column in table.columns}


def _first(names: AbstractSet[str]) -> str:
    return min(names, default="")


def _unsound(entry: Entry, column: str, why: str) -> Refusal:
    return Refusal("CHANGESET_UNSOUND", {"table": entry.table[:60], "column": column[:60], "why": why})
