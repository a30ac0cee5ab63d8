"""What time it is, asked of the outside so that a day can be played again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """The device's clock."""

    def now(self) -> datetime:
        """Give the present instant, aware, in UTC."""

    def today(self) -> date:
        """Give the day it is where the rep is."""
