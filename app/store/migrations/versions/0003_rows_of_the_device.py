"""The outbox, where sync stands, what needs the rep, files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "blob_job",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob_job"),
    )
    op.create_table(
        "changeset",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.Column("final", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("n", name="pk_changeset"),
        sa.UniqueConstraint("mid", name="uq_changeset_mid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changeset_state", "changeset", ["state", "n"], unique=False)
    op.create_table(
        "changeset_entry",
        sa.Column("mid", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("base_ver", sa.BigInteger(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mid", "position", name="pk_changeset_entry"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_changeset_entry_row", "changeset_entry", ["table_name", "row_id"], unique=False)
    op.create_table(
        "journal",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("position", name="pk_journal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_done_by", "journal", ["done_by"], unique=False)
    op.create_index("ix_journal_undone_by", "journal", ["undone_by"], unique=False)
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    op.create_table(
        "problem",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("mid", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), server_default="{}", nullable=False),
        sa.Column("choices", sa.Text(), server_default="[]", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("is_settled", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_problem"),
    )
    op.create_index("ix_problem_mid", "problem", ["mid"], unique=False)
    op.create_table(
        "sync_cursor",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tag", sa.Text(), server_default="", nullable=False),
        sa.Column("phase", sa.Text(), server_default="new", nullable=False),
        sa.Column("resume", sa.Text(), nullable=True),
        sa.Column("state_sum", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_sync_cursor"),
    )
    op.create_table(
        "sync_member",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "table_name", "row_id", name="pk_sync_member"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sync_member_row", "sync_member", ["table_name", "row_id"], unique=False)
    op.create_table(
        "sync_shadow",
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("base_ver", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name="pk_sync_shadow"),
    )
