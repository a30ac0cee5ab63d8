"""One round on the road: what waits goes up in order, what is new comes down, each kept before the next."""

from __future__ import annotations

from collections.abc import Callable, Collection

from app.domain.refusal import Refusal
from app.ports.courier import Exchanged
from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store.codec import microseconds
from app.store.deletions import Deletions
from app.store.feed import DeviceFeed
from app.store.pulled import Pulled
from sync.client.brake import Brake
from sync.client.first_pull import FirstPull
from sync.client.gauge import Gauge
from sync.client.greeting import Greeting
from sync.client.keeping import Keeping
from sync.client.lines import Tally, must_be
from sync.client.loading import Loading
from sync.client.moment import Now
from sync.client.planning import Do, Round, Step
from sync.client.renewal import Renewal
from sync.client.repairing import Repairing
from sync.client.transport import Road
from sync.client.turn import Turn
from sync.protocol.frames import Damaged
from sync.protocol.handshake import Welcome
from sync.protocol.scope import Scope, ScopeKind

FIRST_SCREEN = frozenset({ScopeKind.CATALOGUE, ScopeKind.TEAM})
"""What is read before the window opens: small, and everything else points to it."""


class Engine:
    """Exchanges with one centre; one thread at a time."""

    def __init__(
        self,
        feed: DeviceFeed,
        road: Road,
        now: Now,
        gauge: Gauge | None = None,
        secrets: Secrets | None = None,
        keep_copy: Callable[[], object] = lambda: None,
    ) -> None:
        """`secrets` keep a new identity, should this device need one; `keep_copy` keeps the store as it is."""
        self._feed = feed
        self._pulled = Pulled(feed, lambda: microseconds(now()))
        self._now = now
        self._gauge = gauge or Gauge()
        self._brake = Brake(Deletions(feed), self._pulled)
        keeping = Keeping(self._pulled, self._brake)
        self._greeting = Greeting(feed, self._pulled, road, keep_copy)
        self._first_pull = FirstPull(feed, self._pulled, keeping, road, self._gauge)
        self._turn = Turn(feed, self._pulled, road, now, self._greeting, keeping)
        self._renewal = Renewal(feed, road, secrets)
        self._repairing = Repairing(feed, road, now)
        self._loading = Loading(feed, road, now)
        self._welcome: Welcome | None = None

    def exchange(self) -> Exchanged:
        """Send what waits and take what is new, until both are done.

        Raises Trouble OFFLINE, CENTRE_REFUSES, CENTRE_SPEAKS_OTHERWISE, DEVICE_CLONED, KEYRING_FAILS,
        and the store's own; whatever was kept until then stays kept.
        """
        return self._go(frozenset(ScopeKind))

    def begin(self) -> Exchanged:
        """Read what the first screen cannot be without, catalogue and team; the portfolio waits for `exchange`.

        Raises as `exchange`.
        """
        return self._go(FIRST_SCREEN)

    def _go(self, reads: Collection[ScopeKind]) -> Exchanged:
        tally = Tally()
        try:
            self._round(tally, reads)
            if self._carry(reads):  # what had to be sent before it may go is sent
                self._round(tally, reads)
            self._loading.settle()
        except (Damaged, Refusal) as error:
            self._welcome = None
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=str(error)) from error
        except Trouble:
            self._welcome = None
            raise
        self._feed.exchanged(microseconds(self._now()))
        return Exchanged(sent=tally.sent, received=tally.received, problems=tally.problems)

    def greet_again(self) -> None:
        """Begin the next round with first words, to hear how this device stands."""
        self._welcome = None

    def _carry(self, reads: Collection[ScopeKind]) -> bool:
        """Carry wishes to load; gives whether this device's scopes are others now."""
        is_other = ScopeKind.LOAD in reads and self._loading.carry()
        if is_other:
            self.greet_again()
        return is_other

    def _round(self, tally: Tally, reads: Collection[ScopeKind]) -> None:
        self._repairing.begin()
        if self._brake.begin():
            self._welcome = None  # the centre may have thought better of what it would delete
        if self._renewal.is_begun:
            self._renew(tally)
        self._carry(reads)
        known = self._known(reads, may_be_more=True)
        while (step := known.next()).do is not Do.REST:
            before, may_be_more = known, known.may_be_more
            if step.do is Do.GREET:
                tally.begin_anew()
                self._welcome = self._greeting.greet(known)
                self._brake.look_again(self._welcome.scopes)
                known = self._known(reads, may_be_more=may_be_more)
                self._greeting.leave(known)
                self._first_pull.expect(known)
            elif step.do is Do.RENEW:
                self._renew(tally)
            elif step.do is Do.READ_FIRST:
                may_be_more = True  # what changed while it is read stands in the log
                self._read_first(step, tally)
            else:
                heard = self._turn.exchange(known, tally)
                if heard.cloned:
                    self._renew(tally)
                if heard.deferred:
                    return  # the centre is busy: the rest waits for the next round
                may_be_more = heard.may_be_more
                if heard.greet or heard.cloned:
                    self._welcome, may_be_more = None, True
            known = self._known(reads, may_be_more=may_be_more)
            must_be(not known.comes_to_nothing(before))
        if not known.to_read():
            self._gauge.finish()
        self._repairing.repair(tally)

    def _read_first(self, step: Step, tally: Tally) -> None:
        is_portfolio = Scope.parse(step.scope).kind is ScopeKind.REP
        if is_portfolio and not step.resume and self._renewal.is_due():
            self._renew(tally)
        elif not self._first_pull.read(step.scope, step.resume, tally):
            self._welcome = None

    def _renew(self, tally: Tally) -> None:
        tally.begin_anew()
        self._renewal.renew()
        self._welcome = None

    def _known(self, reads: Collection[ScopeKind], *, may_be_more: bool) -> Round:
        waiting = self._feed.waiting()
        return Round(
            welcome=self._welcome,
            cursors=self._pulled.cursors(),
            waiting=waiting.count,
            first=waiting.first,
            may_be_more=may_be_more,
            reads=frozenset() if self._gauge.is_paused else reads,
            stopped=self._brake.stopped,
        )
