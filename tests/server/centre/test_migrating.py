"""The migrations lead to the very tables that the code speaks of, on both databases, with every guard in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError

from app.ports.trouble import Trouble
from app.store.engine import open_url
from app.store.guard import Writer, postgres_statements, sqlite_triggers, writing
from app.store.rows import SYNCED
from sync.server.database import is_postgres
from sync.server.migrating import migrate, must_be_current
from sync.server.tables import CENTRE
from tests.sync.world import Centre, an_id


def test_the_migrations_equal_the_models(centre: Centre) -> None:
    both = MetaData()
    for table in (*SYNCED.tables.values(), *CENTRE.tables.values()):
        table.to_metadata(both)
    with centre.engines.reader.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), both) == []


def test_the_migrations_give_the_defaults_of_the_models(tmp_path: Path) -> None:
    columns = []
    for name in ("migrated", "made"):
        engines = open_url(f"sqlite:///{tmp_path / name}.db")
        if name == "migrated":
            migrate(engines)
        else:
            with engines.writer.begin() as connection:
                SYNCED.create_all(connection)
                CENTRE.create_all(connection)
        with engines.reader.connect() as connection:
            wanted = sorted({*SYNCED.tables, *CENTRE.tables})
            asked = "SELECT name, type, [notnull], dflt_value, pk FROM pragma_table_info(?) ORDER BY name"
            columns.append({name: connection.exec_driver_sql(asked, (name,)).all() for name in wanted})
        engines.dispose()
    assert columns[0] == columns[1]


def test_every_guard_of_the_store_is_there(centre: Centre) -> None:
    with centre.engines.reader.connect() as connection:
        if is_postgres(connection):
            names = {name for (name,) in centre.rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")}
            wanted = {part.split()[2] for part in postgres_statements() if part.startswith("CREATE TRIGGER")}
        else:
            found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            kept = {str(row[0]): row[1] for row in found}
            assert {name: kept.get(name) for name in sqlite_triggers()} == sqlite_triggers()
            return
    assert wanted <= names


def test_migrating_again_changes_nothing(centre: Centre) -> None:
    before = centre.rows("SELECT name, value FROM sync_meta ORDER BY name")
    assert migrate(centre.engines) == "0008"
    must_be_current(centre.engines)
    assert centre.rows("SELECT name, value FROM sync_meta ORDER BY name") == before
    assert {name for name, _ in before} >= {"epoch", "authority_key", "authority_certificate", "recovery_public_key"}


def test_a_centre_that_was_never_migrated_is_not_served(tmp_path: Path) -> None:
    engines = open_url(f"sqlite:///{tmp_path / 'centre.db'}")
    with pytest.raises(Trouble, match="CENTRE_NOT_MIGRATED"):
        must_be_current(engines)
    engines.dispose()


def test_postgresql_refuses_a_commit_whose_rows_are_not_in_the_feed(centre: Centre) -> None:
    """SQLite has no constraint that waits for the commit: there the guard and the one door have to do."""
    rep = centre.user()
    account = centre.account(rep)

    def past_the_feed(connection: Connection, statement: str) -> None:
        connection.execute(text(statement), {"row": account, "fresh": an_id()})

    with centre.engines.reader.connect() as connection:
        if not is_postgres(connection):
            pytest.skip("PostgreSQL alone")
    for statement in (
        "UPDATE account SET city = 'x', ver = ver + 1 WHERE id = :row",
        "INSERT INTO account (id, ver, number, trade_name) VALUES (:fresh, 1, '1', 'x')",
        "DELETE FROM contact WHERE account_id = :row",
    ):
        with (
            pytest.raises(DBAPIError, match="NOT_IN_FEED"),
            centre.engines.writer.begin() as connection,
            writing(connection, Writer.UNIT_OF_WORK),
        ):
            past_the_feed(connection, statement)
