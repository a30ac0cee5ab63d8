"""Walls at PostgreSQL: a transaction that serves a caller reads what the caller's scopes hold, whatever it asks for."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CATALOGUE = ("product_range", "product", "price", "slot")
PARTS = (
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
    "proposal",
    "proposal_line",
    "proposal_sub_order",
    "request",
    "reservation",
)
"""Tables whose rows belong to an account and are seen with it."""

# What is told once for a transaction is read once for each statement: a scalar subquery is worked out before the rows,
# and a function as plain as this one is written into it.
_TOLD = """
CREATE FUNCTION tournee_told_of(name text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(current_setting('tournee.' || name, true), ''), '{}')::text[]
$$"""

_IN_SCOPE = "scope = ANY ((SELECT tournee_told_of('scopes'))::text[])"
_OF_DEVICE = "device = (SELECT nullif(current_setting('tournee.device', true), ''))"
_SEARCHES = "current_setting('tournee.searches', true) = 'yes'"


def upgrade() -> None:
    """Let nobody read a row but the tables' owner, and those whom a policy lets."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in (_TOLD, *_walls()):
        op.get_bind().exec_driver_sql(statement)


def _walls() -> list[str]:
    conditions = {
        "sync_entry": _IN_SCOPE,
        "sync_scope": _IN_SCOPE,
        "sync_applied": _OF_DEVICE,
        "sync_device": _OF_DEVICE,
        "blob_upload": _OF_DEVICE,
        "centre_user": "login IN (SELECT d.login FROM sync_device AS d)",
        "sync_meta": "name = 'epoch'",
        "rep": "'team:' || team = ANY ((SELECT tournee_told_of('scopes'))::text[])",
        "account": (
            "rep_id = ANY ((SELECT tournee_told_of('reps'))::text[]) "
            "OR id = ANY ((SELECT tournee_told_of('loads'))::text[])"
        ),
        "blob": "EXISTS (SELECT FROM document AS d WHERE blob.sha256 IN (d.sha256, d.shown_sha256))",
    }
    conditions |= dict.fromkeys(CATALOGUE, "(SELECT 'catalogue' = ANY (tournee_told_of('scopes')))")
    # Who looks for an account to stand in for a colleague sees the team's accounts, and nothing that belongs to any.
    for table in PARTS:
        is_shown = f"EXISTS (SELECT FROM account AS a WHERE a.id = {table}.account_id)"
        conditions[table] = f"(SELECT {_SEARCHES}) IS NOT TRUE AND {is_shown}"
    return [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in conditions] + [
        f"CREATE POLICY seen ON {table} FOR SELECT USING ({told})" for table, told in conditions.items()
    ]
