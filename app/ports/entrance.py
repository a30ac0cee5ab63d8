"""The door of the app: an enrolled device opens with its passphrase, a new one is enrolled with the centre first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPutBack:
    """What came of putting a copy in the place of a damaged store.

    `at` is the instant the copy is of; `reread` counts the actions read from the damaged store beyond it, `lost` are
    the numbers of those that could not be read. `knows_all`: whether the store still told how many there were;
    otherwise more may be missing.
    """

    at: datetime
    reread: int
    lost: tuple[int, ...]
    knows_all: bool
    was_missing: bool = False


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

    def copy_to_put_back(self, passphrase: str) -> datetime | None:
        """Give the instant of the newest sound copy of a damaged or missing store, None where no copy is sound.

        Raises as `unlock` does for passphrase and keyring.
        """

    def put_back(self, passphrase: str) -> CopyPutBack:
        """Put the newest sound copy in the place of a damaged or missing store; damaged files are kept aside.

        Raises as `unlock` does for passphrase and keyring; Trouble STORE_DAMAGED where no copy is sound, DISK_FULL,
        DISK_FAILS: then all is as it was.
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
