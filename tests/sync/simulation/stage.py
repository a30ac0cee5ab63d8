"""Where a script is played: the prepared trade, three devices that know it, and one strike at one labelled point."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.codec import Record
from tests.sync.simulation.breaks import Breaks
from tests.sync.simulation.centre import CentreDied, SimulatedCentre, stay_in_one_thread
from tests.sync.simulation.chance import Chance, OwnClock, Time, take_over
from tests.sync.simulation.device import DeviceDied, SimulatedDevice, is_passing
from tests.sync.simulation.ledger import Violation, must
from tests.sync.simulation.points import Blow, Points, Strike
from tests.sync.simulation.prepared import DEVICES, Prepared
from tests.sync.simulation.rest import come_to_rest
from tests.sync.simulation.wire import Weather

QUIET = logging.getLogger("sync")
Deed = Callable[[SimulatedDevice], object]
Script = Callable[["Stage"], None]


class Actor:
    """A rep with a device, who goes on as people do: what was struck down is done once more."""

    def __init__(self, stage: Stage, device: SimulatedDevice) -> None:
        self.stage = stage
        self.device = device

    def do(self, *deeds: Deed) -> None:
        """Do something on the device. In a run without a strike nothing may be refused here."""
        for deed in deeds:
            self._do(deed)

    def _do(self, deed: Deed) -> None:
        try:
            deed(self.device)
        except DeviceDied:
            self.device.start_again()
            self._do(deed)
        except (Refusal, IntegrityError, LookupError):
            if not self.stage.points.is_struck:
                raise
            self.stage.weather.trace.append(f"{self.device.name}: came to nothing")
        self.device.check()

    def sync(self) -> None:
        """Go to the centre; once more where a strike came between."""
        was_struck = self.stage.points.is_struck
        self._sync()
        if self.stage.points.is_struck and not was_struck:
            self._sync()

    def _sync(self) -> None:
        try:
            self.device.exchange()
        except Trouble as trouble:
            must(is_passing(trouble), "trouble that no bad network makes", self.device.name, trouble)
            must(self.stage.points.is_struck, "trouble without a fault", self.device.name, trouble)
        except DeviceDied:
            self.device.start_again()
        self.device.check()
        self.stage.centre.ledger.must_be_well()

    def start_again(self) -> None:
        """Close the app as a kill does, and open it again."""
        self.device.start_again()
        self.device.check()

    def row(self, table: str, row_id: str) -> Record:
        """Give a row of this device. Raises LookupError."""
        for row in self.device.rows(f"SELECT * FROM {table} WHERE id = ?", row_id):
            return row
        raise LookupError(row_id)

    def problems(self) -> list[str]:
        """Give the codes of what waits for the rep."""
        return [str(row["code"]) for row in self.device.rows("SELECT code FROM problem WHERE is_settled = 0")]

    def states(self) -> list[str]:
        return [str(row["state"]) for row in self.device.rows("SELECT state FROM changeset ORDER BY n")]


class Stage:
    """One play of one script."""

    def __init__(
        self, prepared: Prepared, folder: Path, patch: pytest.MonkeyPatch, blow: Blow | None, seed: int
    ) -> None:
        self.patch = patch
        self.chance = Chance(seed)
        self.time = Time()
        self.time.at = prepared.at + timedelta(hours=1)
        take_over(patch, self.chance, self.time)
        stay_in_one_thread(patch)
        self.points = Points(blow)
        self.weather = Weather(self.chance)
        self.reps = prepared.reps
        self.prepared = prepared
        self.folder = folder
        clock = OwnClock(self.time, timedelta())
        self.centre = SimulatedCentre(prepared.copy("centre", folder), clock, self.points)
        with self.centre.engines.reader.connect() as connection:
            self.centre.ledger.begin(connection)
        self.actors: list[Actor] = []
        self.gone: list[Actor] = []
        self.breaks = Breaks(self.centre, self.time, folder, lambda: [actor.device for actor in self.actors])
        self._expected: list[tuple[str, Callable[[], bool]]] = []
        self._in_the_end: list[Callable[[], None]] = []
        for (name, login), enrolled in zip(DEVICES, prepared.devices, strict=True):
            actor = self._actor(name, login)
            actor.device.take_up(prepared.copy(name, folder), enrolled)
        self.marie, self.other, self.paul = self.actors

    def _actor(self, name: str, login: str) -> Actor:
        clock = OwnClock(self.time, timedelta())
        actor = Actor(self, SimulatedDevice(name, login, self.centre, self.weather, clock, self.points))
        self.actors.append(actor)
        return actor

    def close(self) -> None:
        for actor in (*self.actors, *self.gone):
            actor.device.close()
        self.centre.close()

    # ------------------------------------------------------------------------------------------ what a script may do
    def newcomer(self, login: str, name: str = "new1") -> Actor:
        """Let one more device in; it has nothing yet."""
        with self.in_one_breath():
            actor = self._actor(name, login)
            actor.device.set_up(self.prepared.empty_store, self.folder)
        return actor

    def at_the_centre(self, *deeds: Callable[[SimulatedCentre], object]) -> None:
        """Let the centre's people do something; once more where the centre died over it."""
        for deed in deeds:
            try:
                deed(self.centre)
            except CentreDied:
                self.centre.start_again()
                deed(self.centre)
            self.centre.ledger.must_be_well()

    @contextmanager
    def in_one_breath(self) -> Iterator[None]:
        """Do much at once, whose commits are no points: all are alike."""
        self.points.is_open, was_open = False, self.points.is_open
        try:
            yield
        finally:
            self.points.is_open = was_open

    def put_the_centre_back(self, lose: Script) -> None:
        """Put the centre back to before something that is lost by it."""
        with self.in_one_breath():
            copy = self.centre.backup()
            lose(self)
            self.centre.restore(copy)
        for actor in self.actors:
            actor.device.forget_versions()

    def twin(self, of: Actor) -> Actor:
        """Give a device that goes on with a copy of another one's store, keyring and all."""
        with self.in_one_breath():
            actor = self._actor(f"twin{len(self.actors) + len(self.gone)}", of.device.login)
            actor.device.clock.ahead = of.device.clock.ahead
            actor.device.twin_of(of.device, self.folder / f"{actor.device.name}.db")
        return actor

    def damage(self, actor: Actor, table: str, row: str, **values: str) -> None:
        """Damage a row on somebody's device."""
        with self.in_one_breath():
            actor.device.damage(table, row, **values)

    def in_the_end(self, deed: Callable[[], None]) -> None:
        """Say what people do once the network is mended, before all comes to rest."""
        self._in_the_end.append(deed)

    def leaves(self, actor: Actor) -> None:
        """Let somebody go for good, whose device need not come to rest."""
        self.actors.remove(actor)
        self.gone.append(actor)

    def expect(self, what: str, is_so: Callable[[], bool]) -> None:
        """Say what must have come of it in the end, whatever struck."""
        self._expected.append((what, is_so))

    def plainly(self, what: str, is_so: Callable[[], bool]) -> None:
        """Say what must be so right now where nothing struck."""
        if self.points.blow is None:
            must(is_so(), "not as the script says", what)

    # ------------------------------------------------------------------------------------------ the end
    def come_to_rest(self) -> None:
        """Mend the network and see that all is as it must be."""
        self.points.is_open = False
        for actor in self.actors:
            actor.device.wire.is_dark = actor.device.wire.broken = False
        for deed in self._in_the_end:
            deed()
        come_to_rest(self.centre, [actor.device for actor in self.actors])
        is_dark = self.points.blow is not None and self.points.blow.strike is Strike.DARK
        for what, is_so in self._expected:
            must(is_dark or is_so(), "not as the script says", what)


@contextmanager
def staged(prepared: Prepared, folder: Path, blow: Blow | None = None, seed: int = 1) -> Iterator[Stage]:
    """Set a stage; all it took over is given back at the end."""
    with pytest.MonkeyPatch.context() as patch:
        QUIET.addFilter(_unheard)
        stage = Stage(prepared, folder, patch, blow, seed)
        try:
            yield stage
        finally:
            stage.close()
            QUIET.removeFilter(_unheard)


def play(script: Script, prepared: Prepared, folder: Path, blow: Blow | None = None) -> Points:
    """Play a script, struck at one point or at none; gives the points passed. Raises Violation."""
    with staged(prepared, folder, blow) as stage:
        try:
            stage.points.is_open = True
            script(stage)
            stage.come_to_rest()
        except Violation as violation:
            last = "\n  ".join(stage.weather.trace[-20:])
            raise Violation(
                f"{violation}\nin {script.__name__!r}, struck by {blow}; at the end:\n  {last}"
            ) from violation
        must(blow is None or stage.points.is_struck, "the point was not passed", script.__name__, blow)
        return stage.points


def _unheard(_record: logging.LogRecord) -> bool:
    return False
