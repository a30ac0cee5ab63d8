"""Devices, loads and a door made up for pictures: what a centre would say, without one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.identifiers import AccountId
from app.domain.refusal import Refusal
from app.ports.devices import DeviceCode, DeviceItem, DevicePerson, DeviceState
from app.ports.entrance import CopyPutBack, Enrolment, Recovery
from app.ports.loads import Load, LoadState, TeamAccount
from app.ports.trouble import Trouble


class ExampleDevices:
    """An organisation of four people."""

    def __init__(self, now: datetime, *, is_administrator: bool) -> None:
        self._now = now
        self.is_administrator = is_administrator

    @property
    def lease_until(self) -> datetime | None:
        return self._now + timedelta(days=28)

    def all(self) -> tuple[DeviceItem, ...]:
        now = self._now
        first = DeviceItem(
            id="a" * 32,
            login="jl",
            holder="Julien Lambert",
            name="tablette-07",
            platform="Windows 11",
            version="0.3.0",
            enrolled_at=now - timedelta(days=210),
            state=DeviceState.ACTIVE,
            changesets=4_182,
            seen_at=now - timedelta(minutes=3),
            exchanged_at=now - timedelta(minutes=3),
            lease_until=now + timedelta(days=28),
            is_this=True,
            is_entrusted=True,
        )
        spare = replace(
            first, id="b" * 32, name="portable-12", is_this=False, changesets=96, seen_at=now - timedelta(days=9)
        )
        marie = replace(spare, id="c" * 32, login="md", holder="Marie Diallo", name="tablette-03", changesets=2_950)
        paul = replace(
            spare, id="d" * 32, login="pc", holder="Paul Caron", name="tablette-11", state=DeviceState.WIPE_ASKED
        )
        old = replace(spare, id="e" * 32, name="poste-4", state=DeviceState.WIPED, has_rescue=True, lease_until=None)
        shut = replace(marie, id="f" * 32, name="portable-2", state=DeviceState.REVOKED, lease_until=None)
        mine = (first, spare, old)
        return (*mine, marie, paul, shut) if self.is_administrator else mine

    def people(self) -> tuple[DevicePerson, ...]:
        found = {item.login: item.holder for item in self.all()}
        return tuple(DevicePerson(login=login, name=name) for login, name in sorted(found.items()))

    def enrolment_code(self, login: str) -> DeviceCode:
        del login
        return DeviceCode(code="K7QM-4XRT", until=self._now + timedelta(days=1))

    def recovery_code(self, device: str) -> DeviceCode:
        return self.enrolment_code(device)

    def revoke(self, device: str) -> None:
        raise Refusal("DEVICE_UNKNOWN", {"device": device})

    def order_wipe(self, device: str) -> None:
        raise Refusal("DEVICE_UNKNOWN", {"device": device})

    def cancel_wipe(self, device: str) -> None:
        raise Refusal("DEVICE_UNKNOWN", {"device": device})

    def save_unsent(self, path: Path) -> int:
        raise Trouble("DISK_FAILS", technical=str(path))


class ExampleLoads:
    """One account loaded, and a team with accounts of its own."""

    def __init__(self, now: datetime, state: LoadState = LoadState.LOADED, files_to_come: int = 0) -> None:
        self._now = now
        self._state = state
        self._files = files_to_come

    def load_of(self, account_id: AccountId) -> Load | None:
        until = self._now + timedelta(days=2)
        return Load(account_id=account_id, name="", state=self._state, until=until, files_to_come=self._files)

    def standing(self) -> tuple[Load, ...]:
        return ()

    def wish(self, account_id: AccountId, name: str, until: datetime, now: datetime) -> None:
        raise Trouble("OFFLINE", technical=f"{account_id} {name} {until} {now}")

    def unwish(self, account_id: AccountId, now: datetime) -> None:
        raise Trouble("OFFLINE", technical=f"{account_id} {now}")

    def has_unsent_work(self, account_id: AccountId) -> bool:
        del account_id
        return False

    def appointment_before(self, account_id: AccountId, first: datetime, last: datetime) -> datetime | None:
        del account_id, first, last
        return None

    def find(self, words: str) -> tuple[TeamAccount, ...]:
        if words == "zz":
            return ()
        found = (
            ("204118", "Boulangerie Sorel", "Dreux", "Marie Diallo"),
            ("204377", "Boulangerie du Marché", "Nogent-le-Rotrou", "Paul Caron"),
            ("205012", "Au Bon Pain de Beauce", "Châteaudun", "Marie Diallo"),
        )
        return tuple(
            TeamAccount(id=AccountId(number * 5), number=number, trade_name=name, city=city, rep=rep)
            for number, name, city, rep in found
        )


@dataclass
class ExampleEntrance:
    """A door whose way in ends as told."""

    is_enrolled: bool = True
    ends: Exception | None = None
    copy: datetime | None = None

    def get_ready(self) -> None:
        """There is nothing to read in."""

    def unlock(self, passphrase: str) -> None:
        del passphrase
        if self.ends is not None:
            raise self.ends

    def copy_to_put_back(self, passphrase: str) -> datetime | None:
        del passphrase
        return self.copy

    def put_back(self, passphrase: str) -> CopyPutBack:
        self.unlock(passphrase)
        raise Trouble("STORE_DAMAGED")

    def recover(self, asked: Recovery) -> None:
        self.unlock(asked.passphrase)

    def save_unsent(self, passphrase: str, path: Path) -> int:
        self.unlock(passphrase)
        raise Trouble("DISK_FAILS", technical=str(path))

    def enrol(self, asked: Enrolment) -> None:
        self.unlock(asked.passphrase)
