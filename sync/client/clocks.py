"""How far this device's clock is from the centre's, heard beside every answer; it decides nothing, it is only shown."""

from __future__ import annotations

from dataclasses import dataclass

MOST_AWAY = 60_000_000
"""Microseconds between question and answer beyond which the answer tells nothing of the clock."""


@dataclass(slots=True)
class Clocks:
    """What was heard last of the two clocks."""

    skew: float | None = None
    """Seconds by which the device's clock is ahead of the centre's; below zero it is behind; None before a word."""

    def heard(self, at: int, asked: int, answered: int) -> None:
        """Take in the centre's time (microseconds UTC) as it came between these two moments of the device's clock.

        The centre looked at its clock somewhere between: half the way is taken off. A clock that was put right on the
        way, or an answer that took too long, tells nothing.
        """
        if 0 <= answered - asked <= MOST_AWAY:
            self.skew = ((asked + answered) / 2 - at) / 1_000_000
