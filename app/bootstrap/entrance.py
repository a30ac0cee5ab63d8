"""The door of a real device: the user's keyring, the machine's clock, the vault in the user's data folder."""

from __future__ import annotations

from pathlib import Path

from app.adapters.clock import SystemClock
from app.adapters.keyring import Keyring
from app.bootstrap.device import Device, enrolled, is_enrolled, unlocked
from app.ports.entrance import Enrolment
from app.ports.secrets import Secrets


class DeviceEntrance:
    """See app.ports.entrance.Entrance; `device` is there once it is open."""

    def __init__(self, folder: Path, secrets: Secrets | None = None) -> None:
        self._folder = folder
        self._secrets: Secrets = secrets or Keyring()
        self.device: Device | None = None

    @property
    def is_enrolled(self) -> bool:
        return is_enrolled(self._folder, self._secrets)

    def unlock(self, passphrase: str) -> None:
        self.device = unlocked(self._folder, self._secrets, SystemClock(), passphrase)

    def enrol(self, asked: Enrolment) -> None:
        self.device = enrolled(self._folder, self._secrets, SystemClock(), asked)
