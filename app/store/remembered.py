"""What was read of the store, kept in memory for as long as nobody writes: asked again, it costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from app.store.engine import Writes

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Remembered(Generic[K, T]):
    """Answers by what was asked; safe on any thread.

    The count of writes is taken before the store is read, and goes up after a write was committed: an answer may be
    newer than its count, never older, and is asked for once more then.
    """

    def __init__(self, writes: Writes) -> None:
        self._writes = writes
        self._known: tuple[int, dict[K, T]] = (-1, {})

    def of(self, asked: K, read: Callable[[], T]) -> T:
        """Give the answer; `read` finds it where something was written since, or it was never asked for."""
        count, (known_at, found) = self._writes.count, self._known
        if known_at != count:
            found = {}
            self._known = (count, found)
        if asked not in found:
            found[asked] = read()
        return found[asked]
