"""Whether the caller may change these rows: the centre trusts no device."""

from __future__ import annotations

from functools import cache

from sqlalchemy import bindparam, select

from app.domain.refusal import Refusal
from app.store.codec import Record
from app.store.rows import SYNCED
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.conflict import CENTRE_OWNS
from sync.protocol.scope import PORTFOLIO_ROOT, portfolio
from sync.server.exchange.picture import Picture
from sync.server.feed import LEFT
from sync.server.grants.rights import Caller
from sync.server.tables import ENTRY

_NAMED = {"proposal_id": "proposal", "contact_id": "contact", "line_id": "proposal_line"}
"""Columns that name a row of the same account without being part of it."""


def must_be_writable(changeset: Changeset) -> None:
    """Raise Refusal BELONGS_TO_CENTRE for tables that devices only read."""
    for entry in changeset.entries:
        if entry.table in CENTRE_OWNS:
            raise Refusal("BELONGS_TO_CENTRE", {"table": entry.table})


def must_be_own(entry: Entry, record: Record | None, picture: Picture, caller: Caller) -> None:
    """Raise Refusal OUT_OF_SCOPE unless `is_own`; ACCOUNT_MOVED or ACCOUNT_LEFT where it was the caller's before.

    It is asked of each row as it was and as it will be. What is out of scope and what does not exist get one answer.
    """
    if not is_own(entry, record, picture, caller):
        raise _left(entry, record or {}, picture, caller) or Refusal("OUT_OF_SCOPE", {"table": entry.table})


def is_own(entry: Entry, record: Record | None, picture: Picture, caller: Caller) -> bool:
    """Say whether a row is in the caller's portfolio, or of an account it has loaded, with all it points at.

    Who has an account loaded writes its rows; whose it is, and whether it is, stays with its rep.
    """
    if record is None:
        return True
    if entry.table == PORTFOLIO_ROOT:
        was = picture.was(PORTFOLIO_ROOT, entry.row)
        if was is None or caller.owns(was["rep_id"]):
            return caller.owns(record["rep_id"])
        return was["rep_id"] == record["rep_id"] and entry.op is not Op.DELETE and caller.may_write(was)
    account_id = record["account_id"]
    account = picture.now(PORTFOLIO_ROOT, str(account_id)) or picture.was(PORTFOLIO_ROOT, str(account_id))
    if account is None or not caller.may_write(account):
        return False
    for column, owner in references(entry.table):
        if owner == PORTFOLIO_ROOT or record[column] is None:
            continue
        named = picture.now(owner, str(record[column])) or picture.was(owner, str(record[column]))
        if named is not None and named["account_id"] != account_id:
            return False
    return True


def may_change_owner(entry: Entry) -> bool:
    """Say whether an entry may make a row another's, or a part of another one, or take it away."""
    return entry.op is not Op.UPDATE or not _decisive(entry.table).isdisjoint(entry.new)


@cache
def _decisive(table: str) -> frozenset[str]:
    return frozenset({"account_id", "rep_id", *(column for column, _ in references(table))})


_REP = SYNCED.tables["rep"]
_LEFT = select(ENTRY.c.op).where(
    ENTRY.c.scope == bindparam("scope"), ENTRY.c.table_name == PORTFOLIO_ROOT, ENTRY.c.row_id == bindparam("account")
)


def _left(entry: Entry, record: Record, picture: Picture, caller: Caller) -> Refusal | None:
    """Tell of an account that was in the caller's portfolio and got another rep: whom, where it is a colleague."""
    account_id = entry.row if entry.table == PORTFOLIO_ROOT else str(record.get("account_id") or "")
    account = picture.was(PORTFOLIO_ROOT, account_id)
    if account is None or caller.may_write(account):
        return None
    known = {"scope": str(portfolio(caller.rep_id)), "account": account_id}
    if picture.connection.execute(_LEFT, known).scalar_one_or_none() != LEFT:
        return None
    rep = select(_REP.c.name, _REP.c.team).where(_REP.c.id == account["rep_id"])
    row = picture.connection.execute(rep).first()
    if row is None or not caller.is_of_team(row.team):
        return Refusal("ACCOUNT_LEFT", {"account": str(account["trade_name"])})
    return Refusal("ACCOUNT_MOVED", {"account": str(account["trade_name"]), "rep": row.name})


@cache
def references(table: str) -> tuple[tuple[str, str], ...]:
    """Give the columns of a table that name rows of an account, with those rows' table."""
    columns = SYNCED.tables[table].columns
    owners = [(column.name, key.column.table.name) for column in columns for key in column.foreign_keys]
    return (
        *owners,
        *((name, owner) for name, owner in _NAMED.items() if name in columns and (name, owner) not in owners),
    )
