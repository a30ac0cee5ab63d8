"""Lets threads write in the order in which they asked: who writes again and again does not keep the rep waiting."""

from __future__ import annotations

import threading
from collections import deque
from typing import Self

from sqlalchemy import QueuePool
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry


class Turns:
    """A lock that is handed to whoever waits longest; Python's own goes to whoever comes first once it is free."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    def take(self, seconds: float) -> bool:
        """Wait for one's turn; gives whether it came in time."""
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._mutex:
            if mine not in self._waiting:
                return True  # it came at the last moment
            self._waiting.remove(mine)
            return False

    def who_waits(self) -> int:
        """Say how many wait."""
        with self._mutex:
            return len(self._waiting)

    def give(self) -> None:
        """Give it to the next one."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


class InTurn(QueuePool):
    """The one connection that writes; a pool alone gives it again to the thread that just had it, if that is quick."""

    _turns: Turns

    def __new__(cls, *_: object, **__: object) -> Self:
        """Make it as the library does, with turns of its own."""
        made = super().__new__(cls)
        made._turns = Turns()
        return made

    def who_waits(self) -> int:
        """Say how many threads wait to write."""
        return self._turns.who_waits()

    def _do_get(self) -> ConnectionPoolEntry:
        if not self._turns.take(self.timeout()):
            raise PoolTimeout(f"nobody gave the connection back for {self.timeout():.0f} seconds")
        try:
            return super()._do_get()
        except BaseException:
            self._turns.give()
            raise

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        try:
            super()._do_return_conn(record)
        finally:
            self._turns.give()
