"""The dashed bar under the tree that adds a product."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from views.shell.header import paint_key
from views.shell.theme import MUTED, Ink, paint_elided, paint_icon, theme

_DASHES = [3, 3]


class AddBar(QAbstractButton):
    """Words between a plus and the key that does the same; nothing to press while the proposal is frozen."""

    def __init__(self, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setText(text)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px("list_min"), theme().px("button"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.c("border" if self.isEnabled() else "hairline"), 1)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        painter.setBrush(look.c("hover") if self.underMouse() and self.isEnabled() else Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, look.px("radius.control"), look.px("radius.control"))
        pad, side = look.px("search_pad"), look.px("icon")
        ink = MUTED if self.isEnabled() else Ink("text-disabled")
        paint_icon(painter, QPointF(pad, (self.height() - side) / 2), "plus", ink.colour)
        right = self.width() - pad
        if self.isEnabled():
            right -= round(paint_key(painter, QPointF(right, self.height() / 2), self._keys)) + look.space(2)
        words = QRectF(pad + side + look.space(3), 0, 0, self.height())
        words.setRight(right)
        paint_elided(painter, words, self.text(), ink)
