"""One seed from which all that is left to chance is drawn: clocks, ids, who acts, what breaks."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from sync.server import clock as centre_clock

T = TypeVar("T")
BEGIN = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Chance(random.Random):
    """What is drawn, from one seed."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def token_hex(self, size: int = 32) -> str:
        return self.randbytes(size).hex()

    def token_urlsafe(self, size: int = 32) -> str:
        return self.token_hex(size)

    def any_of(self, things: Sequence[T]) -> T | None:
        return self.choice(things) if things else None


class Time:
    """True time, of the centre: it goes on a millisecond with every look, and as far as a test moves it."""

    def __init__(self) -> None:
        self.at = BEGIN

    def now(self, zone: object = None) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class OwnClock:
    """A device's clock: true time, and by how much it is wrong."""

    def __init__(self, time: Time, ahead: timedelta) -> None:
        self._time = time
        self.ahead = ahead

    def now(self) -> datetime:
        return self._time.now() + self.ahead

    def today(self) -> date:
        return (self._time.at + self.ahead).date()


def take_over(patch: pytest.MonkeyPatch, chance: Chance, time: Time) -> None:
    """Let ids, tags, tokens and the centre's clock come from the seed."""
    names = Chance(chance.getrandbits(64))
    patch.setattr(secrets, "randbits", names.getrandbits)
    patch.setattr(secrets, "token_hex", names.token_hex)
    patch.setattr(secrets, "token_urlsafe", names.token_urlsafe)
    patch.setattr(secrets, "choice", names.choice)
    patch.setattr(centre_clock, "datetime", time)
