"""A person of the account: name and role, how to reach them; a press opens the form, the button beside it calls."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from views.shell.theme import SMALL, Ink, paint_elided, theme
from views.widgets.buttons import IconButton

Parts = tuple[tuple[str, str], ...]


class PersonRow(QAbstractButton):
    """`clicked` edits; `phone`, where there is a number, calls."""

    def __init__(self, parts: Parts, reach: str, *, can_call: bool, parent: QWidget | None = None) -> None:
        """`parts` of the first line with their weights, `reach` the second line."""
        super().__init__(parent)
        self._parts = parts
        self._reach = reach
        name = "".join(text for text, _ in parts)
        self.setAccessibleName(self.tr("Modifier {name}").format(name=name))
        self.setToolTip(reach)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self.phone: IconButton | None = None
        if can_call:
            self.phone = IconButton("phone", self.tr("Appeler {name}").format(name=parts[0][0]), "quiet")
            row.addWidget(self.phone, 0, Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        return QSize(theme().px("search"), theme().px("row_timeline"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), look.px("radius.control"), look.px("radius.control"))
        right = self.width() - (look.px("target") + look.space(3) if self.phone is not None else 0)
        body, small = look.line("body"), look.line("small") if self._reach else 0
        top = (self.height() - body - small) / 2
        left = 0.0
        for text, weight in self._parts:
            box = QRectF(left, top, max(0.0, right - left), body)
            left += paint_elided(painter, box, text, Ink(weight=weight))
        if self._reach:
            paint_elided(painter, QRectF(0, top + body, right, small), self._reach, SMALL)
