"""Speaks with the centre when there is something to say, and now and then to hear what is new."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.ports.courier import Exchanged
from views.shell.session import Session
from views.shell.sync_chip import SyncFigures

SOON = 400
"""Milliseconds after an action: several quick ones leave together."""
NOW_AND_THEN = 30_000
"""Milliseconds between two questions for news."""
LATEST = 300_000
"""The longest wait after a centre that does not answer, in milliseconds."""


class Pulse(QObject):
    """One exchange at a time; after one that failed the next waits twice as long."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runs = False
        self._is_exchanging = False
        self._newest = 0
        self._wait = NOW_AND_THEN
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.exchange)
        session.network_moved.connect(self._network_moved)

    def start(self) -> None:
        """Begin with an exchange at once."""
        self._runs = True
        self.exchange()

    def stop(self) -> None:
        """Be silent."""
        self._runs = False
        self._timer.stop()

    def follow(self, figures: SyncFigures) -> None:
        """Send soon what is newly waiting, unless the centre did not answer: then the wait stands."""
        is_new = figures.newest > self._newest
        self._newest = max(self._newest, figures.newest)
        if self._runs and is_new and figures.is_online and not self._is_exchanging:
            self._timer.start(SOON)

    def exchange(self) -> None:
        """Exchange now, unless the rep works without the network or one is under way."""
        if not self._runs or self._is_exchanging:
            return
        if self._session.courier.is_switched_off:
            return
        self._is_exchanging = True
        self._session.exchange(self._arrived, failed=self._failed)

    def _arrived(self, _exchanged: Exchanged) -> None:
        self._is_exchanging = False
        self._wait = NOW_AND_THEN
        self._rest()

    def _failed(self, _error: Exception) -> None:
        self._is_exchanging = False
        self._wait = min(2 * self._wait, LATEST)
        self._rest()

    def _rest(self) -> None:
        if self._runs:
            self._timer.start(self._wait)

    def _network_moved(self) -> None:
        if not self._runs or self._is_exchanging:
            return
        if self._session.courier.is_switched_off:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start(SOON)
