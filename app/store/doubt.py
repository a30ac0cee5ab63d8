"""A note beside the store that a page of it could not be read: the next opening looks at the whole file first."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3.dbapi2
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

from app.ports.trouble import Trouble
from app.store.engine import Engines
from app.store.failures import trouble_of
from app.store.migrating import keyed


def note_of(path: Path) -> Path:
    """Give where the note of a store lies."""
    return path.with_name(f"{path.name}.doubted")


def watch(engines: Engines, path: Path) -> None:
    """Leave the note as soon as any statement meets damage: what opening reads may well be sound."""

    def hear(context: ExceptionContext) -> None:
        error = context.sqlalchemy_exception
        trouble = trouble_of(error) if isinstance(error, DBAPIError) else None
        if trouble is not None and trouble.code == "STORE_DAMAGED":
            note_of(path).touch()

    for engine in {engines.writer, engines.reader}:
        event.listen(engine, "handle_error", hear)


def must_be_sound(path: Path, key: bytes) -> None:
    """Look at the whole of a store that is doubted; the note goes where it is sound. Raises Trouble STORE_DAMAGED."""
    note = note_of(path)
    if not note.exists():
        return
    try:
        link = keyed(path, key)
        try:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # what the log holds stands in for its pages
            found = link.execute("PRAGMA quick_check(1)").fetchone()
            broken = link.execute("PRAGMA cipher_integrity_check").fetchone()
        finally:
            link.close()
    except sqlcipher3.dbapi2.DatabaseError as error:
        raise Trouble("STORE_DAMAGED", {"path": str(path)}, str(error)) from error
    if found != ("ok",) or broken is not None:
        raise Trouble("STORE_DAMAGED", {"path": str(path)}, f"{found} {broken}")
    note.unlink()
