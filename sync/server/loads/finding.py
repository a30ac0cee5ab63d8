"""Finds accounts of the caller's team by name, city or number, so that a stand-in can load one."""

from __future__ import annotations

from sqlalchemy import Connection, case, false, func, or_, select

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.folding import folded
from app.store.rows import SYNCED
from sync.protocol.loads import LEAST_LETTERS, MOST_HITS, Found
from sync.server.clock import now_us
from sync.server.database import in_one_write, one_picture, upsert
from sync.server.grants.rights import Caller
from sync.server.tables import SEARCHED

A_MINUTE = 60_000_000
MOST_A_MINUTE = 30
"""Searches that one device may make in a minute."""
_MOST_LETTERS = 60
_CANDIDATES = 500
_MAY_BEAR_ACCENTS = frozenset("aceinouy")

_ACCOUNT, _REP = SYNCED.tables["account"], SYNCED.tables["rep"]


def find(engines: Engines, caller: Caller, words: str) -> tuple[Found, ...]:
    """Give accounts of the team that hold all words somewhere in name, city or number, by name.

    None to a device that is leaving: it is given nothing any more.

    Raises Refusal SEARCH_TOO_SHORT, TOO_MANY_SEARCHES.
    """
    wanted = folded(words[:_MOST_LETTERS]).split()
    if sum(map(len, wanted)) < LEAST_LETTERS:
        raise Refusal("SEARCH_TOO_SHORT", {"least": LEAST_LETTERS})
    in_one_write(engines, lambda connection: _count(connection, caller))
    text = func.lower(_ACCOUNT.c.trade_name + " " + _ACCOUNT.c.city + " " + _ACCOUNT.c.number)
    of_team = or_(_REP.c.id == caller.rep_id, caller.shares_team(_REP.c.team))
    statement = (
        select(_ACCOUNT.c.id, _ACCOUNT.c.number, _ACCOUNT.c.trade_name, _ACCOUNT.c.city, _REP.c.name)
        .join(_REP, _REP.c.id == _ACCOUNT.c.rep_id)
        .where(false() if caller.is_leaving else of_team)
        .where(*(text.like(_pattern(word)) for word in wanted))
        .order_by(_ACCOUNT.c.trade_name, _ACCOUNT.c.id)
        .limit(_CANDIDATES)
    )
    colleagues = select(_REP.c.id).where(caller.shares_team(_REP.c.team))
    with one_picture(engines, caller.sight) as connection:
        sight = caller.sight_of(connection.execute(colleagues).scalars())
    with one_picture(engines, sight) as connection:
        rows = connection.execute(statement).all()
    hits = (
        Found(account_id=row.id, number=row.number, trade_name=row.trade_name, city=row.city, rep=row.name)
        for row in rows
        if all(word in folded(f"{row.trade_name} {row.city} {row.number}") for word in wanted)
    )
    return tuple(hit for hit, _ in zip(hits, range(MOST_HITS), strict=False))


def _pattern(word: str) -> str:
    """Give the pattern of a word whose letters may bear accents at the centre; what it lets through is looked at."""
    return "%" + "".join("_" if sign in _MAY_BEAR_ACCENTS or not sign.isascii() else sign for sign in word) + "%"


def _count(connection: Connection, caller: Caller) -> None:
    """Count a search within its minute. Raises Refusal TOO_MANY_SEARCHES."""
    minute = now_us() // A_MINUTE
    counted = upsert(connection, SEARCHED).values(device=caller.device, minute=minute, searches=1)
    again = case((SEARCHED.c.minute == minute, SEARCHED.c.searches + 1), else_=1)
    counted = counted.on_conflict_do_update(index_elements=["device"], set_={"minute": minute, "searches": again})
    connection.execute(counted)
    made = select(SEARCHED.c.searches).where(SEARCHED.c.device == caller.device)
    if connection.execute(made).scalar_one() > MOST_A_MINUTE:
        raise Refusal("TOO_MANY_SEARCHES", {"most": MOST_A_MINUTE})
