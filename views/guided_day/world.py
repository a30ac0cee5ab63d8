"""What the guided day asks of the outside: a window that opens and closes, and what the centre holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.domain.identifiers import AccountId
from views.shell.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheCentre:
    """What the centre holds of an account and of this device."""

    changesets: int
    """Changesets taken from this device."""
    made_here: int
    """Changesets that this device ever made."""
    forms: tuple[str, ...]
    """SHA-256 of every signed order form, as often as it is there."""
    files: tuple[str, ...]
    """SHA-256 of every file whose bytes arrived."""
    differing_rows: int
    """Rows of the account that are not the same here and there."""


class World(Protocol):
    """The device and its centre, as the day needs them."""

    def open(self) -> Window:
        """Start the app and show its window."""

    def close(self) -> None:
        """Quit the app; threads and connections end."""

    def at_the_centre(self, account_id: AccountId) -> AtTheCentre:
        """Look at the centre's own database."""
