"""What other threads tell the window, gathered until its own thread comes round to it."""

from __future__ import annotations

import threading
from contextlib import nullcontext

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.ports.courtesy import AtWork


class Gathering(QObject):
    """Passes on in one piece what was told since the last time: a hundred commits are one thing to look at anew."""

    gathered = Signal(object)
    """All names that were told: frozenset[str]. On the thread that made this object."""
    _rang = Signal()

    def __init__(self, parent: QObject | None = None, at_work: AtWork | None = None) -> None:
        super().__init__(parent)
        self._at_work = at_work or nullcontext()
        self._lock = threading.Lock()
        self._names: frozenset[str] = frozenset()
        self._rings = False
        self._rang.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def tell(self, names: frozenset[str] = frozenset()) -> None:
        """Tell from any thread."""
        with self._lock:
            self._names |= names
            rings, self._rings = self._rings, True
        if not rings:
            self._rang.emit()

    @Slot()
    def _pass_on(self) -> None:
        with self._lock:
            names, self._names, self._rings = self._names, frozenset(), False
        with self._at_work:
            self.gathered.emit(names)
