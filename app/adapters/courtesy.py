"""Lets threads wait while the window is at work: of two that compute only one goes on, and the rep sees the window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PATIENCE_SECONDS = 0.05
"""How long a thread waits for a window that does not rest; then it goes on until the window has rested."""
LOOK_SECONDS = 0.001
"""How often it looks meanwhile. To be waited for costs the window nothing: it wakes nobody."""


class Courtesy:
    """See app.ports.courtesy: the window enters it while it is at work, and `give_way` waits until it rests."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        """`patience` in seconds."""
        self._patience = patience
        self._depth = 0
        self._stretch = 0
        self._window = 0
        self._mine = threading.local()
        # Nobody ever gives it back: to wait for it is to wait, without a step in Python and with the turn given up.
        self._never = threading.Lock()
        self._never.acquire()

    def __enter__(self) -> None:
        """The window begins to work; always on its own thread."""
        self._depth += 1
        if self._depth == 1:
            self._window = threading.get_ident()
            self._stretch += 1

    def __exit__(self, *_: object) -> None:
        """It is done."""
        self._depth -= 1

    def give_way(self, unless: Callable[[], bool] | None = None) -> None:
        """Wait until the window rests, no longer than patience allows, and only as long as `unless` is false."""
        if not self._depth or self._window == threading.get_ident():
            return
        if getattr(self._mine, "tired_of", 0) == self._stretch:
            return
        until = time.monotonic() + self._patience
        while self._depth and (unless is None or not unless()):
            if time.monotonic() >= until:
                self._mine.tired_of = self._stretch
                return
            self._never.acquire(timeout=LOOK_SECONDS)
