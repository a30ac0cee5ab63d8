"""The bytes of kept documents on their way, after the data: up until the centre has them, down where they miss."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.domain.refusal import Refusal
from app.store.codec import microseconds
from app.store.feed import DeviceFeed
from sync.client.moment import Now
from sync.client.transport import Road

AT_ONCE = 50
"""Files carried each way in one round."""
AGAIN_AFTER = 300_000_000
"""Microseconds after which a file that the centre had not yet, or did not want, is asked for again."""

_TO_SEND = """
SELECT b.sha256, b.size FROM blob b JOIN document d ON d.sha256 = b.sha256
LEFT JOIN blob_job j ON j.sha256 = b.sha256
WHERE d.ver > 0 AND (j.sha256 IS NULL OR (j.state <> 'done' AND j.at < ?))
GROUP BY b.sha256 ORDER BY d.made_at LIMIT ?"""
_TO_FETCH = """
SELECT d.sha256, d.size FROM document d LEFT JOIN blob b ON b.sha256 = d.sha256
LEFT JOIN blob_job j ON j.sha256 = d.sha256
WHERE d.ver > 0 AND b.sha256 IS NULL AND (j.sha256 IS NULL OR j.at < ?)
GROUP BY d.sha256 ORDER BY d.made_at DESC LIMIT ?"""


@dataclass(frozen=True, slots=True)
class _File:
    sha256: str
    size: int


class Files:
    """Carries files between the device's store and the centre."""

    def __init__(self, feed: DeviceFeed, road: Road, now: Now) -> None:
        self._feed = feed
        self._road = road
        self._now = now

    def carry(self) -> int:
        """Carry some files up, then some down; gives how many went. Raises Trouble as the road does."""
        sent = [file for file in self._wanted(_TO_SEND) if self._send(file)]
        fetched = [file for file in self._wanted(_TO_FETCH) if self._fetch(file)]
        if fetched:
            self._feed.tell(frozenset({"blob"}))
        return len(sent) + len(fetched)

    def _wanted(self, statement: str) -> list[_File]:
        with self._feed.reading() as connection:
            rows = connection.exec_driver_sql(statement, (self._at() - AGAIN_AFTER, AT_ONCE)).all()
        return [_File(row[0], row[1]) for row in rows]

    def _at(self) -> int:
        return microseconds(self._now())

    def _send(self, file: _File) -> bool:
        with self._feed.reading() as connection:
            content = bytes(
                connection.exec_driver_sql("SELECT content FROM blob WHERE sha256 = ?", (file.sha256,)).scalar_one()
            )
        try:
            self._road.document("PUT", f"/sync/v1/blobs/{file.sha256}", content)
        except Refusal:
            self._note(file, "up", "refused")
            return False
        self._note(file, "up", "done")
        return True

    def _fetch(self, file: _File) -> bool:
        try:
            content = self._road.file(f"/sync/v1/blobs/{file.sha256}")
        except Refusal:
            self._note(file, "down", "missing")
            return False
        if hashlib.sha256(content).hexdigest() != file.sha256:
            self._note(file, "down", "damaged")
            return False
        with self._feed.writing() as connection:
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO blob (sha256, size, content) VALUES (?, ?, ?)",
                (file.sha256, len(content), content),
            )
        self._note(file, "down", "done")
        return True

    def _note(self, file: _File, direction: str, state: str) -> None:
        done = file.size if state == "done" else 0
        with self._feed.writing() as connection:
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO blob_job (sha256, direction, state, size, done, at) VALUES (?, ?, ?, ?, ?, ?)",
                (file.sha256, direction, state, file.size, done, self._at()),
            )
