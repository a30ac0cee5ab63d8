"""One seed, one run: devices, a centre, a bad network and sudden deaths; then peace, and everything must be right."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.wiping import STEPS
from tests.sync.simulation.acts import OF_A_REP, later, office
from tests.sync.simulation.breaks import MOST_DEVICES, Breaks
from tests.sync.simulation.centre import SimulatedCentre, stay_in_one_thread
from tests.sync.simulation.chance import Chance, OwnClock, Time, take_over
from tests.sync.simulation.device import DeviceDied, SimulatedDevice, is_passing
from tests.sync.simulation.leaving import leave
from tests.sync.simulation.ledger import Violation, must
from tests.sync.simulation.prepared import fill_centre
from tests.sync.simulation.rest import come_to_rest
from tests.sync.simulation.wire import Weather

QUIET = logging.getLogger("sync")


@dataclass(frozen=True)
class Places:
    """Where the stores of a run lie, and the empty ones they are copied from."""

    folder: Path
    empty_store: Path
    migrated_file: Path


@dataclass(frozen=True)
class Plan:
    """How long a run is and how rough: faults, deaths and work meanwhile as shares of the chances for them.

    `restarts`: how often the power fails for the centre and all devices at once.
    """

    steps: int = 50
    faults: float = 0.25
    deaths: float = 0.2
    meanwhile: float = 0.2
    rest_every: int = 25
    restarts: int = 0


class Simulation:
    """A world that one seed moves."""

    def __init__(self, seed: int, places: Places, plan: Plan, patch: pytest.MonkeyPatch) -> None:
        self.chance = Chance(seed)
        self.time = Time()
        self.plan = plan
        self._places = places
        take_over(patch, self.chance, self.time)
        stay_in_one_thread(patch)
        self.weather = Weather(Chance(self.chance.getrandbits(64)))
        self.trace = self.weather.trace
        path = places.folder / "centre.db"
        shutil.copy(places.migrated_file, path)
        self.centre = SimulatedCentre(path, OwnClock(self.time, timedelta()))
        self.reps: list[str] = []
        self.devices: list[SimulatedDevice] = []
        self.gone: list[SimulatedDevice] = []
        self.breaks = Breaks(self.centre, self.time, places.folder, lambda: self.devices)

    def begin(self) -> None:
        """Let people and devices in, with something to work on."""
        self.reps = [str(self.centre.user(login)) for login in ("marie", "paul")]
        fill_centre(self.centre, self.reps, OwnClock(self.time, timedelta()))
        for number in range(self.chance.choice((2, 3, 3))):
            login = "paul" if number == 2 else "marie"
            ahead = timedelta(seconds=self.chance.choice((0, 0, -90, 90, 3_600, -86_400)))
            device = self._device(f"{login}{number}", login, ahead)
            device.set_up(self._places.empty_store, self._places.folder)

    def _device(self, name: str, login: str, ahead: timedelta) -> SimulatedDevice:
        device = SimulatedDevice(name, login, self.centre, self.weather, OwnClock(self.time, ahead))
        device.wire.meanwhile = partial(self._meanwhile, device)
        self.devices.append(device)
        return device

    def close(self) -> None:
        for device in (*self.devices, *self.gone):
            device.close()
        self.centre.close()

    # ------------------------------------------------------------------------------------------ the run
    def run(self) -> None:
        """Let things happen, with a rest now and then and at the end. Raises Violation."""
        for step in range(1, self.plan.steps + 1):
            self.weather.share = self.plan.faults
            self._step()
            self.centre.ledger.must_be_well()
            if self.plan.restarts and step % (self.plan.steps // (self.plan.restarts + 1) or 1) == 0:
                self._power_fails()
            if step % self.plan.rest_every == 0 or step == self.plan.steps:
                self.rest()

    def _power_fails(self) -> None:
        self.trace.append("power fails everywhere")
        self.centre.start_again()
        for device in self.devices:
            device.start_again()
            device.check()

    def _step(self) -> None:
        self.time.pass_by(self.chance.choice((0.1, 3, 60, 4_000)))
        device = self.chance.choice(self.devices)
        what = self.chance.random()
        if what < 0.15:
            self.trace.append(f"office {office(self.centre, self.chance, [*self.reps, self.reps[0]])}")
        elif what < 0.20:
            self.trace.append("centre starts again")
            self.centre.start_again()
        elif what < 0.25:
            self.trace.append(f"{device.name} starts again")
            device.start_again()
        elif what < 0.31:
            self._break(device)
        elif what < 0.65:
            for _ in range(self.chance.randint(1, 3)):
                self._act(device)
        else:
            self._exchange(device)
        device.check()

    def _act(self, device: SimulatedDevice, *, may_die: bool = True) -> None:
        """Let a rep do something; what came to nothing is followed by something else."""
        for _ in range(4):
            before = device.feed.waiting().last
            self._try(device, may_die=may_die)
            if device.feed.waiting().last != before:
                return

    def _try(self, device: SimulatedDevice, *, may_die: bool) -> None:
        act = self.chance.choices(list(OF_A_REP), list(OF_A_REP.values()))[0]
        device.dies_in = self.chance.randint(1, 2) if may_die and self.chance.happens(self.plan.deaths / 2) else 0
        said = "done"
        try:
            act(device, self.chance)
        except Refusal as refusal:
            said = refusal.code
        except IntegrityError:
            said = "parts stand"
        except DeviceDied:
            said = "died"
            device.start_again()
        device.dies_in = 0
        self.trace.append(f"{device.name} {act.__qualname__} {said}")

    def _exchange(self, device: SimulatedDevice) -> None:
        device.dies_in = self.chance.randint(1, 8) if self.chance.happens(self.plan.deaths) else 0
        self.centre.dies_in = self.chance.randint(1, 8) if self.chance.happens(self.plan.deaths / 2) else 0
        said = "done"
        try:
            device.exchange()
        except Trouble as trouble:
            must(is_passing(trouble), "trouble that no bad network makes", device.name, trouble)
            said = trouble.code
        except DeviceDied:
            said = "died"
            device.start_again()
        device.dies_in = self.centre.dies_in = 0
        self.trace.append(f"{device.name} exchange {said}")

    # ------------------------------------------------------------------------------------------ the world breaks
    def _break(self, device: SimulatedDevice) -> None:
        """Let something happen that is rare: whatever the specification names."""
        name, happens = self.chance.choice(list(self._mishaps().items()))
        self.trace.append(f"{device.name}: {name}")
        happens(device)
        self.centre.ledger.must_be_well()

    def _mishaps(self) -> dict[str, Callable[[SimulatedDevice], object]]:
        breaks, chance = self.breaks, self.chance
        return {
            "the centre is copied": lambda _device: breaks.back_the_centre_up(),
            "the centre is put back": lambda _device: self._put_the_centre_back(),
            "all begins anew": lambda _device: breaks.begin_an_epoch(),
            "the app is too old": lambda _device: breaks.outgrow_the_app(),
            "the app is renewed": lambda _device: breaks.renew_the_apps(),
            "months pass": lambda _device: self.time.pass_by(100 * 86_400),
            "a copy is kept": breaks.keep_a_copy,
            "put back": breaks.put_back,
            "cloned": self._clone,
            "a row is damaged": lambda device: breaks.damage(device, chance),
            "loads": lambda device: breaks.load(device, chance),
            "lets go": lambda device: breaks.unload(device, chance),
            "the clock is wrong": lambda device: later(device, chance.choice((-365, -1, 1, 365))),
            "leaves": self._leave,
        }

    def _put_the_centre_back(self) -> None:
        if self.breaks.has_backup:
            self.breaks.put_the_centre_back(is_announced=self.chance.happens(0.5))

    def _clone(self, of: SimulatedDevice) -> None:
        """Copy a store, and let both go on."""
        if len(self.devices) < MOST_DEVICES and self.breaks.may_copy:
            self.breaks.copied()
            twin = self._device(f"twin{len(self.devices) + len(self.gone)}", of.login, of.clock.ahead)
            twin.twin_of(of, self._places.folder / f"{twin.name}.db")

    def _leave(self, device: SimulatedDevice) -> None:
        """Shut a device out or wipe it; its copy would be another one."""
        if self.gone or len(self.devices) < 3 or sum(other.id == device.id for other in self.devices) > 1:
            return
        self.weather.share = 0.0
        dies_at = self.chance.choice(("shut out", "", *STEPS))
        leave(device, self.centre, self._places.folder / "wiped", dies_at)
        self.devices.remove(device)
        self.gone.append(device)

    def _meanwhile(self, device: SimulatedDevice) -> None:
        """The rep does not wait for the network: now and then something is done while a request is under way."""
        if self.weather.share and self.chance.happens(self.plan.meanwhile):
            dies_in, device.dies_in = device.dies_in, 0
            self._act(device, may_die=False)
            device.dies_in = dies_in

    def rest(self) -> None:
        """No fault any more: within five rounds all is drained and everybody has the same."""
        self.weather.share = 0.0
        self.breaks.mend()
        come_to_rest(self.centre, self.devices)
        self.trace.append("rest")


@contextmanager
def simulation(seed: int, places: Places, plan: Plan) -> Iterator[Simulation]:
    """Give the world of a seed; all it took over is given back at the end."""
    with pytest.MonkeyPatch.context() as patch:
        QUIET.addFilter(_unheard)
        made = Simulation(seed, places, plan, patch)
        try:
            made.begin()
            yield made
        finally:
            made.close()
            QUIET.removeFilter(_unheard)


def _unheard(_record: logging.LogRecord) -> bool:
    return False


def run(seed: int, places: Places, plan: Plan | None = None) -> list[str]:
    """Run a seed and give its trace. Raises Violation with the seed and the last things that happened."""
    with simulation(seed, places, plan or Plan()) as made:
        try:
            made.run()
        except Violation as violation:
            last = "\n  ".join(made.trace[-40:])
            raise Violation(f"{violation}\nagain with TOURNEE_SEED={seed}; at the end:\n  {last}") from violation
        return made.trace
