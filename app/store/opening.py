"""Opens the device's store with all that works on it: the unit of work, readers, history."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.domain.identifiers import RepId
from app.ports.clock import Clock
from app.ports.trouble import Trouble
from app.store.aside import take_in
from app.store.backups import Backups
from app.store.doubt import watch
from app.store.engine import Engines, open_encrypted
from app.store.history import SqlHistory
from app.store.journal import Outbox
from app.store.migrating import migrate
from app.store.quick_lists import QuickLists
from app.store.readers import SqlReaders
from app.store.rows.base import table_of
from app.store.rows.device import MetaRow
from app.store.settling import settle
from app.store.unit_of_work import SqlWork

STORE_ID = "store"
"""The name in `meta` of the store's own id, which its key file bears too."""

_META = table_of(MetaRow)


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. `engine.writer` is the one connection that writes, `engine.reader` the pool that reads."""

    work: SqlWork
    readers: SqlReaders
    history: SqlHistory
    engine: Engines
    path: Path
    backups: Backups

    def close(self) -> None:
        """Close every connection; the write-ahead log goes into the file."""
        self.engine.dispose()


def make_store(path: Path, key: bytes, store_id: str) -> None:
    """Make an empty store. Raises Trouble STORE_UNREADABLE where a file of that name is none of ours."""
    engines = open_encrypted(path, key)
    try:
        migrate(engines, path, key)
        with engines.writer.begin() as connection:
            connection.execute(_META.insert(), {"name": STORE_ID, "value": store_id})
    finally:
        engines.dispose()


def open_store(path: Path, key: bytes, clock: Clock, me: RepId, store_id: str = "") -> Store:
    """Open a store under its raw key of 32 bytes, migrating it when it is of an earlier release.

    Where there is no file an empty store is made, unless `store_id` says which one is expected: then a file that is
    not that store is Trouble STORE_DAMAGED. Raises also STORE_UNREADABLE (wrong key or damage), STORE_NEWER,
    STORE_BUSY, SQLITE_TOO_OLD, DISK_FULL, DISK_FAILS.
    """
    if not store_id and not path.exists():
        make_store(path, key, "")
    try:
        engines = open_encrypted(path, key)
    except Trouble as trouble:
        if store_id and trouble.code == "STORE_UNREADABLE":
            raise Trouble("STORE_DAMAGED", trouble.facts, trouble.technical) from trouble
        raise
    watch(engines, path)
    try:
        if store_id:
            _must_be(engines, store_id, path)
        migrate(engines, path, key)
        take_in(engines)
        settle(engines)
    except BaseException:
        engines.dispose()
        raise
    work = SqlWork(engines.writer, clock, me, Outbox(), QuickLists())
    readers = SqlReaders(engines.reader, clock, me)
    work.listen(lambda _tables: readers.totals.forget())
    return Store(work, readers, SqlHistory(work, engines.reader), engines, path, Backups(path, key))


def _must_be(engines: Engines, store_id: str, path: Path) -> None:
    wanted = select(_META.c.value).where(_META.c.name == STORE_ID)
    try:
        with engines.reader.connect() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
    except DatabaseError as error:
        raise Trouble("STORE_DAMAGED", {"path": str(path)}, str(error.orig)) from error
    if found != store_id:
        raise Trouble("STORE_DAMAGED", {"path": str(path)}, "this file is another store")
