"""The tree of the proposal: sub-orders and lines edited in place, each with its menu."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractSpinBox, QWidget

from views.shell.theme import Chip, theme
from views.widgets.buttons import IconButton
from views.widgets.figure_fields import FigureField
from views.widgets.stepper import Stepper
from views.widgets.tree_rows import TreeModel
from views.widgets.tree_table import TreeTable


class ProposalTree(TreeTable):
    """Says which row wants its menu or goes; the page knows what that means."""

    menu_asked = Signal(object, QPoint)
    """The row's key, and where on the screen the menu belongs."""
    drop_asked = Signal(object)
    """Delete was pressed on the row of that key."""
    chip_pressed = Signal(object)
    """The key of the line whose chip was pressed."""
    editing_ended = Signal()
    """A cell was closed, with or without a change."""

    def __init__(self, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setAccessibleName(self.tr("Sous-commandes et lignes"))
        self.dots = IconButton("dots", self.tr("Ce qu’on peut faire de cette ligne"), "plain", self.viewport())
        self.dots.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.dots.hide()
        self.dots.clicked.connect(self._open_menu_by_dots)
        self.current_moved.connect(self._place_dots)
        self.verticalScrollBar().valueChanged.connect(self._place_dots)
        self.expanded.connect(self._place_dots)
        self.collapsed.connect(self._place_dots)
        model.modelReset.connect(self.dots.hide)

    def set_upright(self, upright: bool) -> None:
        """Held upright it is pushed by the finger; lying it has a scroll bar."""
        super().set_upright(upright)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if upright else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)

    def current_key(self) -> object:
        """The key of the current row, None when there is none."""
        index = self.currentIndex()
        return self.tree_model.row_at(index).key if index.isValid() else None

    def unreadable(self) -> tuple[str, str] | None:
        """What stands in an open cell and cannot be kept, with why; None when there is no such thing."""
        index = self.currentIndex()
        editor = self.indexWidget(index) if index.isValid() else None
        if isinstance(editor, FigureField | Stepper) and not editor.is_valid:
            return editor.text(), editor.problem()
        return None

    def finish_editing(self) -> None:
        """Keep what stands in an open cell: the page is left, or the window closes."""
        index = self.currentIndex()
        editor = self.indexWidget(index) if index.isValid() else None
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.editing_ended.emit()
        self._place_dots()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_dots()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and here.isValid():
            self.drop_asked.emit(self.current_key())
            return
        super().keyPressEvent(event)
        editor = self.indexWidget(self.currentIndex()) if self.currentIndex().isValid() else None
        # The figure that opened a quantity is its first figure.
        if isinstance(editor, QAbstractSpinBox) and event.text().isdigit():
            line = editor.lineEdit()
            line.setText(event.text())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.chip_at(event.position()):
            self.chip_pressed.emit(self.tree_model.row_at(self.indexAt(event.position().toPoint())).key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = Qt.CursorShape.PointingHandCursor if self.chip_at(event.position()) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand)

    def chip_at(self, at: QPointF) -> bool:
        """Whether a line's chip stands there: to the finger it is as high as its row."""
        index = self.indexAt(at.toPoint())
        if not index.isValid() or index.column() or not index.parent().isValid():
            return False
        return any(box.left() <= at.x() <= box.right() for box, _ in self._chip_boxes(index))

    def _chip_boxes(self, index: QModelIndex) -> list[tuple[QRectF, Chip]]:
        rect = self._delegate.inner(QRectF(self.visualRect(index)), 0)
        return self._delegate.chip_boxes(rect, self.tree_model.row_at(index))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._open_menu_by_dots()
            return
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_asked.emit(self.tree_model.row_at(index).key, event.globalPos())

    def _open_menu_by_dots(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            corner = self.dots.mapToGlobal(QPointF(0, self.dots.height())).toPoint()
            self.menu_asked.emit(self.tree_model.row_at(index).key, corner)

    def _place_dots(self, _: object = None) -> None:
        index = self.currentIndex()
        rect = self.visualRect(index.siblingAtColumn(0)) if index.isValid() else None
        if rect is None or rect.isEmpty() or self._is_editing(index):
            self.dots.hide()
            return
        side = theme().px("target")
        gap = 0 if index.parent().isValid() or not index.row() else theme().px("tree_gap")
        middle = rect.top() + gap + (rect.height() - gap) // 2
        # A sub-order's note and chips run on under the empty columns: its dots stand before its amount.
        last = self.columnViewportPosition(len(self.tree_model.columns) - 1)
        right = rect.right() if index.parent().isValid() else last
        if index.parent().isValid():
            boxes = self._chip_boxes(index.siblingAtColumn(0))
            right = round(boxes[0][0].left()) if boxes else right
        self.dots.setGeometry(right - side, middle - side // 2, side, side)
        self.dots.show()

    def _is_editing(self, index: QModelIndex) -> bool:
        return self.indexWidget(index) is not None
