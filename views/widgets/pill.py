"""Filters as pills: a saved one that is on or off, and a condition that one can take away."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from views.shell.theme import Ink, paint_icon, paint_text, text_width, theme


class Pill(QAbstractButton):
    """A saved filter with its count: pressed in when it is the one that shows."""

    def __init__(self, text: str, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self._count = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """How many it would show."""
        self._count = "" if count is None else str(count)
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        width = 2 * look.px("button_pad") + text_width(self.text(), Ink(weight="strong"))
        if self._count:
            width += look.space(2) + text_width(self._count, Ink(weight="strong"))
        return QSize(round(width + 1), look.px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            _paint_shape(painter, QRectF(self.rect()), "accent-quiet" if on else "hover", "")
        ink = Ink("accent-text", weight="strong") if on else Ink("text-2")
        words = QRectF(self.rect()).adjusted(look.px("button_pad"), 0, 0, 0)
        paint_text(painter, words, self.text(), ink)
        if self._count:
            gap = look.space(2) if on else look.space(1)
            beside = words.adjusted(text_width(self.text(), ink) + gap, 0, 0, 0)
            paint_text(painter, beside, self._count, ink)


class ConditionPill(QAbstractButton):
    """A condition in force; its cross, or Delete, takes it away, a press elsewhere changes it."""

    removed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(self.tr("Suppr enlève cette condition"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        width = 2 * look.px("button_pad") + text_width(self.text()) + look.space(2) + look.px("icon_small")
        return QSize(round(width + 1), look.px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() >= self.width() - theme().px("target"):
            self.removed.emit()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_shape(painter, QRectF(self.rect()), "hover" if self.underMouse() else "sheet", "hairline")
        words = QRectF(self.rect()).adjusted(look.px("button_pad"), 0, 0, 0)
        paint_text(painter, words, self.text(), Ink("text-2"))
        side = look.px("icon_small")
        at = QPointF(self.width() - look.px("button_pad") - side, (self.height() - side) / 2)
        paint_icon(painter, at, "x", "text-2", side)


def _paint_shape(painter: QPainter, rect: QRectF, fill: str, line: str) -> None:
    look = theme()
    outlined = line or ("hairline" if look.is_contrast else "")
    painter.setPen(QPen(look.c(outlined), 1) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(look.c(fill))
    radius = look.px("pill_radius")
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
