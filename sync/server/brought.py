"""Keeps for which accounts a file's bytes were brought; what the centre makes itself it has with its bytes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from sync.protocol.changeset import Entry, Op
from sync.server.database import upsert
from sync.server.tables import BROUGHT

NAMES = ("sha256", "shown_sha256")
"""The columns of a document that name files."""


def keep(connection: Connection, brought: Iterable[tuple[str, str]]) -> None:
    """Keep accounts, each with the SHA-256 of a file that was brought for it."""
    values = [{"account_id": account, "sha256": sha256} for account, sha256 in sorted(brought)]
    if values:
        key = ["sha256", "account_id"]
        connection.execute(upsert(connection, BROUGHT).on_conflict_do_nothing(index_elements=key), values)


def keep_own(connection: Connection, entries: Iterable[Entry]) -> None:
    """Keep that the centre has the files of documents that it made itself, with their bytes, in a unit of work."""
    made = [entry.new for entry in entries if is_made(entry)]
    keep(connection, {(str(row["account_id"]), str(row[name])) for row in made for name in NAMES if row[name]})


def is_made(entry: Entry) -> bool:
    """Say whether an action made a document: it never changes what it names."""
    return entry.table == "document" and entry.op is Op.CREATE
