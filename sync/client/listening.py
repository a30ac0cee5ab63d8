"""Waits at the centre while the courier is at ease, so that what is new there is fetched at once and not by the minute.

It only wakes the courier; what is new comes by the courier's exchange alone.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Mapping

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.cursors import Phase, StoredCursor
from app.store.feed import DeviceFeed
from app.store.pulled import Pulled
from app.store.rows import REVISION
from sync.client.greeting import EPOCH
from sync.client.lines import Tally, frames
from sync.client.schedule import Schedule
from sync.client.transport import Road
from sync.protocol.frames import Ask, Damaged, FrameWriter, Mark, Told
from sync.protocol.handshake import PROTOCOL, Cursor

_log = logging.getLogger(__name__)

_NOT_THERE = {404, 405}
"""What an older centre answers, which knows no long poll: the courier's own rhythm has to do."""


class Listener:
    """A thread beside the courier's with a road of its own; `turn` is held by whoever exchanges with the centre."""

    def __init__(self, feed: DeviceFeed, road: Road, turn: threading.Lock, wake: Callable[[], None]) -> None:
        self._feed = feed
        self._pulled = Pulled(feed)
        self._couriers = road
        self._road = road.twin()
        self._turn = turn
        self._wake = wake
        self._schedule = Schedule(random.random)
        self._haste = Schedule(random.random)
        self._may = threading.Event()
        self._stops = threading.Event()
        self._is_known = True
        self._heard: dict[str, tuple[int, str]] = {}
        """What was heard last that was new; heard again, the courier could not fetch it, and there is no haste."""
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    # ------------------------------------------------------------------------------------------ its life
    def start(self) -> None:
        """Begin; it waits at the centre once it is told that the courier is at ease."""
        self._thread.start()

    def stop(self) -> None:
        """End within a moment, whatever is awaited."""
        self._stops.set()
        while True:
            # Again and again: it may have been about to connect, or to rest.
            self._may.set()
            self._road.cut()
            if not self._thread.is_alive():
                break
            self._thread.join(0.1)
        self._road.close()

    def at_ease(self) -> None:
        """Wait at the centre: the courier has nothing to do and the centre is there."""
        if self._is_known:
            self._may.set()

    def rest(self) -> None:
        """Wait no more after this time: the courier is in trouble, and says when it is over."""
        self._may.clear()
        self._is_known = True  # the centre may be another one when it is there again

    def cut(self) -> None:
        """Give up the network at once."""
        self.rest()
        self._road.cut()

    def mend(self) -> None:
        """Let the network be used again."""
        self._road.mend()

    def _run(self) -> None:
        while True:
            self._may.wait()
            if self._stops.is_set():
                return
            try:
                is_new = self._listen()
                self._schedule.went_well()
            except (Trouble, Refusal, Damaged) as fault:
                self._stops.wait(self._after(fault))
                continue
            except Exception:  # noqa: BLE001 - see below
                # A fault of ours must not end the listening; the courier goes by itself meanwhile.
                _log.exception("the listener stumbled")
                self._stops.wait(self._schedule.failed())
                continue
            if is_new:
                self._may.clear()  # until the courier has fetched it
                self._wake()

    def _after(self, fault: Exception) -> float:
        """Draw from a fault what follows; gives the seconds to wait."""
        _log.info("not listening: %s", fault)
        if isinstance(fault, Trouble) and fault.facts.get("status") in _NOT_THERE:
            self._is_known = False
            self._may.clear()
            return 0.0
        if not isinstance(fault, Trouble) or fault.code != "OFFLINE":
            # The centre has something to say to this device: the courier's next exchange will hear it.
            self._may.clear()
            self._wake()
        return self._schedule.failed()

    # ------------------------------------------------------------------------------------------ one wait
    def _listen(self) -> bool:
        """Wait once; gives whether there is something that the courier has not fetched meanwhile."""
        asked = {scope: cursor for scope, cursor in self._pulled.cursors().items() if cursor.phase is Phase.LIVE}
        epoch = self._feed.recall(EPOCH) or ""
        told, heads = self._ask(asked, epoch)
        with self._turn:  # an exchange may be bringing the very rows
            now = self._pulled.cursors()
        new = {scope: head for scope, head in heads.items() if _is_new(head, asked.get(scope), now.get(scope))}
        if new and new == self._heard:
            self._stops.wait(self._haste.failed())
        else:
            self._haste.failures = 0
        self._heard = new
        return bool(new) or told != (self._feed.recall(EPOCH) or "")

    def _ask(self, asked: Mapping[str, StoredCursor], epoch: str) -> tuple[str, dict[str, tuple[int, str]]]:
        """Ask and wait; gives the centre's epoch, and the heads of the scopes that moved."""
        self._road.identity = self._couriers.identity  # it may have got another one since
        cursors = tuple(Cursor(scope=cursor.scope, seq=cursor.seq, tag=cursor.tag) for cursor in asked.values())
        ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch=epoch, cursors=cursors, first=1)
        writer = FrameWriter()
        body = writer.line(ask) + writer.end()
        told, heads = epoch, {}
        for frame in frames(self._road, "POST", "/sync/v1/pull", body, Tally()):
            if isinstance(frame, Told):
                told = frame.epoch
            elif isinstance(frame, Mark):
                heads[frame.scope] = (frame.seq, frame.tag)
        return told, heads


def _is_new(head: tuple[int, str], asked: StoredCursor | None, now: StoredCursor | None) -> bool:
    """Say whether a scope's head is beyond what was read of it, or of another history."""
    if asked is None or now is None:
        return False
    seq, tag = head
    return seq > now.seq or seq < asked.seq or (seq == now.seq and tag != now.tag)
