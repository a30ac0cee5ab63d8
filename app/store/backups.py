"""Copies of the store on the same device, encrypted under the same key, each checked before it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.ports.trouble import Trouble
from app.store.device_files import COPIES
from app.store.migrating import backup

KEPT = 5
"""Copies kept; the oldest gives way."""
WHILE_UNSENT = timedelta(minutes=10)
"""How old the last copy may grow while something was done since that the centre does not have."""
AT_MOST = timedelta(days=1)
"""How old it may grow otherwise."""

_NAME = "store-%Y%m%dT%H%M%S.%fZ.db"
_KEPT_NAME = "kept-%Y%m%d.db"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the store and the instant it is of."""

    path: Path
    at: datetime


@dataclass(frozen=True, slots=True)
class Backups:
    """The copies of one store, in a folder beside it."""

    store: Path
    key: bytes = field(repr=False)

    @property
    def folder(self) -> Path:
        """Where the copies are."""
        return self.store.with_name(COPIES)

    def copies(self) -> list[Copy]:
        """Give the copies, newest first; files of other names are none of ours."""
        found = [copy for path in self.folder.glob("store-*.db") if (copy := _copy(path)) is not None]
        return sorted(found, key=lambda copy: copy.at, reverse=True)

    def is_due(self, now: datetime, *, has_unsent: bool) -> bool:
        """Whether a copy is to be made; a clock that was set back makes none wait for ever."""
        newest = next(iter(self.copies()), None)
        return newest is None or abs(now - newest.at) > (WHILE_UNSENT if has_unsent else AT_MOST)

    def make(self, now: datetime) -> Path:
        """Copy the store while it is in use, check the copy, and let the oldest go.

        Raises Trouble DISK_FULL, DISK_FAILS, or STORE_DAMAGED for a store that does not hold its own check: the
        copies that are there then all stay.
        """
        _make_folder(self.folder)
        for unfinished in self.folder.glob("*.making*"):
            unfinished.unlink()
        made = backup(self.store, self.key, self.folder / now.astimezone(UTC).strftime(_NAME))
        for copy in self.copies()[KEPT:]:
            copy.path.unlink(missing_ok=True)
        return made

    def keep(self, now: datetime) -> Path:
        """Copy the store for support before it is to hold less; never let go of, and made once a day at most.

        Raises as `make`.
        """
        target = self.folder / now.astimezone(UTC).strftime(_KEPT_NAME)
        if not target.exists():
            _make_folder(self.folder)
            backup(self.store, self.key, target)
        return target


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Trouble("DISK_FAILS", {"path": str(folder)}, str(error)) from error


def _copy(path: Path) -> Copy | None:
    try:
        return Copy(path, datetime.strptime(path.name, _NAME).replace(tzinfo=UTC))
    except ValueError:
        return None
