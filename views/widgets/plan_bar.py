"""How a sum is paid over time: one segment a payment, as wide as its share, with its day and amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from views.shell.theme import MEDIUM, SMALL, paint_focus, paint_text, text_width, theme


@dataclass(frozen=True, slots=True)
class Part:
    """One payment: its day and amount as written, and how large it is beside the others."""

    when: str
    amount: str
    weight: int


class PlanBar(QWidget):
    """Segments with day and amount below; where there are too many for words, the first and the last say it."""

    chosen = Signal(int)
    """A payment was pressed, or Enter on it."""

    def __init__(self, parts: Sequence[Part] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ownFocus", True)
        self.set_parts(parts)

    def parts(self) -> tuple[Part, ...]:
        """The payments."""
        return self._parts

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show other payments."""
        self._parts = tuple(parts)
        self._current = min(self._current, max(0, len(self._parts) - 1))
        self.setAccessibleName(", ".join(f"{part.when} {part.amount}" for part in self._parts))
        self.setVisible(bool(self._parts))
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px("panel_right"), 2 * look.px("accent_bar") + 2 * look.px("caption"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("panel_right") // 2, self.sizeHint().height())

    def segments(self) -> list[QRectF]:
        """Where each payment's bar is."""
        look = theme()
        gap, high = look.px("keypad_gap"), look.px("accent_bar")
        room = self.width() - gap * (len(self._parts) - 1)
        least = look.px("accent_bar")
        spread = max(0.0, room - least * len(self._parts))
        total = sum(max(0, part.weight) for part in self._parts)
        boxes, left = [], 0.0
        for part in self._parts:
            share = max(0, part.weight) / total if total else 1 / len(self._parts)
            wide = least + spread * share
            boxes.append(QRectF(left, 0, wide, high))
            left += wide + gap
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self.segments()
        high = look.px("accent_bar")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c("chart-1"))
        for box in boxes:
            painter.drawRoundedRect(box, high / 2, high / 2)
        for at, left in self._worded(boxes):
            part = self._parts[at]
            line = QRectF(left, 2 * high, self.width() - left, look.px("caption"))
            paint_text(painter, line, part.when, SMALL)
            paint_text(painter, line.translated(0, look.px("caption") - 1), part.amount, MEDIUM)
        if self.hasFocus() and boxes:
            ring = boxes[self._current]
            paint_focus(painter, QRectF(ring.left(), 0, ring.width(), self.height()), look.px("accent_bar"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._parts:
            self._current = max(0, min(len(self._parts) - 1, self._current + step))
            part = self._parts[self._current]
            self.setAccessibleDescription(f"{part.when} {part.amount}")
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._parts:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().x())
        if at is not None and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(at)

    def event(self, event: QEvent) -> bool:
        """A tip says a payment that has no room for words."""
        if isinstance(event, QHelpEvent):
            at = self._at(event.pos().x())
            if at is not None:
                QToolTip.showText(event.globalPos(), f"{self._parts[at].when} : {self._parts[at].amount}", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _worded(self, boxes: list[QRectF]) -> list[tuple[int, float]]:
        """Which payments have room for their words, and where the words begin."""
        needs = [max(text_width(part.when, SMALL), text_width(part.amount, MEDIUM)) for part in self._parts]
        if all(need <= box.width() + theme().px("keypad_gap") / 2 for need, box in zip(needs, boxes, strict=True)):
            return [(at, box.left()) for at, box in enumerate(boxes)]
        last = len(boxes) - 1
        return [(0, 0.0), (last, self.width() - needs[last])]

    def _at(self, x: float) -> int | None:
        return next((at for at, box in enumerate(self.segments()) if box.left() <= x <= box.right()), None)
