"""A table of two levels that one edits in place, as on squared paper: Enter goes down, Tab right, Esc restores."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from views.shell.theme import LEFT, RIGHT, SMALL_QUIET, paint_focus, paint_text, theme
from views.widgets.figure_fields import FigureField
from views.widgets.list_rows import scroll_by_finger
from views.widgets.stepper import Stepper
from views.widgets.tree_delegate import TreeDelegate
from views.widgets.tree_rows import TreeModel

_TYPES = "0123456789,.-\u2212"
_BY_HAND = (QPointingDevice.PointerType.Finger, QPointingDevice.PointerType.Pen)
_Hint = QAbstractItemDelegate.EndEditHint


class TreeTable(QTreeView):
    """Branches and lines with a caption row; a cell opens by a press, F2 or a figure."""

    opened = Signal(QModelIndex)
    """A line was pressed twice, or Enter on it."""
    current_moved = Signal(QModelIndex)
    """Another row is current."""
    typing = Signal(QModelIndex, object)
    """What a cell would be, at each keystroke, before it is done."""

    def __init__(self, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self._model = model
        self._ring = False
        self._upright = False
        self._under = QPersistentModelIndex()
        self._delegate = TreeDelegate(model.columns, self)
        self._delegate.typing.connect(self.typing)
        self._captions = _Captions(self)
        self.setProperty("ownFocus", True)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        # Qt would draw its own frame over the whole row; `drawRow` draws ours.
        self.setAllColumnsShowFocus(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(1)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        scroll_by_finger(self)
        self.expanded.connect(lambda index: self._delegate.note_unfolded(index.row(), True))
        self.collapsed.connect(lambda index: self._delegate.note_unfolded(index.row(), False))
        model.modelReset.connect(self._unfold_all)
        look.changed.connect(self.viewport().update)
        self._unfold_all()

    # ----------------------------------------------------------------------------------------- shape
    @property
    def tree_model(self) -> TreeModel:
        """What it shows."""
        return self._model

    def set_upright(self, upright: bool) -> None:
        """Higher rows and fewer columns, for a page held upright."""
        self._upright = upright
        self._delegate.set_upright(upright)
        for at, column in enumerate(self._model.columns):
            self.setColumnHidden(at, upright and not column.stays)
        self._lay_out_columns()
        self.scheduleDelayedItemsLayout()

    def cell_rect(self, column: int) -> QRect:
        """Where the words of a column stand, in the viewport's coordinates; height 0."""
        rect = QRectF(self.columnViewportPosition(column), 0, self.columnWidth(column), 0)
        return self._delegate.inner(rect, column).toRect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_columns()

    def updateGeometries(self) -> None:
        """A tree without a header takes all its height; the captions want their line back."""
        super().updateGeometries()
        top = theme().px("caption")
        if self.viewportMargins().top() != top:
            self.setViewportMargins(0, top, 0, 0)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is being typed is kept when the page goes."""
        if self.state() == QAbstractItemView.State.EditingState:
            editor = self.indexWidget(self.currentIndex())
            self.commitData(editor)
            super().closeEditor(editor, _Hint.NoHint)
        super().hideEvent(event)

    def _lay_out_columns(self) -> None:
        look = theme()
        columns = self._model.columns
        left = self.viewport().width()
        for at in range(len(columns) - 1, 0, -1):
            if self.isColumnHidden(at):
                continue
            wide = look.px(columns[at].width) + look.px("column_gap")
            wide += look.px("row_out") if at == len(columns) - 1 else 0
            self.setColumnWidth(at, wide)
            left -= wide
        self.setColumnWidth(0, max(look.px("panel_right") // 2, left))
        self._captions.setGeometry(0, 0, self.viewport().width(), look.px("caption"))
        self._captions.update()

    def _unfold_all(self) -> None:
        self.expandAll()
        for row in range(self._model.rowCount()):
            self._delegate.note_unfolded(row, True)

    # ----------------------------------------------------------------------------------------- painting
    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, hairline and ring of the whole row; the cells come after."""
        look = theme()
        row = QRect(0, options.rect.top(), self.viewport().width(), options.rect.height())
        ground = self._delegate.below_gap(row, index)
        is_line = index.parent().isValid()
        radius = look.px("radius.control")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not is_line and index.row():
            middle = row.top() + look.px("tree_gap") // 2
            out = look.px("row_out")
            painter.fillRect(out, middle, row.width() - 2 * out, look.px("border.hairline"), look.c("hairline"))
        first = index.sibling(index.row(), 0)
        chosen = self.selectionModel().isSelected(first)
        if is_line and (chosen or QPersistentModelIndex(first) == self._under):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("selected" if chosen else "hover"))
            painter.drawRoundedRect(ground, radius, radius)
        current = self.currentIndex()
        if self.shows_ring and current.siblingAtColumn(0) == first:
            paint_focus(painter, ground, radius)
        painter.restore()
        super().drawRow(painter, options, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """The delegate draws the chevron."""

    @property
    def shows_ring(self) -> bool:
        """Whether the current row wears the focus ring."""
        return self._ring and self.hasFocus() and self.state() != QAbstractItemView.State.EditingState

    # ----------------------------------------------------------------------------------------- editing
    def edit_cell(self, index: QModelIndex, *, by_hand: bool = False) -> bool:
        """Open a cell; with the keypad when a finger or a pen did it. Whether it could be opened."""
        if not index.flags() & Qt.ItemFlag.ItemIsEditable or self.isColumnHidden(index.column()):
            return False
        self.setCurrentIndex(index)
        self.edit(index)
        editor = self.indexWidget(index)
        if isinstance(editor, FigureField):
            editor.selectAll()
            if by_hand:
                editor.open_keypad()
        return editor is not None

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes down the column, Tab along the row, Esc leaves things as they were."""
        here = self.currentIndex()
        super().closeEditor(editor, _Hint.NoHint)
        step = {_Hint.EditNextItem: 1, _Hint.EditPreviousItem: -1}.get(hint)
        if step is not None:
            self._edit_along(here, step)
        elif hint == _Hint.SubmitModelCache:
            self._edit_below(here)
        self._ring = True

    def _edit_below(self, here: QModelIndex) -> None:
        below = self.indexBelow(here)
        while below.isValid():
            cell = below.siblingAtColumn(here.column())
            if cell.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit_cell(cell)
                return
            below = self.indexBelow(below)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit_along(self, here: QModelIndex, step: int) -> None:
        row, column = here, here.column() + step
        while row.isValid():
            while 0 <= column < len(self._model.columns):
                if self.edit_cell(row.siblingAtColumn(column)):
                    return
                column += step
            row = self.indexBelow(row) if step > 0 else self.indexAbove(row)
            column = 0 if step > 0 else len(self._model.columns) - 1
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_editable(self, index: QModelIndex) -> QModelIndex:
        cells = (index.siblingAtColumn(column) for column in range(len(self._model.columns)))
        usable = (cell for cell in cells if not self.isColumnHidden(cell.column()))
        return next((cell for cell in usable if cell.flags() & Qt.ItemFlag.ItemIsEditable), QModelIndex())

    # ----------------------------------------------------------------------------------------- keys, pointer
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            # What an open cell leaves of its own keys is not for the row behind it: Enter would open the row.
            return
        self._ring = True
        here = self.currentIndex()
        key, text = event.key(), event.text()
        is_line = here.parent().isValid()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not here.isValid():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if is_line:
                self.opened.emit(here.siblingAtColumn(0))
            else:
                self.setExpanded(here.siblingAtColumn(0), not self.isExpanded(here.siblingAtColumn(0)))
        elif is_line and plain and (key == Qt.Key.Key_F2 or (text and text in _TYPES)):
            self._begin(here, "" if key == Qt.Key.Key_F2 else text)
        elif is_line and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move_along(here, 1 if key == Qt.Key.Key_Right else -1)
        elif text and plain and text.isprintable():
            # Any other letter is no edit: Qt would open the field with it.
            event.ignore()
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def _begin(self, here: QModelIndex, typed: str) -> None:
        editable = here.flags() & Qt.ItemFlag.ItemIsEditable
        cell = here if editable else self._first_editable(here)
        if not cell.isValid() or not self.edit_cell(cell):
            return
        editor = self.indexWidget(cell)
        if typed and isinstance(editor, FigureField):
            editor.press("," if typed in ",." else "sign" if typed in "-\u2212" else typed)
        elif typed.isdigit() and isinstance(editor, Stepper):
            editor.lineEdit().selectAll()
            editor.lineEdit().insert(typed)

    def _move_along(self, here: QModelIndex, step: int) -> None:
        column = here.column() + step
        while 0 <= column < len(self._model.columns):
            if not self.isColumnHidden(column):
                self.setCurrentIndex(here.siblingAtColumn(column))
                return
            column += step

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        self._ring = False
        if index.parent().isValid():
            self.edit_cell(index, by_hand=event.pointerType() in _BY_HAND)
        elif event.position().x() < theme().px("row_out") + theme().px("target"):
            self.setExpanded(index.siblingAtColumn(0), not self.isExpanded(index.siblingAtColumn(0)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.parent().isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(index.siblingAtColumn(0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        under = QPersistentModelIndex(self.indexAt(event.position().toPoint()).siblingAtColumn(0))
        if under != self._under:
            self._under = under
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = QPersistentModelIndex()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.viewport().update()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_moved.emit(self.currentIndex().siblingAtColumn(0))


class _Captions(QWidget):
    """The row of captions above the table; it does not scroll with it."""

    def __init__(self, table: TreeTable) -> None:
        super().__init__(table)
        self._table = table

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, column in enumerate(self._table.tree_model.columns):
            if column.caption and not self._table.isColumnHidden(at):
                cell = self._table.cell_rect(at)
                box = QRectF(cell.left(), 0, cell.width(), self.height())
                paint_text(painter, box, column.caption, SMALL_QUIET, RIGHT if at else LEFT)
