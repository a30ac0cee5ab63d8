"""The organisation's devices as the window meets them: the list, codes, shutting out, wiping, saving unsent work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class DeviceState(StrEnum):
    """How a device stands: at work, shut out, told to wipe itself, heard of it, wiped."""

    ACTIVE = "active"
    REVOKED = "revoked"
    WIPE_ASKED = "wipe_asked"
    WIPE_SEEN = "wipe_seen"
    WIPED = "wiped"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceItem:
    """A device in the list; instants are the centre's, aware, None for never.

    `is_entrusted`: whether the organisation can give its key back; `has_rescue`: whether work that it could not send
    lies sealed at the centre; `renewed_from`: the device that it was before it was found copied or restored.
    """

    id: str
    login: str
    holder: str
    name: str
    platform: str
    version: str
    enrolled_at: datetime
    state: DeviceState
    changesets: int
    seen_at: datetime | None = None
    exchanged_at: datetime | None = None
    lease_until: datetime | None = None
    renewed_from: str = ""
    is_this: bool = False
    is_entrusted: bool = False
    has_rescue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePerson:
    """A person who may have devices."""

    login: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode:
    """A code that is good once, until an instant."""

    code: str
    until: datetime


class Devices(Protocol):
    """Asks the centre. All but the properties block and raise Trouble OFFLINE, CENTRE_REFUSES and their like."""

    @property
    def is_administrator(self) -> bool:
        """Whether this device's person looks after all devices, as the centre said last."""

    @property
    def lease_until(self) -> datetime | None:
        """Until when this device may work without its centre; None where it has no lease."""

    def all(self) -> tuple[DeviceItem, ...]:
        """Give the devices one may see, who was there last first: one's own, or all."""

    def people(self) -> tuple[DevicePerson, ...]:
        """Give the people for whom a device may be enrolled."""

    def enrolment_code(self, login: str) -> DeviceCode:
        """Give a code that enrols one device. Raises Refusal USER_UNKNOWN."""

    def recovery_code(self, device: str) -> DeviceCode:
        """Give a code by which a device gets its key back. Raises Refusal DEVICE_UNKNOWN, NOT_ENTRUSTED."""

    def revoke(self, device: str) -> None:
        """Shut a device out at once. Raises Refusal DEVICE_UNKNOWN."""

    def order_wipe(self, device: str) -> None:
        """Order a device to wipe itself. Raises Refusal DEVICE_UNKNOWN."""

    def cancel_wipe(self, device: str) -> None:
        """Take that order back. Raises Refusal DEVICE_UNKNOWN, WIPE_UNDER_WAY once the device has heard of it."""

    def save_unsent(self, path: Path) -> int:
        """Write what the centre does not have yet into a file that the organisation alone can read.

        Gives how many changes and files it holds; 0 writes none. Raises Refusal NOT_ENTRUSTED, Trouble DISK_FAILS.
        """
