"""The door of a real device: the user's keyring, the machine's clock, the vault in the user's data folder."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from app.ports.entrance import CopyPutBack, Enrolment, Recovery
from app.store.device_files import has_store, is_being_wiped

if TYPE_CHECKING:
    from datetime import datetime

    from app.bootstrap.device import Device
    from app.ports.secrets import Secrets


class DeviceEntrance:
    """See app.ports.entrance.Entrance; `device` is there once it is open. The store is read in behind the door."""

    def __init__(self, folder: Path, secrets: Secrets | None = None) -> None:
        self._folder = folder
        self._given = secrets
        self.device: Device | None = None

    @property
    def is_enrolled(self) -> bool:
        return has_store(self._folder)

    def finish_wipe(self) -> None:
        """Go on with a wipe that was broken off, before anything is asked. Raises Trouble KEYRING_…."""
        if is_being_wiped(self._folder):
            from app.bootstrap.device import real_now
            from app.bootstrap.orders import finish_wipe

            finish_wipe(self._folder, self._secrets(), real_now)

    def get_ready(self) -> None:
        for module in ("app.bootstrap.window", "views.shell.window", "views.dashboard.today_page"):
            import_module(module)

    def unlock(self, passphrase: str) -> None:
        from app.adapters.clock import SystemClock
        from app.bootstrap.device import unlocked

        self.device = unlocked(self._folder, self._secrets(), SystemClock(), passphrase)

    def copy_to_put_back(self, passphrase: str) -> datetime | None:
        from app.bootstrap.device import owner_of
        from app.store.vault import Vault

        owner_of(self._folder)  # where it is this that cannot be read, no copy of the store helps
        return Vault(self._folder, self._secrets()).copy_to_put_back(passphrase)

    def put_back(self, passphrase: str) -> CopyPutBack:
        from app.adapters.clock import SystemClock
        from app.store.vault import Vault

        done = Vault(self._folder, self._secrets()).put_back(passphrase, SystemClock().now())
        return CopyPutBack(
            at=done.copy_at,
            reread=done.salvaged,
            lost=done.lost,
            knows_all=done.knows_all,
            was_missing=done.aside is None,
        )

    def recover(self, asked: Recovery) -> None:
        from app.adapters.clock import SystemClock
        from app.bootstrap.device import recovered

        self.device = recovered(self._folder, self._secrets(), SystemClock(), asked)

    def save_unsent(self, passphrase: str, path: Path) -> int:
        from app.adapters.clock import SystemClock
        from app.bootstrap.device import save_unsent

        return save_unsent(self._folder, self._secrets(), SystemClock(), passphrase, path)

    def enrol(self, asked: Enrolment) -> None:
        from app.adapters.clock import SystemClock
        from app.bootstrap.device import enrolled

        self.device = enrolled(self._folder, self._secrets(), SystemClock(), asked)

    def _secrets(self) -> Secrets:
        from app.adapters.keyring import Keyring

        return self._given or Keyring()
