"""What was read of the store, kept in memory for as long as nobody writes: asked again, it costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from sqlalchemy import Connection

from app.store.engine import Engines
from app.store.failures import told_as_trouble

T = TypeVar("T")

Read = Callable[[Connection], object]
"""Reads an answer; two that are equal read the same."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known since a count of writes, and what of it somebody asked for."""

    count: int
    answers: dict[Read, object]
    asked: dict[Read, None]


class Remembered:
    """Answers by what reads them; safe on any thread.

    The first who asks after a write reads again what was asked for since the write before, all at once: the way to the
    store takes longer than such an answer.

    The count of writes is taken before the store is read, and goes up after a write was committed: an answer may be
    newer than its count, never older, and is asked for once more then.
    """

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._known = _Known(-1, {}, {})

    def of(self, read: Callable[[Connection], T]) -> T:
        """Give the answer; `read` finds it where something was written since, or it was never asked for.

        Raises Trouble where the store cannot be read.
        """
        count, known = self._engines.writes.count, self._known
        if known.count != count:
            known = _Known(count, self._look(dict.fromkeys((*known.asked, read))), {})
            self._known = known
        elif read not in known.answers:
            known.answers.update(self._look({read: None}))
        known.asked[read] = None
        return cast("T", known.answers[read])

    def _look(self, reads: dict[Read, None]) -> dict[Read, object]:
        with told_as_trouble(), self._engines.reader.connect() as connection:
            return {read: read(connection) for read in reads}
