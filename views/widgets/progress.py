"""How far a long piece of work is, how long it still takes, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from views.shell.theme import Ink, theme
from views.widgets.buttons import Button
from views.widgets.labels import ElidedLabel, label


class Progress(QWidget):
    """Words, what remains, a thin bar and Arrêter."""

    stop_asked = Signal()
    """Arrêter was pressed."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, stoppable: bool = True) -> None:
        super().__init__(parent)
        look = theme()
        self._text = ElidedLabel(text, Ink(size="small"))
        self._remaining = label("", "small-quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text)
        top = QHBoxLayout()
        top.addWidget(self._text, 1)
        top.addWidget(self._remaining)
        column = QVBoxLayout()
        column.setSpacing(look.px("keypad_gap"))
        column.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space(4))
        row.addLayout(column, 1)
        self.stop: Button | None = None
        if stoppable:
            self.stop = Button(self.tr("Arrêter"), "plain")
            self.stop.clicked.connect(self._stop)
            row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_progress(self, text: str, done: int, total: int, remaining: str = "") -> None:
        """Say how far it is; a `total` of 0 means nobody knows."""
        self._text.set_text(text)
        self._remaining.setText(remaining)
        self.bar.setAccessibleName(f"{text} {remaining}".strip())
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _stop(self) -> None:
        if self.stop is not None:
            self.stop.set_busy(self.tr("Arrêt…"))
        self.stop_asked.emit()
