"""The slow lane: files go on a thread and a road of their own, so that what the rep did never waits for them."""

from __future__ import annotations

import logging
import threading

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from sync.client.files import Files
from sync.client.moment import Now
from sync.client.transport import Road

_log = logging.getLogger(__name__)


class FileLane:
    """Carries files whenever it is woken; `start` and `stop` belong to the courier, and so does its switch."""

    def __init__(self, feed: DeviceFeed, road: Road, now: Now) -> None:
        self._feed = feed
        self._road = road
        self._now = now
        self._wakes = threading.Event()
        self._stops = threading.Event()
        self._lock = threading.Lock()
        self._own: Road | None = None
        self._is_off = False
        self._thread = threading.Thread(target=self._run, name="files", daemon=True)

    def start(self) -> None:
        """Begin to carry when woken."""
        self._thread.start()

    def stop(self) -> None:
        """End; a file under way is gone on with next time."""
        self._stops.set()
        self._cut()
        self._wakes.set()
        if self._thread.is_alive():
            self._thread.join()

    def wake(self) -> None:
        """Carry what waits, soon."""
        self._wakes.set()

    def switch(self, *, on: bool) -> None:
        """Let files go, or break off the one under way at once and begin none."""
        with self._lock:
            self._is_off = not on
        if on:
            self.wake()
        else:
            self._cut()

    def carry(self) -> int:
        """Carry what waits on the caller's own thread; gives how many files went. Raises Trouble as the road does."""
        with self._lock:
            if self._is_off or self._stops.is_set():
                return 0
            self._own = own = self._road.twin()
        try:
            return Files(self._feed, own, self._now).carry()
        finally:
            own.close()

    def _cut(self) -> None:
        with self._lock:
            if self._own is not None:
                self._own.cut()

    def _run(self) -> None:
        while True:
            self._wakes.wait()
            self._wakes.clear()
            if self._stops.is_set():
                return
            try:
                self.carry()
            except (Trouble, Refusal) as fault:
                _log.info("files wait for the next exchange: %s", fault)
            except Exception:  # noqa: BLE001 - see below
                # A fault of ours must not end the lane: the files stay, and it is said in the log.
                _log.exception("the carrier of files stumbled")
