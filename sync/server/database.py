"""How the centre meets its database: SQLite or PostgreSQL, writes and reads, a step that can be taken back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.exc import OperationalError

from app.store.engine import Engines
from app.store.guard import Writer, writing
from sync.protocol.changeset import Value
from sync.server import waking
from sync.server.sight import Sight, look_as

T = TypeVar("T")

_log = logging.getLogger(__name__)

TRIES = 5
"""How often a write is tried that PostgreSQL broke off because of another one."""
_BROKEN_OFF = {"40001", "40P01"}
"""SQLSTATE of a serialization failure and of a deadlock."""


def is_postgres(connection: Connection) -> bool:
    """Say whether the database is PostgreSQL."""
    return connection.dialect.name == "postgresql"


def run_over(connection: Connection, statement: str, rows: Sequence[tuple[Value, ...]]) -> None:
    """Run a statement, with `?` for each value, over rows of values told to the driver as they are.

    The library would take longer over the values of many rows than the database over the rows.
    """
    connection.exec_driver_sql(statement.replace("?", "%s") if is_postgres(connection) else statement, list(rows))


def tuples(
    connection: Connection, statement: Select[tuple[Value, ...]], values: Mapping[str, object]
) -> list[tuple[Value, ...]]:
    """Give rows as the driver makes them, plain tuples: our columns hold nothing that the library would turn."""
    return list(connection.execute(statement, values).cursor.fetchall())


def upsert(connection: Connection, table: Table) -> PostgresInsert | SqliteInsert:
    """Begin an INSERT that can say what to do where the row is there already."""
    return PostgresInsert(table) if is_postgres(connection) else SqliteInsert(table)


def was_broken_off(error: OperationalError) -> bool:
    """Say whether PostgreSQL gave up a transaction only because of another one, so that it may be tried again."""
    return getattr(error.orig, "sqlstate", None) in _BROKEN_OFF


def in_one_write(engines: Engines, work: Callable[[Connection], T]) -> T:
    """Run `work` in one writing transaction and commit; tried again where another transaction broke it off.

    Once it is committed, who waits for what it moved is told.
    """
    for _ in range(TRIES - 1):
        try:
            return _write_once(engines, work)
        except OperationalError as error:
            if not was_broken_off(error):
                raise
            _log.info("a transaction was broken off and is tried again")
    return _write_once(engines, work)


def _write_once(engines: Engines, work: Callable[[Connection], T]) -> T:
    with engines.writer.begin() as connection, writing(connection, Writer.UNIT_OF_WORK):
        waking.noted(connection)  # of a transaction before that was rolled back
        done = work(connection)
        moved = waking.noted(connection)
    waking.tell(engines, moved)
    return done


@contextmanager
def one_picture(engines: Engines, sight: Sight) -> Iterator[Connection]:
    """Read for a caller in one repeatable-read snapshot: all that is read is of the same moment.

    At PostgreSQL it holds no other row than what the caller may see.
    """
    with own_picture(engines) as connection:
        if is_postgres(connection):
            look_as(connection, sight)
        yield connection


@contextmanager
def own_picture(engines: Engines) -> Iterator[Connection]:
    """Read in such a snapshot whatever there is: for the centre's own work, never to tell a caller of customers."""
    with engines.reader.connect() as connection:
        if is_postgres(connection):
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def step(connection: Connection) -> Iterator[None]:
    """Do something that is taken back alone when it raises; the transaction around it goes on."""
    connection.exec_driver_sql("SAVEPOINT step")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT step")
        raise
    finally:
        connection.exec_driver_sql("RELEASE SAVEPOINT step")
