"""Triggers: no write outside the one door, none without its place in the feed, none to what was signed."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

GUARDED = (
    "account",
    "activity",
    "advertiser_details",
    "amendment",
    "contact",
    "customer_order",
    "discovery",
    "document",
    "instalment",
    "loss",
    "opportunity",
    "order_line",
    "ordered_sub_order",
    "preparation_item",
    "price",
    "product",
    "product_range",
    "proposal",
    "proposal_line",
    "proposal_sub_order",
    "rep",
    "request",
)
FIXED = (
    "id",
    "account_id",
    "proposal_id",
    "kind",
    "number",
    "sha256",
    "size",
    "made_at",
    "language",
    "signatory",
    "email",
    "mobile",
    "shown_sha256",
)
"""What of a kept document never changes; its version and its state are the centre's to say."""


def upgrade() -> None:
    statements = _postgres() if op.get_bind().dialect.name == "postgresql" else _sqlite()
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _sqlite() -> list[str]:
    statements = [
        f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} WHEN tournee_writing() = 0 "
        "BEGIN SELECT RAISE(ABORT, 'OUTSIDE_UNIT_OF_WORK'); END"
        for table in GUARDED
        for verb in ("INSERT", "UPDATE", "DELETE")
    ]
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in FIXED)
    signed = "OLD.kind = 'signed_order_form' AND tournee_writing() < 2"
    kept = "BEGIN SELECT RAISE(ABORT, 'DOCUMENT_KEPT'); END"
    return [
        *statements,
        f"CREATE TRIGGER kept_document_update BEFORE UPDATE ON document WHEN {differs} {kept}",
        f"CREATE TRIGGER kept_document_delete BEFORE DELETE ON document WHEN {signed} {kept}",
        f"CREATE TRIGGER kept_blob_update BEFORE UPDATE ON blob {kept}",
    ]


_WRITING = "coalesce(nullif(current_setting('tournee.writing', true), ''), '0')::int"

_GUARD = f"""
CREATE FUNCTION tournee_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF {_WRITING} = 0 THEN RAISE EXCEPTION 'OUTSIDE_UNIT_OF_WORK'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$"""

_KEPT = f"""
CREATE FUNCTION tournee_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.kind = 'signed_order_form' AND {_WRITING} < 2 THEN RAISE EXCEPTION 'DOCUMENT_KEPT'; END IF;
    RETURN OLD;
  END IF;
  IF {{differs}} THEN RAISE EXCEPTION 'DOCUMENT_KEPT'; END IF;
  RETURN NEW;
END $$"""

_KEPT_BLOB = """
CREATE FUNCTION tournee_kept_blob() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'DOCUMENT_KEPT';
END $$"""

# At the commit: a row that is there has an entry that says so at its version; one that is gone has none.
# The table's name is taken as a text first: compared as a `name` it has another collation than the index.
_TOLD = """
CREATE FUNCTION tournee_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  named text := TG_TABLE_NAME;
  row_ver bigint;
  told_ver bigint;
BEGIN
  EXECUTE 'SELECT ver FROM ' || quote_ident(named) || ' WHERE id = $1'
    INTO row_ver USING coalesce(NEW.id, OLD.id);
  SELECT max(ver) INTO told_ver FROM sync_entry
    WHERE table_name = named AND row_id = coalesce(NEW.id, OLD.id) AND op = 'U';
  IF row_ver IS DISTINCT FROM told_ver THEN RAISE EXCEPTION 'NOT_IN_FEED'; END IF;
  RETURN NULL;
END $$"""


def _postgres() -> list[str]:
    differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FIXED)
    statements = [_GUARD, _KEPT.format(differs=differs), _KEPT_BLOB, _TOLD]
    for table in GUARDED:
        events = f"INSERT OR UPDATE OR DELETE ON {table}"
        at_once = "FOR EACH ROW EXECUTE FUNCTION tournee_guard()"
        at_the_end = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tournee_told()"
        statements.append(f"CREATE TRIGGER guard_{table} BEFORE {events} {at_once}")
        statements.append(f"CREATE CONSTRAINT TRIGGER told_{table} AFTER {events} {at_the_end}")
    return [
        *statements,
        "CREATE TRIGGER kept_document BEFORE UPDATE OR DELETE ON document FOR EACH ROW EXECUTE FUNCTION tournee_kept()",
        "CREATE TRIGGER kept_blob BEFORE UPDATE ON blob FOR EACH ROW EXECUTE FUNCTION tournee_kept_blob()",
    ]
