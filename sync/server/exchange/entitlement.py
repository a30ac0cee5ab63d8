"""Whether the caller may change these rows: the centre trusts no device."""

from __future__ import annotations

from functools import cache

from app.domain.refusal import Refusal
from app.store.codec import Record
from app.store.rows import SYNCED
from sync.protocol.changeset import Changeset, Entry
from sync.protocol.conflict import CENTRE_OWNS
from sync.protocol.scope import PORTFOLIO_ROOT
from sync.server.exchange.picture import Picture
from sync.server.grants.rights import Caller

_NAMED = {"proposal_id": "proposal", "contact_id": "contact"}
"""Columns that name a row of the same account without being part of it."""


def must_be_writable(changeset: Changeset) -> None:
    """Raise Refusal BELONGS_TO_CENTRE for tables that devices only read."""
    for entry in changeset.entries:
        if entry.table in CENTRE_OWNS:
            raise Refusal("BELONGS_TO_CENTRE", {"table": entry.table})


def must_be_own(entry: Entry, record: Record | None, picture: Picture, caller: Caller) -> None:
    """Raise Refusal OUT_OF_SCOPE unless a row is in the caller's portfolio and all it points at is in the same account.

    It is asked of each row as it was and as it will be. What is out of scope and what does not exist get one answer.
    """
    if record is None:
        return
    if entry.table == PORTFOLIO_ROOT:
        if not caller.owns(record["rep_id"]):
            raise _out_of_scope(entry)
        return
    account_id = record["account_id"]
    account = picture.now(PORTFOLIO_ROOT, str(account_id)) or picture.was(PORTFOLIO_ROOT, str(account_id))
    if account is None or not caller.owns(account["rep_id"]):
        raise _out_of_scope(entry)
    for column, owner in _references(entry.table):
        if owner == PORTFOLIO_ROOT or record[column] is None:
            continue
        named = picture.now(owner, str(record[column])) or picture.was(owner, str(record[column]))
        if named is not None and named["account_id"] != account_id:
            raise _out_of_scope(entry)


@cache
def _references(table: str) -> tuple[tuple[str, str], ...]:
    """Give the columns of a table that name rows of an account, with those rows' table."""
    columns = SYNCED.tables[table].columns
    owners = [(column.name, key.column.table.name) for column in columns for key in column.foreign_keys]
    return (
        *owners,
        *((name, owner) for name, owner in _NAMED.items() if name in columns and (name, owner) not in owners),
    )


def _out_of_scope(entry: Entry) -> Refusal:
    return Refusal("OUT_OF_SCOPE", {"table": entry.table})
