"""The port `Devices` made real: asks the centre over a road of its own, proven by this device."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import msgspec

from app.ports.devices import DeviceCode, DeviceItem, DevicePerson, DeviceState
from app.ports.trouble import Trouble
from app.store.codec import instant
from app.store.feed import DeviceFeed
from app.store.wiping import write_durably
from sync.client.enrolment import DEVICE, lease_watch
from sync.client.moment import Now
from sync.client.standing import role_of
from sync.client.transport import Road
from sync.client.unsent import sealed_unsent, unsent
from sync.protocol.devices import CodeAsked, Known, read_code_made, read_devices, read_people
from sync.protocol.standing import Role

T = TypeVar("T")


class CentreDevices:
    """See app.ports.devices.Devices. `road` opens a road with this device's identity, for one call."""

    def __init__(self, feed: DeviceFeed, road: Callable[[], Road], now: Now) -> None:
        self._feed = feed
        self._road = road
        self._now = now

    @property
    def is_administrator(self) -> bool:
        return role_of(self._feed) is Role.ADMINISTRATOR

    @property
    def lease_until(self) -> datetime | None:
        return lease_watch(self._feed, self._now).until()

    def all(self) -> tuple[DeviceItem, ...]:
        return tuple(_item(known) for known in self._asked("GET", "devices", read_devices))

    def people(self) -> tuple[DevicePerson, ...]:
        people = self._asked("GET", "users", read_people)
        return tuple(DevicePerson(login=person.login, name=person.name) for person in people)

    def enrolment_code(self, login: str) -> DeviceCode:
        made = self._asked("POST", "codes", read_code_made, msgspec.json.encode(CodeAsked(login=login)))
        return DeviceCode(code=made.code, until=instant(made.expires_at))

    def recovery_code(self, device: str) -> DeviceCode:
        made = self._asked("POST", f"devices/{quote(device, safe='')}/recovery", read_code_made)
        return DeviceCode(code=made.code, until=instant(made.expires_at))

    def revoke(self, device: str) -> None:
        self._asked("POST", f"devices/{quote(device, safe='')}/revoke", bytes)

    def order_wipe(self, device: str) -> None:
        self._asked("POST", f"devices/{quote(device, safe='')}/wipe", bytes)

    def cancel_wipe(self, device: str) -> None:
        self._asked("POST", f"devices/{quote(device, safe='')}/wipe/cancel", bytes)

    def save_unsent(self, path: Path) -> int:
        left = sealed_unsent(self._feed, self._feed.recall(DEVICE) or "")
        if left is None:
            return 0
        write_durably(path, left)
        kept = unsent(self._feed)
        return len(kept.changesets) + len(kept.files)

    def _asked(self, method: str, what: str, read: Callable[[bytes], T], body: bytes = b"") -> T:
        with closing(self._road()) as road:
            data = road.document(method, f"/centre/v1/{what}", body)
        try:
            return read(data)
        except msgspec.DecodeError as error:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=str(error)) from error


def _item(known: Known) -> DeviceItem:
    return DeviceItem(
        id=known.device,
        login=known.login,
        holder=known.holder,
        name=known.name,
        platform=known.platform,
        version=known.version,
        enrolled_at=instant(known.enrolled_at),
        state=DeviceState(known.state.value),
        changesets=known.changesets,
        seen_at=_moment(known.seen_at),
        exchanged_at=_moment(known.exchanged_at),
        lease_until=_moment(known.lease_until),
        renewed_from=known.renewed_from,
        is_this=known.is_this,
        is_entrusted=known.is_entrusted,
        has_rescue=known.has_rescue,
    )


def _moment(at: int | None) -> datetime | None:
    return None if at is None else instant(at)
