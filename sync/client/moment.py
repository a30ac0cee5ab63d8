"""Time as the engine is told it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Now = Callable[[], datetime]
"""Gives the present instant, aware, in UTC: the device's clock, or a test's."""
