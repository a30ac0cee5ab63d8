"""When to try again: at once when the rep did something, at ease otherwise, ever more seldom while nobody answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

AT_EASE_SECONDS = 60.0
"""Between two exchanges when all is well and nothing waits."""
FIRST_SECONDS = 2.0
LONGEST_SECONDS = 300.0


@dataclass(slots=True)
class Schedule:
    """How long to wait before the next exchange; `chance` gives a number from 0 to 1."""

    chance: Callable[[], float]
    failures: int = 0

    def went_well(self) -> float:
        """Give the seconds to wait after an exchange that went well."""
        self.failures = 0
        return AT_EASE_SECONDS * self._jitter()

    def failed(self) -> float:
        """Give the seconds to wait after one that failed: doubled each time, and never the same on two devices."""
        self.failures += 1
        return min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(self.failures - 1, 16)) * self._jitter()

    def _jitter(self) -> float:
        return 0.5 + self.chance()
