"""Loads an account onto a device for a time, and lets it go again; what nobody has loaded any more is tidied away."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, func, select, update

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.rows import SYNCED
from sync.protocol.loads import MOST_LOADS, MOST_TIME, LoadAsked, LoadMade
from sync.protocol.scope import PORTFOLIO_ROOT, TABLES, ScopeKind, load
from sync.server.clock import now_us
from sync.server.database import in_one_write, upsert
from sync.server.feed import Feed, Key
from sync.server.grants.rights import Caller
from sync.server.tables import ENTRY, LOAD, SCOPE

_ACCOUNT, _REP = SYNCED.tables[PORTFOLIO_ROOT], SYNCED.tables["rep"]


def make_load(engines: Engines, caller: Caller, asked: LoadAsked) -> LoadMade:
    """Load an account for the caller's device, or move the end of its load; the time is cut to what is allowed.

    Raises Refusal OUT_OF_SCOPE for an account that is not there or not of the caller's team, LOAD_OVER for an end that
    is past, TOO_MANY_LOADS.
    """
    at = now_us()
    until = min(asked.until, at + MOST_TIME)
    if until <= at:
        raise Refusal("LOAD_OVER")

    def work(connection: Connection) -> LoadMade:
        _must_be_loadable(connection, caller, asked.account_id)
        _must_have_room(connection, caller, asked.account_id, at)
        kept = upsert(connection, LOAD).values(
            account_id=asked.account_id, device=caller.device, made_at=at, expires_at=until
        )
        places = ["account_id", "device"]
        connection.execute(kept.on_conflict_do_update(index_elements=places, set_={"expires_at": until}))
        scope = str(load(asked.account_id))
        stands = select(SCOPE.c.expires_at).where(SCOPE.c.scope == scope)
        if connection.execute(stands).scalar_one_or_none() is None:
            Feed(connection).gather(scope, _rows_of(connection, asked.account_id))
        _stand_until(connection, asked.account_id)
        return LoadMade(account_id=asked.account_id, scope=scope, expires_at=until)

    return in_one_write(engines, work)


def drop_load(engines: Engines, caller: Caller, account_id: str) -> None:
    """Let an account go from the caller's device; one that is not loaded is as good as let go."""

    def work(connection: Connection) -> None:
        _hold(connection, account_id)
        of_device = (LOAD.c.account_id == account_id, LOAD.c.device == caller.device)
        if connection.execute(delete(LOAD).where(*of_device)).rowcount:
            _stand_until(connection, account_id)

    in_one_write(engines, work)


def tidy_loads(engines: Engines) -> int:
    """Take away loads whose time is over, and the feed of accounts that nobody has loaded; gives how many accounts.

    Nobody is entitled to them any more since their time was over: this only gives the room back. The loads that end
    are looked up first and then taken one account at a time, so that nobody who writes waits for long.
    """
    at = now_us()
    ended = select(LOAD.c.account_id).where(LOAD.c.expires_at <= at).distinct().order_by(LOAD.c.account_id)
    with engines.reader.connect() as connection:
        accounts = connection.execute(ended).scalars().all()
    for account_id in accounts:

        def work(connection: Connection, account_id: str = account_id) -> None:
            _hold(connection, account_id)
            connection.execute(delete(LOAD).where(LOAD.c.account_id == account_id, LOAD.c.expires_at <= at))
            _stand_until(connection, account_id)

        in_one_write(engines, work)
    return len(accounts)


def _hold(connection: Connection, account_id: str) -> str | None:
    """Hold an account until the commit, so that nobody writes its rows meanwhile; gives its rep, None for nobody."""
    held = select(_ACCOUNT.c.rep_id).where(_ACCOUNT.c.id == account_id).with_for_update()
    return connection.execute(held).scalar_one_or_none()


def _must_be_loadable(connection: Connection, caller: Caller, account_id: str) -> None:
    rep_id = _hold(connection, account_id)
    if caller.owns(rep_id):
        return
    of_rep = select(_REP.c.team).where(_REP.c.id == rep_id)
    if not caller.is_of_team(connection.execute(of_rep).scalar_one_or_none()):
        raise Refusal("OUT_OF_SCOPE", {"table": PORTFOLIO_ROOT})


def _must_have_room(connection: Connection, caller: Caller, account_id: str, at: int) -> None:
    others = select(func.count()).where(
        LOAD.c.device == caller.device, LOAD.c.account_id != account_id, LOAD.c.expires_at > at
    )
    if connection.execute(others).scalar_one() >= MOST_LOADS:
        raise Refusal("TOO_MANY_LOADS", {"most": MOST_LOADS})


def _rows_of(connection: Connection, account_id: str) -> list[tuple[Key, int]]:
    rows: list[tuple[Key, int]] = []
    for name in TABLES:
        table = SYNCED.tables[name]
        belongs = table.c.id if name == PORTFOLIO_ROOT else table.c.get("account_id")
        if belongs is None:
            continue
        wanted = select(table.c.id, table.c.ver).where(belongs == bindparam("account")).order_by(table.c.id)
        rows += [((name, row.id), row.ver) for row in connection.execute(wanted, {"account": account_id})]
    return rows


def _stand_until(connection: Connection, account_id: str) -> None:
    """Let the load's scope stand until the last of its loads ends; without any its feed goes, and its head stays.

    A scope that is loaded again later goes on counting where it stood: a cursor of before is found out by it.
    """
    scope = SCOPE.c.scope == str(load(account_id))
    last = select(func.max(LOAD.c.expires_at)).where(LOAD.c.account_id == account_id)
    until = connection.execute(last).scalar_one()
    if until is not None:
        connection.execute(update(SCOPE).where(scope, SCOPE.c.kind == ScopeKind.LOAD.value).values(expires_at=until))
        return
    connection.execute(select(SCOPE.c.head).where(scope).with_for_update())
    connection.execute(delete(ENTRY).where(ENTRY.c.scope == str(load(account_id))))
    connection.execute(update(SCOPE).where(scope).values(expires_at=None, state_sum="", min_seq=SCOPE.c.head + 1))
