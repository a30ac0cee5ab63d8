"""What a table of two levels holds: branches, the lines under them, their cells, and which cells may be edited."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, overload

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, Signal

from views.shell.theme import Chip, Run
from views.widgets.rows import ACCESSIBLE_ROLE, DISPLAY_ROLE, KEY_ROLE, Index

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 11
"""Answers the whole TreeRow of a row, whatever the column."""
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 12
"""Answers the Cell of a column after the first."""
EDIT_ROLE = int(Qt.ItemDataRole.EditRole)
_TOP = 0

Editor = Literal["", "money", "percent", "stepper"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its caption, its width by token, how it is edited, and whether it stays when the page is narrow."""

    key: str
    caption: str = ""
    width: str = "amount_column"
    editor: Editor = ""
    stays: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column: a text or an amount, perhaps a smaller line under it, or a chip.

    `value` is what one edits (cents, basis points, pieces); a cell without one is not edited.
    """

    text: str = ""
    runs: tuple[Run, ...] = ()
    sub: str = ""
    chip: Chip | None = None
    colour: str = "text"
    size: str = "body"
    value: int | None = None

    def spoken(self) -> str:
        """The cell as it is read aloud."""
        figure = "".join(text for text, _ in self.runs)
        return ", ".join(part for part in (self.text, figure, self.chip.text if self.chip else "", self.sub) if part)


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A branch (number, title, note, chips) or a line (title over subtitle), with a cell for each further column.

    The chips of a line stand at the end of its first column.
    """

    title: str
    subtitle: str = ""
    number: str = ""
    note: str = ""
    chips: tuple[Chip, ...] = ()
    cells: tuple[Cell, ...] = ()
    key: Hashable = None
    struck: bool = False

    def spoken(self) -> str:
        """The row's name as it is read aloud."""
        parts = (self.number, self.title, self.subtitle, self.note, *(chip.text for chip in self.chips))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Branch:
    """A row with the lines under it."""

    row: TreeRow
    lines: tuple[TreeRow, ...] = ()


class TreeModel(QAbstractItemModel):
    """Branches and lines in memory; it changes nothing itself, it says what somebody typed."""

    edited = Signal(object, str, int)
    """The line's key, the column's key, the new value (cents, basis points, pieces)."""
    NO_PARENT: ClassVar[QModelIndex] = QModelIndex()

    def __init__(
        self, columns: Sequence[Column], branches: Iterable[Branch] = (), parent: QObject | None = None
    ) -> None:
        """The first column holds title and subtitle, each further one a cell."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._branches: list[Branch] = list(branches)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from left to right."""
        return self._columns

    def branches(self) -> tuple[Branch, ...]:
        """The branches as they are."""
        return tuple(self._branches)

    def set_branches(self, branches: Iterable[Branch]) -> None:
        """Show other branches; where the keys are the same, rows stay and so do the editor and what is unfolded."""
        new = list(branches)
        same = [_shape(branch) for branch in new] == [_shape(branch) for branch in self._branches]
        if not same:
            self.beginResetModel()
            self._branches = new
            self.endResetModel()
            return
        old, self._branches = self._branches, new
        last = len(self._columns) - 1
        for at, (before, now) in enumerate(zip(old, new, strict=True)):
            top = self.index(at, 0)
            if before.row != now.row:
                self.dataChanged.emit(top, self.index(at, last))
            for line, (was, is_now) in enumerate(zip(before.lines, now.lines, strict=True)):
                if was != is_now:
                    self.dataChanged.emit(self.index(line, 0, top), self.index(line, last, top))

    def row_at(self, index: Index) -> TreeRow:
        """The row an index stands for."""
        branch = index.internalId()
        if branch == _TOP:
            return self._branches[index.row()].row
        return self._branches[branch - 1].lines[index.row()]

    def index_of(self, key: Hashable, column: int = 0) -> QModelIndex:
        """Where the row of that key stands; an invalid index when there is none."""
        for at, branch in enumerate(self._branches):
            if branch.row.key == key:
                return self.index(at, column)
            for line, row in enumerate(branch.lines):
                if row.key == key:
                    return self.index(line, column, self.index(at, 0))
        return QModelIndex()

    # ----------------------------------------------------------------------------------------- Qt asks
    def index(self, row: int, column: int, parent: Index = NO_PARENT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        # A line remembers its branch in the id: 0 is a branch, n is a line of branch n − 1.
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    @overload
    def parent(self) -> QObject | None: ...
    @overload
    def parent(self, index: Index) -> QModelIndex: ...
    def parent(self, index: Index | None = None) -> QObject | QModelIndex | None:
        """The branch of a line; or, as for any QObject, the owner."""
        if index is None:
            return QObject.parent(self)
        branch = index.internalId() if index.isValid() else _TOP
        return QModelIndex() if branch == _TOP else self.createIndex(branch - 1, 0, _TOP)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        if not parent.isValid():
            return len(self._branches)
        if parent.internalId() != _TOP or parent.column() != 0:
            return 0
        return len(self._branches[parent.row()].lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return len(self._columns)

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> object:
        row = self.row_at(index)
        if role == ROW_ROLE:
            return row
        if role == KEY_ROLE:
            return row.key
        column = index.column()
        cell = row.cells[column - 1] if 0 < column <= len(row.cells) else None
        if role == CELL_ROLE:
            return cell
        if role == EDIT_ROLE:
            return cell.value if cell else None
        if role == DISPLAY_ROLE:
            return cell.spoken() if cell else row.title
        if role == ACCESSIBLE_ROLE:
            caption = self._columns[column].caption
            return f"{caption} {cell.spoken()}".strip() if cell else row.spoken()
        return None

    def setData(self, index: Index, value: object, role: int = EDIT_ROLE) -> bool:
        """Tell what was typed; the page acts, and shows what came of it by `set_branches`."""
        if role != EDIT_ROLE or not isinstance(value, int):
            return False
        self.edited.emit(self.row_at(index).key, self._columns[index.column()].key, value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._columns[index.column()].editor and self.data(index, EDIT_ROLE) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags


def _shape(branch: Branch) -> tuple[Hashable, ...]:
    return (branch.row.key, *(line.key for line in branch.lines))
