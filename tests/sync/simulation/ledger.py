"""What must hold at each of the centre's commits, found out from its tables alone, beside the code that wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection

from app.store.codec import Record, compact_json
from app.store.rows import SYNCED
from sync.protocol import sums
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.digest import digest_of
from sync.protocol.overlay import contests_of
from sync.protocol.results import FieldConflict, FieldMerge, Rejected, Result, unpack_result
from sync.protocol.scope import CATALOGUE_TABLES

Key = tuple[str, str]
COLUMNS = {table.name: tuple(column.name for column in table.columns) for table in SYNCED.sorted_tables}
READ = {name: f"SELECT {', '.join(columns)} FROM {name}" for name, columns in COLUMNS.items()}
NOTHING: Record = {}


class Violation(AssertionError):
    """A promise was broken; the first word names it."""


def must(condition: bool, promise: str, *facts: object) -> None:
    if not condition:
        raise Violation(f"{promise}: {' '.join(map(str, facts))}")


class Cursor(Protocol):
    def execute(self, operation: str, /) -> object: ...
    def fetchall(self) -> Sequence[tuple[str | int | None, ...]]: ...


def cursor_of(connection: Connection) -> Cursor:
    """Give the driver's own cursor: it sees what the transaction sees, and begins none."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    return driver.cursor()


def read_rows(cursor: Cursor) -> dict[Key, Record]:
    """Give all synced rows of a store."""
    return {
        (name, str(row[0])): dict(zip(COLUMNS[name], row, strict=True))
        for name, statement in READ.items()
        for row in _all(cursor, statement)
    }


def scope_of(key: Key, row: Record, rows: Mapping[Key, Record]) -> str:
    """Say where a row belongs, by its owner."""
    if key[0] in CATALOGUE_TABLES:
        return "catalogue"
    if key[0] == "rep":
        return f"team:{row['team'] or ''}"
    account = row if key[0] == "account" else rows.get(("account", str(row["account_id"])), NOTHING)
    return f"rep:{account.get('rep_id') or ''}"


class Ledger:
    """Follows the centre commit by commit."""

    def __init__(self, pushed: dict[str, Changeset] | None = None) -> None:
        self.rows: dict[Key, Record] = {}
        self.heads: dict[str, int] = {}
        self.told: dict[Key, int] = {}
        self.answers: dict[str, str] = {}
        self.pushed: dict[str, Changeset] = pushed or {}
        self.asked = False
        """Whether the commit is on behalf of a device."""
        self.found: list[Violation] = []

    def pushed_is(self, changeset: Changeset) -> None:
        """Remember what a device sent; under one `mid` it never says anything else."""
        known = self.pushed.setdefault(changeset.mid, changeset)
        must(digest_of(known) == digest_of(changeset), "changeset changed", changeset.mid, changeset.name)

    def begin(self, connection: Connection) -> None:
        """Take the centre as it is."""
        cursor = cursor_of(connection)
        self.rows = read_rows(cursor)
        self.heads = {str(scope): int(str(head)) for scope, head in _all(cursor, "SELECT scope, head FROM sync_scope")}
        self.answers = _answers(cursor)

    def look(self, connection: Connection) -> None:
        """Check what is about to be committed. Raises Violation."""
        try:
            self._look(cursor_of(connection))
        except Violation as violation:
            self.found.append(violation)
            raise

    def _look(self, cursor: Cursor) -> None:
        heads = {str(scope): int(str(head)) for scope, head in _all(cursor, "SELECT scope, head FROM sync_scope")}
        ((count,),) = _all(cursor, "SELECT count(*) FROM sync_applied")
        if heads == self.heads and count == len(self.answers):
            return
        rows, answers = read_rows(cursor), _answers(cursor)
        fresh = [mid for mid in answers if mid not in self.answers]
        must(answers.items() >= self.answers.items(), "an answer changed or was lost")
        must(len(fresh) <= 1, "one changeset a transaction", fresh)
        if fresh and fresh[0] in self.pushed:
            self._check_answer(self.pushed[fresh[0]], unpack_result(answers[fresh[0]]), rows, _kept(cursor))
        else:
            must(not fresh, "an answer to what nobody sent", fresh)
            must(not self.asked or rows == self.rows, "effect without its record")
        self._check_feed(cursor, rows, heads)
        self.rows, self.heads, self.answers = rows, heads, answers

    # ------------------------------------------------------------------------------------------ a changeset
    def _check_answer(
        self, changeset: Changeset, result: Result, rows: Mapping[Key, Record], kept: set[tuple[str, str, str, str]]
    ) -> None:
        if isinstance(result, Rejected):
            must(rows == self.rows, "a refusal changed rows", changeset.name, result.code)
            return
        keys = {(entry.table, entry.row) for entry in changeset.entries}
        for key in self.rows.keys() | rows.keys():
            if key not in keys and self.rows.get(key) != rows.get(key):
                must(key not in self.rows, "a row was touched that the changeset does not name", key, changeset.name)
        for entry in changeset.entries:
            self._check_entry(entry, result, rows.get((entry.table, entry.row)), kept)

    def _check_entry(
        self, entry: Entry, result: Result, now: Record | None, kept: set[tuple[str, str, str, str]]
    ) -> None:
        was = self.rows.get((entry.table, entry.row))
        told = {field.column: field for field in contests_of(entry, result)}
        if entry.op is Op.DELETE:
            if was is not None and was["ver"] != entry.base_ver:
                others = [c for c, base in entry.old.items() if was[c] != base]
                must(not others or now is not None, "a deletion beat an edit", entry.table, entry.row, others)
            return
        must(now is not None, "an edit vanished", entry.table, entry.row)
        for column, mine in entry.new.items():
            value = (now or NOTHING)[column]
            field = told.get(column)
            must(
                value == mine or (field is not None and field.mine == mine),
                "silent overwrite: mine is lost",
                *(entry.table, entry.row, column, repr(mine), repr(value)),
            )
            if was is None or entry.op is Op.CREATE:
                continue
            theirs = was[column]
            if value != theirs != entry.old[column]:
                place = (entry.table, entry.row, column, compact_json(theirs))
                must(_has(field, theirs) or place in kept, "silent overwrite: theirs is lost", *place, repr(value))

    # ------------------------------------------------------------------------------------------ the feed
    def _check_feed(self, cursor: Cursor, rows: Mapping[Key, Record], heads: Mapping[str, int]) -> None:
        entries = _all(cursor, "SELECT scope, seq, table_name, row_id, op, ver FROM sync_entry")
        there: dict[tuple[str, Key], int] = {}
        fresh: dict[str, list[int]] = {}
        for scope, seq, table, row, op, ver in entries:
            key, number = (str(table), str(row)), int(str(ver))
            must(number >= self.told.get(key, 0) or op != "U", "a version fell", key, number)
            if op == "U":
                there[str(scope), key] = number
                self.told[key] = max(number, self.told.get(key, 0))
            if int(str(seq)) > self.heads.get(str(scope), 0):
                fresh.setdefault(str(scope), []).append(int(str(seq)))
        for scope, head in heads.items():
            before = self.heads.get(scope, 0)
            must(sorted(fresh.get(scope, ())) == list(range(before + 1, head + 1)), "sequence not dense", scope, head)
        wanted = {(scope_of(key, row, rows), key): int(str(row["ver"])) for key, row in rows.items()}
        must(there == wanted, "feed is not what the tables hold", sorted(there.items() ^ wanted.items())[:3])
        for scope, total in _all(cursor, "SELECT scope, state_sum FROM sync_scope"):
            own = ((*key, ver) for (where, key), ver in wanted.items() if where == scope)
            must(sums.sum_of_all(own) == total, "sum is not that of the rows", scope)
        for key, now in rows.items():
            was = self.rows.get(key)
            if was is not None and was != now:
                must(int(str(now["ver"])) > int(str(was["ver"])), "changed under the same version", key)


def _has(field: FieldMerge | FieldConflict | None, theirs: object) -> bool:
    return field is not None and field.theirs == theirs


def _all(cursor: Cursor, statement: str) -> Sequence[tuple[str | int | None, ...]]:
    cursor.execute(statement)
    return cursor.fetchall()


def _answers(cursor: Cursor) -> dict[str, str]:
    return {str(mid): str(result) for mid, result in _all(cursor, "SELECT mid, result FROM sync_applied")}


def _kept(cursor: Cursor) -> set[tuple[str, str, str, str]]:
    """Give every value of others that is kept aside: table, row, column, the value as JSON."""
    kept = _all(cursor, "SELECT table_name, row_id, column_name, theirs FROM sync_conflict")
    return {(str(t), str(r), str(c), str(v)) for t, r, c, v in kept}
