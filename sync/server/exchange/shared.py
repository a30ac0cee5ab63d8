"""The rows that many changesets of one device concern: read once under lock, each sees what those before it did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from app.store.codec import Record
from app.store.rows import SYNCED
from sync.protocol.changeset import Changeset, Value
from sync.protocol.scope import PORTFOLIO_ROOT, TABLES
from sync.server.among import among
from sync.server.database import run_over
from sync.server.exchange.entitlement import references
from sync.server.exchange.picture import Picture, columns_of, locked_rows
from sync.server.feed import THERE, Feed, Key, Known, Now
from sync.server.placing import belongs_by, scopes_of_row
from sync.server.straight import Question, rows_of
from sync.server.tables import ENTRY
from sync.server.versions import version_above

_ID = re.compile(r"[0-9a-f]{32}")
OF_AN_OWNER = ("id", "ver", "rep_id", "trade_name")
"""What is read of an account that a changeset points at and does not name."""
_TOLD = Question(
    select(ENTRY.c.scope, ENTRY.c.row_id, ENTRY.c.op, ENTRY.c.ver, ENTRY.c.writer).where(
        ENTRY.c.table_name == bindparam("named"), among(ENTRY.c.row_id, "wanted")
    )
)


class _Told(NamedTuple):
    """What the feed said of a row in a scope, and the device that made it say so."""

    scope: str
    row: str
    op: str
    ver: int
    writer: str


class Alone(Exception):
    """A changeset asks or changes more than rows by their ids: it is to be taken in a transaction of its own."""


class SharedRows:
    """Rows as the transaction found them, and as the changesets laid on them so far leave them."""

    def __init__(self, connection: Connection, writer: str) -> None:
        self._connection = connection
        self._writer = writer
        self._found: dict[Key, Record | None] = {}
        self._now: dict[Key, Record | None] = {}
        self._known: dict[Key, list[Known]] = {}
        self._told: dict[Key, int] = {}
        self._writers: dict[Key, str] = {}

    def foresee(self, changesets: Iterable[Changeset]) -> None:
        """Read all rows that changesets will ask for, and what the feed says of those that they name."""
        named: dict[str, set[str]] = {}
        asked: dict[str, set[str]] = {}
        for changeset in changesets:
            for entry in changeset.entries:
                if entry.table in SYNCED.tables and _ID.fullmatch(entry.row):
                    named.setdefault(entry.table, set()).add(entry.row)
                    _point_at(asked, entry.table, entry.new)
        self._read_on({table: set(rows) for table, rows in named.items()}, asked)
        for table, rows in named.items():
            found = rows_of(self._connection, _TOLD, named=table, wanted=tuple(rows))
            for scope, row_id, op, ver, writer in map(_Told._make, found):
                key = (table, row_id)
                self._known.setdefault(key, []).append(Known(scope, op, ver))
                self._told[key] = max(ver, self._told.get(key, 0))
                if op == THERE:
                    self._writers[key] = writer or self._writers.get(key, "")

    def _read_on(self, wanted: dict[str, set[str]], asked: dict[str, set[str]]) -> None:
        """Read rows, then those that they point at, and so on to their owners' owners."""
        is_named = True
        while wanted:
            for table in sorted(wanted):
                read = self._fetched if is_named or table != PORTFOLIO_ROOT else self._owners_fetched
                for record in read(table, sorted(wanted[table])).values():
                    _point_at(asked, table, record)
            is_named = False
            wanted, asked = {table: rows for table in asked if (rows := self._unread(table, asked[table]))}, {}

    def _unread(self, table: str, rows: set[str]) -> set[str]:
        return {row for row in rows if (table, row) not in self._now}

    def _fetched(self, table: str, rows: Sequence[str]) -> Mapping[str, Record]:
        return self._keep_found(table, rows, locked_rows(self._connection, table, rows))

    def _owners_fetched(self, table: str, rows: Sequence[str]) -> Mapping[str, Record]:
        """Read accounts that are pointed at and not changed: of them only whose they are is asked."""
        return self._keep_found(table, rows, locked_rows(self._connection, table, rows, OF_AN_OWNER))

    def _keep_found(self, table: str, rows: Sequence[str], found: Mapping[str, Record]) -> Mapping[str, Record]:
        for row in rows:
            self._found[table, row] = self._now[table, row] = found.get(row)
        return found

    def rows(self, table: str, rows: Sequence[str]) -> dict[str, Record]:
        """Give rows as they are now; those that were not foreseen are read under lock."""
        missing = [row for row in rows if (table, row) not in self._now]
        if missing:
            self._fetched(table, missing)
        return {row: record for row in rows if (record := self._now[table, row]) is not None}

    def knows(self, key: Key) -> bool:
        """Say whether a row was read."""
        return key in self._now

    def now(self, key: Key) -> Record | None:
        """Give a row that was read as it is now."""
        return self._now[key]

    def last_writer(self, key: Key) -> str:
        """Give the device that made the present version of a row, empty for the centre itself."""
        return self._writers.get(key, "")

    def keep(self, picture: Picture) -> None:
        """Take over what one changeset made of its rows, under the versions that the feed would have given them."""
        for key in picture.changed():
            now = picture.after[key]
            if now is None:
                raise Alone
            ver, told = picture.version(key), self._told.get(key, 0)
            ver = self._told[key] = ver if ver > told else version_above(told, key[0], now)
            self._now[key] = {**now, "id": key[1], "ver": ver}
            self._writers[key] = self._writer

    def write(self, feed: Feed) -> None:
        """Write what changed, owners before their parts, each row once, and tell the feed all that was read of it."""
        fresh: dict[str, list[tuple[Value, ...]]] = {}
        changed: dict[str, dict[tuple[str, ...], list[tuple[Value, ...]]]] = {}
        for (table, row), now in tuple(self._now.items()):
            was = self._found[table, row]
            if now is was or now is None:
                continue
            if was is None:
                fresh.setdefault(table, []).append(tuple(now[column] for column in columns_of(table)))
            else:
                columns = tuple(column for column, value in now.items() if was[column] != value)
                values = (*(now[column] for column in columns), row)
                changed.setdefault(table, {}).setdefault(columns, []).append(values)
            feed.touch_as_read((table, row), self._placed(table, row, now), self._known.get((table, row), ()))
        for name in TABLES:
            if name in fresh:
                columns = columns_of(name)
                made = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - tables of ours
                run_over(self._connection, made, fresh[name])
            for columns, rows in changed.get(name, {}).items():
                places = ", ".join(f"{column} = ?" for column in columns)
                run_over(self._connection, f"UPDATE {name} SET {places} WHERE id = ?", rows)  # noqa: S608 - tables of ours

    def _placed(self, table: str, row: str, now: Record) -> Now:
        """Give scopes and version of a row as it is now; its account was locked before the feed was read."""
        of = belongs = None if (held := now[belongs_by(table)]) is None else str(held)
        if belongs_by(table) == "account_id":
            account = self.rows(PORTFOLIO_ROOT, (belongs or "",)).get(belongs or "")
            of = None if account is None or account["rep_id"] is None else str(account["rep_id"])
        return scopes_of_row(table, row, belongs, of), int(now["ver"] or 0)


class SharedPicture(Picture):
    """The picture of one changeset among many: rows by their ids alone."""

    def __init__(self, connection: Connection, shared: SharedRows) -> None:
        super().__init__(connection)
        self._shared = shared

    @property
    def connection(self) -> Connection:
        """Raise Alone: what changesets before this one did is not in the database yet."""
        raise Alone

    def last_writer(self, table: str, row: str) -> str:
        return self._shared.last_writer((table, row))

    def read(self, keys: Iterable[Key]) -> None:
        """Read rows; nearly all were foreseen, and are taken as they are known."""
        missing: list[Key] = []
        for key in keys:
            if key not in self.before:
                if self._shared.knows(key):
                    self.before[key] = self.after[key] = self._shared.now(key)
                else:
                    missing.append(key)
        if missing:
            super().read(missing)

    def _found(self, table: str, rows: Sequence[str]) -> Mapping[str, Record]:
        return self._shared.rows(table, rows)


def _point_at(asked: dict[str, set[str]], table: str, values: Mapping[str, Value]) -> None:
    """Note the rows that a row points at."""
    for column, owner in _pointers(table):
        value = values.get(column)
        if isinstance(value, str) and _ID.fullmatch(value):
            asked.setdefault(owner, set()).add(value)


@cache
def _pointers(table: str) -> tuple[tuple[str, str], ...]:
    """Give the columns that name other rows, with the tables of those."""
    of_account = (("account_id", PORTFOLIO_ROOT),) if "account_id" in SYNCED.tables[table].c else ()
    return (*references(table), *of_account)
