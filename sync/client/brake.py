"""The brake before a mass deletion: counts over a whole round what the centre would take away, and stops in time."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from app.store.deletions import Deletions, Stop, Word, is_too_much
from app.store.pulled import Batch, Phase, Pulled
from sync.protocol.frames import Mark
from sync.protocol.handshake import ScopeHead

_log = logging.getLogger(__name__)


class Brake:
    """Knows which scopes stopped; one for an engine."""

    def __init__(self, deletions: Deletions, pulled: Pulled) -> None:
        self._deletions = deletions
        self._pulled = pulled
        self._counts: dict[str, int] = {}
        self._totals: dict[str, int] = {}
        self._stops: dict[str, Stop] = {}

    def begin(self) -> bool:
        """Begin a round: counts begin at nothing, and the rep may have said a word. Gives whether anything stopped."""
        self._counts.clear()
        self._totals.clear()
        self._stops = self._deletions.stops()
        return bool(self._stops)

    def look_again(self, heads: Iterable[ScopeHead]) -> None:
        """Count a scope anew whose log at the centre went on, or is another one; it may have thought better of it."""
        for head in heads:
            stop = self._stops.get(head.scope)
            if stop is not None and stop.word is not Word.ALLOWED and stop.head != head.head:
                self._clear(head.scope)

    @property
    def stopped(self) -> frozenset[str]:
        """The scopes of which nothing is read until the rep said yes."""
        return frozenset(scope for scope, stop in self._stops.items() if stop.word is not Word.ALLOWED)

    def stops(self, batch: Batch, mark: Mark) -> bool:
        """Say, before a batch is kept, whether it must not be: it would delete too much, or comes after one that would.

        Rows that a new reading did not name again count when it comes to its end.
        """
        stop = self._stops.get(mark.scope)
        if stop is not None:
            return stop.word is not Word.ALLOWED
        deleted = self._deletions.would_delete(mark.scope, batch.gone) if batch.gone else 0
        if _ends(mark):
            deleted += self._deletions.would_sweep(mark.scope, (*batch.rows, *batch.apart.rows))
        if deleted == 0:
            return False
        total = self._totals.setdefault(mark.scope, self._deletions.held(mark.scope))
        count = self._counts[mark.scope] = self._counts.get(mark.scope, 0) + deleted
        if not is_too_much(count, total):
            return False
        _log.warning("%s would delete %d of %d rows here: stopped until the rep said yes", mark.scope, count, total)
        self._stops[mark.scope] = Stop(scope=mark.scope, count=count, total=total, head=mark.seq)
        self._deletions.stop(self._stops[mark.scope])
        return True

    def kept(self, mark: Mark) -> None:
        """Note that a batch was kept: a yes of the rep is good for one complete reading."""
        if mark.scope in self._stops and _ends(mark) and self._pulled.cursor(mark.scope).phase is Phase.LIVE:
            self._clear(mark.scope)

    def _clear(self, scope: str) -> None:
        self._deletions.clear(scope)
        self._stops.pop(scope, None)


def _ends(mark: Mark) -> bool:
    return mark.resume is None and not mark.more
