"""Which files are still to go up or come down, in the order of their urgency, and how far each has come."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from app.store.feed import DeviceFeed

SMALL = 1_000_000
"""Bytes up to which a file goes before all larger ones."""
AGAIN_AFTER = 300_000_000
"""Microseconds after which a file that the centre had not yet, or did not want, is tried again."""


class Way(StrEnum):
    """Where a file goes."""

    UP = "up"
    DOWN = "down"


class Outcome(StrEnum):
    """How a file's way stands: on it, there and confirmed, or put off for a while and why."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class FileJob:
    """One file on its way: its name by SHA-256, its size in bytes, and how many of them are here on the way down."""

    sha256: str
    size: int
    way: Way
    done: int


# Whatever the centre has not confirmed in its present epoch goes up: one restored from a backup may have lost it.
_IS_OPEN = "(j.sha256 IS NULL OR j.direction = 'down' OR j.state IN ('pending', 'done') OR j.at < :again)"
_NEXT = f"""
SELECT sha256, size, way, done FROM (
  SELECT b.sha256 AS sha256, b.size AS size, 'up' AS way, 0 AS done,
    CASE WHEN max(d.kind = 'signed_order_form') THEN 0 WHEN b.size <= :small THEN 1 ELSE 3 END AS urgency,
    0 AS later, min(d.made_at) AS age
  FROM blob b JOIN document d ON d.sha256 = b.sha256 LEFT JOIN blob_job j ON j.sha256 = b.sha256
  WHERE d.ver > 0 AND NOT coalesce(j.state = 'done' AND j.epoch = :epoch, 0) AND {_IS_OPEN}
  GROUP BY b.sha256
  UNION ALL
  SELECT d.sha256, d.size, 'down', coalesce(j.done, 0), CASE WHEN d.size <= :small THEN 2 ELSE 4 END,
    min(l.account_id IS NULL), -max(d.made_at)
  FROM document d LEFT JOIN blob b ON b.sha256 = d.sha256 LEFT JOIN blob_job j ON j.sha256 = d.sha256
  LEFT JOIN account_load l ON l.account_id = d.account_id
  WHERE d.ver > 0 AND b.sha256 IS NULL AND (j.sha256 IS NULL OR j.state = 'pending' OR j.at < :again)
    AND coalesce(l.state, '') NOT IN ('unwanted', 'let_go')
  GROUP BY d.sha256
) ORDER BY urgency, later, age, sha256 LIMIT 1"""  # noqa: S608 - constants


class FileJobs:
    """The device's store as the carrier of files meets it."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    def next(self, epoch: str, at: int) -> FileJob | None:
        """Give the most urgent file: signed ones up, small ones up, small ones down, large ones up, large ones down.

        Down, those of loaded accounts come first; those of accounts that were let go stay at the centre.

        `at` is now in microseconds UTC.
        """
        values = {"small": SMALL, "epoch": epoch, "again": at - AGAIN_AFTER}
        with self._feed.reading() as connection:
            row = connection.exec_driver_sql(_NEXT, values).first()
        return None if row is None else FileJob(row[0], row[1], Way(row[2]), row[3])

    def piece(self, job: FileJob, start: int, most: int) -> bytes:
        """Give bytes of a file that lies here, from `start` on."""
        part = "SELECT substr(content, ?, ?) FROM blob WHERE sha256 = ?"
        with self._feed.reading() as connection:
            return bytes(connection.exec_driver_sql(part, (start + 1, most, job.sha256)).scalar_one())

    def note(self, job: FileJob, outcome: Outcome, at: int, *, done: int = 0, epoch: str = "") -> None:
        """Keep how a file's way stands; what came of one that is put off is let go."""
        with self._feed.writing() as connection:
            if outcome is not Outcome.PENDING:
                _drop_pieces(connection, job.sha256)
            _note(connection, job, outcome, at, done, epoch)

    def keep(self, job: FileJob, start: int, content: bytes, at: int) -> int:
        """Keep a piece that came down, and how far the file has come with it; gives that."""
        done = start + len(content)
        with self._feed.writing() as connection:
            if start == 0:
                _drop_pieces(connection, job.sha256)
            kept = "INSERT OR REPLACE INTO blob_piece (sha256, start, content) VALUES (?, ?, ?)"
            connection.exec_driver_sql(kept, (job.sha256, start, content))
            _note(connection, job, Outcome.PENDING, at, done, "")
        return done

    def finish(self, job: FileJob, at: int, epoch: str) -> bool:
        """Make the file of its pieces; gives whether it is the one it is named as. Otherwise all of it is let go."""
        with self._feed.writing() as connection:
            pieces = connection.exec_driver_sql(
                "SELECT content FROM blob_piece WHERE sha256 = ? ORDER BY start", (job.sha256,)
            )
            content = b"".join(map(bytes, pieces.scalars()))
            is_right = hashlib.sha256(content).hexdigest() == job.sha256
            if is_right:
                made = "INSERT OR IGNORE INTO blob (sha256, size, content) VALUES (?, ?, ?)"
                connection.exec_driver_sql(made, (job.sha256, len(content), content))
            _drop_pieces(connection, job.sha256)
            outcome = Outcome.DONE if is_right else Outcome.DAMAGED
            _note(connection, job, outcome, at, job.size if is_right else 0, epoch if is_right else "")
        if is_right:
            self._feed.tell(frozenset({"blob"}))
        return is_right

    def tidy(self) -> None:
        """Let go pieces of files that no document names any more."""
        orphans = "SELECT 1 FROM blob_piece WHERE sha256 NOT IN (SELECT sha256 FROM document) LIMIT 1"
        with self._feed.reading() as connection:
            if connection.exec_driver_sql(orphans).first() is None:
                return
        with self._feed.writing() as connection:
            for table in ("blob_job", "blob_piece"):
                connection.exec_driver_sql(
                    f"DELETE FROM {table} WHERE sha256 NOT IN (SELECT sha256 FROM document) "  # noqa: S608 - constants
                    "AND sha256 NOT IN (SELECT sha256 FROM blob)"
                )


def _note(connection: Connection, job: FileJob, outcome: Outcome, at: int, done: int, epoch: str) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO blob_job (sha256, direction, state, size, done, at, epoch) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (job.sha256, job.way.value, outcome.value, job.size, done, at, epoch),
    )


def _drop_pieces(connection: Connection, sha256: str) -> None:
    connection.exec_driver_sql("DELETE FROM blob_piece WHERE sha256 = ?", (sha256,))
