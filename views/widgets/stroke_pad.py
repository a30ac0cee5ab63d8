"""The pad one signs on, with pen, finger or mouse; it keeps the strokes as vectors through any change of size."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.strokes import Stroke, StrokePoint, smooth, svg_path

_NO_PRESSURE = 0.5
_PALM_MS = 500
_FINE = 1000  # a pad known by its shape alone is taken as so many units high


class StrokePad(QWidget):
    """Strokes of 3 px ink over a base line.

    Coordinates are those of the pad as it was when the first stroke began; shown on a pad of another shape
    they keep their proportions. A stroke added after a turn may lie a little outside 0 to 1.
    """

    changed = Signal()
    """A stroke was finished, taken back, or all were cleared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._current: list[StrokePoint] = []
        self._frame = QSize()
        self._paths: list[QPainterPath] = []
        self._zero_ms: int | None = None
        self._finger: int | None = None
        self._since_pen = QElapsedTimer()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking, False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Signature"))
        self.clear_button = Button(self.tr("Effacer"), "plain", "undo", self)
        self.clear_button.clicked.connect(self.clear)
        self._show_state()

    # ----------------------------------------------------------------------------------------- the strokes
    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self._strokes and not self._current

    @property
    def aspect(self) -> float:
        """Width over height of the pad the strokes were written on."""
        size = self._frame if self._frame.isValid() else self.size()
        return size.width() / max(1, size.height())

    def strokes(self) -> tuple[Stroke, ...]:
        """What is written: strokes of points (x, y, pressure, t_ms)."""
        return tuple(self._strokes)

    def set_strokes(self, strokes: Iterable[Stroke], aspect: float) -> None:
        """Show strokes written before, on a pad of that aspect; nothing goes out."""
        self._strokes = [stroke for stroke in strokes if stroke]
        self._frame = QSize(round(aspect * _FINE), _FINE) if self._strokes else QSize()
        last = max((stroke[-1].t_ms for stroke in self._strokes), default=None)
        self._zero_ms = None if last is None else -last
        self._draw_again()

    def clear(self) -> None:
        """Take everything away."""
        if self.is_empty:
            return
        self._strokes.clear()
        self._forget_pad()

    def undo(self) -> None:
        """Take the last stroke away."""
        if not self._strokes:
            return
        self._strokes.pop()
        if self._strokes:
            self._draw_again()
            self.changed.emit()
        else:
            self._forget_pad()

    def to_svg_path(self, width: float = 1000.0) -> str:
        """The strokes as the `d` of an SVG path on a pad of `width` by `width / aspect`."""
        return svg_path(self._strokes, self.aspect, width)

    def _forget_pad(self) -> None:
        self._current = []
        self._frame = QSize()
        self._zero_ms = None
        self._draw_again()
        self.changed.emit()

    # ----------------------------------------------------------------------------------------- writing
    def _begin(self, at: QPointF, pressure: float, stamp: int) -> None:
        if not self._frame.isValid():
            self._frame = self.size()
        if self._zero_ms is None:
            self._zero_ms = stamp
        elif self._zero_ms < 0:
            # Strokes were there already: this one goes on a second after them.
            self._zero_ms = stamp + self._zero_ms - 1000
        self._current = [self._point(at, pressure, stamp)]
        self._paths.append(QPainterPath())
        self._go_on()

    def _move(self, at: QPointF, pressure: float, stamp: int) -> None:
        if not self._current:
            return
        point = self._point(at, pressure, stamp)
        last = self._current[-1]
        if (point.x, point.y) != (last.x, last.y):
            self._current.append(point)
            self._go_on()

    def _end(self) -> None:
        if not self._current:
            return
        self._strokes.append(tuple(self._current))
        self._current = []
        self._show_state()
        self.update()
        self.changed.emit()

    def _point(self, at: QPointF, pressure: float, stamp: int) -> StrokePoint:
        box = self._shown_frame()
        x, y = (at.x() - box.left()) / box.width(), (at.y() - box.top()) / box.height()
        earliest = self._current[-1].t_ms if self._current else self._strokes[-1][-1].t_ms if self._strokes else 0
        elapsed = stamp - (self._zero_ms or 0)
        return StrokePoint(round(x, 5), round(y, 5), round(min(1.0, max(0.0, pressure)), 3), max(earliest, elapsed))

    def _go_on(self) -> None:
        before = self._paths[-1].boundingRect()
        self._paths[-1] = self._path(tuple(self._current))
        margin = 2 * theme().px("ink")
        dirty = before.united(self._paths[-1].boundingRect()).adjusted(-margin, -margin, margin, margin)
        self.update(dirty.toAlignedRect())
        if len(self._current) == 1:
            self._show_state()

    # ----------------------------------------------------------------------------------------- events
    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        self._since_pen.start()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position(), event.pressure(), event.timestamp())
        elif kind == QEvent.Type.TabletMove:
            self._move(event.position(), event.pressure(), event.timestamp())
        elif kind == QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._finger is None:
            self._begin(event.position(), _NO_PRESSURE, event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position(), _NO_PRESSURE, event.timestamp())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def event(self, event: QEvent) -> bool:
        """One finger writes; further ones, and a palm beside the pen, do not."""
        if isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            self._finger = None
            self._end()
            return
        if self._since_pen.isValid() and self._since_pen.elapsed() < _PALM_MS:
            return
        measured = event.pointingDevice().capabilities() & QInputDevice.Capability.Pressure
        for point in event.points():
            pressure = point.pressure() if measured else _NO_PRESSURE
            state = point.state()
            if state == point.State.Pressed and self._finger is None:
                self._finger = point.id()
                self._begin(point.position(), pressure, event.timestamp())
            elif point.id() != self._finger:
                continue
            elif state == point.State.Updated:
                self._move(point.position(), pressure, event.timestamp())
            elif state == point.State.Released:
                self._finger = None
                self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.undo()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    # ----------------------------------------------------------------------------------------- drawing
    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px("list_min"), look.px("route_height"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("panel_right") // 2, 2 * theme().px("stroke_base"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        look = theme()
        hint = self.clear_button.sizeHint()
        inset = look.space(1)
        self.clear_button.setGeometry(
            self.width() - hint.width() - inset, self.height() - hint.height() - inset, hint.width(), hint.height()
        )
        self._draw_again()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.c("border"), look.px("border.control")))
        painter.setBrush(look.c("raised"))
        radius = look.px("radius.card")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        base = self.height() - min(look.px("stroke_base"), self.height() // 3)
        line = QPen(look.c("border"), 1, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        line.setDashPattern([look.px("dash"), look.px("quiet_dot")])
        inset = look.space(10)
        painter.setPen(line)
        painter.drawLine(QPointF(inset, base + 0.5), QPointF(self.width() - inset, base + 0.5))
        ink = QPen(look.c("text"), look.px("ink"))
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for path in self._paths:
            painter.drawPath(path)

    def _shown_frame(self) -> QRectF:
        """Where the pad of the first stroke lies on the pad of now: as large as fits, in the middle."""
        if not self._frame.isValid():
            return QRectF(self.rect())
        size = self._frame.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, max(1, size.width()), max(1, size.height()))

    def _path(self, stroke: Stroke) -> QPainterPath:
        box = self._shown_frame()
        places = [(box.left() + point.x * box.width(), box.top() + point.y * box.height()) for point in stroke]
        path = QPainterPath()
        for at, piece in enumerate(smooth(places)):
            if at == 0:
                path.moveTo(*piece[0])
            elif len(piece) > 1:
                path.quadTo(*piece[0], *piece[1])
            else:
                # Qt drops a line of no length; a hair's breadth makes a dot of it.
                hair = 0.01 if places[0] == places[-1] else 0.0
                path.lineTo(piece[0][0] + hair, piece[0][1])
        return path

    def _draw_again(self) -> None:
        strokes = [*self._strokes, *([tuple(self._current)] if self._current else [])]
        self._paths = [self._path(stroke) for stroke in strokes]
        self._show_state()
        self.update()

    def _show_state(self) -> None:
        self.clear_button.setVisible(not self.is_empty)
        count = len(self._strokes)
        self.setAccessibleDescription(self.tr("%n trait(s)", "", count) if count else self.tr("Rien d’écrit"))
