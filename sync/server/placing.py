"""In which scopes a row is: by its account and that one's rep, by its team, or with the whole catalogue."""

from __future__ import annotations

from functools import cache, lru_cache

from app.store.rows import SYNCED
from sync.protocol.scope import CATALOGUE, PORTFOLIO_ROOT, ScopeKind, kind_of, load, portfolio, team


@cache
def belongs_by(table: str) -> str:
    """Give the column of a table that says where its rows belong: their account, their rep, their team, or the id."""
    columns = SYNCED.tables[table].c
    return next(name for name in ("account_id", "rep_id", "team", "id") if name in columns)


def scopes_of_row(table: str, row: str, belongs: str | None, of: str | None) -> tuple[str, ...]:
    """Give the scopes a row is in, or would be in if they stood, its home first.

    `belongs` is what its column `belongs_by` holds; `of` the rep of the account which that names, else the same.
    """
    home = _home(table, of)
    if table == PORTFOLIO_ROOT:
        return (home, _load(row))
    return (home, _load(belongs)) if belongs is not None and belongs_by(table) == "account_id" else (home,)


@lru_cache(maxsize=4_096)
def _home(table: str, of: str | None) -> str:
    kind = kind_of(table)
    if kind is ScopeKind.CATALOGUE:
        return str(CATALOGUE)
    return str(team(of or "") if kind is ScopeKind.TEAM else portfolio(of))


@lru_cache(maxsize=4_096)
def _load(account_id: str) -> str:
    return str(load(account_id))
