"""The round of the day as a sketch, not a map: where one is, the next leg in full, those after in dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from views.shell.theme import CENTRE, SMALL, Ink, paint_focus, paint_text, text_width, theme

# Roads that lead nowhere, so that the ground reads as land: across and down, in parts of width and height.
_ROADS = (
    (1, (0.24, 0.0), (0.27, 0.35), (0.40, 0.60), (0.42, 1.0)),
    (1, (0.0, 0.24), (0.30, 0.32), (0.60, 0.05), (1.0, 0.16)),
    (1, (0.72, 0.0), (0.68, 0.40), (0.86, 0.60), (0.82, 1.0)),
    (1, (0.0, 0.50), (0.35, 0.52), (0.60, 0.46), (1.0, 0.36)),
    (3, (0.0, 0.80), (0.40, 0.70), (0.60, 0.78), (1.0, 0.58)),
)
_BEND = 0.18
_STRETCH = 1.6


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the round: its name and number, and where it lies (any plane units, y growing northwards)."""

    name: str
    number: str
    x: float
    y: float


class RouteSketch(QWidget):
    """Start, next stop and those after; arrows go from stop to stop, Enter or a press opens one."""

    opened = Signal(int)
    """A stop was pressed, or Enter on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start: Stop | None = None
        self._stops: tuple[Stop, ...] = ()
        self._current = 0
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_route(self, start: Stop | None, stops: Sequence[Stop]) -> None:
        """Show a round; the first stop is the next one."""
        self._start, self._stops = start, tuple(stops)
        self._current = 0
        self.setAccessibleName(", ".join(f"{stop.number} {stop.name}" for stop in self._stops))
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px("search"), look.px("route_height"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("panel_right") // 2, theme().px("panel_right") // 2)

    def places(self) -> list[QPointF]:
        """Where start (if there is one) and stops are drawn."""
        look = theme()
        stops = [*([self._start] if self._start else []), *self._stops]
        if not stops:
            return []
        side, head = look.space(10), look.space(12)
        room = QRectF(self.rect()).adjusted(side, head, -side, -look.space(10))
        left, right = min(stop.x for stop in stops), max(stop.x for stop in stops)
        low, high = min(stop.y for stop in stops), max(stop.y for stop in stops)
        across = room.width() / (right - left) if right > left else 0.0
        up = room.height() / (high - low) if high > low else 0.0
        # A sketch may stretch a little to fill its field, but the shape of the round must stay known.
        most = _STRETCH * min(across or up, up or across)
        across, up = min(across, most), min(up, most)
        middle, east, north = room.center(), (left + right) / 2, (low + high) / 2
        return [QPointF(middle.x() + (stop.x - east) * across, middle.y() - (stop.y - north) * up) for stop in stops]

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.c("sunken"))
        self._paint_land(painter)
        places = self.places()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for at in range(len(places) - 1, 0, -1):
            pen = QPen(look.c("accent"), look.px("pen_route"))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            if at > 1 or not self._start:
                pen.setWidthF(look.px("ink"))
                pen.setDashPattern([0.1, 2.4])
            painter.setPen(pen)
            painter.drawPath(self._leg(places[at - 1], places[at], at))
        first = 1 if self._start else 0
        named: list[tuple[QPointF, float, str]] = []
        if self._start and places:
            self._paint_start(painter, places[0])
            named.append((places[0], look.px("keypad_gap"), self._start.name))
        for at, stop in enumerate(self._stops):
            radius = self._paint_stop(painter, places[at + first], stop, is_next=at == 0)
            named.append((places[at + first], radius, stop.name))
            if self._ring and self.hasFocus() and at == self._current:
                paint_focus(painter, self._hit(places[at + first]), look.px("pill_radius"))
        self._paint_names(painter, named)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        back, on = (Qt.Key.Key_Left, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Down)
        if event.key() in (*back, *on) and self._stops:
            step = 1 if event.key() in on else -1
            self._current = max(0, min(len(self._stops) - 1, self._current + step))
            stop = self._stops[self._current]
            self.setAccessibleDescription(f"{stop.number} {stop.name}")
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._stops:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        first = 1 if self._start else 0
        hits = [self._hit(place) for place in self.places()[first:]]
        at = next((at for at, hit in enumerate(hits) if hit.contains(event.position())), None)
        if at is not None:
            self._current = at
            self.opened.emit(at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # ----------------------------------------------------------------------------------------- pieces
    def _paint_land(self, painter: QPainter) -> None:
        look = theme()
        wide, high = self.width(), self.height()
        for weight, *points in _ROADS:
            start, first, second, end = (QPointF(x * wide, y * high) for x, y in points)
            path = QPainterPath(start)
            path.cubicTo(first, second, end)
            painter.setPen(QPen(look.c("chip" if look.is_contrast else "hairline"), weight * look.px("border.focus")))
            painter.drawPath(path)

    @staticmethod
    def _leg(start: QPointF, end: QPointF, at: int) -> QPainterPath:
        """A road is never straight: each leg bends a little, now left, now right."""
        along = end - start
        aside = QPointF(-along.y(), along.x()) * (_BEND if at % 2 else -_BEND)
        path = QPainterPath(start)
        path.cubicTo(start + along * 0.35 + aside, start + along * 0.65 - aside, end)
        return path

    @staticmethod
    def _paint_start(painter: QPainter, place: QPointF) -> None:
        look = theme()
        radius = look.px("keypad_gap")
        painter.setPen(QPen(look.c("accent"), look.px("pen_route")))
        painter.setBrush(look.c("raised"))
        painter.drawEllipse(place, radius - 1, radius - 1)

    @staticmethod
    def _paint_stop(painter: QPainter, place: QPointF, stop: Stop, *, is_next: bool) -> int:
        look = theme()
        radius = look.px("route_node_next" if is_next else "route_node")
        painter.setPen(QPen(look.c("accent"), look.px("border.focus")))
        painter.setBrush(look.c("accent" if is_next else "raised"))
        painter.drawEllipse(place, radius - 1, radius - 1)
        box = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
        ink = Ink("on-accent" if is_next else "accent-text", weight="strong")
        paint_text(painter, box, stop.number, ink, CENTRE)
        return radius

    def _paint_names(self, painter: QPainter, named: Sequence[tuple[QPointF, float, str]]) -> None:
        """Each name over its place, or under, left or right of it where the way, a stop or a name is."""
        look = theme()
        gap, line = look.space(1), look.line("small")
        ways = self._sampled()
        taken = [QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius) for at, radius, _ in named]
        for at, radius, name in named:
            wide = text_width(name, SMALL)
            beside = QRectF(at.x() + radius + gap, at.y() - line / 2, wide, line)
            over = QRectF(at.x() - wide / 2, at.y() - radius - gap - line, wide, line)
            under = over.translated(0, 2 * (radius + gap) + line)
            ways_out = (over, under, beside, beside.translated(-2 * (radius + gap) - wide, 0))
            field = QRectF(self.rect()).adjusted(gap, gap, -gap, -gap)
            box = min(ways_out, key=lambda one: _crowded(one, ways, taken) + (0 if field.contains(one) else 100))
            taken.append(box)
            paint_text(painter, box.adjusted(0, 0, 1, 0), name, SMALL)

    def _sampled(self) -> list[QPointF]:
        """Points along all legs, to keep names off them."""
        places = self.places()
        legs = (self._leg(places[at - 1], places[at], at) for at in range(1, len(places)))
        return [leg.pointAtPercent(part / 24) for leg in legs for part in range(25)]

    @staticmethod
    def _hit(place: QPointF) -> QRectF:
        side = theme().px("target")
        return QRectF(place.x() - side / 2, place.y() - side / 2, side, side)


def _crowded(box: QRectF, ways: Sequence[QPointF], taken: Sequence[QRectF]) -> int:
    """How much is in the way of a name there."""
    wider = box.adjusted(-2, -2, 2, 2)
    return sum(wider.contains(point) for point in ways) + sum(10 for other in taken if other.intersects(box))
