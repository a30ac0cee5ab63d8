"""What one request did: noted by whoever does it, read at its end by the log and the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field

from sync.protocol.frames import Answer, Cloned, Gap

Reply = Answer | Gap | Cloned


@dataclass(slots=True)
class Tally:
    """Of one request: which device asked, its changesets by what became of them, rows told, bytes both ways."""

    device: str = ""
    changesets: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    received: int = 0
    sent: int = 0

    def noting(self, replies: Iterable[Reply]) -> Iterator[Reply]:
        """Give replies on, and note what became of each changeset."""
        for reply in replies:
            told = reply.result if isinstance(reply, Answer) else reply
            self.changesets[str(told.__struct_config__.tag)] += 1
            yield reply


_present: ContextVar[Tally | None] = ContextVar("tally", default=None)


def begin() -> Tally:
    """Begin the tally of the request that is served in this context and in the threads that work for it."""
    fresh = Tally()
    _present.set(fresh)
    return fresh


def tally() -> Tally:
    """Give the tally of the request that is served now; outside of one, a tally that nobody reads."""
    return _present.get() or Tally()
