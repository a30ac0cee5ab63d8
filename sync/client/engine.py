"""One round on the road: what waits goes up in order, what is new comes down, each kept before the next."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from app.domain.refusal import Refusal
from app.ports.courier import Exchanged
from app.ports.trouble import Trouble
from app.store.codec import microseconds
from app.store.feed import DeviceFeed
from app.store.pulled import Batch, Pulled
from app.store.rows import REVISION
from sync.client.moment import Now
from sync.client.planning import Do, Round
from sync.client.transport import Road, with_query
from sync.protocol.frames import (
    Answer,
    Ask,
    Cloned,
    Columns,
    Damaged,
    Frame,
    FrameReader,
    FrameWriter,
    Gap,
    Gone,
    Mark,
    Push,
    Rows,
    Told,
)
from sync.protocol.handshake import PROTOCOL, Hello, Limits, Verdict, Welcome, read_welcome
from sync.protocol.results import Deferred

_log = logging.getLogger(__name__)

EPOCH = "sync_epoch"
"""The small fact under which the device keeps the centre's epoch."""
PUSH_BYTES = 1_000_000
"""Bytes of changesets sent in one exchange, about."""

MOST_ANEW = 5
"""How often a round may begin anew, to greet or to send again; a centre that asks more often is none of ours."""

Progress = Callable[[int, int], None]
"""Hears rows and bytes received so far in this round."""


@dataclass(slots=True)
class _Tally:
    sent: int = 0
    received: int = 0
    problems: int = 0
    bytes: int = 0
    begun_anew: int = 0


@dataclass(slots=True)
class _Heard:
    """What one exchange brought about: whether there is more, answers, whether to greet anew or send again."""

    may_be_more: bool = False
    answers: int = 0
    deferred: bool = False
    greet: bool = False
    again: bool = False
    marked: set[str] = field(default_factory=set)


class Engine:
    """Exchanges with one centre; one thread at a time."""

    def __init__(self, feed: DeviceFeed, road: Road, now: Now, progress: Progress | None = None) -> None:
        self._feed = feed
        self._pulled = Pulled(feed)
        self._road = road
        self._now = now
        self._progress = progress or (lambda _rows, _bytes: None)
        self._welcome: Welcome | None = None

    def exchange(self) -> Exchanged:
        """Send what waits and take what is new, until both are done.

        Raises Trouble OFFLINE, CENTRE_REFUSES, CENTRE_SPEAKS_OTHERWISE, DEVICE_CLONED, CENTRE_MISSES_CHANGES, and the
        store's own; whatever was kept until then stays kept.
        """
        tally = _Tally()
        try:
            self._round(tally)
        except (Damaged, Refusal) as error:
            self._welcome = None
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=str(error)) from error
        except Trouble:
            self._welcome = None
            raise
        self._feed.exchanged(microseconds(self._now()))
        return Exchanged(sent=tally.sent, received=tally.received, problems=tally.problems)

    def _round(self, tally: _Tally) -> None:
        known = Round(welcome=self._welcome, cursors=self._pulled.cursors(), waiting=self._feed.waiting().count)
        while (step := known.next()).do is not Do.REST:
            may_be_more = known.may_be_more
            if step.do is Do.GREET:
                tally.begun_anew += 1
                _must_be(tally.begun_anew <= MOST_ANEW)
                self._welcome = self._greet(known)
                known = Round(welcome=self._welcome, cursors=self._pulled.cursors(), waiting=known.waiting)
                self._leave(known)
            elif step.do is Do.READ_FIRST:
                may_be_more = True  # what changed while it is read stands in the log
                try:
                    self._read_first(step.scope, step.resume, tally)
                except Refusal as refusal:
                    self._read_otherwise(step.scope, refusal, tally)
            else:
                heard = self._exchange(known, tally)
                if heard.deferred:
                    return  # the centre is busy: the rest waits for the next round
                may_be_more = heard.may_be_more
                if heard.greet:
                    self._welcome, may_be_more = None, True
            known = Round(
                welcome=self._welcome,
                cursors=self._pulled.cursors(),
                waiting=self._feed.waiting().count,
                may_be_more=may_be_more,
            )

    # ------------------------------------------------------------------------------------------ first words
    def _greet(self, known: Round) -> Welcome:
        waiting = self._feed.waiting()
        hello = Hello(
            protocol=PROTOCOL,
            revision=REVISION,
            epoch=self._feed.recall(EPOCH) or "",
            cursors=known.to_tell(),
            first=waiting.first,
            last=waiting.last,
        )
        data = self._road.document("POST", "/sync/v1/hello", msgspec.json.encode(hello))
        try:
            welcome = read_welcome(data)
        except msgspec.DecodeError as error:
            raise Damaged(str(error)) from error
        if welcome.verdict is Verdict.OTHER_PROTOCOL:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=f"protocol {welcome.protocol} {welcome.revision}")
        self._meet(welcome.epoch)
        return welcome

    def _meet(self, epoch: str) -> None:
        """Know the centre's epoch; a new one means that its logs are others, and every scope is read anew."""
        before = self._feed.recall(EPOCH)
        if before not in (None, "", epoch):
            _log.warning("the centre is of another epoch: all scopes are read anew")
            for scope in self._pulled.cursors():
                self._pulled.begin_again(scope)
        if before != epoch:
            self._feed.remember({EPOCH: epoch})

    def _leave(self, known: Round) -> None:
        for scope in known.left():
            _log.info("this device is no longer entitled to %s", scope)
            self._pulled.leave(scope)

    # ------------------------------------------------------------------------------------------ first reading
    def _read_first(self, scope: str, resume: str | None, tally: _Tally) -> None:
        path = with_query("/sync/v1/snapshot", scope=scope, **({"resume": resume} if resume else {}))
        batch = Batch()
        for frame in self._frames("GET", path, b"", tally):
            if isinstance(frame, Columns | Rows | Gone):
                batch.take(frame)
            elif isinstance(frame, Mark):
                _must_be(frame.scope == scope)
                self._keep(batch, frame, tally)

    def _read_otherwise(self, scope: str, refusal: Refusal, tally: _Tally) -> None:
        """Begin a scope anew whose place the centre no longer knows; greet anew where it is no longer ours."""
        if refusal.code not in {"RESUME_UNKNOWN", "OUT_OF_SCOPE"}:
            raise refusal
        tally.begun_anew += 1
        _must_be(tally.begun_anew <= MOST_ANEW)
        if refusal.code == "RESUME_UNKNOWN":
            self._pulled.begin_again(scope)
        else:
            self._welcome = None

    def _keep(self, batch: Batch, mark: Mark, tally: _Tally) -> None:
        if not self._pulled.apply(batch, mark):
            _log.warning("the sum of %s is not the centre's", mark.scope)
            self._feed.remember({f"sum_differs:{mark.scope}": str(microseconds(self._now()))})
        tally.received += batch.size
        batch.clear()
        self._progress(tally.received, tally.bytes)

    # ------------------------------------------------------------------------------------------ exchange
    def _exchange(self, known: Round, tally: _Tally) -> _Heard:
        limits = known.welcome.limits if known.welcome else Limits()
        changesets = self._feed.pending(limits.changesets, min(PUSH_BYTES, limits.request))
        if changesets:
            self._feed.sent([changeset.n for changeset in changesets], microseconds(self._now()))
        writer = FrameWriter()
        ask = Ask(
            protocol=PROTOCOL,
            revision=REVISION,
            epoch=self._feed.recall(EPOCH) or "",
            cursors=known.to_tell(),
            first=self._feed.waiting().first,
        )
        pushes = (Push(changeset=changeset) for changeset in changesets)
        body = writer.lines((ask, *pushes)) + writer.end()
        heard, batch = _Heard(), Batch()
        for frame in self._frames("POST", "/sync/v1/exchange", body, tally):
            if isinstance(frame, Columns | Rows | Gone):
                batch.take(frame)
            else:
                self._hear(frame, batch, heard, tally)
        if changesets and not heard.answers and not heard.again:
            _must_be(heard.deferred)
        heard.greet |= any(cursor.scope not in heard.marked for cursor in ask.cursors)
        return heard

    def _hear(self, frame: Frame, batch: Batch, heard: _Heard, tally: _Tally) -> None:
        if isinstance(frame, Told):
            if frame.epoch != self._feed.recall(EPOCH):
                self._meet(frame.epoch)
                heard.greet = True
        elif isinstance(frame, Answer):
            if isinstance(frame.result, Deferred):
                heard.deferred = True
            else:
                heard.answers += 1
                tally.sent += 1
            tally.problems += self._feed.answer(frame.n, frame.mid, frame.result, microseconds(self._now()))
        elif isinstance(frame, Gap):
            first = self._feed.send_again_from(frame.expected)
            if first != frame.expected:
                raise Trouble("CENTRE_MISSES_CHANGES", {"expected": frame.expected})
            heard.again = True
            tally.begun_anew += 1
            _must_be(tally.begun_anew <= MOST_ANEW)
        elif isinstance(frame, Cloned):
            raise Trouble("DEVICE_CLONED", technical=f"changeset {frame.n}")
        elif isinstance(frame, Mark):
            heard.marked.add(frame.scope)
            if frame.reset:
                self._pulled.begin_again(frame.scope)
                heard.greet = True
            else:
                self._keep(batch, frame, tally)
                heard.may_be_more |= frame.more

    # ------------------------------------------------------------------------------------------ lines
    def _frames(self, method: str, path: str, body: bytes, tally: _Tally) -> Iterator[Frame]:
        """Give the frames of an answer as they come, each counted and summed. Raises Damaged, Trouble."""
        reader = FrameReader()
        with self._road.lines(method, path, body) as pieces:
            for piece in pieces:
                tally.bytes += len(piece)
                yield from reader.feed(piece)
        reader.close()


def _must_be(condition: bool) -> None:  # noqa: FBT001 - reads like an assertion
    if not condition:
        raise Damaged("the answer is not to what was asked")
