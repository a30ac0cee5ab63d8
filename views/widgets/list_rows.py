"""Lists: two lines a row, states and amounts in columns of their own, alike on every page."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScroller,
    QSizePolicy,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from views.shell.theme import theme
from views.widgets.rows import Index, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate

_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def scroll_by_finger(view: QAbstractItemView) -> None:
    """Let a finger push the list, smoothly, as well as wheel and keys."""
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalScrollBar().setSingleStep(theme().px("target"))
    QScroller.grabGesture(view.viewport(), QScroller.ScrollerGestureType.TouchGesture)


class ListRows(QTableView):
    """A list of `Row`s; any QAbstractListModel will do that answers ROW_ROLE.

    It stands on Qt's table with one column: a QListView asks the model for every row at each reset, which with
    100,000 rows in Python takes a tenth of a second; the table asks only for those in sight.
    """

    opened = Signal(QModelIndex)
    """A row was pressed, or Enter or Space on it."""
    current_moved = Signal(QModelIndex)
    """Another row is the current one, by key or press."""

    def __init__(
        self,
        delegate: TwoLineDelegate | None = None,
        parent: QWidget | None = None,
        *,
        fit: bool = False,
        mixed: bool | None = None,
    ) -> None:
        """With `fit` the list is as high as its rows and does not scroll by itself.

        `mixed` lets rows differ in height, as those with `leg`; a list that fits is mixed unless told.
        """
        super().__init__(parent)
        self._fit = fit
        self._mixed = fit if mixed is None else mixed
        self._ring = False
        self._pressed = QPersistentModelIndex()
        painter = delegate or TwoLineDelegate()
        painter.setParent(self)
        self.setProperty("ownFocus", True)
        self.setItemDelegate(painter)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        # Tab leaves the list: inside it one goes by arrows.
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(painter.row_height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        scroll_by_finger(self)
        if fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setModel(RowsModel(parent=self))
        theme().changed.connect(self.viewport().update)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show other rows."""
        super().setModel(model)
        if model is not None:
            for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.dataChanged):
                changed.connect(self._measure)
        self._measure()

    def keyboardSearch(self, search: str) -> None:
        """Letters are not for the list: Qt would ask a model of 100,000 rows for each of its names."""

    @property
    def shows_ring(self) -> bool:
        """Whether the current row wears the focus ring: the keyboard is at work, not the pointer."""
        return self._ring and self.hasFocus()

    def sizeHint(self) -> QSize:
        if not self._fit:
            return super().sizeHint()
        return QSize(theme().px("list_min"), self.verticalHeader().length())

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
        last = self.model().rowCount() - 1
        to = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(event.key()))
        if to is not None and last >= 0:
            self.setCurrentIndex(self.model().index(to, 0))
        else:
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        delegate = self.itemDelegate()
        if isinstance(delegate, TwoLineDelegate) and delegate.wraps and event.oldSize().width() != event.size().width():
            self._measure()

    def _measure(self) -> None:
        """Give each row of a mixed list its height."""
        if self._mixed:
            option = QStyleOptionViewItem()
            option.rect.setWidth(self.viewport().width())
            delegate = self.itemDelegate()
            for row in range(self.model().rowCount()):
                wanted = delegate.sizeHint(option, self.model().index(row, 0)).height()
                if self.rowHeight(row) != wanted:
                    self.setRowHeight(row, wanted)
        if self._fit:
            self.updateGeometry()
