"""Wakes the devices that wait: whoever writes notes which scopes moved, and once that is committed they hear of it."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from app.store.engine import Engines
from sync.server.moved import Head, Moved, notify_once

_NOTED = "moved"


def note(connection: Connection, scope: str, head: Head) -> None:
    """Note within a transaction how far a scope moved; told once the transaction is committed."""
    connection.info.setdefault(_NOTED, {})[scope] = head


def note_device(connection: Connection, device: str) -> None:
    """Note that a device is to ask again at once: it was shut out, or something is wanted of it."""
    note(connection, _of_device(device), (0, ""))


def noted(connection: Connection) -> Moved:
    """Give what was noted on a connection, and forget it."""
    moved: Moved = connection.info.pop(_NOTED, {})
    return moved


def _of_device(device: str) -> str:
    return f"device:{device}"


def _begins(device: str) -> str:
    """Under this name it is told that a device began to wait, and where it waited already, that ends."""
    return f"waits:{device}"


class Waiting:
    """One device that waits, in the loop that serves it: what it heard so far, and whether it may wait on."""

    def __init__(self, device: str, scopes: Sequence[str]) -> None:
        self.device = device
        self.names = (*scopes, _of_device(device), _begins(device))
        self.began: Head = (0, secrets.token_hex(8))
        """What other processes are told of this waiting, and what it is known by when that comes back."""
        self.moved: Moved = {}
        self.is_called = False
        """Whether the device itself is to ask again."""
        self.is_over = False
        """Whether it may wait no longer: the centre stops, or the device waits elsewhere by now."""
        self._loop = asyncio.get_running_loop()
        self._rings = asyncio.Event()

    def ring(self, moved: Moved, *, is_over: bool = False) -> None:
        """Tell it something, from any thread; with nothing to tell it only looks again."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hear, moved, is_over)

    def _hear(self, moved: Moved, is_over: bool) -> None:  # noqa: FBT001 - called by the loop, which knows no names
        self.is_called |= moved.pop(_of_device(self.device), None) is not None
        self.is_over |= is_over or moved.pop(_begins(self.device), None) is not None
        self.moved |= moved
        self._rings.set()

    async def rings(self, seconds: float) -> bool:
        """Wait until it is told something; False when the time is over before."""
        try:
            await asyncio.wait_for(self._rings.wait(), max(seconds, 0.0))
        except TimeoutError:
            return False
        self._rings.clear()
        return True


class Hub:
    """Who waits at this process. What moved is told to those who wait here, and by `elsewhere` to other processes."""

    def __init__(self) -> None:
        self._here: dict[str, set[Waiting]] = {}
        self._devices: dict[str, Waiting] = {}
        self._lock = threading.Lock()
        self._is_over = False
        self.elsewhere: Callable[[Moved], None] | None = None

    @property
    def count(self) -> int:
        """How many devices wait here now."""
        return len(self._devices)

    @contextmanager
    def waiting(self, device: str, scopes: Sequence[str]) -> Iterator[Waiting]:
        """Let a device wait for scopes; where it waited already, at whichever process, that ends."""
        place = Waiting(device, scopes)
        with self._lock:
            before = self._devices.get(device)
            self._devices[device] = place
            for name in place.names:
                self._here.setdefault(name, set()).add(place)
            place.is_over = self._is_over
        if before is not None:
            before.ring({}, is_over=True)
        if self.elsewhere is not None:
            self.elsewhere({_begins(device): place.began})
        try:
            yield place
        finally:
            with self._lock:
                if self._devices.get(device) is place:
                    del self._devices[device]
                for name in place.names:
                    self._here[name].discard(place)
                    if not self._here[name]:
                        del self._here[name]

    def told(self, moved: Mapping[str, Head]) -> None:
        """Wake those who wait here for what moved."""
        heard: dict[Waiting, Moved] = {}
        with self._lock:
            for name, head in moved.items():
                for place in self._here.get(name, ()):
                    if head != place.began:
                        heard.setdefault(place, {})[name] = head
        for place, what in heard.items():
            place.ring(what)

    def everybody(self) -> None:
        """Let everybody look again: what was told meanwhile may not have arrived here."""
        self._ring_all(is_over=False)

    def stop(self) -> None:
        """Let nobody wait any longer, now or later: this process ends."""
        self._is_over = True
        self._ring_all(is_over=True)

    def _ring_all(self, *, is_over: bool) -> None:
        with self._lock:
            places = list(self._devices.values())
        for place in places:
            place.ring({}, is_over=is_over)


_hubs: WeakKeyDictionary[Engine, Hub] = WeakKeyDictionary()


def hub_of(engines: Engines) -> Hub:
    """Give the hub of a process that serves this database; made when it is asked for first."""
    return _hubs.setdefault(engines.writer, Hub())


def tell(engines: Engines, moved: Moved) -> None:
    """Tell what a committed transaction moved: here, and to the other processes on the same PostgreSQL."""
    if not moved:
        return
    hub = _hubs.get(engines.writer)
    if hub is not None:
        hub.told(moved)
        if hub.elsewhere is not None:
            hub.elsewhere(moved)
    elif engines.writer.dialect.name == "postgresql":
        notify_once(engines, moved)
