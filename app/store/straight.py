"""Small questions told straight to the driver: the library's way round one takes longer than its answer.

Errors are the library's, as everywhere else. Who works behind the window gives way before the transaction in which they
are asked, not before each: together they are a matter of microseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Dialect, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from sync.protocol.changeset import Value


def plain_rows(connection: Connection, statement: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
    """Ask once within the connection's transaction; gives all rows as plain tuples.

    Raises sqlalchemy.exc.SQLAlchemyError.
    """
    if not connection.in_transaction():
        connection.begin()  # as the library does before a first statement
    held = connection.connection
    with told_as_the_library_does(connection.dialect, held):
        if held.dbapi_connection is None:
            raise RuntimeError("the connection is closed")
        cursor = held.dbapi_connection.cursor()
        cursor.execute(statement, values)
        return list(cursor.fetchall())


@contextmanager
def told_as_the_library_does(dialect: Dialect, held: PoolProxiedConnection | None = None) -> Iterator[None]:
    """Raise what the driver raises as the library's own errors; a connection that broke is given up."""
    try:
        yield
    except dialect.loaded_dbapi.Error as error:
        is_gone = dialect.is_disconnect(error, held, None)
        if is_gone and held is not None:
            held.invalidate(error)
        told = DBAPIError.instance(
            None, None, error, dialect.loaded_dbapi.Error, connection_invalidated=is_gone, dialect=dialect
        )
        raise told from error
