"""How a table of two levels is drawn and edited: branches in bold, lines under them, fields of 44 in the row."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from views.shell.theme import (
    RIGHT,
    SMALL,
    STRONG,
    Chip,
    Ink,
    chip_width,
    paint_amount,
    paint_chip,
    paint_elided,
    paint_icon,
    paint_text,
    text_width,
    theme,
)
from views.widgets.figure_fields import FigureField, MoneyField, PercentField
from views.widgets.stepper import Stepper
from views.widgets.tree_rows import CELL_ROLE, EDIT_ROLE, ROW_ROLE, Cell, Column, TreeRow

_FINISHES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_HELD = "held"
Index = QModelIndex | QPersistentModelIndex


class TreeDelegate(QStyledItemDelegate):
    """Paints branches and lines, and puts the field of its column into a cell that is edited."""

    typing = Signal(QModelIndex, object)
    """A cell's value while it is typed, before it is done."""

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._upright = False
        self._unfolded: dict[int, bool] = {}

    def set_upright(self, upright: bool) -> None:
        """Give the finger higher rows, for a device held upright."""
        self._upright = upright

    def note_unfolded(self, row: int, unfolded: bool) -> None:
        """The table says which branches are unfolded, for the chevron."""
        self._unfolded[row] = unfolded

    # ----------------------------------------------------------------------------------------- measures
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme()
        tall = "_upright" if self._upright else ""
        if index.parent().isValid():
            return QSize(0, look.px(f"row_line{tall}"))
        gap = look.px("tree_gap") if index.row() else 0
        return QSize(0, look.px(f"row_sub_order{tall}") + gap)

    def below_gap(self, rect: QRect, index: Index) -> QRectF:
        """The part of a row that holds words: a branch after the first keeps room for the hairline."""
        gap = theme().px("tree_gap") if index.row() and not index.parent().isValid() else 0
        return QRectF(rect).adjusted(0, gap, 0, 0)

    def inner(self, rect: QRectF, column: int) -> QRectF:
        """A cell without the gap at its left and, at both ends of the row, without what sticks out."""
        look = theme()
        left = look.px("row_out") if column == 0 else look.px("column_gap")
        right = look.px("row_out") if column == len(self._columns) - 1 else 0
        return rect.adjusted(left, 0, -right, 0)

    # ----------------------------------------------------------------------------------------- painting
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, TreeRow):
            return
        rect = self.inner(self.below_gap(option.rect, index), index.column())
        is_line = index.parent().isValid()
        painter.save()
        if index.column() == 0:
            if is_line:
                self._paint_line(painter, rect, row, dots=bool(option.state & QStyle.StateFlag.State_Selected))
            else:
                # The columns between title and amount are empty on a branch: note and chips may use them.
                if isinstance(option.widget, QTreeView):
                    rect.setRight(option.widget.columnViewportPosition(len(self._columns) - 1))
                self._paint_branch(painter, rect, row, self._unfolded.get(index.row(), True))
        else:
            cell = index.data(CELL_ROLE)
            if isinstance(cell, Cell):
                self._paint_cell(painter, rect, cell, "medium" if is_line else "strong")
        painter.restore()

    def _paint_branch(self, painter: QPainter, rect: QRectF, row: TreeRow, unfolded: bool) -> None:
        look = theme()
        side = look.px("icon_small")
        at = QPointF(rect.left(), rect.center().y() - side / 2)
        paint_icon(painter, at, "down" if unfolded else "right", "text-3", side)
        words = rect.adjusted(look.px("tree_chevron"), 0, 0, 0)
        if row.number:
            number = Ink("accent-text", weight="strong")
            paint_text(painter, words, row.number, number)
            wide = max(look.px("tree_number") - look.px("keypad_pad"), text_width(row.number, number))
            words.setLeft(words.left() + wide + look.px("keypad_pad"))
        for ink, text in ((STRONG, row.title), (SMALL, row.note)):
            if text:
                words.setLeft(words.left() + paint_elided(painter, words, text, ink) + look.px("keypad_pad"))
        for chip in row.chips:
            wide = chip_width(chip)
            if words.left() + wide > rect.right():
                break
            high = look.px("chip")
            paint_chip(painter, QRectF(words.left(), words.center().y() - high / 2, wide, high), chip)
            words.setLeft(words.left() + wide + look.space(2))

    def chip_boxes(self, rect: QRectF, row: TreeRow) -> list[tuple[QRectF, Chip]]:
        """The chips of a line in the inner part of its first column, the last one at its right edge.

        They are short where the whole would cut the words before them.
        """
        look = theme()
        words = max(text_width(row.title), text_width(row.subtitle, SMALL))
        room = rect.width() - (look.px("tree_indent") - look.px("row_out")) - words
        is_tight = room < sum(chip_width(chip) + look.space(2) for chip in row.chips)
        boxes, right, high = list[tuple[QRectF, Chip]](), rect.right(), look.px("chip")
        for whole in reversed(row.chips):
            chip = whole._replace(text=whole.short) if is_tight and whole.short else whole
            wide = chip_width(chip)
            boxes.insert(0, (QRectF(right - wide, rect.center().y() - high / 2, wide, high), chip))
            right -= wide + look.space(2)
        return boxes

    def _paint_line(self, painter: QPainter, rect: QRectF, row: TreeRow, *, dots: bool) -> None:
        """`dots`: whether the row is the current one, whose dots stand before its chips."""
        look = theme()
        words = rect.adjusted(look.px("tree_indent") - look.px("row_out"), 0, 0, 0)
        boxes = self.chip_boxes(rect, row)
        for box, chip in boxes:
            paint_chip(painter, box, chip)
        if boxes:
            words.setRight(boxes[0][0].left() - (look.px("target") if dots else look.space(2)))
        upper, lower = self._two(words, bool(row.subtitle))
        paint_elided(painter, upper, row.title, Ink("text-2" if row.struck else "text", struck=row.struck))
        if row.subtitle:
            paint_elided(painter, lower, row.subtitle, SMALL)

    def _paint_cell(self, painter: QPainter, rect: QRectF, cell: Cell, weight: str) -> None:
        look = theme()
        if cell.chip is not None:
            wide, high = chip_width(cell.chip), look.px("chip")
            box = QRectF(rect.right() - wide, rect.center().y() - high / 2, wide, high)
            paint_chip(painter, box, cell.chip)
            return
        upper, lower = self._two(rect, bool(cell.sub))
        if cell.runs:
            paint_amount(painter, upper, cell.runs, Ink(cell.colour, cell.size, weight))
        else:
            paint_text(painter, upper, cell.text, Ink(cell.colour, cell.size), RIGHT)
        if cell.sub:
            paint_text(painter, lower, cell.sub, Ink("text-3", "small"), RIGHT)

    @staticmethod
    def _two(rect: QRectF, two: bool) -> tuple[QRectF, QRectF]:
        if not two:
            return rect, rect
        line = theme().px("caption")
        top = rect.center().y() - line
        upper = QRectF(rect.left(), top, rect.width(), line)
        return upper, upper.translated(0, line)

    # ----------------------------------------------------------------------------------------- editing
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._columns[index.column()]
        editor: FigureField | Stepper
        place = QPersistentModelIndex(index)
        if column.editor == "stepper":
            editor = Stepper(parent=parent)
            editor.valueChanged.connect(lambda value: self._tell(place, value))
        else:
            editor = (
                MoneyField(parent=parent, compact=True) if column.editor == "money" else PercentField(parent=parent)
            )
            editor.value_changed.connect(lambda value: self._tell(place, value))
        editor.setAccessibleName(column.caption)
        # What the cell held when it was opened: meanwhile the row may already show what is being typed.
        editor.setProperty(_HELD, index.data(EDIT_ROLE))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(EDIT_ROLE)
        if not isinstance(value, int):
            return
        # What is being typed is not overwritten by what came of it.
        if isinstance(editor, FigureField) and not editor.isModified():
            editor.set_value(value)
        elif isinstance(editor, Stepper) and not editor.hasFocus():
            editor.setValue(value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        value: int | None = None
        if isinstance(editor, FigureField) and editor.is_valid:
            value = editor.value() or 0
        elif isinstance(editor, Stepper) and editor.is_valid:
            editor.interpretText()
            value = editor.value()
        if value is not None and value != editor.property(_HELD):
            editor.setProperty(_HELD, value)
            model.setData(index, value, EDIT_ROLE)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self.inner(self.below_gap(option.rect, index), index.column())
        high = theme().px("field")
        wide = max(round(cell.width()), editor.minimumSizeHint().width())
        top = round(cell.center().y() - high / 2)
        editor.setGeometry(round(cell.right()) - wide, top, wide, high)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """An entry that is not understood stays open and says why; nothing typed is thrown away."""
        if isinstance(editor, FigureField | Stepper) and not editor.is_valid:
            leaves = event.type() == QEvent.Type.FocusOut
            finishes = (
                isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _FINISHES
            )
            if leaves or finishes:
                if isinstance(editor, FigureField):
                    editor.commit()
                editor.setToolTip(editor.problem())
                return finishes
        return super().eventFilter(editor, event)

    def _tell(self, place: QPersistentModelIndex, value: object) -> None:
        if place.isValid():
            self.typing.emit(place.model().index(place.row(), place.column(), place.parent()), value)
