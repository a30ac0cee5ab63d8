"""Opens a store: encrypted on the device, plain or PostgreSQL at the centre; one connection writes, a few read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import sqlcipher3.dbapi2
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from app.ports.trouble import Trouble
from app.store.failures import trouble_of
from app.store.folding import folded
from app.store.in_turn import InTurn
from app.store.trusted_lines import look_before_use

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can lose a committed transaction when the write-ahead log starts over."""

BUSY_MS = 10_000
WRITER_CACHE_KB = 12_000
DEVICE_WRITER_CACHE_KB = 4_000
"""A first pull fills it whatever it is, and is no slower for a small one: its rows come in the order of the pages."""
READER_CACHE_KB = 48_000
READERS = 2
CHECKPOINT_PAGES = 2_000
"""Pages in the write-ahead log that are carried over into the file at once: twice as many as SQLite would let come
together, as each time is waited for the disk twice, and a first pull writes many."""
KEY_BYTES = 32
LINE: Mapping[str, int] = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Seconds (the last in milliseconds) after which a PostgreSQL that says nothing any more is taken for gone."""


# The driver knows no way to bind None but to look in vain for one at each value, which takes longer than to store it.
# What it is told here gives back what an empty dictionary has for None, and that is None.
sqlcipher3.dbapi2.register_adapter(type(None), {}.get)


class Guard:
    """Whether a connection may write synced rows at this moment; the triggers of `guard.py` ask it.

    0 nobody, 1 a unit of work, 2 the sync engine, which may also drop signed documents that left the device.
    """

    def __init__(self) -> None:
        self.level = 0

    def __call__(self) -> int:
        return self.level


class _Cursor(Protocol):
    def fetchone(self) -> tuple[object, ...] | None: ...


class _Dbapi(Protocol):
    isolation_level: str | None

    def execute(self, statement: str) -> _Cursor: ...
    def create_function(
        self, name: str, count: int, function: Callable[..., object], *, deterministic: bool = False
    ) -> None: ...


class _Record(Protocol):
    @property
    def info(self) -> dict[str, object]: ...


IN_ANY_ORDER = "in_any_order"
"""The option of a writing connection by which owners and parts may come in any order; unset, every write checks them.
In the connection's `info` it says how its switch stands."""
UNCOUNTED = "uncounted"
"""Set in a writing connection's `info`, it says that what is written now changes nothing that is remembered."""


class Writes:
    """Counts how often the writing connection was given back: while the count stands, what was read still holds."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _: object, record: _Record) -> None:
        """Hear that the connection is given back, after its commit or rollback."""
        if not record.info.pop(UNCOUNTED, False):
            self.count += 1


@dataclass(frozen=True, slots=True)
class Engines:
    """The one connection that writes, and the pool that reads; at PostgreSQL both are the same pool."""

    writer: Engine
    reader: Engine
    writes: Writes = field(default_factory=Writes, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.writer is not self.reader:
            event.listen(self.writer, "checkin", self.writes)

    def dispose(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()


def open_encrypted(path: Path, key: bytes) -> Engines:
    """Open (or make) the device's store under a raw key of 32 bytes.

    Raises Trouble SQLITE_TOO_OLD, STORE_UNREADABLE (wrong key or damage: the vault tells them apart), STORE_BUSY,
    DISK_FULL, DISK_FAILS.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the store's key has 32 bytes")
    url = URL.create("sqlite+pysqlcipher", password=f"x'{key.hex()}'", database=str(path))
    return _open_sqlite(url, DEVICE_WRITER_CACHE_KB)


def open_plain(path: Path) -> Engines:
    """Open (or make) a plain SQLite file, for the centre; the same recipe without the cipher."""
    return _open_sqlite(URL.create("sqlite", database=str(path)), WRITER_CACHE_KB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """How a process meets PostgreSQL: its connections, the seconds to wait for one, and what each is told at first."""

    size: int = 10
    wait_seconds: float = 30.0
    settings: Mapping[str, str] = field(default_factory=dict)


def open_url(url: str, pool: Pool | None = None) -> Engines:
    """Open the centre's store by its URL: `sqlite:///file` or `postgresql://…`, whatever driver that names.

    A pool waits for PostgreSQL alone. Raises ArgumentError for any other address; else Trouble as `open_plain` does.
    """
    parsed = make_url(url)
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        if not parsed.database:
            raise ArgumentError("a SQLite address names a file: sqlite:///FILE")
        return open_plain(Path(parsed.database))
    if kind not in {"postgresql", "postgres"}:
        raise ArgumentError(f"“{kind}” is neither sqlite nor postgresql")
    address = parsed.set(drivername="postgresql+psycopg")
    pool = pool or Pool()
    told = " ".join(f"-c {name}={value}" for name, value in pool.settings.items())
    engine = create_engine(
        address,
        pool_size=pool.size,
        max_overflow=0,
        pool_timeout=pool.wait_seconds,
        pool_use_lifo=True,  # the last one used is warm, and those not needed grow old
        connect_args={**LINE, "options": told} if told else LINE,
    )
    look_before_use(engine)
    return Engines(engine, engine)


def _open_sqlite(url: URL, writer_cache_kb: int) -> Engines:
    if sqlcipher3.dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise Trouble("SQLITE_TOO_OLD", {"version": sqlcipher3.dbapi2.sqlite_version})
    writer = _sqlite_engine(url, size=1, cache_kb=writer_cache_kb, writes=True)
    reader = _sqlite_engine(url, size=READERS, cache_kb=READER_CACHE_KB, writes=False)
    engines = Engines(writer, reader)
    try:
        with writer.connect() as connection:
            _assert_durable(connection)
    except DatabaseError as error:
        engines.dispose()
        trouble = trouble_of(error)
        if trouble is not None and trouble.code != "STORE_DAMAGED":
            raise trouble from error
        raise Trouble("STORE_UNREADABLE", {"path": str(url.database)}, str(error.orig)) from error
    return engines


def _sqlite_engine(url: URL, *, size: int, cache_kb: int, writes: bool) -> Engine:
    engine = create_engine(
        url,
        module=sqlcipher3.dbapi2,
        poolclass=InTurn if writes else QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_use_lifo=True,  # the last one used has its pages at hand
        pool_timeout=60,
        connect_args={"check_same_thread": False, "cached_statements": 512},
    )

    def on_connect(dbapi: _Dbapi, record: _Record) -> None:
        dbapi.isolation_level = None  # SQLAlchemy's BEGIN below is the only one: else DDL is not rolled back
        dbapi.execute("PRAGMA cipher_log_level=NONE")
        dbapi.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        dbapi.execute("PRAGMA journal_mode=WAL")
        dbapi.execute("PRAGMA synchronous=FULL")
        dbapi.execute("PRAGMA foreign_keys=ON")
        dbapi.execute("PRAGMA temp_store=MEMORY")
        dbapi.execute(f"PRAGMA cache_size=-{cache_kb}")
        dbapi.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        guard = Guard()
        record.info["guard"] = guard
        dbapi.create_function("tournee_writing", 0, guard)
        dbapi.create_function("folded", 1, folded, deterministic=True)
        if not writes:
            dbapi.execute("PRAGMA query_only=ON")

    def on_begin(connection: Connection) -> None:
        if writes:
            _check_owners(connection, wanted=not connection.get_execution_options().get(IN_ANY_ORDER, False))
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


def _check_owners(connection: Connection, *, wanted: bool) -> None:
    """Have the transaction that is about to begin check owners and parts, or not.

    The switch is turned where it stands otherwise, and only then: each turn has every statement prepared anew.
    """
    if connection.info.get(IN_ANY_ORDER, False) is not wanted:
        return
    driver = connection.connection.dbapi_connection
    if driver is None:
        raise RuntimeError("the writing connection is closed")
    cursor = driver.cursor()
    cursor.execute(f"PRAGMA foreign_keys={'ON' if wanted else 'OFF'}")
    cursor.execute("PRAGMA foreign_keys")
    if cursor.fetchone() != (int(wanted),):
        raise RuntimeError("the switch does not turn within a transaction")
    connection.info[IN_ANY_ORDER] = not wanted


def _assert_durable(connection: Connection) -> None:
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    full = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    if (mode, full) != ("wal", 2):
        raise Trouble("STORE_NOT_DURABLE", {"journal_mode": mode, "synchronous": full})
