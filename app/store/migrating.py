"""Brings a store of an earlier release to this one: a copy first, then all steps in one transaction."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

import sqlcipher3.dbapi2
from sqlalchemy import Connection

from app.ports.trouble import Trouble
from app.store.engine import Engines
from app.store.failures import told_as_trouble
from app.store.guard import Writer, writing

HEAD = "0006"
"""The last migration of this release."""

MIGRATIONS = Path(__file__).with_name("migrations")


def revision_of(connection: Connection) -> str:
    """Give the migration a store stands at, empty for a file without one."""
    is_there = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.exec_driver_sql(is_there).first() is None:
        return ""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return str(found or "")


def migrate(engines: Engines, path: Path, key: bytes) -> Path | None:
    """Bring a store to HEAD; gives the copy that was made before, None where nothing was to be done or kept.

    Raises Trouble STORE_NEWER for a store of a later release, DISK_FULL or DISK_FAILS; the store is then as before.
    """
    with told_as_trouble(), engines.reader.connect() as connection:
        before = revision_of(connection)
    if before == HEAD:
        return None
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if before and before not in known:
        raise Trouble("STORE_NEWER", {"path": str(path), "revision": before})
    with told_as_trouble():
        copy = backup(path, key, path.with_name(f"{path.name}.before-{HEAD}")) if before else None
        with engines.writer.begin() as connection, writing(connection, Writer.SYNC):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return copy


def backup(path: Path, key: bytes, target: Path) -> Path:
    """Copy a store while it may be in use, encrypted under the same key, and check the copy before it counts.

    Raises Trouble DISK_FULL, DISK_FAILS or STORE_DAMAGED; an earlier copy of that name stays then as it was.
    """
    making = target.with_name(f"{target.name}.making")
    try:
        making.unlink(missing_ok=True)
        source, copy = keyed(path, key), keyed(making, key)
        try:
            source.backup(copy)
            found = copy.execute("PRAGMA quick_check(1)").fetchone()
            broken = copy.execute("PRAGMA cipher_integrity_check").fetchone()
        finally:
            copy.close()
            source.close()
        if found == ("ok",) and broken is None:
            making.replace(target)
            return target
    except (sqlcipher3.dbapi2.DatabaseError, OSError) as error:
        with suppress(OSError):  # what cannot be taken away now is when the next copy is made
            making.unlink(missing_ok=True)
        full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(error, "errno", 0) == errno.ENOSPC
        raise Trouble("DISK_FULL" if full else "DISK_FAILS", {"path": str(target)}, str(error)) from error
    with suppress(OSError):
        making.unlink(missing_ok=True)
    raise Trouble("STORE_DAMAGED", {"path": str(path)}, f"{found} {broken}")


def keyed(path: Path, key: bytes, *, immutable: bool = False) -> sqlcipher3.dbapi2.Connection:
    """Open a file under a raw key, bare of all else. Raises the driver’s DatabaseError at its first use.

    `immutable` is for a file that nobody writes: no files are made beside it.
    """
    asked = "?immutable=1" if immutable else ""
    connection = sqlcipher3.dbapi2.connect(f"{path.absolute().as_uri()}{asked}", uri=True)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level=NONE")
    return connection
