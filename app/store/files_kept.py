"""Lets the files of an account go from the device, but never one that the centre has not confirmed to have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from app.store.feed import DeviceFeed


class Why(StrEnum):
    """Why a file stays: the centre has not confirmed it, its document is still on its way, another account has it."""

    NOT_CONFIRMED = "not_confirmed"
    WAITS = "waits"
    NAMED_ELSEWHERE = "named_elsewhere"


@dataclass(frozen=True, slots=True)
class LetGo:
    """What was let go, and what was kept and why; files by their SHA-256."""

    gone: tuple[str, ...]
    kept: tuple[tuple[str, Why], ...]


_FILES = """
SELECT b.sha256,
  coalesce(j.state = 'done' AND j.epoch <> '' AND j.epoch = (SELECT value FROM meta WHERE name = 'sync_epoch'), 0),
  max(d.ver = 0 OR EXISTS (
    SELECT 1 FROM changeset_entry e JOIN changeset c ON c.mid = e.mid
    WHERE e.table_name = 'document' AND e.row_id = d.id AND c.state IN ('pending', 'sent'))),
  EXISTS (SELECT 1 FROM document o WHERE o.account_id <> ? AND (o.sha256 = b.sha256 OR o.shown_sha256 = b.sha256))
FROM blob b JOIN document d ON d.sha256 = b.sha256 OR d.shown_sha256 = b.sha256
LEFT JOIN blob_job j ON j.sha256 = b.sha256
WHERE d.account_id = ? GROUP BY b.sha256 ORDER BY b.sha256"""


def let_go(feed: DeviceFeed, account_id: str) -> LetGo:
    """Drop the files of an account that the centre confirmed in its present epoch to have; the others stay.

    To be called while the account's documents are still here: they name its files.
    """
    with feed.writing() as connection:
        done = let_go_in(connection, account_id)
    if done.gone:
        feed.tell(frozenset({"blob"}))
    return done


def let_go_in(connection: Connection, account_id: str) -> LetGo:
    """As `let_go`, within a transaction of the caller's."""
    gone: list[str] = []
    kept: list[tuple[str, Why]] = []
    for sha256, is_confirmed, waits, is_elsewhere in connection.exec_driver_sql(_FILES, (account_id, account_id)).all():
        if waits:
            kept.append((sha256, Why.WAITS))
        elif is_elsewhere:
            kept.append((sha256, Why.NAMED_ELSEWHERE))
        elif not is_confirmed:
            kept.append((sha256, Why.NOT_CONFIRMED))
        else:
            gone.append(sha256)
    for sha256 in gone:
        for table in ("blob", "blob_job", "blob_piece"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE sha256 = ?", (sha256,))  # noqa: S608 - constants
    return LetGo(tuple(gone), tuple(kept))
