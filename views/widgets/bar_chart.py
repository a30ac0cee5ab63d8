"""Bars that say it quicker than a table: values above, a base to compare with, each bar a way to its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from views.shell.theme import CENTRE, SMALL, Ink, paint_elided, paint_focus, paint_text, text_width, theme
from views.widgets.labels import label

MOST_SERIES = 5
_RADIUS = 3
_GAP = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, the value of each series from the bottom up, and the value as written above it."""

    name: str
    values: tuple[int, ...]
    written: str = ""
    is_base: bool = False
    is_strong: bool = False


class BarChart(QWidget):
    """At most five series, no grid, one line to stand on; arrows go from bar to bar, Enter opens one."""

    clicked = Signal(int)
    """A bar was pressed, or Enter on it."""

    def __init__(
        self, bars: Sequence[Bar] = (), parent: QWidget | None = None, *, height: str = "chart_height"
    ) -> None:
        """`height` of the bars' field is a token."""
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._current = 0
        self._height = theme().px(height)
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_bars(bars)

    def bars(self) -> tuple[Bar, ...]:
        """The bars."""
        return self._bars

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars; raises ValueError for more series than five."""
        if any(len(bar.values) > MOST_SERIES for bar in bars):
            raise ValueError(f"a bar has more than {MOST_SERIES} series")
        self._bars = tuple(bars)
        self._current = min(self._current, max(0, len(self._bars) - 1))
        self.setAccessibleName(", ".join(f"{bar.name} {bar.written}".strip() for bar in self._bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        head = look.line("body") + look.space(1) if any(bar.written for bar in self._bars) else 0
        return QSize(look.px("panel_right"), head + self._height + self._foot())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("panel_right") // 2, self.sizeHint().height())

    def columns(self) -> list[QRectF]:
        """The whole column of each bar, from its value to its name: what one presses."""
        gap = theme().px("bar_gap")
        count = max(1, len(self._bars))
        wide = (self.width() - gap * (count - 1)) / count
        return [QRectF(at * (wide + gap), 0, wide, self.height()) for at in range(len(self._bars))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Narrower columns may want a second line of names.
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor = self.height() - self._foot()
        head = look.line("body") + look.space(1) if any(bar.written for bar in self._bars) else 0
        highest = max((sum(bar.values) for bar in self._bars), default=0)
        for at, (bar, column) in enumerate(self._placed()):
            wide = min(look.px("bar_max"), column.width())
            box = QRectF(column.center().x() - wide / 2, head, wide, floor - head)
            top = self._paint_bar(painter, box, bar, highest)
            if bar.written:
                value = QRectF(column.left(), top - look.line("body") - _GAP, column.width(), look.line("body"))
                paint_text(painter, value, bar.written, Ink(weight="strong"), CENTRE)
            self._paint_name(painter, QRectF(column.left(), floor + look.space(1), column.width(), 0), bar)
            if self._ring and self.hasFocus() and at == self._current:
                paint_focus(painter, column, look.px("radius.control"))
        painter.fillRect(0, floor, self.width(), look.px("border.hairline"), look.c("hairline"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            self._current = max(0, min(len(self._bars) - 1, self._current + step))
            self._say_current()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._bars:
            self.clicked.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        if at is not None:
            self._current = at
            self.clicked.emit(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self._say_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _foot(self) -> int:
        """The height under the line: one line of names, or two where a name of several words would be cut."""
        look = theme()
        lines = max((len(self._name_lines(bar, box.width())) for bar, box in self._placed()), default=1)
        return look.line("body") + (lines - 1) * look.line("small") + look.space(2)

    def _placed(self) -> list[tuple[Bar, QRectF]]:
        return list(zip(self._bars, self.columns(), strict=True))

    @staticmethod
    def _name_lines(bar: Bar, wide: float) -> list[str]:
        """The name in one line, or in two when it has several words and does not fit."""
        room = wide + theme().px("bar_gap")
        words = bar.name.split(" ")
        if text_width(bar.name, _name_ink(bar)) <= room or len(words) < 2:
            return [bar.name]
        first = words.pop(0)
        while len(words) > 1 and text_width(f"{first} {words[0]}", _name_ink(bar)) <= room:
            first = f"{first} {words.pop(0)}"
        return [first, " ".join(words)]

    def _say_current(self) -> None:
        if self._bars:
            bar = self._bars[self._current]
            self.setAccessibleDescription(f"{bar.name} {bar.written}".strip())
        self.update()

    def _at(self, event: QMouseEvent) -> int | None:
        return next((at for at, box in enumerate(self.columns()) if box.contains(event.position())), None)

    @staticmethod
    def _paint_bar(painter: QPainter, box: QRectF, bar: Bar, highest: int) -> float:
        """Stack the series from the bottom up; return the top of the last."""
        look = theme()
        painter.setPen(Qt.PenStyle.NoPen)
        bottom = box.bottom()
        for series, value in enumerate(bar.values):
            high = box.height() * max(0, value) / highest if highest else 0.0
            if high <= 0:
                continue
            painter.setBrush(look.c("chart-base" if bar.is_base else f"chart-{series + 1}"))
            piece = QRectF(box.left(), bottom - high, box.width(), max(1.0, high - _GAP if series else high))
            path = QPainterPath()
            path.addRoundedRect(piece, _RADIUS, _RADIUS)
            painter.drawPath(path)
            bottom -= high
            bottom -= _GAP if series == 0 and len(bar.values) > 1 else 0
        return bottom

    def _paint_name(self, painter: QPainter, box: QRectF, bar: Bar) -> None:
        ink = _name_ink(bar)
        box.setHeight(theme().line("body"))
        out = theme().px("bar_gap") / 2
        for line in self._name_lines(bar, box.width()):
            if text_width(line, ink) <= box.width() + theme().px("bar_gap"):
                paint_text(painter, box.adjusted(-out, 0, out, 0), line, ink, CENTRE)
            else:
                paint_elided(painter, box, line, ink)
            box.translate(0, theme().line("small"))


def _name_ink(bar: Bar) -> Ink:
    return Ink("text", "small", "strong") if bar.is_strong else SMALL


class Legend(QWidget):
    """Which colour is which series."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        """Names from the first series on."""
        super().__init__(parent)
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space(2))
        for at, name in enumerate(names[:MOST_SERIES]):
            row.addWidget(_Swatch(f"chart-{at + 1}", self))
            row.addWidget(label(name, "small", self))
            row.addSpacing(look.space(2))
        row.addStretch(1)


class _Swatch(QWidget):
    def __init__(self, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        side = theme().px("skeleton")
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().c(self._colour))
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
