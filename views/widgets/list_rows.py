"""Lists: two lines a row, states and amounts in columns of their own, alike on every page."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QScroller, QSizePolicy, QWidget

from views.shell.theme import theme
from views.widgets.rows import Index, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate

_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def scroll_by_finger(view: QAbstractItemView) -> None:
    """Let a finger push the list, smoothly, as well as wheel and keys."""
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalScrollBar().setSingleStep(theme().px("target"))
    QScroller.grabGesture(view.viewport(), QScroller.ScrollerGestureType.TouchGesture)


class ListRows(QListView):
    """A list of `Row`s; any QAbstractListModel will do that answers ROW_ROLE."""

    opened = Signal(QModelIndex)
    """A row was pressed, or Enter or Space on it."""
    current_moved = Signal(QModelIndex)
    """Another row is the current one, by key or press."""

    def __init__(
        self, delegate: TwoLineDelegate | None = None, parent: QWidget | None = None, *, fit: bool = False
    ) -> None:
        """With `fit` the list is as high as its rows and does not scroll by itself."""
        super().__init__(parent)
        self._fit = fit
        self._ring = False
        self._pressed = QPersistentModelIndex()
        self.setProperty("ownFocus", True)
        self.setModel(RowsModel(parent=self))
        self.setItemDelegate(delegate or TwoLineDelegate(parent=self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        scroll_by_finger(self)
        if fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            # Every row is as high as the first: a list of 100,000 asks once.
            self.setUniformItemSizes(True)
        theme().changed.connect(self.viewport().update)

    @property
    def shows_ring(self) -> bool:
        """Whether the current row wears the focus ring: the keyboard is at work, not the pointer."""
        return self._ring and self.hasFocus()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._fit:
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        if not self._fit:
            return super().sizeHint()
        height = sum(self.sizeHintForRow(row) for row in range(self.model().rowCount()))
        return QSize(theme().px("list_min"), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("panel_right") // 2, self.sizeHint().height() if self._fit else theme().px("row"))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_moved.emit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        if event.key() in _OPENS and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        selectable = bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)
        if event.button() == Qt.MouseButton.LeftButton and selectable and QPersistentModelIndex(index) == self._pressed:
            self.opened.emit(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
