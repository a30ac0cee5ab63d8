"""A page with nothing on it yet says so, and says what to do next."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from views.shell.theme import CENTRE, MUTED, Ink, theme
from views.widgets.buttons import Button
from views.widgets.labels import Paragraph


class EmptyPage(QWidget):
    """A small dotted way, a title, a sentence and, where there is one, the next thing to do."""

    action_asked = Signal()
    """The button was pressed."""

    def __init__(
        self, title: str, words: str = "", action: str = "", parent: QWidget | None = None, *, kind: str = "fill"
    ) -> None:
        super().__init__(parent)
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.space(3), 0, look.space(3))
        column.setSpacing(look.px("chip_gap") + 1)
        column.addStretch(1)
        column.addWidget(_DottedWay(self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(Paragraph(title, Ink(size="lead", weight="strong"), self, align=CENTRE))
        if words:
            column.addWidget(Paragraph(words, MUTED, self, align=CENTRE))
        self.action: Button | None = None
        if action:
            self.action = Button(action, kind, parent=self)
            self.action.clicked.connect(self.action_asked)
            column.addSpacing(look.space(3))
            column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)


class _DottedWay(QWidget):
    """The way not yet gone: a dot, dots, a ring; drawn on a field of 72 by 60."""

    _WIDTH, _HEIGHT = 18, 15

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        step = theme().space(1)
        self.setFixedSize(QSize(self._WIDTH * step, self._HEIGHT * step))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        step = look.space(1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, end = QPointF(2.5 * step, 13 * step), QPointF(15.2 * step, 3 * step)
        way = QPainterPath(start)
        way.cubicTo(QPointF(7.5 * step, 13 * step), QPointF(9 * step, 10 * step), QPointF(9 * step, 8 * step))
        way.cubicTo(QPointF(9 * step, 5.5 * step), QPointF(11 * step, 3 * step), end)
        pen = QPen(look.c("accent"), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.4])
        painter.setPen(pen)
        painter.drawPath(way)
        painter.setPen(QPen(look.c("accent"), 2))
        painter.setBrush(look.c("ground"))
        painter.drawEllipse(end, 1.5 * step, 1.5 * step)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c("accent"))
        painter.drawEllipse(start, step, step)
