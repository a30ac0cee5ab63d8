"""Keeps what was told: a batch with its mark in one transaction, and notes a scope whose sum is not the centre's."""

from __future__ import annotations

from app.store.pulled import Batch, Pulled
from sync.client.brake import Brake
from sync.client.lines import Tally
from sync.protocol.frames import Mark


class Keeping:
    """What a first reading and an exchange do alike with the rows they are told."""

    def __init__(self, pulled: Pulled, brake: Brake) -> None:
        self._pulled = pulled
        self._brake = brake

    def keep(self, batch: Batch, mark: Mark, tally: Tally) -> None:
        """Keep a batch up to its mark, unless it deletes too much, and begin the next one."""
        if self._brake.stops(batch, mark):
            batch.clear()
            return
        if not self._pulled.apply(batch, mark):
            tally.differing.add(mark.scope)
        elif mark.sum is not None:
            tally.differing.discard(mark.scope)
        self._brake.kept(mark)
        tally.received += batch.size
        batch.clear()
