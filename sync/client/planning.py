"""What to do next on the road: first words, a first reading, an exchange, or rest; decided from what is known alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.store.pulled import Phase, StoredCursor
from sync.protocol.handshake import Cursor, Verdict, Welcome
from sync.protocol.scope import Scope, ScopeKind


class Do(StrEnum):
    """The steps of a round."""

    GREET = "greet"
    RENEW = "renew"
    READ_FIRST = "read_first"
    EXCHANGE = "exchange"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; for a first reading, the scope and where to go on from."""

    do: Do
    scope: str = ""
    resume: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What is known in the course of a round.

    `waiting`: how many changesets wait; `first`: the lowest number among them. `may_be_more`: whether the centre may
    have something for us that we did not hear yet. `reads`: the kinds of scope that may be read for the first time now;
    none while the rep lets the first pull rest. `stopped`: the scopes of which nothing is read until the rep said yes.
    """

    welcome: Welcome | None = None
    cursors: Mapping[str, StoredCursor]
    waiting: int
    first: int = 0
    may_be_more: bool = True
    reads: Collection[ScopeKind] = frozenset(ScopeKind)
    stopped: Collection[str] = frozenset()

    def next(self) -> Step:
        """Decide the next step: what the rep did goes up even before a first reading is complete."""
        if self.welcome is None:
            return Step(Do.GREET)
        if self.welcome.verdict is Verdict.RENEW:
            return Step(Do.RENEW)
        if self.waiting:
            return Step(Do.EXCHANGE)
        for cursor in self.to_read():
            if Scope.parse(cursor.scope).kind in self.reads:
                return Step(Do.READ_FIRST, cursor.scope, cursor.resume)
        return Step(Do.EXCHANGE if self.may_be_more else Do.REST)

    def comes_to_nothing(self, before: Round) -> bool:
        """Say whether the step after `before` moved nothing and is to be done again: it would be so for ever."""
        is_same = (self.waiting, self.first, self.cursors) == (before.waiting, before.first, before.cursors)
        return is_same and self.stopped == before.stopped and self.next() == before.next()

    def to_read(self) -> list[StoredCursor]:
        """Give how far the scopes have come whose first reading is not done, in the order in which they are read."""
        if self.welcome is None or self.welcome.verdict is not Verdict.WELCOME:
            return []
        cursors = (self.cursors.get(scope.scope, StoredCursor(scope=scope.scope)) for scope in self.welcome.scopes)
        return [cursor for cursor in cursors if cursor.phase is not Phase.LIVE and cursor.scope not in self.stopped]

    def left(self) -> list[str]:
        """Give the scopes that are held here and that the centre no longer names."""
        if self.welcome is None or self.welcome.verdict is Verdict.LEAVING:
            return []  # a device that is to go loses all it has at once, and not by this way
        named = {scope.scope for scope in self.welcome.scopes}
        return [scope for scope in self.cursors if scope not in named]

    def to_tell(self) -> tuple[Cursor, ...]:
        """Give the cursors to send with an exchange: of the scopes whose log is followed."""
        return tuple(
            Cursor(scope=cursor.scope, seq=cursor.seq, tag=cursor.tag)
            for cursor in self.cursors.values()
            if cursor.phase is Phase.LIVE
            and cursor.scope not in self.stopped
            and (self.welcome is None or self.welcome.verdict is Verdict.WELCOME)
        )
