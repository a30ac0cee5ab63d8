"""Brings the centre's database to what this version needs, and founds it where there is none yet."""

from __future__ import annotations

import secrets
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.ports.trouble import Trouble
from app.store.engine import Engines
from sync.server.facts import remember
from sync.server.grants.authority import found_authority
from sync.server.walls import raise_walls, walls_must_stand


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config


def migrate(engines: Engines) -> str:
    """Migrate in one transaction and found the centre: its epoch, its certificate authority, its recovery key.

    Gives the revision reached. Running it again changes nothing. Raises Trouble CALLERS_NOT_APART.
    """
    config = _config()
    with engines.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        raise_walls(connection)
        remember(connection, "epoch", secrets.token_hex(8))
        found_authority(connection)
        return revision_of(connection)


def revision_of(connection: Connection) -> str:
    """Give the revision that the database stands at, empty for one that was never migrated."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def must_be_current(engines: Engines) -> None:
    """Raise Trouble CENTRE_NOT_MIGRATED, CALLERS_NOT_APART unless the database is what this version needs."""
    wanted = ScriptDirectory.from_config(_config()).get_current_head()
    with engines.reader.connect() as connection:
        found = revision_of(connection)
        if found != wanted:
            raise Trouble("CENTRE_NOT_MIGRATED", {"found": found, "wanted": wanted or ""})
        walls_must_stand(connection)
