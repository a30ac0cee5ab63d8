"""What runs when: a row for each thing, a bar for each stretch of time, what is only planned in dashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from views.shell.theme import SMALL, Ink, paint_elided, paint_focus, paint_text, text_width, theme

_PAST = 0.45
_NAMES_MOST = 0.5
_NAME = Ink(size="small")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch from `start` to `end`, in columns: 0 to 1 is the whole first column."""

    start: float
    end: float
    kind: Literal["past", "now", "planned", "reduced"] = "now"
    word: str = ""


@dataclass(frozen=True, slots=True)
class SpanRow:
    """A named row and its stretches."""

    name: str
    spans: tuple[Span, ...] = ()


class SpanRows(QWidget):
    """Rows under column heads; arrows go from row to row, Enter or a press opens one."""

    opened = Signal(int)
    """A row was pressed, or Enter on it."""

    def __init__(
        self, columns: Sequence[str], current: int = -1, parent: QWidget | None = None, *, touch: bool = False
    ) -> None:
        """`current` is the column in bold; `touch` makes rows 44 high, for a page where each one opens."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._current_column = current
        self._rows: tuple[SpanRow, ...] = ()
        self._pitch = theme().px("target" if touch else "row_span")
        self._row = 0
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[SpanRow]) -> None:
        """Show these rows."""
        self._rows = tuple(rows)
        self._row = min(self._row, max(0, len(self._rows) - 1))
        self.setAccessibleName(", ".join(self._spoken(row) for row in self._rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px("list_min"), look.line("body") + look.space(1) + self._pitch * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("panel_right") // 2, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, name in enumerate(self._columns):
            box = QRectF(self._x(at), 0, self._column_width(), look.line("body"))
            strong = at == self._current_column
            paint_text(painter, box, name, Ink("text", "small", "strong") if strong else SMALL)
        for at, row in enumerate(self._rows):
            box = self._row_box(at)
            words = QRectF(box.left(), box.top(), self._label_width() - look.space(2), box.height())
            paint_elided(painter, words, row.name, _NAME)
            for span in row.spans:
                self._paint_span(painter, box, span)
            if self._ring and self.hasFocus() and at == self._row:
                paint_focus(painter, box, look.px("radius.control"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self._rows:
            self._row = max(0, min(len(self._rows) - 1, self._row + step))
            self.setAccessibleDescription(self._spoken(self._rows[self._row]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._rows:
            self.opened.emit(self._row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        boxes = (self._row_box(at) for at in range(len(self._rows)))
        at = next((at for at, box in enumerate(boxes) if box.contains(event.position())), None)
        if at is not None:
            self._row = at
            self.opened.emit(at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _paint_span(self, painter: QPainter, row: QRectF, span: Span) -> None:
        look = theme()
        high, radius = look.px("span_bar"), look.px("kbd_radius")
        left = self._along(span.start)
        # A whole column ends before the gap that follows it.
        whole = span.end == int(span.end)
        right = self._along(span.end - 1) + self._column_width() if whole else self._along(span.end)
        box = QRectF(left, row.center().y() - high / 2, max(high, right - left), high)
        if span.kind in ("past", "now"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("accent"))
            painter.setOpacity(_PAST if span.kind == "past" else 1.0)
            painter.drawRoundedRect(box, radius, radius)
            painter.setOpacity(1.0)
        else:
            ink = "warn" if span.kind == "reduced" else "accent"
            pen = QPen(look.c(ink), look.px("border.focus") - 0.5, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        if span.word:
            beside = QRectF(box.right() + look.space(2), row.top(), self.width() - box.right(), row.height())
            paint_text(painter, beside, span.word, Ink("warn" if span.kind == "reduced" else "text-2", "small"))

    def _row_box(self, at: int) -> QRectF:
        look = theme()
        return QRectF(0, look.line("body") + look.space(1) + at * self._pitch, self.width(), self._pitch)

    def _label_width(self) -> float:
        """As in the drawing, or wider where a name is longer and there is room beside the spans."""
        look = theme()
        drawn = float(look.px("span_label"))
        longest = max((text_width(row.name, _NAME) for row in self._rows), default=0) + look.space(3)
        return max(drawn, min(longest, self.width() * _NAMES_MOST))

    def _column_width(self) -> float:
        room = self.width() - self._label_width()
        gaps = theme().px("keypad_gap") * (len(self._columns) - 1)
        return (room - gaps) / max(1, len(self._columns))

    def _x(self, column: float) -> float:
        return self._label_width() + column * (self._column_width() + theme().px("keypad_gap"))

    def _along(self, place: float) -> float:
        column = min(int(place), len(self._columns) - 1)
        return self._x(column) + (place - column) * self._column_width()

    def _spoken(self, row: SpanRow) -> str:
        columns = (
            name
            for at, name in enumerate(self._columns)
            if any(span.start < at + 1 and span.end > at for span in row.spans)
        )
        words = " ".join(span.word for span in row.spans if span.word)
        return f"{row.name} {' '.join(columns)} {words}".strip()
