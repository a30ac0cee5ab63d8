"""A few choices side by side in one piece, of which one is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from views.shell.theme import CENTRE, Ink, paint_text, text_width, theme

_INSET = 3


class SegmentedControl(QWidget):
    """Several words in a sunken bar, the chosen one raised; arrows move the choice."""

    chosen = Signal(int)
    """The index somebody chose."""

    def __init__(self, choices: Sequence[str], chosen: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, 0, _INSET, 0)
        row.setSpacing(0)
        for index, text in enumerate(choices):
            segment = _Segment(text, self)
            self._group.addButton(segment, index)
            row.addWidget(segment)
        self.set_index(chosen)
        self._group.idClicked.connect(self.chosen)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def index(self) -> int:
        """Which is chosen."""
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        """Choose without telling anyone."""
        self._group.button(index).setChecked(True)

    def segment(self, index: int) -> QAbstractButton:
        """The button of a choice, to disable it or give it a tip."""
        return self._group.button(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.c("hairline"), 1) if look.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.c("sunken"))
        radius = look.px("segment_radius")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class _Segment(QRadioButton):
    def sizeHint(self) -> QSize:
        look = theme()
        width = max(text_width(self.text(), Ink(weight="strong")) + 2 * look.space(4), look.px("target"))
        return QSize(round(width), look.px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(QPen(look.c("hairline"), 1) if on else Qt.PenStyle.NoPen)
            painter.setBrush(look.c("raised" if on else "hover"))
            radius = look.px("radius.control")
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, _INSET + 0.5, -0.5, -_INSET - 0.5), radius, radius
            )
        colour = "text-disabled" if not self.isEnabled() else "text" if on else "text-2"
        ink = Ink(colour, weight="strong" if on else "regular")
        paint_text(painter, QRectF(self.rect()), self.text(), ink, CENTRE)
