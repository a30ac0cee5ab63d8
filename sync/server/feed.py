"""The one door through which every write at the centre passes: the work first, then the scopes' feed, then commit.

A scope's sequence is dense and given under a lock that is taken last, in the order of the scopes' names, and held
until the commit: who reads up to a sequence has missed nothing below it (a plain sequence lost 16.6 % of the rows).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, Row, Select, bindparam, or_, select, update
from sqlalchemy import insert as plain_insert

from app.store.codec import compact_json, microseconds
from app.store.engine import Engines
from app.store.naming import new_id
from app.store.rows import SYNCED
from sync.protocol.changeset import Entry, Op, Value
from sync.protocol.scope import PORTFOLIO_ROOT, TABLES, Scope, ScopeKind
from sync.protocol.sums import read, sum_of, written
from sync.server.among import among
from sync.server.brought import keep_own
from sync.server.clock import now_us
from sync.server.database import in_one_write, run_over, upsert
from sync.server.placing import belongs_by, scopes_of_row
from sync.server.tables import DELETED, ENTRY, SCOPE
from sync.server.versions import FIRST, version_above, versions_of_rows
from sync.server.waking import note

T = TypeVar("T")
Key = tuple[str, str]
"""A table's name and a row's id."""
Now = tuple[tuple[str, ...], int]
"""The scopes a row is in, or would be in if they stood, its home first; and its version."""

THERE = "U"
GONE = "D"
LEFT = "L"
"""What the feed says of a row in a scope: there, deleted, left for another scope."""

AT_ONCE = 5_000
"""Ids asked for in one statement."""

_ORDER = {name: place for place, name in enumerate(TABLES)}


class Known(NamedTuple):
    """What the feed said of a row in a scope before."""

    scope: str
    op: str
    ver: int


class _Change(NamedTuple):
    """What the feed is to say of a row in a scope now, and what that does to the scope's sum."""

    key: Key
    op: str
    ver: int
    sum: int


class Feed:
    """What one transaction touched; `seal` gives the rows their versions and writes the feed."""

    def __init__(self, connection: Connection, writer: str = "") -> None:
        self.connection = connection
        self._writer = writer
        self._touched: dict[str, dict[str, None]] = {}
        self._carried: set[Key] = set()
        self._read_now: dict[Key, Now] = {}
        self._read_known: dict[Key, Sequence[Known]] = {}

    def touch(self, table: str, rows: Iterable[str]) -> None:
        """Note rows that were made, changed or taken away."""
        self._touched.setdefault(table, {}).update(dict.fromkeys(rows))

    def touch_as_read(self, key: Key, now: Now, known: Sequence[Known]) -> None:
        """Note a row that is there, with all that `seal` would read of it: as it is now, and as the feed knew it.

        Whoever calls it locked the row's account before reading what the feed knew: it holds until the commit.
        """
        self.touch(key[0], (key[1],))
        self._read_now[key] = now
        self._read_known[key] = known

    def load(self, table: str, rows: Sequence[Mapping[str, Value]], *, may_come_again: bool = False) -> None:
        """Insert many fresh rows at once (their columns without `ver`) and note them.

        `may_come_again`: their ids come from elsewhere, so that a centre that was put back may meet them once more with
        other content; then their versions say what it is.
        """
        if rows:
            ver = 0 if may_come_again else FIRST
            self.connection.execute(plain_insert(SYNCED.tables[table]), [{**row, "ver": ver} for row in rows])
            self.touch(table, (str(row["id"]) for row in rows))

    def bury(self, mid: str, rows: Sequence[tuple[Key, Mapping[str, Value]]], at: int) -> None:
        """Keep what rows held that one action (its `mid`) deletes: an edit may still come and beat the deletion."""
        kept = upsert(self.connection, DELETED)
        fresh = {name: kept.excluded[name] for name in ("mid", "content", "at")}
        values = [
            {"table_name": key[0], "row_id": key[1], "mid": mid, "content": compact_json(dict(content)), "at": at}
            for key, content in rows
        ]
        if values:
            places = ["table_name", "row_id"]
            self.connection.execute(kept.on_conflict_do_update(index_elements=places, set_=fresh), values)

    def seal(self) -> dict[Key, int]:
        """Write the feed for all that was touched, at the very end of the work; gives each row's version.

        A row's scopes are looked up, not told: an account that got another rep takes all its rows along, which leave
        the one portfolio and appear in the other under one commit; while it is loaded, they are in its load besides.
        """
        # The accounts are locked first: what the feed says of their rows is read after who moved them has committed.
        unread = self._unread()
        now = self._now(unread) | self._read_now
        known: dict[Key, Sequence[Known]] = self._known(unread) | self._read_known
        along = self._take_along(known, now)
        if along:
            now |= self._now(along)
            known |= self._known(along)
        versions: dict[Key, int] = {}
        for table in sorted(self._touched, key=_ORDER.__getitem__):
            given = self._versions(table, known, now)
            versions.update(((table, row_id), ver) for row_id, ver in given.items())
            there = ((row_id, ver, now.get((table, row_id))) for row_id, ver in given.items())
            self._raise(table, [(row_id, ver) for row_id, ver, at in there if at is not None and at[1] != ver])
        locked = self._locked(_named(known, now))
        standing = {row.scope for row in locked}
        changes: dict[str, list[_Change]] = {}
        for key, ver in versions.items():
            for scope, change in _changes(key, known.get(key, ()), _standing(now.get(key), standing), ver):
                changes.setdefault(scope, []).append(change)
        for row in locked:
            if row.scope in changes:
                self._append(row, changes[row.scope])
        self._touched.clear()
        self._carried.clear()
        self._read_now.clear()
        self._read_known.clear()
        return versions

    def gather(self, scope: str, rows: Iterable[tuple[Key, int]]) -> None:
        """Let a scope that does not stand yet begin with rows that are there: each with its version.

        Whoever calls it holds the rows' account, and says afterwards until when the scope stands.
        """
        told = [_Change(key, THERE, ver, sum_of(*key, ver)) for key, ver in rows]
        for locked in self._locked((scope,), make=True):
            self._append(locked, told)

    def _unread(self) -> _Touched:
        """Give what was touched and not read by who touched it."""
        return {
            table: {row_id: None for row_id in rows if (table, row_id) not in self._read_now}
            for table, rows in self._touched.items()
        }

    def _take_along(self, known: Mapping[Key, Sequence[Known]], now: Mapping[Key, Now]) -> _Touched:
        """Note all rows of accounts that changed their portfolio; gives those that were not noted before."""
        moved = [
            row_id
            for row_id in self._touched.get(PORTFOLIO_ROOT, {})
            for entry in known.get((PORTFOLIO_ROOT, row_id), ())
            if entry.op == THERE
            and (PORTFOLIO_ROOT, row_id) in now
            and entry.scope not in now[PORTFOLIO_ROOT, row_id][0]
        ]
        along: dict[str, dict[str, None]] = {}
        for name in TABLES if moved else ():
            table = SYNCED.tables[name]
            if "account_id" not in table.c:
                continue
            rows = select(table.c.id).where(among(table.c.account_id, "wanted"))
            for part in _parts(moved):
                for row_id in self.connection.execute(rows, {"wanted": part}).scalars():
                    if row_id not in self._touched.get(name, {}):
                        along.setdefault(name, {})[row_id] = None
                        self._carried.add((name, row_id))
        for name, found in along.items():
            self.touch(name, found)
        return along

    def _known(self, touched: _Touched) -> dict[Key, Sequence[Known]]:
        found: dict[Key, list[Known]] = {}
        for table, rows in touched.items():
            for part in _parts(list(rows)):
                for scope, row_id, op, ver in self.connection.execute(_KNOWN, {"named": table, "wanted": part}).all():
                    found.setdefault((table, row_id), []).append(Known(scope, op, ver))
        return {**found}

    def _now(self, touched: _Touched) -> dict[Key, Now]:
        """Give scopes and version of each touched row that is there."""
        found: dict[Key, tuple[str | None, int]] = {}
        of_accounts: set[Key] = set()
        for name, rows in touched.items():
            for part in _parts(list(rows)):
                for row_id, ver, what in self.connection.execute(_placed(name), {"wanted": part}).all():
                    found[name, row_id] = (what, ver)
            if belongs_by(name) == "account_id":
                of_accounts.update((name, row_id) for row_id in rows)
        reps = self._reps({found[key][0] or "" for key in of_accounts if key in found})
        return {
            key: (scopes_of_row(*key, what, reps.get(what or "") if key in of_accounts else what), ver)
            for key, (what, ver) in found.items()
        }

    def _reps(self, accounts: Iterable[str]) -> dict[str, str | None]:
        """Give the rep of each account, and keep the accounts from moving to another one until the commit."""
        found: dict[str, str | None] = {}
        for part in _parts(sorted(accounts)):
            found.update((row.id, row.rep_id) for row in self.connection.execute(_REPS, {"wanted": part}))
        return found

    def _versions(self, table: str, known: Mapping[Key, Sequence[Known]], now: Mapping[Key, Now]) -> Mapping[str, int]:
        """Give the versions of a table's touched rows, above all that was ever told of each.

        A row may bring its own; one that only went along with its account keeps what was told.
        """
        given: dict[str, int] = {}
        unsaid: dict[str, int] = {}
        for row_id in self._touched[table]:
            key = (table, row_id)
            told, here = max((entry.ver for entry in known.get(key, ())), default=0), now.get(key)
            if key in self._carried:
                given[row_id] = told
            elif here is None:
                given[row_id] = version_above(told, table, None)
            elif here[1] > told:
                given[row_id] = here[1]
            else:
                given[row_id] = unsaid[row_id] = told
        for part in _parts(list(unsaid)):
            given |= versions_of_rows(self.connection, table, {row_id: unsaid[row_id] for row_id in part})
        return given

    def _raise(self, name: str, versions: Sequence[tuple[str, int]]) -> None:
        if versions:
            table = SYNCED.tables[name]
            raised = update(table).where(table.c.id == bindparam("wanted")).values(ver=bindparam("given"))
            self.connection.execute(raised, [{"wanted": row_id, "given": ver} for row_id, ver in versions])

    def _locked(self, scopes: Sequence[str], *, make: bool = False) -> Sequence[Row[tuple[str, int, str]]]:
        """Lock the scopes in the order of their names, and give each that stands with its head and sum.

        A load stands from when it is made until it is tidied away; every other scope from its first row on. `make`
        says that a load is being made: it is given whether it stands or not.
        """
        found: list[Row[tuple[str, int, str]]] = []
        for part in _parts(scopes):
            found += self._lock(part, make=make)
        return found

    def _lock(self, scopes: Sequence[str], *, make: bool) -> Sequence[Row[tuple[str, int, str]]]:
        needed = {name: kind for name in scopes if (kind := _kind_named(name)) is not ScopeKind.LOAD or make}
        fresh = upsert(self.connection, SCOPE).on_conflict_do_nothing(index_elements=["scope"])
        wanted = _LOCKED if make else _LOCKED.where(_STANDS)
        found = self.connection.execute(wanted, {"wanted": scopes}).all()
        while missing := needed.keys() - {row.scope for row in found}:
            # A scope meets its first row: it is made, and all are locked again in the one order.
            self.connection.execute(fresh, [{"scope": n, "kind": needed[n].value} for n in sorted(missing)])
            found = self.connection.execute(wanted, {"wanted": scopes}).all()
        return found

    def _append(self, scope: Row[tuple[str, int, str]], changes: Sequence[_Change]) -> None:
        total = read(scope.state_sum)
        at, tags = now_us(), secrets.token_hex(8 * len(changes))
        values: list[tuple[str | int, ...]] = []
        for place, change in enumerate(changes):
            total ^= change.sum
            seq, tag = scope.head + place + 1, tags[16 * place : 16 * place + 16]
            values.append((scope.scope, *change.key, seq, tag, change.op, change.ver, self._writer, at))
        run_over(self.connection, _MOVED, values)
        head, tag = scope.head + len(changes), tags[-16:]
        told = {"wanted": scope.scope, "last": head, "with_tag": tag, "total": written(total)}
        self.connection.execute(_ADVANCED, told)
        note(self.connection, scope.scope, (head, tag))


_KNOWN = select(ENTRY.c.scope, ENTRY.c.row_id, ENTRY.c.op, ENTRY.c.ver).where(
    ENTRY.c.table_name == bindparam("named"), among(ENTRY.c.row_id, "wanted")
)
_ACCOUNT = SYNCED.tables[PORTFOLIO_ROOT]
_REPS = (
    select(_ACCOUNT.c.id, _ACCOUNT.c.rep_id)
    .where(among(_ACCOUNT.c.id, "wanted"))
    .order_by(_ACCOUNT.c.id)
    .with_for_update(read=True)
)
_LOCKED = (
    select(SCOPE.c.scope, SCOPE.c.head, SCOPE.c.state_sum)
    .where(among(SCOPE.c.scope, "wanted"))
    .order_by(SCOPE.c.scope)
    .with_for_update()
)
_STANDS = or_(SCOPE.c.kind != ScopeKind.LOAD.value, SCOPE.c.expires_at.is_not(None))
_MOVED = (
    "INSERT INTO sync_entry (scope, table_name, row_id, seq, tag, op, ver, writer, at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (scope, table_name, row_id) DO UPDATE SET seq = excluded.seq, tag = excluded.tag, op = excluded.op, "
    "ver = excluded.ver, writer = excluded.writer, at = excluded.at"
)
_ADVANCED = (
    update(SCOPE)
    .where(SCOPE.c.scope == bindparam("wanted"))
    .values(head=bindparam("last"), head_tag=bindparam("with_tag"), state_sum=bindparam("total"))
)

_Touched = Mapping[str, Mapping[str, None]]


@cache
def _placed(name: str) -> Select[tuple[str, int, str | None]]:
    table = SYNCED.tables[name]
    return select(table.c.id, table.c.ver, table.c[belongs_by(name)]).where(among(table.c.id, "wanted"))


def _named(known: Mapping[Key, Sequence[Known]], now: Mapping[Key, Now]) -> list[str]:
    """Give the scopes that may have to say something, in the order in which they are locked."""
    named = {scope for scopes, _ in now.values() for scope in scopes}
    return sorted(named | {entry.scope for entries in known.values() for entry in entries if entry.op == THERE})


def _standing(now: Now | None, standing: Collection[str]) -> Now | None:
    return None if now is None else (tuple(scope for scope in now[0] if scope in standing), now[1])


def _changes(key: Key, known: Sequence[Known], now: Now | None, ver: int) -> Iterator[tuple[str, _Change]]:
    here = () if now is None else now[0]
    told = set()
    for entry in known:
        told.add(entry.scope)
        was = sum_of(*key, entry.ver) if entry.op == THERE else 0
        if entry.scope in here:
            if entry.op != THERE or entry.ver != ver:  # a row that only its account took along is told already
                yield entry.scope, _Change(key, THERE, ver, was ^ sum_of(*key, ver))
        elif entry.op == THERE:
            yield entry.scope, _Change(key, GONE if now is None else LEFT, ver, was)
    for scope in here:
        if scope not in told:
            yield scope, _Change(key, THERE, ver, sum_of(*key, ver))


@lru_cache(maxsize=4_096)
def _kind_named(scope: str) -> ScopeKind:
    return Scope.parse(scope).kind


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def write(engines: Engines, work: Callable[[Connection, Feed], T], writer: str = "") -> T:
    """Do `work` in one transaction and write the feed for what it touched; `work` may run again, see `in_one_write`.

    `work` changes rows through the connection and notes every one with `feed.touch`, or makes many with `feed.load`.
    """

    def whole(connection: Connection) -> T:
        feed = Feed(connection, writer)
        done = work(connection, feed)
        feed.seal()
        return done

    return in_one_write(engines, whole)


class FeedJournal:
    """The centre's journal for `SqlWork`: an action of the centre itself goes into the scopes' feed."""

    def write(
        self,
        connection: Connection,
        name: str,
        facts: Mapping[str, str],
        entries: tuple[Entry, ...],
        *,
        at: datetime,
        undoes: str | None = None,
        final: bool = False,
    ) -> str:
        """Give the rows their versions and write the feed; what is deleted is kept aside."""
        del name, facts, undoes, final  # the feed tells of rows; what the action was called stays with who did it
        feed, mid = Feed(connection), new_id(at)
        for entry in entries:
            feed.touch(entry.table, (entry.row,))
        gone = [((entry.table, entry.row), entry.old) for entry in entries if entry.op is Op.DELETE]
        feed.bury(mid, gone, microseconds(at))
        keep_own(connection, entries)
        feed.seal()
        return mid
