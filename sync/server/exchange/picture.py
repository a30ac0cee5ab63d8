"""The rows a changeset concerns, as they were when it came and as it leaves them, with those around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from app.store.codec import Record
from app.store.rows import SYNCED
from sync.protocol.scope import TABLES
from sync.server.among import among
from sync.server.feed import THERE, Feed, Key
from sync.server.straight import Question, rows_of
from sync.server.tables import DEVICE, ENTRY, USER
from sync.server.versions import version_above

# A row that was just loaded bears no writer in the scope of the load: the one of its home counts.
_WRITER = (
    select(ENTRY.c.writer)
    .where(ENTRY.c.table_name == bindparam("named"), ENTRY.c.row_id == bindparam("row"), ENTRY.c.op == THERE)
    .order_by(ENTRY.c.writer.desc())
)

_AUTHOR = (
    select(USER.c.name, ENTRY.c.at)
    .select_from(
        ENTRY.outerjoin(DEVICE, DEVICE.c.device == ENTRY.c.writer).outerjoin(USER, USER.c.login == DEVICE.c.login)
    )
    .where(ENTRY.c.table_name == bindparam("named"), ENTRY.c.row_id == bindparam("row"), ENTRY.c.op == THERE)
    .order_by(ENTRY.c.writer.desc())
)


class Picture:
    """Rows read under lock, changed in memory, and written back at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.before: dict[Key, Record | None] = {}
        self.after: dict[Key, Record | None] = {}
        self._set: set[Key] = set()
        self._changed: list[Key] | None = None

    @property
    def connection(self) -> Connection:
        """The database itself, for what is asked otherwise than row by row."""
        return self._connection

    def last_writer(self, table: str, row: str) -> str:
        """Give the device that made the present version of a row, empty for the centre itself."""
        found = self._connection.execute(_WRITER, {"named": table, "row": row})
        return found.scalars().first() or ""

    def author(self, table: str, row: str) -> tuple[str, int]:
        """Give who made the present version of a row, empty for the centre itself, and when the centre took it."""
        found = self.connection.execute(_AUTHOR, {"named": table, "row": row}).first()
        return ("", 0) if found is None else (found.name or "", found.at)

    def read(self, keys: Iterable[Key]) -> None:
        """Read rows, under lock until the commit; in one order, so that two who wait do not wait for each other."""
        wanted: dict[str, set[str]] = {}
        for table, row in keys:
            if (table, row) not in self.before:
                wanted.setdefault(table, set()).add(row)
        for name in sorted(wanted):
            rows = sorted(wanted[name])  # one order in every process: a run can be played again
            found = self._found(name, rows)
            for row in rows:
                self.before[name, row] = self.after[name, row] = found.get(row)

    def _found(self, table: str, rows: Sequence[str]) -> Mapping[str, Record]:
        return locked_rows(self._connection, table, rows)

    def now(self, table: str, row: str) -> Record | None:
        """Give a row as it is now in this picture, read when it was not yet."""
        key = (table, row)
        if key not in self.after:
            self.read((key,))
        return self.after[key]

    def was(self, table: str, row: str) -> Record | None:
        """Give a row as it was before the changeset, read when it was not yet."""
        key = (table, row)
        if key not in self.before:
            self.read((key,))
        return self.before[key]

    def set(self, table: str, row: str, record: Record | None) -> None:
        """Let a row be this from now on; None takes it away."""
        key = (table, row)
        if key not in self.before:
            self.read((key,))
        self.after[key] = record
        self._set.add(key)
        self._changed = None

    def version(self, key: Key) -> int:
        """Give the version of a row that changed, by what it was here; the feed may have told a later one of it."""
        was = self.before[key]
        return version_above(0 if was is None else int(was["ver"] or 0), key[0], self.after[key])

    def changed(self) -> Sequence[Key]:
        """Give the rows that are not what they were, in the order in which they were read."""
        if self._changed is None:
            self._changed = [key for key in self.after if key in self._set and self.after[key] != self.before[key]]
        return self._changed

    def write(self, feed: Feed) -> None:
        """Write what changed, owners before their parts, and tell the feed."""
        changed = self.changed()
        for name in TABLES:
            rows = [row for table, row in changed if table == name]
            if rows:
                self._write(SYNCED.tables[name], rows)
                feed.touch(name, rows)
        for name in reversed(TABLES):
            gone = [row for table, row in changed if table == name and self.after[name, row] is None]
            if gone:
                table = SYNCED.tables[name]
                self._connection.execute(
                    delete(table).where(table.c.id == bindparam("gone")), [{"gone": r} for r in gone]
                )

    def _write(self, table: Table, rows: Sequence[str]) -> None:
        fresh: list[Record] = []
        for row in rows:
            was, now = self.before[table.name, row], self.after[table.name, row]
            if now is None:
                continue
            said = {**now, "id": row, "ver": self.version((table.name, row))}
            if was is None:
                fresh.append(said)
            else:
                # The version goes along, which saves the feed a statement.
                changed = {column: value for column, value in said.items() if was[column] != value}
                self._connection.execute(update(table).where(table.c.id == row).values(changed))
        if fresh:
            self._connection.execute(insert(table), fresh)


def locked_rows(
    connection: Connection, table: str, rows: Sequence[str], columns: tuple[str, ...] = ()
) -> dict[str, Record]:
    """Read rows of a table under lock until the commit, in the order of their ids; all their columns, or these."""
    names = columns or columns_of(table)
    place = names.index("id")
    found = rows_of(connection, _locked(table, columns), wanted=tuple(rows))
    return {str(row[place]): dict(zip(names, row, strict=True)) for row in found}


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """Give the names of a table's columns, in their order."""
    # The library may hold a name as a kind of its own, which no frame can write.
    return tuple(map(str, SYNCED.tables[table].columns.keys()))


@cache
def _locked(name: str, columns: tuple[str, ...]) -> Question:
    table = SYNCED.tables[name]
    wanted = select(*(table.c[column] for column in columns or columns_of(name)))
    return Question(wanted.where(among(table.c.id, "wanted")).order_by(table.c.id).with_for_update())
