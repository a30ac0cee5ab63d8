"""A centre's devices as a test wants them; it notes what it was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.refusal import Refusal
from app.ports.devices import DeviceCode, DeviceItem, DevicePerson, DeviceState
from app.ports.trouble import Trouble
from tests.gui.fakes import NOW

MARIE = DeviceItem(
    id="a" * 32,
    login="marie",
    holder="Marie Diallo",
    name="poste-12",
    platform="Windows 11",
    version="0.1.0",
    enrolled_at=NOW - timedelta(days=90),
    state=DeviceState.ACTIVE,
    changesets=1_204,
    seen_at=NOW - timedelta(hours=2),
    exchanged_at=NOW - timedelta(hours=2),
    lease_until=NOW + timedelta(days=7),
    is_entrusted=True,
)
PAUL = replace(MARIE, id="b" * 32, login="paul", holder="Paul Caron", name="portable-3", state=DeviceState.WIPE_ASKED)
OLD = replace(MARIE, id="c" * 32, name="poste-4", state=DeviceState.WIPED, has_rescue=True, renewed_from="d" * 32)
MINE = replace(MARIE, id="e" * 32, login="julie", holder="Julie Lambert", name="poste-1", is_this=True)


class FakeDevices:
    """Keeps a list; a test says whether its person looks after all of it, and whether the centre answers."""

    def __init__(self, *items: DeviceItem, is_administrator: bool = True) -> None:
        self.items = list(items or (MINE, MARIE, PAUL, OLD))
        self.is_administrator = is_administrator
        self.is_online = True
        self.asked: list[tuple[str, str]] = []

    @property
    def lease_until(self) -> datetime | None:
        return NOW + timedelta(days=7)

    def all(self) -> tuple[DeviceItem, ...]:
        if not self.is_online:
            raise Trouble("OFFLINE")
        return tuple(self.items)

    def people(self) -> tuple[DevicePerson, ...]:
        logins = {item.login: item.holder for item in self.items}
        return tuple(DevicePerson(login=login, name=name) for login, name in sorted(logins.items()))

    def enrolment_code(self, login: str) -> DeviceCode:
        self.asked.append(("code", login))
        return DeviceCode(code="ABCD-EFGH", until=NOW + timedelta(days=1))

    def recovery_code(self, device: str) -> DeviceCode:
        self.asked.append(("recovery", device))
        return DeviceCode(code="JKMN-PQRS", until=NOW + timedelta(days=1))

    def revoke(self, device: str) -> None:
        self._become("revoke", device, DeviceState.REVOKED)

    def order_wipe(self, device: str) -> None:
        self._become("wipe", device, DeviceState.WIPE_ASKED)

    def cancel_wipe(self, device: str) -> None:
        if any(item.id == device and item.state is DeviceState.WIPE_SEEN for item in self.items):
            raise Refusal("WIPE_UNDER_WAY")
        self._become("cancel", device, DeviceState.ACTIVE)

    def save_unsent(self, path: Path) -> int:
        self.asked.append(("save", path.name))
        return 3

    def _become(self, what: str, device: str, state: DeviceState) -> None:
        self.asked.append((what, device))
        self.items = [replace(item, state=state) if item.id == device else item for item in self.items]
