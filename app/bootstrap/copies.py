"""Keeps copies of the open store up to date, on a thread of its own, while the rep works."""

from __future__ import annotations

import logging
import threading

from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.opening import Store
from sync.client.moment import Now

_log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
"""How often it is looked whether a copy is due."""

_IS_READ = "SELECT count(*) > 0 AND min(phase = 'live') FROM sync_cursor"
_HAS_UNSENT = "SELECT EXISTS (SELECT 1 FROM changeset WHERE state IN ('pending', 'sent'))"


class CopyKeeper:
    """Makes a copy where one is due; `stop` waits for the one that is being made."""

    def __init__(self, store: Store, feed: DeviceFeed, now: Now) -> None:
        self._store = store
        self._feed = feed
        self._now = now
        self._stops = threading.Event()
        self._thread = threading.Thread(target=self._run, name="copies", daemon=True)

    def start(self) -> None:
        """Begin to look by itself."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stops.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> bool:
        """Make a copy where one is due, once a first reading is complete; gives whether one was made.

        Raises Trouble DISK_FULL, DISK_FAILS, STORE_DAMAGED.
        """
        with self._feed.reading() as connection:
            is_read, has_unsent = (bool(connection.exec_driver_sql(sql).scalar()) for sql in (_IS_READ, _HAS_UNSENT))
        now = self._now()
        if not is_read or not self._store.backups.is_due(now, has_unsent=has_unsent):
            return False
        self._store.backups.make(now)
        return True

    def _run(self) -> None:
        while not self._stops.wait(EVERY_SECONDS):
            try:
                self.look()
            except Trouble as trouble:
                # The copies that are there stay; the same trouble meets the rep's own work, where it is said.
                _log.warning("no copy of the store: %s", trouble)
