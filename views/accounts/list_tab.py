"""A tab of the account that is a list; empty, it says what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from views.shell.body import page_margins
from views.shell.theme import theme
from views.widgets.empty_page import EmptyPage
from views.widgets.list_rows import ListRows
from views.widgets.rows import KEY_ROLE, Row, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate


class ListTab(QWidget):
    """Rows, or a sentence and perhaps a button when there are none."""

    opened = Signal(str)
    """A row was opened: its key."""

    def __init__(self, name: str, none: EmptyPage, view: ListRows | None = None, parent: QWidget | None = None) -> None:
        """`none` shows while there are no rows."""
        super().__init__(parent)
        self.none = none
        self.list = view if view is not None else ListRows(TwoLineDelegate())
        self.list.setAccessibleName(name)
        self.list.opened.connect(self._open)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(none, 1)
        none.hide()
        self.fold(upright=False)

    def fold(self, *, upright: bool) -> None:
        """Keep the page's margins, with room for rows that stand out."""
        left, _, right, bottom = page_margins(upright=upright)
        out = theme().px("row_out")
        self._column.setContentsMargins(left - out, theme().space(3), right - out, bottom)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these."""
        model = self.list.model()
        if isinstance(model, RowsModel):
            model.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def _open(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if isinstance(key, str):
            self.opened.emit(key)
