"""Keeps what was told: a batch with its mark in one transaction, and says when a scope's sum is not the centre's."""

from __future__ import annotations

import logging

from app.store.codec import microseconds
from app.store.feed import DeviceFeed
from app.store.pulled import Batch, Pulled
from sync.client.lines import Progress, Tally
from sync.client.moment import Now
from sync.protocol.frames import Mark

_log = logging.getLogger(__name__)


class Keeping:
    """What a first reading and an exchange do alike with the rows they are told."""

    def __init__(self, feed: DeviceFeed, pulled: Pulled, now: Now, progress: Progress) -> None:
        self._feed = feed
        self._pulled = pulled
        self._now = now
        self._progress = progress

    def keep(self, batch: Batch, mark: Mark, tally: Tally) -> None:
        """Keep a batch up to its mark, and begin the next one."""
        if not self._pulled.apply(batch, mark):
            _log.warning("the sum of %s is not the centre's", mark.scope)
            self._feed.remember({f"sum_differs:{mark.scope}": str(microseconds(self._now()))})
        tally.received += batch.size
        batch.clear()
        self._progress(tally.received, tally.bytes)
