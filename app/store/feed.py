"""The outbox seen from the road: what waits for the centre, what it answered, and what that does to the rows here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from app.store.codec import Record, compact_json, instant
from app.store.derived import Change, Derived
from app.store.engine import Engines
from app.store.failures import told_as_trouble
from app.store.guard import Writer, writing
from app.store.many_rows import write_many
from app.store.naming import new_id
from app.store.quarantine import is_aside, take_back
from app.store.rows import SYNCED
from app.store.rows.device import LAST_EXCHANGE, ChangesetState
from sync.protocol.changeset import Changeset, Entry, Op, Value
from sync.protocol.overlay import base_under, laid_on, taken
from sync.protocol.results import Applied, Conflict, Deferred, Merged, Rejected, Result, pack_result, unpack_result

Key = tuple[str, str]
"""A table's name and a row's id."""

_CHANGESET = "SELECT n, mid, name, at, revision, facts, undoes, final FROM changeset "
_WAITING = "state IN ('pending', 'sent')"
_LAST = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changeset'), 0)"
"""The last number ever given, whatever was pruned."""
_ENTRY = "SELECT e.mid, e.table_name, e.row_id, e.op, e.base_ver, e.old, e.new FROM changeset_entry e "

_STATES: dict[type[Result], ChangesetState] = {
    Applied: ChangesetState.APPLIED,
    Merged: ChangesetState.MERGED,
    Conflict: ChangesetState.CONFLICT,
    Rejected: ChangesetState.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: how many changesets, the lowest number among them (the next one to come where none waits)."""

    count: int
    first: int
    last: int


class DeviceFeed:
    """The device's store as the sync engine meets it; safe on any thread, its writes queue behind the rep's own.

    `tell` hears the names of the tables that an answer or a pull touched, after the commit.
    """

    def __init__(self, engines: Engines, derived: Derived, tell: Callable[[frozenset[str]], None]) -> None:
        self.engines = engines
        self.derived = derived
        self.tell = tell

    # ------------------------------------------------------------------------------------------ small facts
    def recall(self, name: str) -> str | None:
        """Give a small fact of the store."""
        with self.reading() as connection:
            found = connection.exec_driver_sql("SELECT value FROM meta WHERE name = ?", (name,)).scalar_one_or_none()
        return None if found is None else str(found)

    def remember(self, facts: Mapping[str, str]) -> None:
        """Keep small facts of the store, all or none."""
        with self.writing() as connection:
            for name, value in facts.items():
                connection.exec_driver_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))

    def exchanged(self, at: int) -> None:
        """Note that an exchange was complete (microseconds UTC)."""
        self.remember({LAST_EXCHANGE: str(at)})

    # ------------------------------------------------------------------------------------------ what waits
    def waiting(self) -> Waiting:
        """Say what waits for the centre's answer."""
        with self.reading() as connection:
            row = connection.exec_driver_sql(
                f"SELECT count(*), min(n), {_LAST} FROM changeset WHERE {_WAITING}"  # noqa: S608 - constants
            ).one()
        return Waiting(row[0], row[2] + 1 if row[1] is None else row[1], row[2])

    def pending(self, most: int, most_bytes: int) -> list[Changeset]:
        """Give the changesets that wait, in order, up to a count and about a size; always the first."""
        found: list[Changeset] = []
        size = 0
        with self.reading() as connection:
            rows = connection.exec_driver_sql(f"{_CHANGESET} WHERE {_WAITING} ORDER BY n LIMIT ?", (most,)).all()
            for row in rows:
                changeset = _changeset(connection, row)
                size += len(msgspec.json.encode(changeset))
                if found and size > most_bytes:
                    break
                found.append(changeset)
        return found

    def sent(self, numbers: Sequence[int], at: int) -> None:
        """Note that these are on their way."""
        with self.writing() as connection:
            for n in numbers:
                connection.exec_driver_sql(
                    f"UPDATE changeset SET state = 'sent', sent_at = ? WHERE n = ? AND {_WAITING}",  # noqa: S608 - constants
                    (at, n),
                )

    # ------------------------------------------------------------------------------------------ answers
    def answer(self, n: int, mid: str, result: Result, at: int) -> bool:
        """Keep what the centre answered, with what it does to the rows here; gives whether it raised a problem.

        Heard again it changes nothing. A refusal takes back here what the centre did not take, but never a document;
        what was done on top of it stays on top. A conflict is kept with all three values until the rep decides.
        """
        with self.writing() as connection:
            row = connection.exec_driver_sql(f"{_CHANGESET} WHERE n = ? AND mid = ? AND {_WAITING}", (n, mid)).first()
            if row is None:
                return False
            if isinstance(result, Deferred):
                again = "UPDATE changeset SET state = 'pending', result = ? WHERE n = ?"
                connection.exec_driver_sql(again, (pack_result(result), n))
                return False
            changeset = _changeset(connection, row)
            changes = [
                change
                for key in dict.fromkeys((entry.table, entry.row) for entry in changeset.entries)
                if (change := _settle(connection, key, changeset, result)) is not None
            ]
            connection.exec_driver_sql(
                "UPDATE changeset SET state = ?, result = ?, answered_at = ? WHERE n = ?",
                (_STATES[type(result)].value, pack_result(result), at, n),
            )
            self.derived.refresh(connection, changes)
            is_problem = _note_problem(connection, changeset, result, at)
        self.tell(frozenset({"changeset", *(key[0] for key, _, _ in changes), *(["problem"] if is_problem else [])}))
        return is_problem

    # ------------------------------------------------------------------------------------------ problems
    def conflict(self, problem_id: str) -> tuple[Changeset, Conflict] | None:
        """Give the changeset and the conflict of an open problem; None where it is no conflict, or settled."""
        with self.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT c.n, c.result FROM problem p JOIN changeset c ON c.mid = p.mid "
                "WHERE p.id = ? AND p.is_settled = 0",
                (problem_id,),
            ).first()
            result = None if found is None or found[1] is None else unpack_result(found[1])
            if found is None or not isinstance(result, Conflict):
                return None
            row = connection.exec_driver_sql(f"{_CHANGESET} WHERE n = ?", (found[0],)).one()
            return _changeset(connection, row), result

    def settle(self, problem_id: str) -> None:
        """Put a problem away."""
        with self.writing() as connection:
            connection.exec_driver_sql("UPDATE problem SET is_settled = 1 WHERE id = ?", (problem_id,))
        self.tell(frozenset({"problem"}))

    # ------------------------------------------------------------------------------------------ connections
    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a read of one moment."""
        with told_as_trouble(), self.engines.reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction of the sync engine; owners and parts may come in any order, the centre has checked them.

        Raises Trouble as the unit of work does.
        """
        with told_as_trouble(), self.engines.writer.connect() as connection:
            driver = connection.connection.dbapi_connection
            if driver is None:
                raise RuntimeError("the writing connection is closed")
            # Within a transaction the switch does nothing: it is turned before it begins and after it ended.
            driver.cursor().execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin(), writing(connection, Writer.SYNC):
                    yield connection
            finally:
                driver.cursor().execute("PRAGMA foreign_keys=ON")


# ---------------------------------------------------------------------------------------------- rows and their edits
def pending_entries(connection: Connection) -> dict[Key, list[Entry]]:
    """Give the entries of all changesets that wait, by row, each row's in the order in which they were made."""
    waiting = f"JOIN changeset c ON c.mid = e.mid WHERE c.{_WAITING} ORDER BY c.n, e.position"
    found: dict[Key, list[Entry]] = {}
    for row in connection.exec_driver_sql(_ENTRY + waiting):
        found.setdefault((row[1], row[2]), []).append(_entry(row))
    return found


def row_of(connection: Connection, key: Key) -> Record | None:
    """Give a row as it is here."""
    table = SYNCED.tables[key[0]]
    found = connection.execute(table.select().where(table.c.id == key[1])).mappings().first()
    return None if found is None else dict(found)


def put_row(connection: Connection, key: Key, record: Record | None) -> None:
    """Let a row be this; None takes it away."""
    table = SYNCED.tables[key[0]]
    if record is None:
        connection.execute(table.delete().where(table.c.id == key[1]))
        return
    upsert_rows(connection, key[0], tuple(record), [tuple(record.values())])


def changeset_of(connection: Connection, n: int) -> Changeset:
    """Give a changeset by its number."""
    return _changeset(connection, connection.exec_driver_sql(f"{_CHANGESET} WHERE n = ?", (n,)).one())


def upsert_rows(
    connection: Connection,
    name: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Value, ...]],
    *,
    is_guarded: bool = True,
) -> None:
    """Write rows given as tuples under one header over those that are there; guarded, a later version stays."""
    known = SYNCED.tables[name].columns
    names = [known[column].name for column in columns]
    over = ", ".join(f"{column} = excluded.{column}" for column in names if column != "id")
    guard = f" WHERE excluded.ver >= {name}.ver" if is_guarded else ""
    head = f"INSERT INTO {name} ({', '.join(names)}) VALUES"
    write_many(connection, head, rows, f"ON CONFLICT (id) DO UPDATE SET {over}{guard}")


def shadow_of(connection: Connection, key: Key) -> tuple[int, Record | None] | None:
    """Give the centre's last word on a row with edits on their way: its version, the row or None; None for no word."""
    row = connection.exec_driver_sql(
        "SELECT base_ver, base FROM sync_shadow WHERE table_name = ? AND row_id = ?", key
    ).first()
    return None if row is None else (row[0], json.loads(row[1]))


def set_shadow(connection: Connection, key: Key, ver: int, base: Record | None) -> None:
    """Keep the centre's last word on a row with edits on their way."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO sync_shadow (table_name, row_id, base_ver, base) VALUES (?, ?, ?, ?)",
        (*key, ver, compact_json(base)),
    )


def drop_shadow(connection: Connection, key: Key) -> None:
    """Forget it: nothing is on its way any more."""
    connection.exec_driver_sql("DELETE FROM sync_shadow WHERE table_name = ? AND row_id = ?", key)


def drop_shadows(connection: Connection, table: str, rows: Sequence[str]) -> None:
    """Forget the shadows of many rows of a table."""
    found = connection.exec_driver_sql("SELECT row_id FROM sync_shadow WHERE table_name = ?", (table,)).scalars().all()
    for row_id in set(found).intersection(rows) if found else ():
        drop_shadow(connection, (table, row_id))


def _settle(connection: Connection, key: Key, changeset: Changeset, result: Result) -> Change | None:
    """Bring one row of an answered changeset to what the centre has, with what still waits laid on top again."""
    waiting = f"JOIN changeset c ON c.mid = e.mid WHERE c.{_WAITING} AND e.table_name = ? AND e.row_id = ?"
    found = connection.exec_driver_sql(f"{_ENTRY} {waiting} ORDER BY c.n, e.position", key).all()
    pending = [_entry(row) for row in found]
    own = [_entry(row) for row in found if row[0] == changeset.mid]
    later = [_entry(row) for row in found if row[0] != changeset.mid]
    now, shadow = row_of(connection, key), shadow_of(connection, key)
    heard = heard_of(now, shadow, pending)
    base = base_under(now, pending) if shadow is None else shadow[1]
    is_revived = base is None and any(entry.op is Op.UPDATE for entry in own) and not isinstance(result, Rejected)
    for entry in () if isinstance(result, Rejected) else own:
        base = taken(base, entry, result)
    after = now if is_revived else laid_on(base, later)
    is_member = heard > 0 and _is_member(connection, key)
    if not later and heard > 0 and not is_member and (isinstance(result, Rejected) or is_aside(connection, key)):
        after = None  # it left all scopes while an edit was on its way: now it goes from here too
        take_back(connection, key[0], (key[1],))
    if after is not None:
        after = {**after, "id": key[1], "ver": heard}
    if later or (after is None and is_member):
        # Where it is deleted here its tombstone is still to come: the scope's sum needs the version heard last.
        set_shadow(connection, key, heard, base)
    else:
        drop_shadow(connection, key)
    if after == now or (after is None and key[0] == "document"):
        return None
    put_row(connection, key, after)
    return (key, now, after)


def heard_of(now: Record | None, shadow: tuple[int, Record | None] | None, pending: Sequence[Entry]) -> int:
    """Give the version of a row that the centre told last, 0 for none.

    A row that was taken away and made again here bears none itself: then the first edit on its way knows it.
    """
    if shadow is not None:
        return shadow[0]
    if pending:
        return pending[0].base_ver
    return 0 if now is None else int(now["ver"] or 0)


def _is_member(connection: Connection, key: Key) -> bool:
    found = "SELECT 1 FROM sync_member WHERE table_name = ? AND row_id = ?"
    return connection.exec_driver_sql(found, key).first() is not None


def _note_problem(connection: Connection, changeset: Changeset, result: Result, at: int) -> bool:
    """Put a refusal or a conflict before the rep."""
    if isinstance(result, Rejected):
        code, parameters, choices = result.code, result.parameters, []
    elif isinstance(result, Conflict):
        code, parameters = "CONFLICT", {}
        choices = [
            {
                "table": field.table,
                "row": field.row,
                "column": field.column,
                "base": _said(field.base),
                "mine": _said(field.mine),
                "theirs": _said(field.theirs),
            }
            for field in result.fields
        ]
    else:
        return False
    connection.exec_driver_sql(
        "INSERT INTO problem (id, mid, code, parameters, choices, at, is_settled) VALUES (?, ?, ?, ?, ?, ?, 0)",
        (new_id(instant(at)), changeset.mid, code, compact_json(parameters), compact_json(choices), at),
    )
    return True


def _said(value: Value) -> str:
    return "" if value is None else str(value)


def _changeset(connection: Connection, row: Sequence[str | int | None]) -> Changeset:
    n, mid, name, at, revision, facts, undoes, final = row
    entries = connection.exec_driver_sql(f"{_ENTRY} WHERE e.mid = ? ORDER BY e.position", (mid,))
    return Changeset(
        n=int(n or 0),
        mid=str(mid),
        name=str(name),
        at=int(at or 0),
        revision=str(revision),
        facts=json.loads(str(facts)),
        undoes=None if undoes is None else str(undoes),
        final=bool(final),
        entries=tuple(_entry(entry) for entry in entries),
    )


def _entry(row: Sequence[str | int]) -> Entry:
    _, table, row_id, op, base_ver, old, new = row
    return Entry(
        table=str(table),
        row=str(row_id),
        op=Op(str(op)),
        base_ver=int(base_ver),
        old=json.loads(str(old)),
        new=json.loads(str(new)),
    )
