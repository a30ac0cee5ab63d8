"""The courtesy between the window and what works behind it: while the window is at work, the others let it pass."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

AtWork = AbstractContextManager[object]
"""Entered by the window for as long as it is at work; it may be entered again within."""


class GivesWay(Protocol):
    """What works behind the window asks it between two small steps."""

    def __call__(self, unless: Callable[[], bool] | None = None) -> object:
        """Wait while the window is at work, for a bounded time.

        Who holds what the window or the rep may need says so by `unless`: where it is true nothing is waited for.
        """


def nobody_looks(unless: Callable[[], bool] | None = None) -> None:
    """Wait for nobody: there is no window."""
