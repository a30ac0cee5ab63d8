"""What to do next on the road: first words, a first reading, an exchange, or rest; decided from what is known alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.store.pulled import Phase, StoredCursor
from sync.protocol.handshake import Cursor, Verdict, Welcome


class Do(StrEnum):
    """The steps of a round."""

    GREET = "greet"
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

    `may_be_more`: whether the centre may have something for us that we did not hear yet.
    """

    welcome: Welcome | None = None
    cursors: Mapping[str, StoredCursor]
    waiting: int
    may_be_more: bool = True

    def next(self) -> Step:
        """Decide the next step: what the rep did goes up even before a first reading is complete."""
        if self.welcome is None:
            return Step(Do.GREET)
        if self.waiting:
            return Step(Do.EXCHANGE)
        if self.welcome.verdict is Verdict.WELCOME:
            for scope in self.welcome.scopes:
                cursor = self.cursors.get(scope.scope, StoredCursor(scope=scope.scope))
                if cursor.phase is not Phase.LIVE:
                    return Step(Do.READ_FIRST, cursor.scope, cursor.resume)
        return Step(Do.EXCHANGE if self.may_be_more else Do.REST)

    def left(self) -> list[str]:
        """Give the scopes that are held here and that the centre no longer names."""
        if self.welcome is None:
            return []
        named = {scope.scope for scope in self.welcome.scopes}
        return [scope for scope in self.cursors if scope not in named]

    def to_tell(self) -> tuple[Cursor, ...]:
        """Give the cursors to send with an exchange: of the scopes whose log is followed."""
        return tuple(
            Cursor(scope=cursor.scope, seq=cursor.seq, tag=cursor.tag)
            for cursor in self.cursors.values()
            if cursor.phase is Phase.LIVE and (self.welcome is None or self.welcome.verdict is Verdict.WELCOME)
        )
