"""The door of the app: an enrolled device opens with its passphrase, a new one is enrolled with the centre first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What enrolling asks: the centre's address, the rep's login and password, the one-time code, a passphrase."""

    centre: str
    login: str
    password: str
    code: str
    passphrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What having the key back asks: login and password, the administrator's code, a new passphrase."""

    login: str
    password: str
    code: str
    passphrase: str


class Entrance(Protocol):
    """Opens the device's store. All ways block: they run away from the window's thread."""

    @property
    def is_enrolled(self) -> bool:
        """Whether this device already has a store."""

    def get_ready(self) -> None:
        """Read in what opening needs, so that it does not begin with the rep's waiting."""

    def unlock(self, passphrase: str) -> None:
        """Open the store.

        Raises Refusal PASSPHRASE_WRONG, Trouble for a store that is damaged or lost its secret, LEASE_ENDED while the
        centre is to be heard first, SHUT_OUT where it lets the device in no more.
        """

    def recover(self, asked: Recovery) -> None:
        """Open the store with the key that the organisation gives back; everything in it stays.

        Raises Refusal ENROLMENT_REFUSED, PASSPHRASE_TOO_SHORT, Trouble OFFLINE and as `unlock`.
        """

    def save_unsent(self, passphrase: str, path: Path) -> int:
        """Save what could not be sent into a file that the organisation alone can read; gives how much it is."""

    def enrol(self, asked: Enrolment) -> None:
        """Enrol with the centre, make the store, and pull the portfolio for the first time.

        Raises Refusal PASSPHRASE_TOO_SHORT or the centre's own, Trouble OFFLINE and its like; then nothing is left
        behind and the same device can try again.
        """
