"""For which accounts a file's bytes were once brought: who knows a file's name has not yet had the file.

Bytes belong to the accounts for which somebody who may write them brought them whole. A document that is made names
its file before the bytes come, or again once they are there; again, without bringing it, where who makes it has the
file from another of the own accounts. So a file goes on with its account to whoever gets that, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from app.store.rows import SYNCED
from sync.protocol.changeset import Changeset
from sync.server.brought import NAMES, is_made, keep
from sync.server.database import is_postgres
from sync.server.grants.rights import Caller
from sync.server.tables import BROUGHT

_DOCUMENT, _ACCOUNT = SYNCED.tables["document"], SYNCED.tables["account"]


def is_brought(sha256: str) -> ColumnElement[bool]:
    """Give the condition on the table of accounts that a file's bytes were brought for one."""
    return exists().where(BROUGHT.c.account_id == _ACCOUNT.c.id, BROUGHT.c.sha256 == sha256)


def named_in(connection: Connection, sha256: str, may: ColumnElement[bool]) -> list[str]:
    """Give the accounts for which `may` holds, and of which a document names a file; in the order of their ids."""
    named = (
        select(_ACCOUNT.c.id)
        .join(_DOCUMENT, _DOCUMENT.c.account_id == _ACCOUNT.c.id)
        .where(may, or_(_DOCUMENT.c.sha256 == sha256, _DOCUMENT.c.shown_sha256 == sha256))
    )
    return list(connection.execute(named.distinct().order_by(_ACCOUNT.c.id)).scalars())


def bring(connection: Connection, caller: Caller, sha256: str, begun_for: Iterable[str]) -> None:
    """Keep that a file was brought whole: for the accounts for which it was begun, and for those that name it now."""
    _one_after_the_other(connection, (sha256,))
    accounts = {*begun_for, *named_in(connection, sha256, caller.writes())}
    keep(connection, ((account, sha256) for account in accounts))


def take_along(connection: Connection, caller: Caller, changesets: Iterable[Changeset]) -> None:
    """Keep that the files of documents that the caller just made are here, where they were brought for accounts of his.

    His device has them, and brings no file twice.
    """
    made = [entry.row for changeset in changesets for entry in changeset.entries if is_made(entry)]
    if not made:
        return
    fresh = (
        select(_DOCUMENT.c.account_id, *(_DOCUMENT.c[name] for name in NAMES))
        .join(_ACCOUNT, _ACCOUNT.c.id == _DOCUMENT.c.account_id)
        .where(caller.writes(), _DOCUMENT.c.id.in_(made))
    )
    named = {(row.account_id, name) for row in connection.execute(fresh) for name in row[1:] if name}
    names = sorted({name for _, name in named})
    _one_after_the_other(connection, names)
    had = (
        select(BROUGHT.c.sha256)
        .join(_ACCOUNT, _ACCOUNT.c.id == BROUGHT.c.account_id)
        .where(caller.writes(), BROUGHT.c.sha256.in_(names))
    )
    is_here = {*connection.execute(had).scalars()}
    keep(connection, (one for one in named if one[1] in is_here))


def _one_after_the_other(connection: Connection, names: Iterable[str]) -> None:
    """Let who names a file and who brings it wait for each other's commit: else neither would know of the other."""
    if is_postgres(connection):
        for name in names:
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
