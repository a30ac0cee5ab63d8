"""The clock of the training base: there it is always the same Monday, so that its visits are always today's."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

TRAINING_DAY = date(2026, 11, 23)
"""The Monday on which the example accounts live; the price lists of edition 2027 are in force."""

_MORNING = datetime(2026, 11, 23, 8, 12).astimezone(UTC)
_EVENING = timedelta(hours=9)
_SLOW = 100_000
"""After the ninth hour the clock creeps, so that the day never ends and no instant comes twice."""


class TrainingClock:
    """Starts at 08:12 when the base is made, goes on at the real pace, and slows down in the evening.

    `since` is a file of the base: its age says how long the base has been in use, across restarts.
    """

    def __init__(self, since: Path) -> None:
        self._start = since.stat().st_mtime

    def now(self) -> datetime:
        passed = timedelta(seconds=max(0.0, time.time() - self._start))
        if passed > _EVENING:
            passed = _EVENING + (passed - _EVENING) / _SLOW
        return _MORNING + passed

    def today(self) -> date:
        return TRAINING_DAY
