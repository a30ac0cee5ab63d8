"""Words and figures for lists that answer at once, full-text search, and the triggers that guard the rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FULL_TEXT = (
    (
        "CREATE VIRTUAL TABLE account_search USING fts5(words, content='account_index', "
        "content_rowid='n', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3', detail=none, "
        "columnsize=0)"
    ),
    (
        "CREATE VIRTUAL TABLE entry_search USING fts5(words, content='search_entry', "
        "content_rowid='n', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3', detail=none, "
        "columnsize=0)"
    ),
)
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
KEPT = (
    (
        "CREATE TRIGGER kept_document_update BEFORE UPDATE ON document WHEN OLD.id IS NOT NEW.id OR "
        "OLD.account_id IS NOT NEW.account_id OR OLD.proposal_id IS NOT NEW.proposal_id OR OLD.kind "
        "IS NOT NEW.kind OR OLD.number IS NOT NEW.number OR OLD.sha256 IS NOT NEW.sha256 OR "
        "OLD.size IS NOT NEW.size OR OLD.made_at IS NOT NEW.made_at OR OLD.language IS NOT "
        "NEW.language OR OLD.signatory IS NOT NEW.signatory OR OLD.email IS NOT NEW.email OR "
        "OLD.mobile IS NOT NEW.mobile OR OLD.shown_sha256 IS NOT NEW.shown_sha256 BEGIN SELECT "
        "RAISE(ABORT, 'DOCUMENT_KEPT'); END"
    ),
    (
        "CREATE TRIGGER kept_document_delete BEFORE DELETE ON document WHEN OLD.kind = "
        "'signed_order_form' AND tournee_writing() < 2 BEGIN SELECT RAISE(ABORT, 'DOCUMENT_KEPT'); "
        "END"
    ),
    ("CREATE TRIGGER kept_blob_update BEFORE UPDATE ON blob BEGIN SELECT RAISE(ABORT, 'DOCUMENT_KEPT'); END"),
)


def upgrade() -> None:
    op.create_table(
        "account_figure",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.BigInteger(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("renew_by", sa.Text(), nullable=True),
        sa.Column("email_missing", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejections", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_account_figure"),
    )
    op.create_index("ix_account_figure_area", "account_figure", ["area"], unique=False)
    op.create_index("ix_account_figure_net", "account_figure", ["net"], unique=False)
    op.create_index(
        "ix_account_figure_rejections",
        "account_figure",
        ["rejections"],
        unique=False,
        sqlite_where=sa.text("rejections > 0"),
    )
    op.create_index("ix_account_figure_renew_by", "account_figure", ["renew_by"], unique=False)
    op.create_index("ix_account_figure_urgency", "account_figure", ["urgency"], unique=False)
    op.create_table(
        "account_index",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_account_index"),
        sa.UniqueConstraint("account_id", name="uq_account_index_account_id"),
    )
    op.create_index("ix_account_index_name_key", "account_index", ["name_key"], unique=False)
    op.create_table(
        "account_net",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_account_net"),
    )
    op.create_table(
        "search_entry",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), server_default="", nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_search_entry"),
    )
    op.create_index("ix_search_entry_account_id", "search_entry", ["account_id"], unique=False)
    op.create_index("ix_search_entry_row_id", "search_entry", ["row_id"], unique=True)
    op.create_index("ix_search_entry_title_key", "search_entry", ["title_key"], unique=False)

    for statement in FULL_TEXT:
        op.execute(statement)
    for table in GUARDED:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                "WHEN tournee_writing() = 0 BEGIN SELECT RAISE(ABORT, 'OUTSIDE_UNIT_OF_WORK'); END"
            )
    for statement in KEPT:
        op.execute(statement)
