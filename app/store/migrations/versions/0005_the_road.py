"""What the device keeps for the road: loads, repairs, files in pieces, the lease."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns of the road."""
    _members_by_row()
    _files_in_pieces()
    _loads()
    _when_the_world_breaks()


def _members_by_row() -> None:
    op.drop_index("ix_sync_member_row", "sync_member")
    op.rename_table("sync_member", "sync_member_before")
    op.create_table(
        "sync_member",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", "scope", name="pk_sync_member"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO sync_member (scope, table_name, row_id) SELECT scope, table_name, row_id FROM sync_member_before "
        "ORDER BY table_name, row_id, scope"
    )
    op.drop_table("sync_member_before")


def _when_the_world_breaks() -> None:
    op.create_table(
        "sync_unnamed",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "table_name", "row_id", name="pk_sync_unnamed"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sync_unnamed_row", "sync_unnamed", ["table_name", "row_id"], unique=False)
    op.create_table(
        "sync_aside",
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("is_row", sa.Integer(), server_default="0", nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name="pk_sync_aside"),
        sqlite_with_rowid=False,
    )


def _loads() -> None:
    op.create_table(
        "account_load",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("is_automatic", sa.Integer(), server_default="0", nullable=False),
        sa.Column("granted_until", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_load")),
    )
    op.create_table(
        "quarantine",
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f("pk_quarantine")),
    )


def _files_in_pieces() -> None:
    op.add_column("blob_job", sa.Column("epoch", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "blob_piece",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "start", name="pk_blob_piece"),
    )
