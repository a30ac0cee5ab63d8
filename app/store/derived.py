"""What is kept beside the rows so that lists and the search answer at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from sqlalchemy import Connection

from app.store.codec import Record

Change = tuple[tuple[str, str], Record | None, Record | None]
"""A row that changed: (table, id), its columns before and after; None where it was not or is no more."""


class Derived(Protocol):
    """Keeps what is worked out from the rows in step with them, within their transaction."""

    watched: Collection[str]
    """The tables whose changes matter to it."""

    def refresh(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Bring it in step after these changes."""


class NothingDerived:
    """For a store that no window reads: the centre's."""

    watched: Collection[str] = frozenset()

    def refresh(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Do nothing: there is nothing to keep in step."""
