"""Walls at PostgreSQL between callers: which role reads for them, and that it can do so and no more.

Policies on the tables (migrations 0007, 0008) let a row be seen by the scopes that a reading was told at its beginning
(`sight.py`). They hold for a role of its own, which owns nothing and writes nothing. The centre's own work is done by
the tables' owner, whom policies let be.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, ProgrammingError

from app.ports.trouble import Trouble
from app.store.rows import SYNCED
from sync.server.database import is_postgres, step
from sync.server.sight import CALLERS

SHOWN = {
    **dict.fromkeys(
        (
            *SYNCED.tables,
            "sync_entry",
            "sync_scope",
            "sync_applied",
            "blob",
            "blob_brought",
            "blob_upload",
            "sync_meta",
        ),
        "",
    ),
    "sync_device": "(device, login, last_n, revoked_at)",
    "centre_user": "(login, disabled_at)",
}
"""The tables of which a caller may see anything at all, with the columns where it is not all of them."""

_WHO = f"SELECT quote_ident({CALLERS}), quote_ident(session_user)"
_STANDS = f"SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = {CALLERS}"  # noqa: S608 - words of ours
_CLOSED = "SELECT relname FROM pg_class WHERE relrowsecurity AND pg_table_is_visible(oid)"
"""The tables that show nothing but what a policy lets: those without may not be read for a caller at all."""
_MAY_READ = f"has_any_column_privilege({CALLERS}, quote_ident(name), 'SELECT')"
_LACKS = f"SELECT name FROM unnest(%s::text[]) AS wanted(name) WHERE NOT {_MAY_READ}"  # noqa: S608 - words of ours


def raise_walls(connection: Connection) -> None:
    """Make the role of those who are served where it is missing, and let it read: a copy of the database lacks it.

    Raises Trouble CALLERS_NOT_APART where the database's user may not do so.
    """
    if not is_postgres(connection):
        return
    role, user = connection.exec_driver_sql(_WHO).one()
    with _told_apart(role, user):
        if connection.exec_driver_sql(_STANDS).scalar_one_or_none() is None:
            connection.exec_driver_sql(f"CREATE ROLE {role} NOLOGIN")
        if not _may_become(connection):
            connection.exec_driver_sql(f"GRANT {role} TO {user}")
        for table in _unreadable(connection):
            connection.exec_driver_sql(f"GRANT SELECT {SHOWN[table]} ON {table} TO {role}")
    walls_must_stand(connection)


def walls_must_stand(connection: Connection) -> None:
    """Raise Trouble CALLERS_NOT_APART unless callers can be served behind the walls."""
    if not is_postgres(connection):
        return
    role, user = connection.exec_driver_sql(_WHO).one()
    is_sound = connection.exec_driver_sql(_STANDS).scalar_one_or_none()
    if not is_sound or _unreadable(connection) or not _may_become(connection):
        raise _trouble(role, user)


def _unreadable(connection: Connection) -> list[str]:
    """Give the tables that callers are to be shown and their role may not read yet."""
    closed = {*connection.exec_driver_sql(_CLOSED).scalars()}
    return list(connection.exec_driver_sql(_LACKS, ([name for name in SHOWN if name in closed],)).scalars())


def _may_become(connection: Connection) -> bool:
    """Try to be the callers' role for a moment."""
    try:
        with step(connection):
            connection.exec_driver_sql(f"SELECT set_config('role', {CALLERS}, true), set_config('role', 'none', true)")
    except DBAPIError:
        return False
    return True


@contextmanager
def _told_apart(role: str, user: str) -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        raise _trouble(role, user) from error


def _trouble(role: str, user: str) -> Trouble:
    return Trouble("CALLERS_NOT_APART", {"role": role, "user": user})
