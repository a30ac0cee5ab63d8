"""Puts a damaged store aside and a sound copy in its place, with all that can still be read of what was never sent."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2
from sqlalchemy import Connection

from app.ports.trouble import Trouble
from app.store.backups import Backups, Copy
from app.store.changesets import changeset_of
from app.store.device_files import READY_FILE
from app.store.doubt import note_of
from app.store.engine import open_encrypted
from app.store.feed import DeviceFeed, put_row, row_of
from app.store.migrating import keyed, migrate
from app.store.quick_lists import QuickLists
from app.store.rows.base import table_of
from app.store.rows.device import BlobRow, ChangesetEntryRow, ChangesetRow, ProblemRow
from sync.protocol.changeset import Value
from sync.protocol.overlay import laid_on

PUT_BACK = "put_back_at"
"""The small fact that a copy took the store's place: microseconds UTC of the copy."""
_MAKING = "store.putting-back"

_OF_THE_DISK = (
    "SQLITE_CANTOPEN",
    "SQLITE_IOERR_WRITE",
    "SQLITE_IOERR_FSYNC",
    "SQLITE_IOERR_TRUNCATE",
    "SQLITE_IOERR_SHM",
)
"""How errors begin that no damage to a file raises."""

Row = tuple[Value | bytes, ...]


@dataclass(frozen=True, slots=True)
class PutBack:
    """What came of it: the copy's instant, actions read from the damaged store beyond the copy, numbers not read.

    `knows_all`: whether the damaged store still told how many actions there were; otherwise more may be missing.
    `aside` is the folder where the damaged files are kept, None where there was no store to keep.
    """

    copy_at: datetime
    salvaged: int
    lost: tuple[int, ...]
    knows_all: bool
    aside: Path | None


def put_back(backups: Backups, store_id: str, now: datetime) -> PutBack:
    """Put the newest sound copy in the place of a damaged store, which is kept aside; a crash leaves one or the other.

    A store that is missing gets its copy the same way. What the damaged store still shows of its outbox and its files
    beyond the copy is laid on the copy. Raises Trouble STORE_DAMAGED with no copy that is sound, DISK_FULL, DISK_FAILS.
    """
    store = backups.store
    copy = newest_sound(backups, store_id)
    if copy is None:
        raise Trouble("STORE_DAMAGED", {"path": str(store)}, "no sound copy is there")
    making = store.with_name(_MAKING)
    try:
        for leftover in store.parent.glob(f"{_MAKING}*"):
            leftover.unlink()
        _copied(copy.path, making)
        aside = _kept_aside(store, now)
        laid = _lay_on(making, backups.key, None if aside is None else _Damaged(aside / store.name, backups.key), copy)
        making.replace(store.with_name(READY_FILE))
        finish(store)
    except OSError as error:
        code = "DISK_FULL" if error.errno == errno.ENOSPC else "DISK_FAILS"
        raise Trouble(code, {"path": str(store)}, str(error)) from error
    return PutBack(copy.at, laid.salvaged, laid.lost, laid.knows_all, aside)


def newest_sound(backups: Backups, store_id: str) -> Copy | None:
    """Give the newest copy that holds its own checks and is of this very store."""
    return next((copy for copy in backups.copies() if _is_sound(copy, backups.key, store_id)), None)


def _is_sound(copy: Copy, key: bytes, store_id: str) -> bool:
    try:
        link = keyed(copy.path, key, immutable=True)
        try:
            if link.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return False
            if link.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                return False
            found = link.execute("SELECT value FROM meta WHERE name = 'store'").fetchone()
        finally:
            link.close()
    except sqlcipher3.dbapi2.DatabaseError as error:
        _must_be_damage(error)
        return False
    return found is not None and found[0] == store_id


def _must_be_damage(error: sqlcipher3.dbapi2.DatabaseError) -> None:
    """Raise Trouble DISK_FULL or DISK_FAILS where the disk is at fault, not the file: it can be read another time."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        raise Trouble("DISK_FULL", technical=f"{name}: {error}") from error
    if name.startswith(_OF_THE_DISK):
        raise Trouble("DISK_FAILS", technical=f"{name}: {error}") from error


class _Damaged:
    """The damaged store, read row by row: a page that cannot be read costs what is on it alone."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key

    def rows(self, table: str, columns: Sequence[str], key: str) -> Iterator[Row]:
        """Give the rows of a table that can be read."""
        try:
            link = keyed(self._path, self._key)
        except sqlcipher3.dbapi2.DatabaseError as error:
            _must_be_damage(error)
            return
        try:
            seen = set()
            for order in ("ASC", "DESC"):  # from both ends, up to the damage
                listed = f"SELECT {key}, {', '.join(columns)} FROM {table} ORDER BY {key} {order}"  # noqa: S608 - our own names
                try:
                    for row in link.execute(listed):
                        if row[0] not in seen:
                            seen.add(row[0])
                            yield tuple(row[1:])
                except sqlcipher3.dbapi2.DatabaseError as error:
                    _must_be_damage(error)
        finally:
            link.close()

    def last_number(self) -> int | None:
        """Give the last number that an action bore, None where that cannot be read any more."""
        try:
            link = keyed(self._path, self._key)
            try:
                found = link.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changeset'").fetchone()
            finally:
                link.close()
        except sqlcipher3.dbapi2.DatabaseError as error:
            _must_be_damage(error)
            return None
        return 0 if found is None else int(found[0])


_CHANGESET = tuple(column.name for column in table_of(ChangesetRow).columns)
_ENTRY = tuple(column.name for column in table_of(ChangesetEntryRow).columns)
_PROBLEM = tuple(column.name for column in table_of(ProblemRow).columns)
_BLOB = tuple(column.name for column in table_of(BlobRow).columns)
_LAST_NUMBER = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changeset'), 0)"


@dataclass(frozen=True, slots=True)
class _Laid:
    """What was read from the damaged store, see PutBack."""

    salvaged: int
    lost: tuple[int, ...]
    knows_all: bool


def _lay_on(making: Path, key: bytes, damaged: _Damaged | None, copy: Copy) -> _Laid:
    """Lay on a copy what the damaged store, if there is one, shows beyond it."""
    engines = open_encrypted(making, key)
    try:
        migrate(engines, making, key)
        with DeviceFeed(engines, QuickLists(), lambda _tables: None).writing() as connection:
            laid = _Laid(0, (), knows_all=False) if damaged is None else _laid_beyond(connection, damaged)
            at = int(copy.at.timestamp() * 1_000_000)
            keep = "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"
            connection.exec_driver_sql(keep, (PUT_BACK, str(at)))
            QuickLists().rebuild(connection)
    finally:
        engines.dispose()
    _must_be_whole(making, key)
    return laid


def _must_be_whole(making: Path, key: bytes) -> None:
    """Carry into the file what its log still has: a disk that fails as it is closed is not told of, and the log stays.

    The file alone is put in the store's place; without this the actions that were laid on it would be gone.
    """
    log = making.with_name(f"{making.name}-wal")
    if not log.exists():
        return
    try:
        with closing(keyed(making, key)) as link:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlcipher3.dbapi2.DatabaseError as error:
        code = "DISK_FULL" if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" else "DISK_FAILS"
        raise Trouble(code, {"path": str(making)}, str(error)) from error
    if log.exists() and log.stat().st_size:
        raise Trouble("DISK_FAILS", {"path": str(making)}, "the log is not in the file")


def _laid_beyond(connection: Connection, damaged: _Damaged) -> _Laid:
    found = _beyond(connection, damaged)
    above = int(connection.exec_driver_sql(_LAST_NUMBER).scalar_one())
    for number, (row, entries) in enumerate(found, above + 1):
        # Numbers stay dense: the centre takes none after a gap. What it has, it knows by the action's id.
        _put_action(connection, (number, *row[1:]), entries)
    _put_rows(connection, "problem", _PROBLEM, damaged.rows("problem", _PROBLEM, "id"))
    _put_rows(connection, "blob", _BLOB, filter(_is_whole, damaged.rows("blob", _BLOB, "sha256")))
    read = {_number(row[0]) for row, _ in found}
    last = damaged.last_number()
    lost = tuple(n for n in range(above + 1, max(last or 0, *read, 0) + 1) if n not in read)
    return _Laid(len(found), lost, last is not None)


def _beyond(connection: Connection, damaged: _Damaged) -> list[tuple[Row, list[Row]]]:
    known = set(connection.exec_driver_sql("SELECT mid FROM changeset").scalars())
    mid = _CHANGESET.index("mid")
    changesets = {str(row[mid]): row for row in damaged.rows("changeset", _CHANGESET, "n") if row[mid] not in known}
    entries: dict[str, list[Row]] = {}
    at, place = _ENTRY.index("mid"), _ENTRY.index("position")
    for row in damaged.rows("changeset_entry", _ENTRY, "mid || '/' || position"):
        if str(row[at]) in changesets:
            entries.setdefault(str(row[at]), []).append(row)
    whole = []
    for name, row in sorted(changesets.items(), key=lambda item: _number(item[1][0])):
        parts = sorted(entries.get(name, ()), key=lambda part: _number(part[place]))
        if parts and [_number(part[place]) for part in parts] == list(range(len(parts))):
            whole.append((row, parts))
    return whole


def _number(value: Value | bytes) -> int:
    return value if isinstance(value, int) else 0


def _put_action(connection: Connection, changeset: Row, entries: Sequence[Row]) -> None:
    _put_rows(connection, "changeset", _CHANGESET, [changeset])
    _put_rows(connection, "changeset_entry", _ENTRY, entries)
    for entry in changeset_of(connection, _number(changeset[_CHANGESET.index("n")])).entries:
        key = (entry.table, entry.row)
        now = row_of(connection, key)
        after = laid_on(now, [entry])
        if after is not None:
            after = {**after, "id": entry.row, "ver": 0 if now is None else now["ver"]}
        if after != now:
            put_row(connection, key, after)


def _is_whole(blob: Row) -> bool:
    told = dict(zip(_BLOB, blob, strict=True))
    content = told["content"]
    return isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == told["sha256"]


def _put_rows(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    holes = ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({holes})"  # noqa: S608 - our own names
    for row in rows:
        connection.exec_driver_sql(statement, row)


def _kept_aside(store: Path, now: datetime) -> Path | None:
    """Copy the damaged files into a folder of their own, for whoever can read more of them; None without a store."""
    if not store.exists():
        return None
    aside = store.with_name(f"damaged-{now:%Y%m%dT%H%M%S%f}")
    aside.mkdir(mode=0o700)
    for file in (store, store.with_name(f"{store.name}-wal")):
        if file.exists():
            _copied(file, aside / file.name)
    return aside


def _copied(source: Path, target: Path) -> None:
    """Copy a file so that the disk has all of it."""
    with target.open("wb") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())


def finish(store: Path) -> None:
    """Finish what a crash may have broken off: the copy that is ready takes the store's place.

    The damaged store's log goes first: laid on the copy it would damage that too.
    """
    ready = store.with_name(READY_FILE)
    if ready.exists():
        for file in store.parent.glob(f"{store.name}-*"):
            file.unlink()
        ready.replace(store)
        note_of(store).unlink(missing_ok=True)
