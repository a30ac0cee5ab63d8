"""What must hold at each of the centre's commits, found out from its tables alone, beside the code that wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection

from app.store.codec import Record, compact_json
from app.store.rows import SYNCED
from sync.protocol import sums
from sync.protocol.changeset import Changeset, Entry, Op, Value
from sync.protocol.conflict import merged_sets
from sync.protocol.digest import digest_of
from sync.protocol.overlay import contests_of
from sync.protocol.results import FieldConflict, FieldMerge, Kept, Rejected, Result, unpack_result
from sync.protocol.scope import CATALOGUE_TABLES

Key = tuple[str, str]
COLUMNS = {table.name: tuple(column.name for column in table.columns) for table in SYNCED.sorted_tables}
READ = {name: f"SELECT {', '.join(columns)} FROM {name}" for name, columns in COLUMNS.items()}
NOTHING: Record = {}
RESERVATION = "reservation"
"""The table whose rows are asked for by commands."""
_DECIDED = {"state", "valid_until", "ver"}
"""What of places and holds is the centre's to say."""
Places = Mapping[str, set[Key]]
"""Rows by scope."""
Rows = Mapping[Key, Record]
KeptAside = set[tuple[str, str, str, str]]
"""Values of others that are kept: table, row, column, the value as JSON."""


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


def loaded_rows(rows: Rows, accounts: set[str]) -> dict[tuple[str, Key], int]:
    """Give the rows of loaded accounts, each with its version in the scope of the load."""
    return {
        (f"load:{account}", key): int(str(row["ver"]))
        for key, row in rows.items()
        if (account := str(row["id"] if key[0] == "account" else row.get("account_id", ""))) in accounts
    }


def check_places(rows: Mapping[Key, Record], holds: Iterable[tuple[object, ...]]) -> None:
    """No place has two holds, a place is held if and only if one live reservation has it, and nothing is pending."""
    live: dict[object, list[object]] = {}
    for (table, row), record in rows.items():
        if table == "reservation" and record["state"] in {"pending", "granted"}:
            must(record["state"] == "granted", "an asking was not decided", row)
            live.setdefault(record["slot_id"], []).append(row)
    for slot, found in live.items():
        must(len(found) == 1, "oversold", slot, found)
    held = {row for (table, row), record in rows.items() if table == "slot" and record["state"] == "held"}
    must(held == live.keys(), "a place is held by nobody, or free while somebody has it", held ^ live.keys())
    kept = {(slot, row) for slot, row in holds}
    must(kept == {(slot, found[0]) for slot, found in live.items()}, "holds are not the reservations", kept)


class Ledger:
    """Follows the centre commit by commit."""

    def __init__(self, pushed: dict[str, Changeset] | None = None) -> None:
        self.rows: dict[Key, Record] = {}
        self.heads: dict[str, int] = {}
        self.told: dict[Key, int] = {}
        self.answers: dict[str, str] = {}
        self.pushed: dict[str, Changeset] = pushed or {}
        self.places: Places = {}
        """Which rows are in which scope."""
        self.ever: dict[str, set[Key]] = {}
        """Which rows ever were."""
        self.during: list[tuple[Mapping[Key, Record], Places]] = []
        """What the centre held in the course of the request that was answered last."""
        self.asked = False
        """Whether the commit is on behalf of a device."""
        self.found: list[Violation] = []
        self.papers: set[object] = set()
        """The hashes that documents ever named; what was taken back may have left its bytes."""
        self.meant: dict[tuple[Key, object], Record] = {}
        """What every version of a row ever said, also what a centre said that was put back."""
        self.sealed: dict[str, Record] = {}
        """Every signed document that was ever there."""
        self.orders: dict[str, object] = {}
        """The version in which each proposal was signed."""

    def pushed_is(self, changeset: Changeset) -> None:
        """Remember what a device sent; under one `mid` it never says anything else."""
        known = self.pushed.setdefault(changeset.mid, changeset)
        must(digest_of(known) == digest_of(changeset), "changeset changed", changeset.mid, changeset.name)

    def begin(self, connection: Connection) -> None:
        """Take the centre as it is."""
        cursor = cursor_of(connection)
        self.rows = read_rows(cursor)
        self._put_in_places((scope_of(key, row, self.rows), key) for key, row in self.rows.items())
        self.heads = {str(scope): int(str(head)) for scope, head in _all(cursor, "SELECT scope, head FROM sync_scope")}
        self.answers = _answers(cursor)
        self._note_papers(self.rows)
        self.meant |= {(key, row["ver"]): row for key, row in self.rows.items()}

    def _note_papers(self, rows: Rows) -> None:
        named = [row for (table, _), row in rows.items() if table == "document"]
        self.papers.update(row[name] for row in named for name in ("sha256", "shown_sha256"))

    def look(self, connection: Connection) -> None:
        """Check what is about to be committed. Raises Violation."""
        try:
            self._look(cursor_of(connection))
        except Violation as violation:
            self.found.append(violation)
            raise

    def must_be_well(self) -> None:
        """Raise the first Violation that was found, if any."""
        if self.found:
            raise self.found[0]

    def _look(self, cursor: Cursor) -> None:
        heads = {str(scope): int(str(head)) for scope, head in _all(cursor, "SELECT scope, head FROM sync_scope")}
        ((count,),) = _all(cursor, "SELECT count(*) FROM sync_applied")
        if heads == self.heads and count == len(self.answers):
            return
        rows, answers = read_rows(cursor), _answers(cursor)
        fresh = [mid for mid in answers if mid not in self.answers]
        must(answers.items() >= self.answers.items(), "an answer changed or was lost")
        if fresh:
            unknown = [mid for mid in fresh if mid not in self.pushed]
            must(not unknown, "an answer to what nobody sent", unknown)
            taken = [(self.pushed[mid], unpack_result(answers[mid])) for mid in fresh]
            self._check_answers(sorted(taken, key=lambda one: one[0].n), rows, _kept(cursor))
        else:
            must(not self.asked or rows == self.rows, "effect without its record")
        self._check_feed(cursor, rows, heads)
        check_places(rows, _all(cursor, "SELECT slot_id, reservation_id FROM slot_hold"))
        self._check_sealed(rows)
        self._note_papers(rows)
        self.rows, self.heads, self.answers = rows, heads, answers
        self.during.append((rows, self.places))

    # ------------------------------------------------------------------------------------------ changesets
    def _check_answers(self, answered: Sequence[tuple[Changeset, Result]], rows: Rows, kept: KeptAside) -> None:
        """Check the changesets of one transaction; of several the tables show only what all of them did together."""
        if len(answered) == 1:
            self._check_answer(*answered[0], self.rows, rows, kept)
            return
        was: Rows = self.rows
        for changeset, result in answered:
            now = _laid_on(was, changeset, result)
            self._check_answer(changeset, result, was, now, kept)
            was = now
        for key in was.keys() | rows.keys():
            told, there = _said(was.get(key)), _said(rows.get(key))
            must(told == there, "silent overwrite: mine is lost, or a row was touched that is not named", key, there)

    def _check_answer(self, changeset: Changeset, result: Result, before: Rows, rows: Rows, kept: KeptAside) -> None:
        if isinstance(result, Rejected):
            must(rows == before, "a refusal changed rows", changeset.name, result.code)
            return
        keys = {(entry.table, entry.row) for entry in changeset.entries}
        for key in before.keys() | rows.keys():
            if key not in keys and before.get(key) != rows.get(key) and not _is_decided(key, before.get(key), rows):
                must(key not in before, "a row was touched that the changeset does not name", key, changeset.name)
        for entry in changeset.entries:
            key = (entry.table, entry.row)
            self._check_entry(entry, result, before.get(key), rows.get(key), kept)

    def _check_entry(
        self, entry: Entry, result: Result, was: Record | None, now: Record | None, kept: KeptAside
    ) -> None:
        told = {field.column: field for field in contests_of(entry, result)}
        if entry.op is Op.DELETE:
            if was is not None and entry.table == RESERVATION:
                must(now is None, "a place was not let go", entry.row)
            elif was is not None and was["ver"] != entry.base_ver:
                others = [c for c, base in entry.old.items() if was[c] != base]
                must(not others or now is not None, "a deletion beat an edit", entry.table, entry.row, others)
            return
        must(now is not None, "an edit vanished", entry.table, entry.row)
        for column, mine in entry.new.items():
            if entry.table == RESERVATION and column in {"state", "valid_until"}:
                continue  # the centre's to say
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

    def _check_sealed(self, rows: Mapping[Key, Record]) -> None:
        forms: list[tuple[object, str]] = []
        for (table, row_id), row in rows.items():
            if table == "document" and row["kind"] == "signed_order_form":
                self.sealed.setdefault(row_id, row)
                forms.append((row["proposal_id"], str(row["number"]).rpartition("-")[2]))
        for (table, row_id), row in rows.items():
            if table == "proposal" and str(row["status"]).startswith("signed"):
                ordered = self.orders.setdefault(row_id, row["version"])
                must(ordered == row["version"], "a proposal was signed twice", row_id, ordered, row["version"])
                must(forms.count((row_id, str(row["version"]))) < 2, "a proposal was signed twice", row_id)
        for row_id, was in self.sealed.items():
            now = rows.get(("document", row_id))
            must(now is not None and {**now, "ver": 0} == {**was, "ver": 0}, "a signed document changed", row_id)

    # ------------------------------------------------------------------------------------------ the feed
    def _put_in_places(self, wanted: Iterable[tuple[str, Key]]) -> None:
        places: dict[str, set[Key]] = {}
        for scope, key in wanted:
            places.setdefault(scope, set()).add(key)
        self.places = places
        for scope, keys in places.items():
            self.ever.setdefault(scope, set()).update(keys)

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
        wanted |= loaded_rows(rows, {str(account) for (account,) in _all(cursor, "SELECT account_id FROM sync_load")})
        self._put_in_places(wanted)
        must(there == wanted, "feed is not what the tables hold", sorted(there.items() ^ wanted.items())[:3])
        for scope, total in _all(cursor, "SELECT scope, state_sum FROM sync_scope"):
            own = ((*key, ver) for (where, key), ver in wanted.items() if where == scope)
            must(sums.sum_of_all(own) == total, "sum is not that of the rows", scope)
        for key, now in rows.items():
            was = self.rows.get(key)
            if was == now:
                continue
            if was is not None:
                must(int(str(now["ver"])) > int(str(was["ver"])), "changed under the same version", key)
            meant = self.meant.setdefault((key, now["ver"]), now)
            must(meant == now, "two things under one version", key, meant, now)


def _is_decided(key: Key, was: Record | None, rows: Rows) -> bool:
    """Say whether a row is one that the centre decides: a place taken or freed, a hold that comes or goes with it."""
    if key[0] not in {"slot", RESERVATION}:
        return False
    if was is None or key not in rows:
        return key[0] == RESERVATION
    return all(rows[key][column] == value for column, value in was.items() if column not in _DECIDED)


def _has(field: FieldMerge | FieldConflict | None, theirs: object) -> bool:
    return field is not None and field.theirs == theirs


def _said(row: Record | None) -> Record | None:
    """Give a row without its version, which the feed gives."""
    return None if row is None else {name: value for name, value in row.items() if name != "ver"}


def _laid_on(rows: Rows, changeset: Changeset, result: Result) -> Rows:
    """Give the rows as one changeset that made or changed some leaves them, by the words of its answer."""
    if isinstance(result, Rejected):
        return rows
    after = dict(rows)
    for entry in changeset.entries:
        must(entry.op is not Op.DELETE, "a deletion shares its transaction", changeset.name)
        key = (entry.table, entry.row)
        values = dict(entry.new) | {field.column: _standing(field) for field in contests_of(entry, result)}
        after[key] = {"id": entry.row, "ver": 0, **after.get(key, NOTHING), **values}
    return after


def _standing(field: FieldMerge | FieldConflict) -> Value:
    if isinstance(field, FieldConflict) or field.kept is Kept.THEIRS:
        return field.theirs
    return field.mine if field.kept is Kept.MINE else merged_sets(field.base, field.mine, field.theirs)


def _all(cursor: Cursor, statement: str) -> Sequence[tuple[str | int | None, ...]]:
    cursor.execute(statement)
    return cursor.fetchall()


def _answers(cursor: Cursor) -> dict[str, str]:
    return {
        str(mid): str(result) for mid, result in _all(cursor, "SELECT mid, result FROM sync_applied ORDER BY device, n")
    }


def _kept(cursor: Cursor) -> KeptAside:
    """Give every value of others that is kept aside: table, row, column, the value as JSON."""
    kept = _all(cursor, "SELECT table_name, row_id, column_name, theirs FROM sync_conflict")
    return {(str(t), str(r), str(c), str(v)) for t, r, c, v in kept}
