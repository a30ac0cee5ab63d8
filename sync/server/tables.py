"""The centre's own tables: scopes and their feed, devices and what they sent, people who may enter, files."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint, text

from app.store.rows.base import NAMES

CENTRE = MetaData(naming_convention=NAMES)


def _words(name: str, *, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _whole(name: str, *, default: int | None = None) -> Column[int]:
    shown = None if default is None else text(str(default))
    return Column(name, BigInteger, nullable=False, server_default=shown)


def _instant(name: str) -> Column[int]:
    """Microseconds since 1970 in UTC, or nothing yet."""
    return Column(name, BigInteger, nullable=True)


SCOPE = Table(
    "sync_scope",
    CENTRE,
    Column("scope", Text, primary_key=True),
    _words("kind"),
    _whole("head", default=0),
    _words("head_tag", default=""),
    _whole("min_seq", default=0),
    _words("state_sum", default=""),
    _instant("expires_at"),
)
"""A set of rows: the last sequence given in it with its tag, the first still in the log, the sum over its rows."""

ENTRY = Table(
    "sync_entry",
    CENTRE,
    Column("scope", Text, primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    _whole("seq"),
    _words("tag"),
    _words("op"),
    _whole("ver"),
    _words("writer", default=""),
    _whole("at", default=0),
    UniqueConstraint("scope", "seq"),
    Index("ix_sync_entry_row", "table_name", "row_id"),
)
"""What last happened to a row in a scope: U there now, D deleted, L left. A write moves it to a new sequence.

`writer` is the device that made this version, empty for the centre itself; `at` when the centre took it.
"""

LOAD = Table(
    "sync_load",
    CENTRE,
    Column("account_id", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    _whole("made_at"),
    _whole("expires_at"),
    Index("ix_sync_load_device", "device"),
    Index("ix_sync_load_expires_at", "expires_at"),
)
"""An account that a device has loaded for a time; its scope stands until the last of its loads is over."""

HOLD = Table(
    "slot_hold",
    CENTRE,
    Column("slot_id", Text, primary_key=True),
    Column("reservation_id", Text, nullable=False, unique=True),
    Column("line_id", Text, nullable=False, unique=True),
    _whole("valid_until"),
    Index("ix_slot_hold_valid_until", "valid_until"),
)
"""The reservation that holds a limited place, for which line and until when: one a place, whatever else goes wrong."""

SEARCHED = Table(
    "team_search",
    CENTRE,
    Column("device", Text, primary_key=True),
    _whole("minute"),
    _whole("searches"),
)
"""How often a device searched the team's accounts in the minute (since 1970) in which it did so last."""

DELETED = Table(
    "sync_deleted",
    CENTRE,
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    _words("mid"),
    _words("content"),
    _whole("at"),
    Index("ix_sync_deleted_mid", "mid"),
)
"""What a deleted row last held, as JSON, and the action that deleted it: a late edit takes that action back."""

DEVICE = Table(
    "sync_device",
    CENTRE,
    Column("device", Text, primary_key=True),
    _words("login"),
    _words("name"),
    _whole("last_n", default=0),
    _words("public_key"),
    _words("certificate"),
    _whole("enrolled_at"),
    _words("renewed_from", default=""),
    _instant("seen_at"),
    _instant("revoked_at"),
    _words("platform", default=""),
    _words("version", default=""),
    _instant("exchanged_at"),
    _instant("lease_until"),
    _instant("wipe_asked_at"),
    _instant("wipe_seen_at"),
    _instant("wipe_done_at"),
    _words("wipe_receipt", default=""),
    Index("ix_sync_device_renewed_from", "renewed_from"),
    Index("ix_sync_device_login", "login"),
)
"""A device: whose it is, the last changeset taken from it, its public key and signing certificate (PEM).

`renewed_from` is the device that it was split off when a store turned up twice or was put back, empty for none.
`wipe_receipt` goes with the order to wipe: by it the device says how far that came when its own keys are gone.
"""

DEPOSIT = Table(
    "device_deposit",
    CENTRE,
    Column("store", Text, primary_key=True),
    _words("device"),
    _words("content"),
    _whole("at"),
    Index("ix_device_deposit_device", "device"),
)
"""A store's key wrapped to the organisation (JSON), for the day that the device loses it."""

RESCUE = Table(
    "device_rescue",
    CENTRE,
    Column("device", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    _whole("at"),
)
"""Work that a device could not send before it was wiped, sealed to the organisation."""

APPLIED = Table(
    "sync_applied",
    CENTRE,
    Column("device", Text, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("mid", Text, nullable=False, unique=True),
    _words("hash"),
    _words("result"),
    _whole("at"),
)
"""What the centre answered to each changeset, written with its effect; kept over 400 days."""

CONFLICT = Table(
    "sync_conflict",
    CENTRE,
    Column("id", Text, primary_key=True),
    _words("device"),
    _whole("n"),
    _words("mid"),
    _words("table_name"),
    _words("row_id"),
    _words("column_name"),
    _words("base"),
    _words("mine"),
    _words("theirs"),
    _words("kept"),
    _whole("at"),
    _instant("settled_at"),
    Index("ix_sync_conflict_row", "table_name", "row_id"),
)
"""A field that both sides changed: the three values as JSON, and whose stands (`asked` while a person decides)."""

META = Table(
    "sync_meta",
    CENTRE,
    Column("name", Text, primary_key=True),
    _words("value"),
)
"""Small facts of the centre by name: epoch, schema window, the certificate authority, the recovery key."""

BLOB = Table(
    "blob",
    CENTRE,
    Column("sha256", Text, primary_key=True),
    _whole("size"),
    Column("content", LargeBinary, nullable=False),
    _whole("at", default=0),
)
"""The bytes of a kept document, named by their SHA-256 (64 hex digits)."""

BROUGHT = Table(
    "blob_brought",
    CENTRE,
    Column("sha256", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
)
"""An account for which a file's bytes were brought whole by somebody who could write it: it goes with the account."""

UPLOAD = Table(
    "blob_upload",
    CENTRE,
    Column("id", Text, primary_key=True),
    _words("device"),
    _words("sha256"),
    _whole("size"),
    _whole("done", default=0),
    _whole("expires_at"),
    _words("accounts", default="[]"),
    Index("ix_blob_upload_device", "device", "sha256", unique=True),
)
"""A file that is on its way in pieces: how many of its bytes are here, and the accounts that it is for, as JSON."""

PIECE = Table(
    "blob_piece",
    CENTRE,
    Column("upload", Text, primary_key=True),
    Column("start", BigInteger, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""A piece of a file on its way, by the byte at which it begins; a row of its own, so that none is written twice."""

USER = Table(
    "centre_user",
    CENTRE,
    Column("login", Text, primary_key=True),
    _words("name"),
    _words("password_hash"),
    _words("rep_id"),
    _whole("made_at"),
    _instant("disabled_at"),
    _words("role", default="rep"),
)
"""A person who may enter; the password is hashed with Argon2id. The roles stand in sync.protocol.devices."""

CODE = Table(
    "device_code",
    CENTRE,
    Column("id", Text, primary_key=True),
    _words("login"),
    _words("code_hash"),
    _whole("made_at"),
    _whole("expires_at"),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    _instant("used_at"),
    _words("device", default=""),
    Index("ix_device_code_login", "login"),
)
"""A code that enrols one device, once; one that names a device gives that device its store's key back instead."""

TOKEN = Table(
    "token",
    CENTRE,
    Column("token_hash", Text, primary_key=True),
    _words("device"),
    _whole("made_at"),
    _instant("revoked_at"),
    Index("ix_token_device", "device"),
)
"""A bearer token by its SHA-256; worth nothing without the device's key."""

NONCE = Table(
    "device_nonce",
    CENTRE,
    Column("device", Text, primary_key=True),
    Column("nonce", Text, primary_key=True),
    _whole("at"),
    Index("ix_device_nonce_at", "at"),
)
"""Proofs that were shown lately, so that none is taken twice."""
