"""The ways of the split, drawn: a curve from each sub-order to the place it goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.domain.money import Money
from views.formats import amount_runs
from views.sales.split_preview import Place
from views.shell.theme import LEFT, MEDIUM, RIGHT, Ink, paint_amount, paint_elided, paint_text, runs_width, theme

COLOURS = {
    Place.STAYS: "accent",
    Place.APART: "danger",
    Place.CUSTOMER_SERVICE: "warn",
    Place.RANGE_LOSS: "text-2",
}
_PEN = 2.5
_NUMBER = Ink("accent-text", weight="strong")


class SourceRow(QWidget):
    """A sub-order as it stands now: number, range, net amount."""

    def __init__(self, number: str, name: str, net: Money, *, is_wrong: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._name, self._net, self._is_wrong = number, name, net, is_wrong
        self.setFixedHeight(theme().px("row_task"))
        self.setAccessibleName(f"{number} {name}, {''.join(text for text, _ in amount_runs(net))}")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        box = self.rect().toRectF()
        paint_text(painter, box, self._number, _NUMBER, LEFT)
        runs = amount_runs(self._net)
        paint_amount(painter, box, runs, MEDIUM._replace(colour="danger" if self._is_wrong else "text"), RIGHT)
        left = look.space(8) + 3
        box.adjust(left, 0, -runs_width(runs) - look.space(3), 0)
        paint_elided(painter, box, self._name)


class Flow(QWidget):
    """Stands between the rows and the cards; both are widgets of the same body, whose places it asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways: list[tuple[QWidget, QWidget, Place]] = []
        self.setFixedWidth(2 * theme().space(12))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_ways(self, ways: Sequence[tuple[QWidget, QWidget, Place]]) -> None:
        """Draw these: from a row, to a card, in the colour of the place."""
        self._ways = list(ways)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index, (row, card, place) in enumerate(self._ways):
            together = [way for way in self._ways if way[1] is card]
            # Ways that end in one card end a little apart, in the order they come.
            aside = (together.index(self._ways[index]) - (len(together) - 1) / 2) * look.space(3)
            start = QPointF(look.space(1), self._middle(row))
            end = QPointF(self.width() - look.space(2), self._middle(card) + aside)
            bend = (end.x() - start.x()) * 0.55
            way = QPainterPath(start)
            way.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
            painter.setPen(QPen(look.c(COLOURS[place]), _PEN, c=Qt.PenCapStyle.RoundCap))
            painter.drawPath(way)

    def _middle(self, widget: QWidget) -> float:
        return self.mapFromGlobal(widget.mapToGlobal(QPointF(0, widget.height() / 2))).y()
