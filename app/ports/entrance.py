"""The door of the app: an enrolled device opens with its passphrase, a new one is enrolled with the centre first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What enrolling asks: the centre's address, the rep's login and password, the one-time code, a passphrase."""

    centre: str
    login: str
    password: str
    code: str
    passphrase: str


class Entrance(Protocol):
    """Opens the device's store. Both ways block: they run away from the window's thread."""

    @property
    def is_enrolled(self) -> bool:
        """Whether this device already has a store."""

    def get_ready(self) -> None:
        """Read in what opening needs, so that it does not begin with the rep's waiting."""

    def unlock(self, passphrase: str) -> None:
        """Open the store. Raises Refusal PASSPHRASE_WRONG, Trouble for a store that is damaged or lost its secret."""

    def enrol(self, asked: Enrolment) -> None:
        """Enrol with the centre, make the store, and pull the portfolio for the first time.

        Raises Refusal PASSPHRASE_TOO_SHORT or the centre's own, Trouble OFFLINE and its like; then nothing is left
        behind and the same device can try again.
        """
