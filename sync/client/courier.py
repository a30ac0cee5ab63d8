"""The courier: goes to the centre on a thread of its own whenever the rep did something, and from time to time."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from app.domain.refusal import Refusal
from app.ports.courier import Exchanged, RoadPicture, StoppedDeletions
from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store.deletions import Deletions, Word
from app.store.feed import DeviceFeed
from app.store.rows import SYNCED
from app.store.unit_of_work import OUTBOX, SqlWork
from sync.client.engine import Engine
from sync.client.gauge import Gauge
from sync.client.greeting import MUST_UPDATE
from sync.client.lane import FileLane
from sync.client.listening import Listener
from sync.client.moment import Now
from sync.client.schedule import Schedule
from sync.client.standing import WIPE
from sync.client.transport import Road
from sync.protocol.scope import Scope

_log = logging.getLogger(__name__)

MINE = "mine"
RESOLVE = "resolve_conflict"
"""The name of the action by which a rep answers a conflict; its words stand in resources/wording."""
SWITCHED_OFF = "network_switched_off"
"""The small fact that keeps the switch across restarts."""
PAUSED = "first_pull_paused"
"""The small fact that keeps a first pull at rest across restarts."""
GREET_SECONDS = 6 * 3600.0
"""How long a device may exchange without first words: they renew its lease."""
_REST_SECONDS = 0.3
"""How long the rep's work is let come to rest before it is sent, so that several actions share one request."""


class SyncCourier:
    """The port `Courier` made real. `start` and `stop` belong to whoever puts the application together."""

    def __init__(
        self,
        feed: DeviceFeed,
        work: SqlWork,
        road: Road,
        now: Now,
        secrets: Secrets | None = None,
        keep_copy: Callable[[], object] = lambda: None,
    ) -> None:
        self._feed = feed
        self._work = work
        self._road = road
        self._gauge = Gauge(self._moved, is_paused=feed.recall(PAUSED) == "1")
        self._engine = Engine(feed, road, now, self._gauge, secrets, keep_copy)
        self._lane = FileLane(feed, road, now)
        self._deletions = Deletions(feed)
        self._schedule = Schedule(random.random)
        self._listeners: list[Callable[[], None]] = []
        self._wakes = threading.Event()
        self._stops = threading.Event()
        self._turn = threading.Lock()
        self._listener = Listener(feed, road, self._turn, self.wake)
        self._greeted = time.monotonic()
        self.after_round: Callable[[], None] = lambda: None
        """Called after each round, however it ended, on the thread that went: the centre may have ordered something."""
        self._picture = RoadPicture(is_switched_off=feed.recall(SWITCHED_OFF) == "1")
        self._painting = threading.Lock()
        self._look()
        if self.is_switched_off:
            road.cut()
            self._lane.switch(on=False)
            self._listener.cut()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        work.listen(self._touched)

    # ------------------------------------------------------------------------------------------ its life
    def start(self) -> None:
        """Begin to go by itself."""
        self._thread.start()
        self._lane.start()
        self._listener.start()

    def stop(self) -> None:
        """End: what is under way is given up at its next piece, and sent again next time."""
        self._stops.set()
        self._wakes.set()
        self._road.cut()
        self._lane.stop()
        self._listener.stop()
        if self._thread.is_alive():
            self._thread.join()
        self._road.close()

    def wake(self) -> None:
        """Go soon."""
        self._wakes.set()

    def _touched(self, tables: frozenset[str]) -> None:
        if OUTBOX in tables:
            if threading.current_thread() is not self._thread:
                self._wakes.set()  # the rep did something; what the courier itself notes needs no further way
            self._tell()

    def _run(self) -> None:
        wait = 0.0
        while not self._stops.is_set():
            if self._wakes.wait(wait):
                self._wakes.clear()
                self._stops.wait(_REST_SECONDS)
                self._wakes.clear()
            if self._stops.is_set():
                return
            if self.is_switched_off:
                wait = threading.TIMEOUT_MAX
                continue
            try:
                self.exchange()
                wait = self._schedule.went_well()
                self._listener.at_ease()
            except (Trouble, Refusal) as fault:
                _log.info("no exchange: %s", fault)
                wait = self._schedule.failed()
                self._listener.rest()
            except Exception:  # noqa: BLE001 - see below
                # A fault of ours must not end the courier: what waits is kept, and it is said in the log.
                _log.exception("the courier stumbled")
                wait = self._schedule.failed()
                self._listener.rest()

    # ------------------------------------------------------------------------------------------ the port
    @property
    def road(self) -> RoadPicture:
        return self._picture

    @property
    def is_online(self) -> bool:
        return self._picture.is_online

    @property
    def is_switched_off(self) -> bool:
        return self._picture.is_switched_off

    def pause_first_pull(self) -> None:
        self._feed.remember({PAUSED: "1"})
        self._gauge.pause(is_paused=True)

    def resume_first_pull(self) -> None:
        self._feed.remember({PAUSED: "0"})
        self._gauge.pause(is_paused=False)
        self._wakes.set()

    def allow_deletions(self, scope: str) -> None:
        self._deletions.say(scope, Word.ALLOWED)
        self._wakes.set()
        self._look()
        self._tell()

    def keep_rows(self, scope: str) -> None:
        self._deletions.say(scope, Word.KEPT)
        self._look()
        self._tell()

    def switch(self, *, on: bool) -> None:
        with self._painting:
            self._picture = replace(self._picture, is_switched_off=not on, is_online=on and self.is_online)
        self._feed.remember({SWITCHED_OFF: "0" if on else "1"})
        if on:
            self._road.mend()
            self._listener.mend()
            self._schedule.failures = 0
        else:
            self._road.cut()
            self._listener.cut()
        self._lane.switch(on=on)
        self._wakes.set()
        self._tell()

    def begin(self) -> None:
        """Read what the first screen cannot be without; the rest comes when the courier goes by itself."""
        with self._turn:
            self._engine.begin()
        self._look()

    def exchange(self) -> Exchanged:
        try:
            return self._exchange()
        finally:
            self.after_round()

    def _exchange(self) -> Exchanged:
        try:
            with self._turn:
                if time.monotonic() - self._greeted > GREET_SECONDS:
                    self._greeted = time.monotonic()
                    self._engine.greet_again()
                done = self._engine.exchange()
        except Trouble as trouble:
            if receipt := trouble.facts.get("receipt"):
                self._feed.remember({WIPE: str(receipt)})
            with suppress(Trouble):  # the store itself may be what failed
                self._look()
            self._went(trouble)
            self._tell()
            raise
        self._look()
        self._went(_stopped(self._picture.stopped_deletions), is_online=True)
        self._lane.wake()
        self._tell()
        return done

    def listen(self, changed: Callable[[], None]) -> None:
        self._listeners.append(changed)

    def resolve(self, problem_id: str, choices: dict[str, str]) -> None:
        found = self._feed.conflict(problem_id)
        if found is None:
            raise Refusal("NOT_FOUND", {"what": "problem", "id": problem_id})
        changeset, conflict = found
        with self._work.begin(RESOLVE) as tx:
            for field in conflict.fields:
                table = SYNCED.tables[field.table]
                is_mine = choices.get(f"{field.table}/{field.row}/{field.column}") == MINE
                if is_mine and tx.rows.row(table, field.row) is not None:
                    tx.rows.put(table, {"id": field.row, field.column: field.mine})
            tx.about(**{"account": "", **changeset.facts})
            tx.commit()
        self._feed.settle(problem_id)
        self._tell()

    def dismiss(self, problem_id: str) -> None:
        self._feed.settle(problem_id)
        self._tell()

    # ------------------------------------------------------------------------------------------ the picture
    def _look(self) -> None:
        """Take anew into the picture what the store says, on the thread on which that moved."""
        with self._painting:
            self._picture = replace(
                self._picture,
                stopped_deletions=self._deletions.waiting(),
                must_update=self._feed.recall(MUST_UPDATE) == "1",
                clock_skew=self._road.clocks.skew,
            )

    def _went(self, trouble: Trouble | None, *, is_online: bool = False) -> None:
        """Say how an exchange went."""
        with self._painting:
            is_online = is_online and not self.is_switched_off
            self._picture = replace(self._picture, is_online=is_online, trouble=trouble)

    def _moved(self) -> None:
        """The first pull went on: nothing else of the picture did."""
        with self._painting:
            self._picture = replace(self._picture, progress=self._gauge.progress, clock_skew=self._road.clocks.skew)
        self._tell()

    def _tell(self) -> None:
        for changed in self._listeners:
            changed()


def _stopped(stops: tuple[StoppedDeletions, ...]) -> Trouble | None:
    """Say that a deletion waits for the rep's yes: the exchange itself went well."""
    for stop in stops:
        kind = Scope.parse(stop.scope).kind.value
        return Trouble("DELETIONS_STOPPED", {"count": stop.count, "total": stop.total, "scope": kind})
    return None
