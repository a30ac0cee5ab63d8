"""What the device keeps of loaded accounts: wishes, what came of them, and what is unsent of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.domain.identifiers import AccountId
from app.ports.loads import Load, LoadState
from app.store.codec import instant, microseconds
from app.store.feed import DeviceFeed
from app.store.files_kept import let_go_in
from app.store.notices import note
from app.store.rows import SYNCED
from app.store.straight import plain_rows
from app.usecases.accounts.load_account import AFTER, SOON
from sync.protocol.changeset import Value
from sync.protocol.scope import PORTFOLIO_ROOT, load

LOADS = "account_load"
_MICROSECOND = timedelta(microseconds=1)
_SOON, _AFTER = SOON // _MICROSECOND, AFTER // _MICROSECOND

_PORTFOLIO = "SELECT scope FROM sync_cursor WHERE scope >= 'rep:' AND scope < 'rep;' AND phase = 'live'"
_MINE = f"""EXISTS (SELECT 1 FROM sync_member m JOIN ({_PORTFOLIO}) p ON p.scope = m.scope
  WHERE m.table_name = 'account' AND m.row_id = l.account_id)"""  # noqa: S608 - constants
_LOADS = f"SELECT l.account_id, l.name, l.state, l.until, l.is_automatic, l.granted_until, {_MINE} FROM account_load l "  # noqa: S608 - constants
_APPOINTMENTS = f"""
FROM activity v
JOIN sync_member m ON m.table_name = 'account' AND m.row_id = v.account_id JOIN ({_PORTFOLIO}) p ON p.scope = m.scope
WHERE v.kind = 'appointment' AND v.at >= ? AND v.at < ?"""
_COMING = f"SELECT v.account_id, max(v.at) {_APPOINTMENTS} GROUP BY v.account_id"
_EACH_COMING = f"SELECT v.account_id, v.at {_APPOINTMENTS}"
_HOUR = 3_600_000_000
_FILES_TO_COME = """
SELECT count(DISTINCT d.sha256) FROM document d
WHERE d.account_id = ? AND d.ver > 0 AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.sha256 = d.sha256)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLoad:
    """A load as the carrier of wishes meets it; times in microseconds UTC.

    `is_mine`: the account is of this rep's own portfolio, and its rows are here anyway.
    """

    account_id: str
    name: str
    state: LoadState
    until: int
    is_automatic: bool
    granted_until: int | None
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Here:
    """What is here at one moment: the loads, each scope's phase."""

    loads: Sequence[StoredLoad]
    phases: Mapping[str, str]

    @property
    def has_portfolio(self) -> bool:
        """Whether this rep's own portfolio was read to its end."""
        return any(scope.startswith("rep:") and phase == "live" for scope, phase in self.phases.items())

    def standing(self) -> Iterator[StoredLoad]:
        """Give the loads that are wanted or loaded."""
        return (one for one in self.loads if one.state in (LoadState.WANTED, LoadState.LOADED))

    def unwanted(self) -> Iterator[StoredLoad]:
        """Give the loads that are to go."""
        return (one for one in self.loads if one.state is LoadState.UNWANTED)


def _what_is_here(connection: Connection) -> _Here:
    phases = plain_rows(connection, "SELECT scope, phase FROM sync_cursor")
    return _Here(
        loads=[_stored(row) for row in plain_rows(connection, _LOADS)],
        phases={str(scope): str(phase) for scope, phase in phases},
    )


@dataclass(frozen=True, slots=True)
class _Coming:
    """Reads the accounts with an appointment within a time, and when that is; microseconds UTC."""

    first: int
    last: int

    def __call__(self, connection: Connection) -> list[tuple[str, int]]:
        coming = plain_rows(connection, _EACH_COMING, (self.first, self.last))
        return [(str(account), int(at or 0)) for account, at in coming]


class StoredLoads:
    """The device's loads, safe on any thread; each call is one transaction."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    # ------------------------------------------------------------------------------------------ what the rep wishes
    def load_of(self, account_id: AccountId) -> Load | None:
        """Give what is kept of an account; None where nothing is."""
        with self._feed.reading() as connection:
            row = connection.exec_driver_sql(f"{_LOADS} WHERE l.account_id = ?", (account_id,)).first()
            files = int(connection.exec_driver_sql(_FILES_TO_COME, (account_id,)).scalar_one())
        return None if row is None else replace(_shown(_stored(row)), files_to_come=files)

    def standing(self) -> tuple[Load, ...]:
        """Give all that is loaded or on the way to be, by name."""
        with self._feed.reading() as connection:
            rows = connection.exec_driver_sql(f"{_LOADS} WHERE l.state IN ('wanted', 'loaded') ORDER BY l.name").all()
        return tuple(_shown(_stored(row)) for row in rows)

    def wish(self, account_id: AccountId, name: str, until: datetime, now: datetime) -> None:
        """Wish an account to be complete here until an instant."""
        wished = (
            "INSERT INTO account_load (account_id, name, state, until, is_automatic, asked_at) "
            "VALUES (?, ?, 'wanted', ?, 0, ?) ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, "
            "state = CASE WHEN state = 'loaded' THEN state ELSE 'wanted' END, until = excluded.until, is_automatic = 0"
        )
        with self._feed.writing() as connection:
            connection.exec_driver_sql(wished, (account_id, name, microseconds(until), microseconds(now)))
        self._feed.tell(frozenset({LOADS}))

    def unwish(self, account_id: AccountId, now: datetime) -> None:
        """Wish it to go; an appointment that is known already does not load it again by itself."""
        at = microseconds(now)
        with self._feed.writing() as connection:
            coming = {row[0]: row[1] for row in connection.exec_driver_sql(_COMING, (at, at + _SOON))}
            until = coming.get(account_id, at - _AFTER) + _AFTER
            unwished = "UPDATE account_load SET state = 'unwanted', until = max(until, ?) WHERE account_id = ?"
            connection.exec_driver_sql(unwished, (until, account_id))
        self._feed.tell(frozenset({LOADS}))

    def has_unsent_work(self, account_id: AccountId) -> bool:
        """Say whether something done to this account waits for the centre, or a file of it."""
        with self._feed.reading() as connection:
            return account_id in _unsent(connection) or _has_unsent_file(connection, account_id)

    def appointment_before(self, account_id: AccountId, first: datetime, last: datetime) -> datetime | None:
        """Give the last appointment with this account within a time."""
        wanted = "SELECT max(at) FROM activity WHERE account_id = ? AND kind = 'appointment' AND at >= ? AND at < ?"
        values = (account_id, microseconds(first), microseconds(last))
        with self._feed.reading() as connection:
            at = connection.exec_driver_sql(wanted, values).scalar_one()
        return None if at is None else instant(at)

    # ------------------------------------------------------------------------------------------ what comes of it
    def plan(self, at: int) -> None:
        """Wish by itself for accounts with an appointment soon, and let go what is over; `at` in microseconds UTC.

        What is over while something of it is unsent, an action or a file, stays a day longer: it is sent first.
        """
        here = self._what_is_here()
        loads = {found.account_id: found for found in here.loads}
        coming = self._coming_from(at)
        wishes = {
            account: until
            for account, until in coming.items()
            if account not in loads or (loads[account].until < until and loads[account].state is not LoadState.UNWANTED)
        }
        over = [
            found
            for found in loads.values()
            if found.state in (LoadState.WANTED, LoadState.LOADED)
            and found.account_id not in wishes
            and (found.until <= at or (found.is_automatic and not found.is_mine))
        ]
        if not wishes and not over:
            return
        needed = self._with_unsent_work(over)
        with self._feed.writing() as connection:
            for account, until in wishes.items():
                connection.exec_driver_sql(_WISH_BY_ITSELF, (account, until, at))
            for found in over:
                if found.account_id in needed:
                    longer = "UPDATE account_load SET until = ? WHERE account_id = ?"
                    connection.exec_driver_sql(longer, (at + _AFTER, found.account_id))
                else:
                    _be(connection, found.account_id, LoadState.UNWANTED)
        self._feed.tell(frozenset({LOADS}))

    def to_ask(self, at: int) -> list[StoredLoad]:
        """Give the loads of colleagues' accounts that are to be asked of the centre, or made longer there.

        None while the portfolio is not here yet: one would not know whose an account is. One that is unwanted is asked
        for a day more where its time is over at `at` (microseconds UTC) and something of it is unsent: else the centre
        would not take it.
        """
        here = self._what_is_here()
        if not here.has_portfolio:
            return []
        over = [one for one in here.unwanted() if not one.is_mine and (one.granted_until or 0) <= at]
        needed = self._with_unsent_work(over)
        once_more = [replace(one, until=max(one.until, at + _AFTER)) for one in over if one.account_id in needed]
        wanted = [one for one in here.standing() if (one.granted_until or 0) < one.until and not one.is_mine]
        return wanted + once_more

    def to_let_go(self) -> list[StoredLoad]:
        """Give the loads that may go: nothing done to their accounts is unsent, and no file of theirs."""
        unwanted = list(self._what_is_here().unwanted())
        needed = self._with_unsent_work(unwanted)
        return [one for one in unwanted if one.account_id not in needed]

    def _with_unsent_work(self, loads: Sequence[StoredLoad]) -> set[str]:
        """Give the accounts of which something is unsent; a file of an own one goes up without its load."""
        if not loads:
            return set()
        unsent = self._feed.remembered.of(_unsent)
        with self._feed.reading() as connection:
            return {
                one.account_id
                for one in loads
                if one.account_id in unsent or (not one.is_mine and _has_unsent_file(connection, one.account_id))
            }

    def granted(self, account_id: str, until: int) -> None:
        """Keep until when the centre lets an account be loaded; asked for longer than it allows, that is the end."""
        kept = "UPDATE account_load SET granted_until = ?, until = min(until, ?) WHERE account_id = ?"
        with self._feed.writing() as connection:
            connection.exec_driver_sql(kept, (until, until, account_id))

    def refused(self, account_id: str, code: str, parameters: Mapping[str, str], at: int) -> None:
        """Give a wish up that the centre does not grant, and say why."""
        with self._feed.writing() as connection:
            connection.exec_driver_sql("DELETE FROM account_load WHERE account_id = ?", (account_id,))
            note(connection, code, parameters, at)
        self._feed.tell(frozenset({LOADS, "problem"}))

    def let_go(self, found: StoredLoad) -> None:
        """Let the files of an account go that the centre has; what is of the own portfolio is remembered as let go."""
        with self._feed.writing() as connection:
            let_go_in(connection, found.account_id)
            if found.is_mine:
                _be(connection, found.account_id, LoadState.LET_GO)
                forget = "UPDATE account_load SET granted_until = NULL WHERE account_id = ?"
                connection.exec_driver_sql(forget, (found.account_id,))
            else:
                connection.exec_driver_sql("DELETE FROM account_load WHERE account_id = ?", (found.account_id,))
        self._feed.tell(frozenset({LOADS, "blob"}))

    def settle(self) -> None:
        """Note what is here now; what the centre no longer names is asked for again."""
        here = self._what_is_here()
        phases = here.phases
        changed = {
            one.account_id: (state, granted)
            for one in here.standing()
            for scope in (str(load(one.account_id)),)
            for is_here in (one.is_mine or phases.get(scope) == "live",)
            for state in (LoadState.LOADED if is_here else LoadState.WANTED,)
            for granted in (one.granted_until if is_here or scope in phases else None,)
            if (state, granted) != (one.state, one.granted_until)
        }
        if not changed:
            return
        with self._feed.writing() as connection:
            for account_id, (state, granted) in changed.items():
                _be(connection, account_id, state)
                kept = "UPDATE account_load SET granted_until = ? WHERE account_id = ?"
                connection.exec_driver_sql(kept, (granted, account_id))
        self._feed.tell(frozenset({LOADS}))

    def _what_is_here(self) -> _Here:
        return self._feed.remembered.of(_what_is_here)

    def _coming_from(self, at: int) -> dict[str, int]:
        """Give the accounts with an appointment soon, with when their load is over; read for an hour at a time."""
        hour = at - at % _HOUR
        until: dict[str, int] = {}
        for account, when in self._feed.remembered.of(_Coming(hour, hour + _HOUR + _SOON)):
            if at <= when < at + _SOON:
                until[account] = max(when + _AFTER, until.get(account, 0))
        return until


_WISH_BY_ITSELF = """
INSERT INTO account_load (account_id, name, state, until, is_automatic, asked_at)
SELECT id, trade_name, 'wanted', ?2, 1, ?3 FROM account WHERE id = ?1
ON CONFLICT (account_id) DO UPDATE SET until = excluded.until,
  is_automatic = CASE WHEN state = 'let_go' THEN 1 ELSE is_automatic END,
  state = CASE WHEN state = 'let_go' THEN 'wanted' ELSE state END"""


def _be(connection: Connection, account_id: str, state: LoadState) -> None:
    connection.exec_driver_sql("UPDATE account_load SET state = ? WHERE account_id = ?", (state.value, account_id))


def _unsent(connection: Connection) -> set[str]:
    """Give the accounts that something on its way to the centre was done to: of a long outbox it takes a while."""
    waiting = "FROM changeset_entry e JOIN changeset c ON c.mid = e.mid WHERE c.state IN ('pending', 'sent')"
    tables = connection.exec_driver_sql(f"SELECT DISTINCT e.table_name {waiting}").scalars().all()
    accounts: set[str] = set()
    for name in tables:
        if name == PORTFOLIO_ROOT:
            asked = f"SELECT DISTINCT e.row_id {waiting} AND e.table_name = 'account'"
        elif "account_id" in SYNCED.tables[name].c:
            joined = waiting.replace("WHERE", f"LEFT JOIN {name} t ON t.id = e.row_id WHERE")
            told = "coalesce(json_extract(e.new, '$.account_id'), json_extract(e.old, '$.account_id'), t.account_id)"
            asked = f"SELECT DISTINCT {told} {joined} AND e.table_name = '{name}'"
        else:
            continue
        accounts.update(row for row in connection.exec_driver_sql(asked).scalars() if row is not None)
    return accounts


def _has_unsent_file(connection: Connection, account_id: str) -> bool:
    unsent = (
        "SELECT 1 FROM document d JOIN blob b ON b.sha256 = d.sha256 LEFT JOIN blob_job j ON j.sha256 = b.sha256 "
        "WHERE d.account_id = ? AND coalesce(j.state, '') <> 'done' LIMIT 1"
    )
    return connection.exec_driver_sql(unsent, (account_id,)).first() is not None


def _stored(row: Sequence[Value]) -> StoredLoad:
    account_id, name, state, until, is_automatic, granted_until, is_mine = row
    return StoredLoad(
        account_id=str(account_id),
        name=str(name),
        state=LoadState(str(state)),
        until=int(until or 0),
        is_automatic=bool(is_automatic),
        granted_until=None if granted_until is None else int(granted_until),
        is_mine=bool(is_mine),
    )


def _shown(found: StoredLoad) -> Load:
    return Load(
        account_id=AccountId(found.account_id),
        name=found.name,
        state=found.state,
        until=instant(found.until),
        is_automatic=found.is_automatic,
    )
