"""The network as the window meets it: whether it is there, what is exchanged, and that it can be switched off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.ports.trouble import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What one exchange with the centre did: changesets sent and answered, rows received, problems raised."""

    sent: int = 0
    received: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the first pull has come: rows kept of all that are expected, bytes as they came over the road.

    `rows_total` is what the centre told at the greeting; what others write meanwhile comes on top. `bytes` counts
    from the start of the app. `scope` is what is being read ("catalogue", "rep:…"); `is_paused` that the rep let it
    rest.
    """

    rows: int
    rows_total: int
    bytes: int
    scope: str
    is_paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedDeletions:
    """A deletion that waits for the rep's yes: `count` of the `total` rows held of a scope ("catalogue", "rep:…")."""

    scope: str
    count: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPicture:
    """How the road to the centre is at one moment.

    `is_online`: the last exchange reached the centre and the rep has not switched the network off, which
    `is_switched_off` says. `trouble` is what went wrong at the last exchange, or what it stopped before. `progress` is
    how far the first pull has come, None when none is to be done. `stopped_deletions` is what the centre would delete
    here and the rep is asked about: over 5 % and over 20 rows of a scope; nothing more is read of such a scope until
    the rep said yes or no, and what the rep does goes up all the same. `clock_skew` is by how many seconds this
    device's clock is ahead of the centre's, below zero behind, None while unknown: clocks decide nothing, and beyond
    two minutes (120.0) the rep sees a banner. `must_update`: the app is too old to read from this centre, what the rep
    does goes up and nothing comes down.
    """

    is_online: bool = False
    is_switched_off: bool = False
    trouble: Trouble | None = None
    progress: Progress | None = None
    stopped_deletions: tuple[StoppedDeletions, ...] = ()
    clock_skew: float | None = None
    must_update: bool = False


class Courier(Protocol):
    """Brings changesets to the centre and rows back; runs in the background, never on the window's thread."""

    @property
    def road(self) -> RoadPicture:
        """How the road is, ready at any time: whoever looks waits for nobody. `listen` is called as it moves."""

    @property
    def is_online(self) -> bool:
        """Whether the last exchange reached the centre and the rep has not switched the network off."""

    @property
    def is_switched_off(self) -> bool:
        """Whether the rep works without the network on purpose."""

    def pause_first_pull(self) -> None:
        """Let the first pull rest, over restarts too: what came stays, and what the rep does goes up all the same."""

    def resume_first_pull(self) -> None:
        """Go on with the first pull where it was left."""

    def allow_deletions(self, scope: str) -> None:
        """Let stopped deletions be carried out, at the next exchange."""

    def keep_rows(self, scope: str) -> None:
        """Do not: the rows stay, and the scope rests until something else changed in it at the centre."""

    def switch(self, *, on: bool) -> None:
        """Let the network be used, or not."""

    def exchange(self) -> Exchanged:
        """Send what waits and take what is new. Raises Trouble OFFLINE, CENTRE_REFUSES or CENTRE_SPEAKS_OTHERWISE."""

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` from any thread whenever the state or the queue moves."""

    def resolve(self, problem_id: str, choices: dict[str, str]) -> None:
        """Answer a conflict: for each "table/row/column" the value to keep, "mine" or "theirs"."""

    def dismiss(self, problem_id: str) -> None:
        """Put a refusal away once it was read."""
