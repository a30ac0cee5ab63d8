"""What stands before the person while the training base is made."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from views.shell.theme import density, set_surface, theme
from views.widgets.labels import Paragraph, label

CARD_WIDTH = "palette"


class Mark(QWidget):
    """The product's sign."""

    def sizeHint(self) -> QSize:
        side = theme().px("button_large")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, theme().pixmap("mark", "accent", theme().px("button_large"), density(painter)))


class WaitingPage(QWidget):
    """Says that the training base is being made, which takes some seconds the first time."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tournée")
        look = theme()
        card = QFrame()
        set_surface(card, "card")
        card.setFixedWidth(look.px(CARD_WIDTH))
        box = QVBoxLayout(card)
        pad = look.space(10)
        box.setContentsMargins(pad, pad, pad, pad)
        box.setSpacing(look.space(3))
        box.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(label(self.tr("La base école se prépare"), "display"))
        box.addWidget(
            Paragraph(self.tr("Des comptes d’exemple et un centre à eux, sur cette machine. Rien n’y est réel."))
        )
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
