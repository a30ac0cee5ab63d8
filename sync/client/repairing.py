"""Finds out where a scope's rows are not the centre's, and has those alone put right; once, and then not for a day."""

from __future__ import annotations

import logging

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.codec import microseconds
from app.store.deletions import Deletions, Stop, Word
from app.store.feed import DeviceFeed
from app.store.pulled import Batch
from app.store.repairing import Repaired, Repairs, TooManyGone
from app.store.rows import REVISION
from sync.client.greeting import EPOCH
from sync.client.lines import Tally, frames, must_be
from sync.client.moment import Now
from sync.client.transport import Road
from sync.protocol.buckets import COUNT
from sync.protocol.frames import Columns, Damaged, Differing, FrameWriter, Mark, Rows, Verify
from sync.protocol.handshake import PROTOCOL

_log = logging.getLogger(__name__)

STILL_DIFFERS = "sum_differs:"
"""Begins the name of the small fact that a scope is not repaired: microseconds UTC of the first try, then tries."""
REPAIRS = "repairs"
"""The small fact that counts the repairs of this device."""
AGAIN_AFTER = 86_400_000_000
"""Microseconds after which a repair that did not help is tried again."""
MOST_TRIES = 3
"""Tries before that: one may have died half way, with the device or by a damaged answer."""


class Repairing:
    """Repairs scopes whose sum is not the centre's."""

    def __init__(self, feed: DeviceFeed, road: Road, now: Now) -> None:
        self._feed = feed
        self._repairs = Repairs(feed)
        self._road = road
        self._now = now
        self._deletions = Deletions(feed)
        self._allowed: frozenset[str] = frozenset()

    def begin(self) -> None:
        """Begin a round: the rep may have allowed a scope to lose many rows."""
        stops = self._deletions.stops().values()
        self._allowed = frozenset(stop.scope for stop in stops if stop.word is Word.ALLOWED)

    def repair(self, tally: Tally) -> None:
        """Repair what this round found to differ. Raises Damaged, Trouble; a refusal leaves the scope as it is."""
        for scope in sorted(tally.differing):
            first, tries = self._tried(scope)
            if scope in self._allowed or tries < MOST_TRIES:
                self._repair(scope, tally, first, tries + 1)
        tally.differing.clear()

    def _tried(self, scope: str) -> tuple[int, int]:
        """Give when the tries of this day began, and how many there were."""
        now = microseconds(self._now())
        first, _, tries = (self._feed.recall(STILL_DIFFERS + scope) or "").partition(" ")
        is_of_today = bool(first) and abs(now - int(first)) < AGAIN_AFTER
        return (int(first), int(tries)) if is_of_today else (now, 0)

    def _repair(self, scope: str, tally: Tally, first: int, tries: int) -> None:
        _log.warning("the sum of %s is not the centre's", scope)
        # Remembered beforehand: a repair that dies, or an answer that is damaged, is not begun again at each round.
        self._feed.remember({STILL_DIFFERS + scope: f"{first} {tries}"})
        try:
            done = self._in_parts(scope, tally)
        except Trouble as trouble:
            if trouble.code in {"OFFLINE", "CENTRE_FULL"}:
                self._feed.remember({STILL_DIFFERS + scope: ""})
            raise
        except TooManyGone as many:
            _log.warning("%s is not repaired until the rep said yes: %s", scope, many)
            self._deletions.stop(Stop(scope=scope, count=many.going, total=many.held, head=many.head))
            return
        except Refusal as refusal:
            _log.error("%s is not repaired: %s", scope, refusal)
            self._give_up(scope, first)
            return
        if done is None:
            return
        if not done.is_right:
            _log.error("%s differs from the centre's even after a repair", scope)
            self._give_up(scope, first)
            return
        repairs = int(self._feed.recall(REPAIRS) or 0) + 1
        self._feed.remember({STILL_DIFFERS + scope: "", REPAIRS: str(repairs)})

    def _give_up(self, scope: str, first: int) -> None:
        """It came to its end and did not help: for a day nothing more is tried."""
        self._feed.remember({STILL_DIFFERS + scope: f"{first} {MOST_TRIES}"})

    def _in_parts(self, scope: str, tally: Tally) -> Repaired | None:
        """Repair as many buckets at a time as the centre tells; None where the scope is to be read anew instead."""
        for _ in range(COUNT):
            batch, differing, mark = self._asked(scope, tally)
            if mark.reset or differing is None:
                return None
            at, may = microseconds(self._now()), scope in self._allowed
            done = self._repairs.apply(batch, differing, mark, at, may_drop_many=may)
            tally.received += done.rows
            _log.warning(
                "%s is repaired in %d buckets: %d rows, %d dropped",
                scope,
                len(differing.buckets),
                done.rows,
                done.dropped,
            )
            if not mark.more:
                return done
            must_be(bool(differing.buckets))
        raise Damaged("a repair without an end")

    def _asked(self, scope: str, tally: Tally) -> tuple[Batch, Differing | None, Mark]:
        writer, batch = FrameWriter(), Batch()
        verify = Verify(
            protocol=PROTOCOL,
            revision=REVISION,
            epoch=self._feed.recall(EPOCH) or "",
            scope=scope,
            buckets=self._repairs.sums(scope),
        )
        differing: Differing | None = None
        mark: Mark | None = None
        for frame in frames(self._road, "POST", "/sync/v1/repair", writer.line(verify) + writer.end(), tally):
            if isinstance(frame, Columns | Rows):
                must_be(differing is not None and mark is None)
                batch.take(frame)
            elif isinstance(frame, Differing):
                must_be(differing is None and frame.scope == scope)
                differing = frame
            elif isinstance(frame, Mark):
                must_be(mark is None and frame.scope == scope)
                mark = frame
        if mark is None:
            raise Damaged("a repair without its mark")
        return batch, differing, mark
