"""The device's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime


class SystemClock:
    """The clock of the machine; see app.ports.clock.Clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now().astimezone().date()
