"""The account's proposals as tabs, their names edited in place, and what is done with one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.identifiers import ProposalId
from app.domain.sales.proposal import Proposal
from views.shell.theme import theme
from views.widgets.buttons import Button, IconButton
from views.widgets.fields import TextField
from views.widgets.tab_bar import TabBar


class ProposalTabs(QWidget):
    """Tabs at the left; undo, redo, compare and present at the right."""

    chosen = Signal(object)
    """The ProposalId of the tab that was chosen."""
    renamed = Signal(object, str)
    """The ProposalId, and the name that was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[ProposalId] = []
        self._open: list[bool] = []
        self.bar = TabBar(plus=self.tr("Dupliquer en simulation"), flush=True)
        self.undo = IconButton("undo", self.tr("Annuler"))
        self.redo = IconButton("redo", self.tr("Rétablir"))
        self.compare = Button(self.tr("Comparer"), "plain", "compare")
        self.present = Button(self.tr("Présenter"), "quiet", "eye")
        self._field: TextField | None = None
        self._renaming: ProposalId | None = None
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignBottom)
        self._tools = QHBoxLayout()
        self._tools.setContentsMargins(0, 0, 0, look.px("keypad_gap"))
        self._tools.setSpacing(look.space(1))
        for tool in (self.undo, self.redo, self.compare, self.present):
            self._tools.addWidget(tool)
        row.addLayout(self._tools)
        self.bar.current_changed.connect(self._choose)
        self.bar.rename_asked.connect(self.start_renaming)
        self.bar.bar.installEventFilter(self)

    def set_proposals(self, proposals: Sequence[Proposal], current: Proposal | None) -> None:
        """Show these; the current one stands out."""
        self._ids = [proposal.id for proposal in proposals]
        self._open = [proposal.is_open for proposal in proposals]
        told = self.bar.blockSignals(True)
        self.bar.set_tabs([proposal.name for proposal in proposals])
        if current is not None:
            self.bar.set_current(self._ids.index(current.id))
        self.bar.blockSignals(told)

    def fold(self, *, upright: bool) -> None:
        """Give the tabs more room where the page is narrow: comparing keeps its icon alone."""
        self._tools.setSpacing(0 if upright else theme().space(1))
        words = self.tr("Comparer")
        self.compare.setText("" if upright else words)
        self.compare.setAccessibleName(words)
        self.compare.setToolTip(words if upright else "")
        self.compare.updateGeometry()

    @property
    def name_field(self) -> TextField | None:
        """The field of the name that is being edited."""
        return self._field

    def start_renaming(self, index: int | None = None) -> None:
        """Edit a tab's name in its place; the current one when none is told."""
        at = self.bar.current() if index is None else index
        if not 0 <= at < len(self._ids) or not self._open[at]:
            return
        self._finish(keep=True)
        self._renaming = self._ids[at]
        field = TextField(self.bar.bar.tabText(at), self.tr("Un nom qui parle au client"), self)
        field.setAccessibleName(self.tr("Nom de la proposition"))
        field.selectAll()
        field.installEventFilter(self)
        field.show()
        self._field = field
        self._place_field()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_field(self) -> None:
        """Over the tab whose name it is; a tab that was just made moves when the bar is first painted."""
        field, proposal_id = self._field, self._renaming
        if field is None or proposal_id not in self._ids:
            return
        place = self.bar.bar.tabRect(self._ids.index(proposal_id))
        left = self.bar.bar.mapTo(self, place.topLeft()).x()
        wide = max(place.width() + theme().space(6), theme().px("panel_right") // 2)
        field.setGeometry(left, 0, min(wide, self.width() - left), theme().px("field"))

    def finish_renaming(self) -> None:
        """Keep the name that stands in the field, if one is open."""
        self._finish(keep=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter or leaving the field keeps the name, Esc the one before; F2 on a tab begins."""
        if watched is self.bar.bar and event.type() == QEvent.Type.Paint:
            self._place_field()
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self._field:
            if event.type() == QEvent.Type.FocusOut:
                self._finish(keep=True)
            elif is_key and isinstance(event, QKeyEvent):
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self._finish(keep=True)
                    return True
                if event.key() == Qt.Key.Key_Escape:
                    self._finish(keep=False)
                    return True
        elif is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            self.start_renaming()
            return True
        return super().eventFilter(watched, event)

    def _finish(self, *, keep: bool) -> None:
        field, proposal_id = self._field, self._renaming
        if field is None or proposal_id is None:
            return
        # First of all: hiding the field takes its focus, which comes back here.
        self._field, self._renaming = None, None
        name = " ".join(field.text().split())
        field.hide()
        field.deleteLater()
        before = self.bar.bar.tabText(self._ids.index(proposal_id)) if proposal_id in self._ids else ""
        if keep and name and name != before:
            self.renamed.emit(proposal_id, name)

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._ids):
            self.chosen.emit(self._ids[index])

    def paintEvent(self, event: QPaintEvent) -> None:
        thin = theme().px("border.hairline")
        QPainter(self).fillRect(0, self.height() - thin, self.width(), thin, theme().c("hairline"))
