"""A small trade with three devices that know it, made once; every run begins on a copy of its files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.identifiers import AccountId, RepId
from app.store.unit_of_work import SqlWork
from sync.client.enrolment import NewDevice
from sync.server.feed import FeedJournal
from tests.sync.simulation.centre import SimulatedCentre, stay_in_one_thread
from tests.sync.simulation.chance import Chance, OwnClock, Time, take_over
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.places import put_up
from tests.sync.simulation.rest import come_to_rest
from tests.sync.simulation.wire import Weather
from tests.unit.usecases.conftest import fill, hex_id

DEVICES = (("marie1", "marie"), ("marie2", "marie"), ("paul1", "paul"))
FLORIST = hex_id("florist")
HERS, HIS, NOBODYS = (f"{number:032x}" for number in (1, 2, 3))
"""Accounts beside the florist, who is Marie's too."""


def contact_of(account: str, place: int = 0) -> str:
    """Give the id of one of the two contacts of an account."""
    return f"{16 * int(account, 16) + place:032x}"


def fill_centre(centre: SimulatedCentre, reps: Sequence[str], clock: OwnClock) -> None:
    """Give the centre a catalogue, a florist whose order runs, and an account of each rep and of nobody."""
    work = SqlWork(centre.engines.writer, clock, RepId(reps[0]), FeedJournal())
    with work.begin("import") as tx:
        fill(tx.rows, AccountId(FLORIST), RepId(reps[0]))
        tx.commit()
    put_up(centre)
    for number, (account, rep) in enumerate(zip((HERS, HIS, NOBODYS), (*reps, ""), strict=True)):
        centre.put("account", account, number=f"28-{number}", trade_name=f"Compte {number}", rep_id=rep or None)
        for place in range(2):
            contact = contact_of(account, place)
            centre.put("contact", contact, account_id=account, position=place, name=f"Personne {place}", is_signatory=0)


@dataclass(frozen=True)
class Prepared:
    """The files of the trade, who the devices in it are, and the hour at which it was left."""

    folder: Path
    empty_store: Path
    reps: tuple[str, ...]
    devices: tuple[NewDevice, ...]
    at: datetime

    def copy(self, name: str, folder: Path) -> Path:
        return Path(shutil.copy(self.folder / f"{name}.db", folder / f"{name}.db"))


def prepare(folder: Path, empty_store: Path, migrated_file: Path) -> Prepared:
    """Make it. All that is taken over from the process is given back."""
    shutil.copy(migrated_file, folder / "centre.db")
    with pytest.MonkeyPatch.context() as patch:
        chance, time = Chance(0), Time()
        take_over(patch, chance, time)
        stay_in_one_thread(patch)
        clock = OwnClock(time, timedelta())
        centre = SimulatedCentre(folder / "centre.db", clock)
        devices = []
        try:
            reps = tuple(str(centre.user(login)) for login in ("marie", "paul"))
            fill_centre(centre, reps, clock)
            for name, login in DEVICES:
                device = SimulatedDevice(name, login, centre, Weather(chance), clock)
                device.set_up(empty_store, folder)
                devices.append(device)
            come_to_rest(centre, devices)
        finally:
            for device in devices:
                device.close()
            centre.close()
    return Prepared(folder, empty_store, reps, tuple(device.enrolled for device in devices), time.at)
