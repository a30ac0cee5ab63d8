"""What a failing disk or a locked file means in the user's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.ports.trouble import Trouble

_BY_NAME = (
    ("SQLITE_FULL", "DISK_FULL"),
    ("SQLITE_IOERR", "DISK_FAILS"),
    ("SQLITE_CANTOPEN", "DISK_FAILS"),
    ("SQLITE_READONLY", "DISK_FAILS"),
    ("SQLITE_BUSY", "STORE_BUSY"),
    ("SQLITE_LOCKED", "STORE_BUSY"),
    ("SQLITE_CORRUPT", "STORE_DAMAGED"),
    ("SQLITE_NOTADB", "STORE_DAMAGED"),
)


def trouble_of(error: DBAPIError) -> Trouble | None:
    """Say which trouble a database error stands for; None for one that is a fault of ours."""
    if isinstance(error, IntegrityError):
        return None
    name = getattr(error.orig, "sqlite_errorname", "")
    for beginning, code in _BY_NAME:
        if name.startswith(beginning):
            return Trouble(code, technical=f"{name}: {error.orig}")
    return None


@contextmanager
def told_as_trouble() -> Iterator[None]:
    """Turn errors of disk and file into Trouble DISK_FULL, DISK_FAILS, STORE_BUSY or STORE_DAMAGED."""
    try:
        yield
    except PoolTimeout as error:
        raise Trouble("STORE_BUSY", technical=str(error)) from error
    except DBAPIError as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
