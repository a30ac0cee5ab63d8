"""What a row of a list says: a name, a line under it, states, an amount; and a model that holds such rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from views.shell.theme import Chip, Run

DISPLAY_ROLE = int(Qt.ItemDataRole.DisplayRole)
ACCESSIBLE_ROLE = int(Qt.ItemDataRole.AccessibleTextRole)
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Answers the whole Row in one call: a list then asks its model once a row, not ten times. None: not there yet."""
KEY_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""Answers the row's key, as the id of what it stands for."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; all but the title may be left out.

    `number` stands in a circle (filled for the next one) and `time` in bold before the title, or an `icon`.
    `trailing` is a word at the very right, `chevron` the arrow that says the row opens. `steps` are the
    stations of `sync_steps`, `steps_said` the same read aloud. A row with `leg` is the way between two rows,
    or the head over some, and has nothing else.
    """

    title: str = ""
    subtitle: str = ""
    chips: tuple[Chip, ...] = ()
    amount: tuple[Run, ...] = ()
    amount_sub: str = ""
    trailing: str = ""
    key: Hashable = None
    struck: bool = False
    chevron: bool = False
    number: str = ""
    filled: bool = False
    time: str = ""
    icon: str = ""
    leg: str = ""
    steps: tuple[str, ...] = ()
    steps_said: str = ""
    weight: str = "strong"
    colour: str = "text"
    sub_colour: str = "text-2"
    amount_colour: str = "text"

    def spoken(self) -> str:
        """The row as it is read aloud."""
        amount = "".join(text for text, _ in self.amount)
        chips = (chip.text for chip in self.chips)
        parts = (self.number, self.time, self.title, self.leg, self.subtitle, *chips, amount, self.amount_sub)
        return ", ".join(part for part in (*parts, self.trailing, self.steps_said) if part)


class RowsModel(QAbstractListModel):
    """Rows kept in memory; a place may be None while what stands there is still being read."""

    NO_PARENT: ClassVar[QModelIndex] = QModelIndex()

    def __init__(self, rows: Iterable[Row | None] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row | None] = list(rows)

    def rows(self) -> Sequence[Row | None]:
        """The rows as they are."""
        return tuple(self._rows)

    def set_rows(self, rows: Iterable[Row | None]) -> None:
        """Show other rows; rows of the same number stay where they are, so that nothing jumps."""
        new = list(rows)
        if len(new) == len(self._rows):
            changed = [at for at, (old, now) in enumerate(zip(self._rows, new, strict=True)) if old != now]
            self._rows = new
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def set_row(self, at: int, row: Row | None) -> None:
        """Show another row at one place."""
        self._rows[at] = row
        self.dataChanged.emit(self.index(at), self.index(at))

    def row(self, at: int) -> Row | None:
        """The row at a place."""
        return self._rows[at]

    def place_of(self, key: Hashable) -> int | None:
        """Where the row of that key stands."""
        return next((at for at, row in enumerate(self._rows) if row is not None and row.key == key), None)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> object:
        row = self._rows[index.row()]
        if role == ROW_ROLE or row is None:
            return row
        if role == DISPLAY_ROLE:
            return row.title or row.leg
        if role == ACCESSIBLE_ROLE:
            return row.spoken()
        return row.key if role == KEY_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.row()]
        if row is not None and row.leg:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
