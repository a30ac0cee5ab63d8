"""One exchange: what waits goes up in order, each answer is kept as it comes, then what is new comes down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.store.answering import Answering
from app.store.codec import microseconds
from app.store.feed import DeviceFeed
from app.store.outbox import Answered, Outbox
from app.store.pulled import Batch, Pulled
from app.store.rows import REVISION
from sync.client.greeting import EPOCH, Greeting
from sync.client.keeping import Keeping
from sync.client.lines import Tally, frames, must_be, with_answers_together
from sync.client.moment import Now
from sync.client.planning import Round
from sync.client.transport import Road
from sync.protocol.changeset import MOST_BYTES
from sync.protocol.frames import Answer, Ask, Cloned, Columns, Frame, FrameWriter, Gap, Gone, Mark, Rows, Told
from sync.protocol.handshake import PROTOCOL, Limits
from sync.protocol.results import Deferred

PUSH_BYTES = MOST_BYTES
"""Bytes of changesets sent in one exchange, about; so that one too large to be sent is alone."""


@dataclass(slots=True)
class Heard:
    """What one exchange brought about: whether there is more, answers, whether to greet anew or send again.

    `at`: the centre's clock, microseconds UTC. `cloned`: another content is known under a number, or a number is asked
    for that is kept no more: this store was copied or put back, or the centre was, to a state older than the outbox.
    """

    at: int = 0
    may_be_more: bool = False
    answers: int = 0
    deferred: bool = False
    greet: bool = False
    again: bool = False
    cloned: bool = False
    marked: set[str] = field(default_factory=set)


class Turn:
    """Goes to the centre once and hears what it says."""

    def __init__(
        self, feed: DeviceFeed, pulled: Pulled, road: Road, now: Now, greeting: Greeting, keeping: Keeping
    ) -> None:
        self._feed = feed
        self._outbox = Outbox(feed)
        self._answering = Answering(feed)
        self._pulled = pulled
        self._road = road
        self._now = now
        self._greeting = greeting
        self._keeping = keeping

    def exchange(self, known: Round, tally: Tally) -> Heard:
        """Push what waits and read what is new. Raises Damaged, Trouble, Refusal."""
        limits = known.welcome.limits if known.welcome else Limits()
        changesets = self._feed.going(limits.changesets, min(PUSH_BYTES, limits.request))
        if changesets:
            self._feed.sent([n for n, _ in changesets], microseconds(self._now()))
        compares = changesets and known.welcome is not None and known.welcome.compares
        answered = self._outbox.answered() if compares else Answered()
        writer = FrameWriter()
        ask = Ask(
            protocol=PROTOCOL,
            revision=REVISION,
            epoch=self._feed.recall(EPOCH) or "",
            cursors=known.to_tell(),
            first=self._outbox.first(),
            answered=answered.n,
            digest=answered.digest,
        )
        body = writer.line(ask) + writer.pushes(said for _, said in changesets) + writer.end()
        heard, batch, asked = Heard(), Batch(), {cursor.scope for cursor in ask.cursors}
        for frame in with_answers_together(frames(self._road, "POST", "/sync/v1/exchange", body, tally)):
            if isinstance(frame, list):
                self._hear_answers(frame, heard, tally)
            elif isinstance(frame, Columns | Rows | Gone):
                batch.take(frame)
            else:
                must_be(not isinstance(frame, Mark) or frame.scope in asked)
                self._hear(frame, batch, heard, tally)
        if changesets and not heard.answers and not heard.again:
            must_be(heard.deferred or heard.cloned)
        heard.greet |= not asked <= heard.marked
        return heard

    def _hear_answers(self, answers: Sequence[Answer], heard: Heard, tally: Tally) -> None:
        decided = sum(not isinstance(answer.result, Deferred) for answer in answers)
        heard.deferred |= decided < len(answers)
        heard.answers += decided
        tally.sent += decided
        tally.problems += self._answering.keep(answers, microseconds(self._now()), heard.at)

    def _hear(self, frame: Frame, batch: Batch, heard: Heard, tally: Tally) -> None:
        if isinstance(frame, Told):
            heard.at = frame.at
            heard.greet |= self._greeting.agree(frame.epoch, frame.last_n)
        elif isinstance(frame, Gap):
            first = self._outbox.send_again_from(frame.expected)
            if first != frame.expected:
                heard.cloned = True  # nothing fills that gap any more: what is kept goes out under another identity
            else:
                heard.again = True
                tally.begin_anew()
        elif isinstance(frame, Cloned):
            heard.cloned = True
        elif isinstance(frame, Mark):
            heard.marked.add(frame.scope)
            if frame.reset:
                self._pulled.begin_again(frame.scope)
                heard.greet = True
            else:
                self._keeping.keep(batch, frame, tally)
                heard.may_be_more |= frame.more
