"""Rows that stay on the device: the outbox, where sync stands, what needs the rep, files, quick lists."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Index, Integer, LargeBinary, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.rows.base import DeviceRow, flag, text


class ChangesetState(StrEnum):
    """How far a changeset has come on its way to the centre."""

    PENDING = "pending"
    SENT = "sent"
    APPLIED = "applied"
    MERGED = "merged"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    RETAINED = "retained"
    PRUNED = "pruned"


class ChangesetRow(DeviceRow):
    """One action in the outbox. `n` is dense: the counter goes back with a transaction that is rolled back.

    `facts` and `result` are JSON; `at`, `sent_at`, `answered_at` microseconds UTC.
    """

    __tablename__ = "changeset"
    __table_args__ = (
        Index("ix_changeset_state", "state", "n"),
        {"sqlite_autoincrement": True},
    )

    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    mid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    at: Mapped[int]
    revision: Mapped[str]
    facts: Mapped[str]
    undoes: Mapped[str | None]
    final: Mapped[int] = flag()
    state: Mapped[str] = mapped_column(default="pending", server_default="pending")
    result: Mapped[str | None]
    sent_at: Mapped[int | None]
    answered_at: Mapped[int | None]


class ChangesetEntryRow(DeviceRow):
    """One row that an action touched: before and after as JSON objects by column."""

    __tablename__ = "changeset_entry"
    __table_args__ = (
        Index("ix_changeset_entry_row", "table_name", "row_id"),
        {"sqlite_with_rowid": False},
    )

    mid: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    table_name: Mapped[str]
    row_id: Mapped[str]
    op: Mapped[str]
    base_ver: Mapped[int]
    old: Mapped[str]
    new: Mapped[str]


class JournalRow(DeviceRow):
    """One action of the rep in the order of undo: the changeset that last did it, and the one that took it back."""

    __tablename__ = "journal"
    __table_args__ = ({"sqlite_autoincrement": True},)

    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    done_by: Mapped[str] = mapped_column(index=True)
    undone_by: Mapped[str | None] = mapped_column(index=True)


class SyncCursorRow(DeviceRow):
    """How far the device has read a scope; `resume` is the token of an unfinished first pull."""

    __tablename__ = "sync_cursor"

    scope: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(default=0, server_default="0")
    tag: Mapped[str] = text()
    phase: Mapped[str] = mapped_column(default="new", server_default="new")
    resume: Mapped[str | None]
    state_sum: Mapped[str] = text()


class SyncMemberRow(DeviceRow):
    """Which rows the device holds for which scope; a row goes when its last membership goes.

    Kept in the order of the rows alone: a second order by scope would make a first pull longer by a tenth.
    """

    __tablename__ = "sync_member"
    __table_args__ = (
        PrimaryKeyConstraint("table_name", "row_id", "scope"),
        {"sqlite_with_rowid": False},
    )

    scope: Mapped[str]
    table_name: Mapped[str]
    row_id: Mapped[str]


class AccountLoadRow(DeviceRow):
    """An account that the rep wants complete on this device until an instant; wished here first, asked for later.

    `state` is one of app.ports.loads.LoadState. `granted_until` is the end of the load at the centre, which stands for
    accounts of colleagues alone.
    """

    __tablename__ = "account_load"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    state: Mapped[str]
    until: Mapped[int]
    is_automatic: Mapped[int] = flag()
    granted_until: Mapped[int | None]
    asked_at: Mapped[int]


class QuarantineRow(DeviceRow):
    """A row that left this device's scopes while edits on it were on their way; it goes with the centre's answer."""

    __tablename__ = "quarantine"

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[int]


class SyncShadowRow(DeviceRow):
    """The centre's last word (JSON) on a row that has edits on their way."""

    __tablename__ = "sync_shadow"

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    base_ver: Mapped[int]
    base: Mapped[str]


class SyncUnnamedRow(DeviceRow):
    """Rows held for a scope that is being read anew and did not name them yet; at its end they go."""

    __tablename__ = "sync_unnamed"
    __table_args__ = (
        Index("ix_sync_unnamed_row", "table_name", "row_id"),
        {"sqlite_with_rowid": False},
    )

    scope: Mapped[str] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)


class SyncAsideRow(DeviceRow):
    """What a centre ahead of this app told of a row beyond the columns known here (JSON by column), at its version.

    `is_row`: the app does not know the table either, and the row is nowhere else.
    """

    __tablename__ = "sync_aside"
    __table_args__ = ({"sqlite_with_rowid": False},)

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    ver: Mapped[int]
    is_row: Mapped[int] = flag()
    columns: Mapped[str]


class ProblemRow(DeviceRow):
    """What needs the rep: a refusal (its code) or CONFLICT with its choices.

    `parameters` is a JSON object of words, `choices` a JSON list of {table, row, column, base, mine, theirs}.
    """

    __tablename__ = "problem"

    id: Mapped[str] = mapped_column(primary_key=True)
    mid: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    parameters: Mapped[str] = mapped_column(default="{}", server_default="{}")
    choices: Mapped[str] = mapped_column(default="[]", server_default="[]")
    at: Mapped[int]
    is_settled: Mapped[int] = flag()


class BlobRow(DeviceRow):
    """The bytes of a kept document, named by their SHA-256 (64 hex digits)."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BlobJobRow(DeviceRow):
    """A file on its way up or down; `done` counts the bytes already there.

    `epoch` is the centre's epoch in which it confirmed to have the file, empty while it has not.
    """

    __tablename__ = "blob_job"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending", server_default="pending")
    size: Mapped[int]
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    at: Mapped[int]
    epoch: Mapped[str] = text()


class BlobPieceRow(DeviceRow):
    """A piece of a file on its way down, by the byte at which it begins."""

    __tablename__ = "blob_piece"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MetaRow(DeviceRow):
    """Small facts of the store, by name: schema, device, last exchange."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


LAST_EXCHANGE = "last_exchange_at"
"""The name in `meta` of the last exchange with the centre that went through: microseconds UTC as text."""
