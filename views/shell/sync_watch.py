"""How it stands with the centre, read once for all that show it: the chip and the rail, the sync page, today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.ports.courier import Courier, RoadPicture
from app.ports.readers import Readers, SyncPicture
from views.shell.background import Background, Lane


@dataclass(frozen=True, slots=True)
class Standing:
    """The road to the centre, the queue, and whether this person looks after all devices, at one moment."""

    road: RoadPicture
    queue: SyncPicture
    looks_after_devices: bool = False


class SyncWatch(QObject):
    """Looks again whenever the network or the store moved, away from the window and one reading at a time.

    What moves while it reads is seen by one more reading at its end, however often it moved.
    """

    changed = Signal()
    """There is another picture."""

    def __init__(
        self,
        background: Background,
        courier: Courier,
        readers: Readers,
        failed: Callable[[Exception], object],
        parent: QObject | None = None,
        looks_after_devices: Callable[[], bool] = lambda: False,
    ) -> None:
        """`failed` hears what went wrong with a reading."""
        super().__init__(parent)
        self._background = background
        self._courier = courier
        self._readers = readers
        self._failed = failed
        self._looks_after_devices = looks_after_devices
        self._standing: Standing | None = None
        self._is_reading = self._has_moved = False

    @property
    def standing(self) -> Standing | None:
        """The last picture, None until there is one."""
        return self._standing

    def look(self, _tables: object = None) -> None:
        """Read anew, now or as soon as the reading under way is over."""
        self._has_moved = self._is_reading
        if not self._is_reading:
            self._is_reading = True
            self._background.run(Lane.READING, self._read, self._show_read, self._give_up)

    def _read(self) -> Standing:
        return Standing(self._courier.road, self._readers.sync(), self._looks_after_devices())

    def show(self, standing: Standing) -> None:
        """Let all who show it show this picture."""
        self._standing = standing
        self.changed.emit()

    def _show_read(self, standing: Standing) -> None:
        self._end_reading()
        self.show(standing)

    def _give_up(self, error: Exception) -> None:
        self._end_reading()
        self._failed(error)

    def _end_reading(self) -> None:
        self._is_reading = False
        if self._has_moved:
            self.look()
