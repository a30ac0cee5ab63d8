"""What the centre keeps for devices: loads, leases, wipes, files in pieces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns of the road."""
    op.add_column("sync_entry", sa.Column("at", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    _devices()
    _renewals()
    _loads()
    _files_in_pieces()


def _renewals() -> None:
    op.add_column("sync_device", sa.Column("renewed_from", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_sync_device_renewed_from", "sync_device", ["renewed_from"], unique=False)


def _files_in_pieces() -> None:
    op.drop_column("blob_upload", "content")
    op.create_index("ix_blob_upload_device", "blob_upload", ["device", "sha256"], unique=True)
    op.create_table(
        "blob_piece",
        sa.Column("upload", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("upload", "start", name=op.f("pk_blob_piece")),
    )


def _loads() -> None:
    op.create_table(
        "sync_load",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "device", name=op.f("pk_sync_load")),
    )
    op.create_index("ix_sync_load_device", "sync_load", ["device"], unique=False)
    op.create_index("ix_sync_load_expires_at", "sync_load", ["expires_at"], unique=False)
    op.create_table(
        "team_search",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("minute", sa.BigInteger(), nullable=False),
        sa.Column("searches", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_team_search")),
    )


def _devices() -> None:
    empty = sa.text("''")
    op.add_column("centre_user", sa.Column("role", sa.Text(), server_default="rep", nullable=False))
    op.add_column("device_code", sa.Column("device", sa.Text(), server_default=empty, nullable=False))
    for words in ("platform", "version", "wipe_receipt"):
        op.add_column("sync_device", sa.Column(words, sa.Text(), server_default=empty, nullable=False))
    for instant in ("exchanged_at", "lease_until", "wipe_asked_at", "wipe_seen_at", "wipe_done_at"):
        op.add_column("sync_device", sa.Column(instant, sa.BigInteger(), nullable=True))
    op.create_table(
        "device_deposit",
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("store", name=op.f("pk_device_deposit")),
    )
    op.create_index("ix_device_deposit_device", "device_deposit", ["device"], unique=False)
    op.create_table(
        "device_rescue",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_device_rescue")),
    )
