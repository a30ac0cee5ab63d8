"""What happened, newest first: an icon on a line, what it was, when and by whom, under the month it was in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from views.shell.theme import Ink, paint_icon, paint_text, theme
from views.widgets.list_rows import ListRows
from views.widgets.rows import ROW_ROLE, Row
from views.widgets.two_line_delegate import TwoLineDelegate


class TimelineDelegate(TwoLineDelegate):
    """A row's icon stands in a circle on the line; a row with `leg` is the head of what follows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, height="row", amounts=False, trailing="trailing")
        self._lead = theme().px("row_leading")

    def leading_width(self, row: Row) -> float:
        return float(self._lead)

    def paint_leading(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        look = theme()
        side = look.px("leading_circle")
        centre = QPointF(rect.left() + self.out + side / 2, rect.center().y())
        painter.setPen(QPen(look.c("hairline"), look.px("border.focus")))
        painter.drawLine(QPointF(centre.x(), rect.top()), QPointF(centre.x(), rect.bottom() + 1))
        painter.setPen(QPen(look.c("hairline"), 1) if look.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.c("accent-quiet" if row.filled else "chip"))
        painter.drawEllipse(centre, side / 2, side / 2)
        icon = look.px("icon_small")
        ink = "accent-text" if row.filled else "text-2"
        paint_icon(painter, centre - QPointF(icon / 2, icon / 2), row.icon or "info", ink, icon)

    def paint_leg(self, painter: QPainter, rect: QRectF, words: str) -> None:
        head = rect.adjusted(self.out, theme().space(2), 0, 0)
        paint_text(painter, head, words, Ink("text-3", "small", "medium"))


class Timeline(ListRows):
    """A list of `Row`s; give `icon`, `title`, `subtitle`, `trailing` (the hour), and a `leg` for each month."""

    def __init__(self, parent: QWidget | None = None, *, fit: bool = False) -> None:
        super().__init__(TimelineDelegate(), parent, fit=fit, mixed=True)
        self.setAccessibleName(self.tr("Chronologie"))

    def head_of(self, index: QModelIndex) -> str:
        """The head over a row; empty for a row before the first head."""
        for row in range(index.row(), -1, -1):
            found = self.model().index(row, 0).data(ROW_ROLE)
            if isinstance(found, Row) and found.leg:
                return found.leg
        return ""
