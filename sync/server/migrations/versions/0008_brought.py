"""For which accounts a file was brought: who names a file gets it only there; and for which an upload was begun."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NAMED = (
    "SELECT DISTINCT d.account_id, b.sha256 FROM document AS d JOIN blob AS b ON b.sha256 IN (d.sha256, d.shown_sha256)"
)
_BURIED = "SELECT content FROM sync_deleted WHERE table_name = 'document'"
_SEEN = (
    "(SELECT current_setting('tournee.searches', true) = 'yes') IS NOT TRUE "
    "AND EXISTS (SELECT FROM account AS a WHERE a.id = blob_brought.account_id)"
)
_HAD = (
    "EXISTS (SELECT FROM blob_brought AS b JOIN document AS d ON d.account_id = b.account_id "
    "WHERE b.sha256 = blob.sha256 AND b.sha256 IN (d.sha256, d.shown_sha256))"
)


def upgrade() -> None:
    """Add them; who brought a file that is here already nobody noted: for all that name it, it counts as brought."""
    brought = op.create_table(
        "blob_brought",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "account_id", name="pk_blob_brought"),
    )
    op.add_column("blob_upload", sa.Column("accounts", sa.Text(), server_default="[]", nullable=False))
    connection = op.get_bind()
    named = {(account, sha256) for account, sha256 in connection.exec_driver_sql(_NAMED)}
    files = {*connection.exec_driver_sql("SELECT sha256 FROM blob").scalars()}
    for content in connection.exec_driver_sql(_BURIED).scalars():  # a late edit may bring one of these back
        buried = json.loads(content)
        names = {buried.get("sha256"), buried.get("shown_sha256")} & files
        named |= {(buried["account_id"], sha256) for sha256 in names}
    if named:
        op.bulk_insert(brought, [{"sha256": sha256, "account_id": account} for account, sha256 in sorted(named)])
    if connection.dialect.name == "postgresql":
        for statement in (
            "ALTER TABLE blob_brought ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY seen ON blob_brought FOR SELECT USING ({_SEEN})",
            f"ALTER POLICY seen ON blob USING ({_HAD})",
        ):
            connection.exec_driver_sql(statement)
