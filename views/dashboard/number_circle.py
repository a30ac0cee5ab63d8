"""The number of a visit in its circle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from views.shell.theme import CENTRE, Ink, paint_text, theme


class NumberCircle(QWidget):
    """Filled: the next one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = ""
        side = theme().px("leading_circle")
        self.setFixedSize(side, side)

    def set_number(self, number: int) -> None:
        """Show a number."""
        self._number = str(number)
        self.setAccessibleName(self._number)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c("accent"))
        painter.drawEllipse(QRectF(self.rect()))
        paint_text(painter, QRectF(self.rect()), self._number, Ink("on-accent", weight="strong"), CENTRE)
