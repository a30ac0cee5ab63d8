"""A first pull kept on the device, to be killed: tables laid bare and made whole, lists and search made after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from app.domain.identifiers import RepId
from app.store import bare_tables
from app.store.bare_tables import WORTH_IT
from app.store.feed import DeviceFeed
from app.store.guard import sqlite_triggers
from app.store.opening import Store, make_store, open_store
from app.store.pulled import Batch, Phase, Pulled
from app.store.quick_lists import QuickLists
from app.store.rows import SYNCED
from app.store.settling import is_unsettled
from sync.protocol.changeset import Value
from sync.protocol.frames import Columns, Mark, Rows
from sync.protocol.sums import sum_of_all

KEY = bytes(range(32))
ME = "0" * 31 + "e"
SCOPE = f"rep:{ME}"
ACCOUNTS = 12
_COLUMNS = {
    "account": ("id", "ver", "number", "trade_name", "rep_id"),
    "contact": ("id", "ver", "account_id", "position", "name"),
    "activity": ("id", "ver", "account_id", "kind", "subject", "at"),
    "opportunity": ("id", "ver", "account_id", "purpose", "potential", "probability", "period", "closes_on"),
}


class _Now:
    def now(self) -> datetime:
        return datetime(2026, 11, 23, 8, 40, tzinfo=UTC)

    def today(self) -> date:
        return self.now().date()


def _id(number: int) -> str:
    return f"{number:032x}"


def _whole(table: str, row: tuple[Value, ...]) -> tuple[Value, ...]:
    """A row with what it does not say: nothing, where that may be, or else its column's empty value."""
    said = dict(zip(_COLUMNS[table], row, strict=True))
    empty = {column.name: "" if column.type.python_type is str else 0 for column in SYNCED.tables[table].columns}
    return tuple(said.get(name, empty[name]) for name in empty)


def _activities(first: int) -> list[tuple[Value, ...]]:
    """As many as make it worth while to lay the table bare."""
    return [(_id(n), 1, _id(n % ACCOUNTS), "call", f"Appel {n}", n) for n in range(first, first + WORTH_IT)]


BATCHES: list[dict[str, list[tuple[Value, ...]]]] = [
    {
        "account": [(_id(n), 1, str(n), f"Fleuriste {n}", ME) for n in range(ACCOUNTS)],
        "contact": [(_id(n), 1, _id(n), 0, f"Rose {n}") for n in range(ACCOUNTS)],
    },
    {"activity": _activities(1_000)},
    {"activity": _activities(2_000)},
    {"opportunity": [(_id(n), 1, _id(n), "Refaire le site", 100, 50, "2027", "2027-01-01") for n in range(ACCOUNTS)]},
]
SUM = sum_of_all((table, str(row[0]), 1) for batch in BATCHES for table, rows in batch.items() for row in rows)


def _apply(pulled: Pulled, number: int) -> None:
    batch = Batch()
    for table, rows in BATCHES[number].items():
        batch.take(Columns(table=table, columns=tuple(column.name for column in SYNCED.tables[table].columns)))
        batch.take(Rows(table=table, rows=[_whole(table, row) for row in rows]))
    is_last = number == len(BATCHES) - 1
    resume = None if is_last else str(number + 1)
    pulled.apply(batch, Mark(scope=SCOPE, seq=9, tag="a" * 16, check="", resume=resume, more=not is_last))
    if number == 0:
        pulled.bring_lists_up()
    if is_last:
        pulled.settle()


@contextmanager
def _large_from(rows: int) -> Iterator[None]:
    """Let a table of so many rows be large: it gets its indexes in the middle of the pull."""
    before = bare_tables.MOST_BARE
    bare_tables.MOST_BARE = rows
    try:
        yield
    finally:
        bare_tables.MOST_BARE = before


def _go_on(store: Store, acknowledge: Callable[[str], None]) -> None:
    """Read on from where the store says, as the engine does after a start."""
    with _large_from(WORTH_IT):
        _go_on_from_there(store, acknowledge)


def _go_on_from_there(store: Store, acknowledge: Callable[[str], None]) -> None:
    pulled = Pulled(DeviceFeed(store.engine, QuickLists(), store.work.tell))
    cursor = pulled.cursor(SCOPE)
    for number in range(int(cursor.resume or 0) if cursor.phase is not Phase.LIVE else len(BATCHES), len(BATCHES)):
        _apply(pulled, number)
        acknowledge(str(number))


class FirstPulling:
    """A portfolio in four transactions, the indexes and lists after them."""

    def prepare(self, folder: Path) -> None:
        make_store(folder / "store.db", KEY, "")

    def run(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        store = open_store(folder / "store.db", KEY, _Now(), RepId(ME))
        try:
            _go_on(store, acknowledge)
        finally:
            store.close()

    def check(self, folder: Path, acknowledged: Sequence[str]) -> list[str]:
        store = open_store(folder / "store.db", KEY, _Now(), RepId(ME))
        try:
            problems = _wrong(store, len(acknowledged))
            _go_on(store, lambda _number: None)
            return problems + [f"gone on with: {problem}" for problem in _wrong(store, len(BATCHES))]
        finally:
            store.close()


def _wrong(store: Store, kept: int) -> list[str]:
    """What is not whole in a store that has just been opened; `kept` batches are known to be there at least."""
    with store.engine.reader.connect() as connection:

        def one(statement: str) -> object:
            return connection.exec_driver_sql(statement).scalar_one()

        problems = []
        names = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
        indexes = {str(index.name) for table in SYNCED.sorted_tables for index in table.indexes}
        problems += [f"missing: {name}" for name in sorted((indexes | sqlite_triggers().keys()) - names)]
        counts = {table: one(f"SELECT count(*) FROM {table}") for table in _COLUMNS}
        cursor = connection.exec_driver_sql("SELECT resume, phase, state_sum FROM sync_cursor").first()
        number = 0 if cursor is None else len(BATCHES) if cursor[1] == Phase.LIVE else int(cursor[0])
        told = {table: sum(len(batch.get(table, ())) for batch in BATCHES[:number]) for table in _COLUMNS}
        if number < kept or counts != told:
            problems.append(f"{kept} batches acknowledged, the cursor says {number}, but {counts} rows are here")
        if one("SELECT count(*) FROM sync_member") != sum(told.values()):
            problems.append("memberships are not the rows")
        if number == len(BATCHES) and cursor is not None and cursor[2] != SUM:
            problems.append("the sum differs")
        if is_unsettled(connection):
            problems.append("left unsettled")
        found = one("SELECT count(*) FROM account_search WHERE account_search MATCH 'fleuriste rose'")
        listed = one("SELECT count(*) FROM account_index i JOIN account_figure f ON f.n = i.n")
        if (found, listed) != (counts["account"], counts["account"]):
            problems.append(f"{counts['account']} accounts, {listed} of them listed, {found} found")
        if one("SELECT count(*) FROM entry_search WHERE entry_search MATCH 'rose'") != counts["contact"]:
            problems.append("contacts are not found")
        if one("PRAGMA integrity_check") != "ok":
            problems.append("damaged")
        return problems


FIRST_PULLING = FirstPulling()
