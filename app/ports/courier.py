"""The network as the window meets it: whether it is there, what is exchanged, and that it can be switched off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What one exchange with the centre did: changesets sent and answered, rows received, problems raised."""

    sent: int = 0
    received: int = 0
    problems: int = 0


class Courier(Protocol):
    """Brings changesets to the centre and rows back; runs in the background, never on the window's thread."""

    @property
    def is_online(self) -> bool:
        """Whether the last exchange reached the centre and the rep has not switched the network off."""

    @property
    def is_switched_off(self) -> bool:
        """Whether the rep works without the network on purpose."""

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
