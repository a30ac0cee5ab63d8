"""The cards above the problems: a first reading under way, a deletion that waits for a yes, a clock that is wrong."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from views.shell.body import line
from views.shell.road_model import Deletion, FirstPull
from views.shell.theme import SMALL, STRONG, set_surface, theme
from views.widgets.buttons import Button
from views.widgets.labels import Paragraph
from views.widgets.notice import IconLabel
from views.widgets.progress import Progress


class FirstPullCard(QFrame):
    """How far the first reading is; it can rest and go on."""

    pause_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        set_surface(self, "card")
        self.progress = Progress(stoppable=False)
        self.words = Paragraph("", SMALL)
        self.button = Button(self.tr("Mettre en pause"), "plain")
        self.button.clicked.connect(self._ask)
        self._is_paused = False
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.setSpacing(look.space(2))
        column.addWidget(self.progress)
        row = line(look.space(3))
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        column.addLayout(row)

    def show_pull(self, pull: FirstPull) -> None:
        """Show how far it is."""
        self._is_paused = pull.is_paused
        self.setAccessibleName(f"{pull.words} {pull.figures}")
        self.progress.set_progress(pull.words, min(pull.rows, pull.rows_total), pull.rows_total, pull.figures)
        if pull.is_paused:
            self.words.set_text(self.tr("Ce qui est là reste ; la suite reprendra au même endroit."))
            self.button.setText(self.tr("Reprendre"))
        else:
            self.words.set_text(self.tr("Vous pouvez déjà travailler avec ce qui est arrivé."))
            self.button.setText(self.tr("Mettre en pause"))

    def _ask(self) -> None:
        self.pause_asked.emit(not self._is_paused)


class DeletionCard(QFrame):
    """The question before many rows go."""

    answered = Signal(str, bool)
    """The scope, and whether they may go."""

    def __init__(self, deletion: Deletion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        set_surface(self, "card")
        self.setAccessibleName(deletion.what)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        column.setSpacing(look.space(2))
        head = line(look.space(3))
        head.addWidget(IconLabel("alert", "danger"))
        head.addWidget(Paragraph(deletion.what, STRONG), 1)
        column.addLayout(head)
        column.addWidget(Paragraph(deletion.kept, SMALL))
        row = line(look.space(2))
        self.keep = Button(self.tr("Tout garder"), "fill")
        self.keep.clicked.connect(partial(self.answered.emit, deletion.scope, False))
        self.delete = Button(self.tr("Effacer"), "plain")
        self.delete.clicked.connect(partial(self.answered.emit, deletion.scope, True))
        row.addWidget(self.keep)
        row.addWidget(self.delete)
        row.addStretch(1)
        column.addLayout(row)
