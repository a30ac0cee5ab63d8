"""Triggers that refuse a write to a synced row outside a unit of work, and any change to a signed document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from sqlalchemy import Connection, text

from app.store.engine import Guard
from app.store.rows import SYNCED
from app.store.rows.base import table_of
from app.store.rows.sales import DocumentRow

OUTSIDE = "OUTSIDE_UNIT_OF_WORK"
KEPT = "DOCUMENT_KEPT"

_MAY_CHANGE = frozenset({"ver", "state"})
"""What the centre may still say of a kept document: its version, and that it is confirmed."""
_FIXED = [column.name for column in table_of(DocumentRow).columns if column.name not in _MAY_CHANGE]


class Writer(IntEnum):
    """Who writes: a unit of work, or the sync engine, which may also drop documents that leave the device."""

    UNIT_OF_WORK = 1
    SYNC = 2


@contextmanager
def writing(connection: Connection, writer: Writer) -> Iterator[None]:
    """Allow writes to synced rows on this connection, within its transaction, until the block ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('tournee.writing', :level, true)"), {"level": str(int(writer))})
        yield
        return
    guard = connection.info["guard"]
    if not isinstance(guard, Guard):
        raise TypeError("this connection was not opened by app.store.engine")
    before, guard.level = guard.level, int(writer)
    try:
        yield
    finally:
        guard.level = before


def sqlite_triggers() -> dict[str, str]:
    """Give every guard trigger of a SQLite store, by name, as the statement that makes it."""
    triggers = {}
    for table in SYNCED.sorted_tables:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            name = f"guard_{table.name}_{verb.lower()}"
            condition, refusal = "tournee_writing() = 0", f"SELECT RAISE(ABORT, '{OUTSIDE}');"
            triggers[name] = f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} WHEN {condition} BEGIN {refusal} END"
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _FIXED)
    signed = "OLD.kind = 'signed_order_form' AND tournee_writing() < 2"
    kept = f"SELECT RAISE(ABORT, '{KEPT}');"
    triggers["kept_document_update"] = (
        f"CREATE TRIGGER kept_document_update BEFORE UPDATE ON document WHEN {differs} BEGIN {kept} END"
    )
    triggers["kept_document_delete"] = (
        f"CREATE TRIGGER kept_document_delete BEFORE DELETE ON document WHEN {signed} BEGIN {kept} END"
    )
    triggers["kept_blob_update"] = f"CREATE TRIGGER kept_blob_update BEFORE UPDATE ON blob BEGIN {kept} END"
    return triggers


def postgres_statements() -> list[str]:
    """Give what makes the same guards at PostgreSQL; running them again changes nothing."""
    differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _FIXED)
    level = "coalesce(nullif(current_setting('tournee.writing', true), ''), '0')::int"
    statements = [
        (
            f"CREATE OR REPLACE FUNCTION tournee_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {level} = 0 THEN RAISE EXCEPTION '{OUTSIDE}'; END IF; "
            f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        ),
        (
            f"CREATE OR REPLACE FUNCTION tournee_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' THEN IF OLD.kind = 'signed_order_form' AND {level} < 2 "
            f"THEN RAISE EXCEPTION '{KEPT}'; END IF; RETURN OLD; END IF; "
            f"IF {differs} THEN RAISE EXCEPTION '{KEPT}'; END IF; RETURN NEW; END $$"
        ),
        "DROP TRIGGER IF EXISTS kept_document ON document",
        "CREATE TRIGGER kept_document BEFORE UPDATE OR DELETE ON document FOR EACH ROW EXECUTE FUNCTION tournee_kept()",
    ]
    for table in SYNCED.sorted_tables:
        statements.append(f"DROP TRIGGER IF EXISTS guard_{table.name} ON {table.name}")
        statements.append(
            f"CREATE TRIGGER guard_{table.name} BEFORE INSERT OR UPDATE OR DELETE ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION tournee_guard()"
        )
    return statements


def install_guards(connection: Connection) -> None:
    """Put the guards on a store whose tables exist; on SQLite they must not be there yet."""
    statements = postgres_statements() if connection.dialect.name == "postgresql" else sqlite_triggers().values()
    for statement in statements:
        connection.exec_driver_sql(statement)
