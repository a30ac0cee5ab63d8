"""The model behind a page that shows: it reads again when what it shows was touched, and rests while it does not."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject, Signal

from views.shell.session import Session


class LiveModel(QObject):
    """Base of page models; `changed` goes out when there is something else to show."""

    changed = Signal()
    TABLES: ClassVar[frozenset[str]] = frozenset()
    """The tables whose change makes it read again."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._is_awake = False
        session.touched.connect(self._touched)
        session.network_moved.connect(self._network_moved)

    @property
    def is_awake(self) -> bool:
        """Whether its page shows."""
        return self._is_awake

    def wake(self) -> None:
        """The page shows: read, and read again from now on."""
        self._is_awake = True
        self.read()

    def sleep(self) -> None:
        """The page shows no more."""
        self._is_awake = False

    def read(self) -> None:
        """Read all that the page shows."""

    def network_changed(self) -> None:
        """The network came or went, or the queue moved."""

    def _touched(self, tables: frozenset[str]) -> None:
        if self._is_awake and tables & self.TABLES:
            self.read()

    def _network_moved(self) -> None:
        if self._is_awake:
            self.network_changed()
