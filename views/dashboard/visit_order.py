"""The day's way as a drawing: where one goes first, where next. It is no map: it knows order and towns alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from views.shell.theme import CENTRE, Ink, paint_text, theme


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit on the way: its number, its town, its hour."""

    number: int
    town: str
    hour: str
    is_next: bool = False
    is_over: bool = False


class VisitOrder(QWidget):
    """A winding line with a circle for each visit; the way to the next is solid, the rest dotted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: tuple[Stop, ...] = ()
        self.setFixedWidth(theme().px("hero_route"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_stops(self, stops: Sequence[Stop]) -> None:
        """Draw these, in this order."""
        self._stops = tuple(stops)
        words = ", ".join(f"{stop.number} {stop.town} {stop.hour}" for stop in stops)
        self.setAccessibleName(self.tr("Ordre des visites : {stops}").format(stops=words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px("hero_route"), theme().px("route_height"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if not self._stops:
            return
        places = self._places()
        for at, (start, end) in enumerate(pairwise(places)):
            stop = self._stops[at]
            pen = QPen(look.c("accent"), look.px("ink"), c=Qt.PenCapStyle.RoundCap)
            if not stop.is_over:
                pen.setDashPattern([0.1, 2.6])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            way = QPainterPath(start)
            bend = (end.y() - start.y()) / 2
            way.cubicTo(QPointF(start.x(), start.y() + bend), QPointF(end.x(), end.y() - bend), end)
            painter.drawPath(way)
        for stop, place in zip(self._stops, places, strict=True):
            self._paint_stop(painter, stop, place)

    def _paint_ground(self, painter: QPainter) -> None:
        """Fill with the card's own rounding at the right."""
        look = theme()
        radius = look.px("radius.card") - 1
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(-radius, 0, 0, 0), radius, radius)
        painter.setClipRect(self.rect())
        painter.fillPath(shape, look.c("sunken"))

    def _places(self) -> list[QPointF]:
        """Where the circles stand: from top to bottom, swinging left and right."""
        look = theme()
        pad = look.space(10)
        room = self.height() - 2 * pad
        step = room / max(1, len(self._stops) - 1)
        left, right = look.space(12), look.space(16) + look.space(8)
        return [
            QPointF(left if at % 2 == 0 else right, pad + at * step if len(self._stops) > 1 else self.height() / 2)
            for at in range(len(self._stops))
        ]

    def _paint_stop(self, painter: QPainter, stop: Stop, place: QPointF) -> None:
        look = theme()
        radius = look.px("route_node_next" if stop.is_next else "route_node")
        circle = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
        if stop.is_next:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("accent"))
        else:
            painter.setPen(QPen(look.c("accent"), look.px("border.focus")))
            painter.setBrush(look.c("accent-quiet" if stop.is_over else "sheet"))
            circle.adjust(1, 1, -1, -1)
        painter.drawEllipse(circle)
        ink = Ink("on-accent" if stop.is_next else "accent-text", weight="strong")
        paint_text(painter, circle, str(stop.number), ink, CENTRE)
        left = place.x() + radius + look.space(2)
        high = look.line("small")
        town = QRectF(left, place.y() - high, self.width() - left - look.space(2), high)
        measures = look.metrics("small", "medium" if stop.is_next else "regular")
        words = measures.elidedText(stop.town, Qt.TextElideMode.ElideRight, town.width())
        paint_text(
            painter,
            town,
            words,
            Ink("text" if stop.is_next else "text-2", "small", "medium" if stop.is_next else "regular"),
        )
        paint_text(painter, town.translated(0, high), stop.hour, Ink("text-3", "small"))
