"""The chip that always shows how it stands with the centre: up to date, waiting, offline, or the rep is needed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from views.shell.theme import Ink, paint_icon, paint_text, text_width, theme


class SyncState(StrEnum):
    """The states of the chip; when several hold, the one that asks most of the rep."""

    NEEDS_YOU = "needs_you"
    OFFLINE = "offline"
    READING = "reading"
    WAITING = "waiting"
    UP_TO_DATE = "up_to_date"


@dataclass(frozen=True, slots=True)
class SyncFigures:
    """What the chip is made from: is there a network, how many changes wait, how many problems need the rep.

    `read` is how much of a first reading has come, in percent; None where none is to be done. `rests`: it does.
    """

    is_online: bool = True
    waiting: int = 0
    problems: int = 0
    read: int | None = None
    rests: bool = False

    @property
    def state(self) -> SyncState:
        """Which of the four it is."""
        if self.problems:
            return SyncState.NEEDS_YOU
        if not self.is_online:
            return SyncState.OFFLINE
        if self.read is not None and not (self.rests and self.waiting):
            return SyncState.READING
        return SyncState.WAITING if self.waiting else SyncState.UP_TO_DATE


_ICONS = {
    SyncState.NEEDS_YOU: "alert",
    SyncState.OFFLINE: "off",
    SyncState.READING: "sync",
    SyncState.WAITING: "up2",
    SyncState.UP_TO_DATE: "check",
}


class SyncChip(QAbstractButton):
    """Leads to the sync page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = SyncFigures()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_figures(self._figures)

    @property
    def state(self) -> SyncState:
        """What it shows."""
        return self._figures.state

    def set_figures(self, figures: SyncFigures) -> None:
        """Show how it stands."""
        self._figures = figures
        self.setText("".join(text for text, _ in self._parts()))
        self.setAccessibleName(self.tr("Synchronisation : {state}").format(state=self.text()))
        self.setToolTip(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        words = sum(text_width(text, ink) for text, ink in self._parts())
        return QSize(
            round(2 * look.px("sync_pad") + look.px("icon_small") + look.space(2) + words + 2), look.px("target")
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.c("hairline"), 1))
        painter.setBrush(look.c("hover" if self.underMouse() else "sheet"))
        radius = look.px("pill_radius")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side, left = look.px("icon_small"), float(look.px("sync_pad") + 1)
        colour = "danger" if self.state is SyncState.NEEDS_YOU else "text-2"
        paint_icon(painter, QPointF(left, (self.height() - side) / 2), _ICONS[self.state], colour, side)
        left += side + look.space(2)
        for text, ink in self._parts():
            paint_text(painter, QRectF(left, 0, self.width() - left, self.height()), text, ink)
            left += text_width(text, ink)

    def _parts(self) -> tuple[tuple[str, Ink], ...]:
        plain, strong = Ink("text-2"), Ink("text", weight="strong")
        waiting, problems = self._figures.waiting, self._figures.problems
        match self.state:
            case SyncState.NEEDS_YOU:
                return ((self.tr("À vous de voir · {count}").format(count=problems), Ink("danger", weight="strong")),)
            case SyncState.OFFLINE if waiting:
                return ((self.tr("Hors ligne · %n gardée(s)", "", waiting), plain),)
            case SyncState.OFFLINE:
                return ((self.tr("Hors ligne"), plain),)
            case SyncState.READING if self._figures.rests:
                return ((self.tr("Lecture en pause · {share} %").format(share=self._figures.read), plain),)
            case SyncState.READING:
                return ((self.tr("Première lecture · {share} %").format(share=self._figures.read), plain),)
            case SyncState.WAITING:
                words = self.tr("%n en attente", "", waiting)
                before, _, after = words.partition(str(waiting))
                return ((before, plain), (str(waiting), strong), (after, plain))
            case _:
                return ((self.tr("À jour"), plain),)
