"""What every request asks, told straight to the driver: small questions, and the library's way round them is long.

Each statement is a transaction of its own unless one is begun by hand. Errors are the library's, as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, Dialect, Engine, Select
from sqlalchemy.engine.interfaces import DBAPIConnection

from app.store.straight import told_as_the_library_does
from sync.protocol.changeset import Value
from sync.server.among import as_told

Given = Value | tuple[str, ...]
"""A value of a question; several names where it asks for what is `among` them."""


class _Written(NamedTuple):
    """A question as one driver takes it: the values it brings itself, and the places of all, by number or by name."""

    words: str
    brings: Mapping[str, Given]
    places: Sequence[str] | None


class Question:
    """A statement that reads, written once for each kind of database; our columns hold nothing that is to be turned."""

    def __init__(self, statement: Select[tuple[Value, ...]]) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def written(self, dialect: Dialect) -> _Written:
        """Give it as this kind of database takes it."""
        known = self._written.get(dialect.name)
        if known is None:
            compiled = self._statement.compile(dialect=dialect)
            places = tuple(compiled.positiontup) if compiled.positiontup is not None else None
            known = self._written[dialect.name] = _Written(str(compiled), compiled.params, places)
        return known


class Driver:
    """A connection as the driver has it."""

    def __init__(self, connection: DBAPIConnection, dialect: Dialect) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._dialect = dialect

    @property
    def is_postgres(self) -> bool:
        """Whether the database is PostgreSQL."""
        return self._dialect.name == "postgresql"

    def rows(self, question: Question, **values: Given) -> Sequence[tuple[Value, ...]]:
        """Ask; gives all rows as plain tuples."""
        words, brings, places = question.written(self._dialect)
        told = {
            name: as_told(value, self._dialect) if isinstance(value, tuple) else value
            for name, value in {**brings, **values}.items()
        }
        self._cursor.execute(words, told if places is None else [told[name] for name in places])
        return self._cursor.fetchall()

    def run(self, words: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> None:
        """Run a statement written as this driver takes it."""
        self._cursor.execute(words, values)

    def roll_back(self) -> None:
        """Take back a transaction that was begun by hand; nothing happens where none is open."""
        self._connection.rollback()


@contextmanager
def straight_to(engine: Engine) -> Iterator[Driver]:
    """Give a connection of the pool as the driver has it. Raises sqlalchemy.exc.SQLAlchemyError."""
    with told_as_the_library_does(engine.dialect):
        given = engine.raw_connection()
    with closing(given) as held, told_as_the_library_does(engine.dialect, held):
        connection = held.dbapi_connection
        if connection is None:
            raise RuntimeError("the connection is closed")
        driver = Driver(connection, engine.dialect)
        if driver.is_postgres:
            connection.autocommit = True
        try:
            yield driver
        finally:
            if driver.is_postgres and held.is_valid:
                connection.autocommit = False


@contextmanager
def straight_through(connection: Connection) -> Iterator[Driver]:
    """Give the driver of an open connection, within its transaction. Raises sqlalchemy.exc.SQLAlchemyError."""
    held = connection.connection
    with told_as_the_library_does(connection.dialect, held):
        if held.dbapi_connection is None:
            raise RuntimeError("the connection is closed")
        yield Driver(held.dbapi_connection, connection.dialect)


def rows_of(connection: Connection, question: Question, **values: Given) -> Sequence[tuple[Value, ...]]:
    """Ask once through an open connection; gives all rows as plain tuples. Raises sqlalchemy.exc.SQLAlchemyError."""
    with straight_through(connection) as driver:
        return driver.rows(question, **values)
