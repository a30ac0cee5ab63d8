"""The outbox seen from the road: what waits for the centre, what it answered, and what that does to the rows here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from app.store.changesets import ENTRY, WAITS, changeset_of, entry_of, first_waiting, holes, parts, row_from
from app.store.codec import Record, compact_json
from app.store.derived import Derived
from app.store.engine import IN_ANY_ORDER, UNCOUNTED, Engines
from app.store.failures import told_as_trouble
from app.store.guard import Writer, writing
from app.store.many_rows import write_many
from app.store.remembered import Remembered
from app.store.rows import SYNCED
from app.store.rows.device import LAST_EXCHANGE
from app.store.straight import plain_rows
from sync.protocol.changeset import Changeset, Entry, Value, read_changeset
from sync.protocol.digest import SURELY_FITS, lightened
from sync.protocol.results import Conflict, unpack_result

Key = tuple[str, str]
"""A table's name and a row's id."""

_MINUTE = 60_000_000
_LAST = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changeset'), 0)"
"""The last number ever given, whatever was pruned."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: how many changesets, the lowest number among them (the next one to come where none waits)."""

    count: int
    first: int
    last: int


def _facts(connection: Connection) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in plain_rows(connection, "SELECT name, value FROM meta")}


def _what_waits(connection: Connection) -> Waiting:
    wanted = f"SELECT count(*), min(n), {_LAST} FROM changeset WHERE {WAITS}"  # noqa: S608 - constants
    ((count, first, last),) = plain_rows(connection, wanted)
    return Waiting(int(count or 0), int(last or 0) + 1 if first is None else int(first), int(last or 0))


class DeviceFeed:
    """The device's store as the sync engine meets it; safe on any thread, its writes queue behind the rep's own.

    `tell` hears the names of the tables that an answer or a pull touched, after the commit; `remembered` keeps what
    the engine asks at every turn.
    """

    def __init__(self, engines: Engines, derived: Derived, tell: Callable[[frozenset[str]], None]) -> None:
        self.engines = engines
        self.derived = derived
        self.tell = tell
        self.remembered = Remembered(engines)
        self._exchanged_in = 0

    # ------------------------------------------------------------------------------------------ small facts
    def facts(self) -> Mapping[str, str]:
        """Give all small facts of the store by name; that of the last exchange is noted past what is remembered."""
        return self.remembered.of(_facts)

    def recall(self, name: str) -> str | None:
        """Give one small fact of the store."""
        return self.facts().get(name)

    def remember(self, facts: Mapping[str, str]) -> None:
        """Keep small facts of the store, all or none."""
        with self.writing() as connection:
            for name, value in facts.items():
                connection.exec_driver_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))

    def exchanged(self, at: int) -> None:
        """Note that an exchange was complete (microseconds UTC), to the minute, as it is told to the rep.

        Nobody waits for the disk here: all that the exchange brought is there already, and this note may be lost with
        the machine's power.
        """
        minute = at // _MINUTE
        if minute == self._exchanged_in:
            return
        self._exchanged_in = minute
        with self.writing(is_durable=False) as connection:
            kept = "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"
            connection.info[UNCOUNTED] = True
            connection.exec_driver_sql(kept, (LAST_EXCHANGE, str(at)))

    # ------------------------------------------------------------------------------------------ what waits
    def waiting(self) -> Waiting:
        """Say what waits for the centre's answer."""
        return self.remembered.of(_what_waits)

    def pending(self, most: int, most_bytes: int) -> list[Changeset]:
        """Give the changesets that wait, in order, up to a count and about a size; always the first."""
        return [read_changeset(said) for _, said in self._first(most, most_bytes)]

    def going(self, most: int, most_bytes: int) -> list[tuple[int, bytes]]:
        """Give the same as they go up: the number of each and its JSON, of one too large what is sent of it."""
        first = self._first(most, most_bytes)
        return [(n, said if len(said) <= SURELY_FITS else lightened(said)) for n, said in first]

    def _first(self, most: int, most_bytes: int) -> list[tuple[int, bytes]]:
        if not self.waiting().count:
            return []
        found: list[tuple[int, bytes]] = []
        size = 0
        with self.reading() as connection:
            for n, said in first_waiting(connection, most):
                size += len(said)
                if found and size > most_bytes:
                    break
                found.append((n, said))
        return found

    def sent(self, numbers: Sequence[int], at: int) -> None:
        """Note that these are on their way.

        It is told to the rep and asked by nothing else: nobody waits for the disk, and all that is remembered holds.
        """
        with self.writing(is_durable=False) as connection:
            connection.info[UNCOUNTED] = True
            noted = "UPDATE changeset SET state = 'sent', sent_at = ? WHERE n"
            for part in parts(numbers):
                connection.exec_driver_sql(f"{noted} IN ({holes(part)}) AND {WAITS}", (at, *part))

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
            return changeset_of(connection, int(found[0])), result

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
    def writing(self, *, is_durable: bool = True) -> Iterator[Connection]:
        """Open a transaction of the sync engine; owners and parts may come in any order, the centre has checked them.

        Raises Trouble as the unit of work does.
        """
        synchronous = "FULL" if is_durable else "NORMAL"
        with told_as_trouble(), self.engines.writer.connect() as connection:
            connection.execution_options(**{IN_ANY_ORDER: True})
            driver = connection.connection.dbapi_connection
            if driver is None:
                raise RuntimeError("the writing connection is closed")
            # Within a transaction the switch does nothing: it is turned before it begins and after it ended.
            driver.cursor().execute(f"PRAGMA synchronous={synchronous}")
            try:
                with connection.begin(), writing(connection, Writer.SYNC):
                    yield connection
            finally:
                driver.rollback()  # a commit that failed leaves its transaction open, within which it does not turn
                driver.cursor().execute("PRAGMA synchronous=FULL")


# ---------------------------------------------------------------------------------------------- rows and their edits
def pending_entries(connection: Connection) -> dict[Key, list[Entry]]:
    """Give the entries of all changesets that wait, by row, each row's in the order in which they were made."""
    waiting = f"JOIN changeset c ON c.mid = e.mid WHERE c.{WAITS} ORDER BY c.n, e.position"
    found: dict[Key, list[Entry]] = {}
    for row in connection.exec_driver_sql(ENTRY + waiting):
        found.setdefault((row[1], row[2]), []).append(entry_of(row))
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
    return None if row is None else (row[0], row_from(row[1]))


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


def heard_of(now: Record | None, shadow: tuple[int, Record | None] | None, pending: Sequence[Entry]) -> int:
    """Give the version of a row that the centre told last, 0 for none.

    A row that was taken away and made again here bears none itself: then the first edit on its way knows it.
    """
    if shadow is not None:
        return shadow[0]
    if pending:
        return pending[0].base_ver
    return 0 if now is None else int(now["ver"] or 0)
