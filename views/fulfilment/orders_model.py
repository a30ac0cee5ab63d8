"""All orders of the portfolio, read as one scrolls."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.ports.readers import OrderItem
from views import formats
from views.shell.session import Session
from views.shell.theme import Chip
from views.widgets.rows import ACCESSIBLE_ROLE, DISPLAY_ROLE, KEY_ROLE, ROW_ROLE, Row

PAGE = 60
"""Orders read at a time."""
_STATUS = {"in_production": "ok", "rejected": "danger", "completed": "plain", "cancelled": "plain"}
Index = QModelIndex | QPersistentModelIndex


class OrdersModel(QAbstractListModel):
    """Grows while there are more; `counted` goes out when the first page is there."""

    NO_PARENT: ClassVar[QModelIndex] = QModelIndex()
    TABLES: ClassVar[frozenset[str]] = frozenset({"customer_order", "ordered_sub_order", "order_line", "account"})
    counted = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._items: list[OrderItem] = []
        self._rows: list[Row] = []
        self._has_more = False
        self._is_reading = False

    def ask(self) -> None:
        """Read from the beginning, as many as are there now."""
        limit = max(PAGE, len(self._items))
        self._is_reading = True
        self._session.read(
            partial(self._session.readers.orders, 0, limit), partial(self._begin, limit), latest="orders"
        )

    def item(self, order_id: str) -> OrderItem | None:
        """The order of a row."""
        return next((item for item in self._items if item.id == order_id), None)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> object:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == DISPLAY_ROLE:
            return row.title
        if role == ACCESSIBLE_ROLE:
            return row.spoken()
        return row.key if role == KEY_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index = NO_PARENT) -> bool:
        return self._has_more and not self._is_reading and not parent.isValid()

    def fetchMore(self, parent: Index = NO_PARENT) -> None:
        self._is_reading = True
        offset = len(self._items)
        self._session.read(
            partial(self._session.readers.orders, offset, PAGE), partial(self._go_on, offset), latest="more orders"
        )

    def _begin(self, limit: int, items: tuple[OrderItem, ...]) -> None:
        self.beginResetModel()
        self._items = list(items)
        self._rows = [self._row(item) for item in items]
        self._has_more = len(items) == limit
        self._is_reading = False
        self.endResetModel()
        self.counted.emit()

    def _go_on(self, offset: int, items: tuple[OrderItem, ...]) -> None:
        self._is_reading = False
        if offset != len(self._items):
            return
        self._has_more = len(items) == PAGE
        if items:
            self.beginInsertRows(QModelIndex(), offset, offset + len(items) - 1)
            self._items += items
            self._rows += [self._row(item) for item in items]
            self.endInsertRows()

    def _row(self, item: OrderItem) -> Row:
        words = self.tr("{number} · édition {year} · signée le {day}").format(
            number=item.number, year=item.edition, day=formats.date_short(item.signed_on)
        )
        return Row(
            title=item.account_name,
            subtitle=words,
            chips=(Chip(self._session.words("statuses", item.status), _STATUS.get(item.status, "plain")),),
            amount=formats.amount_runs(item.net),
            chevron=True,
            key=item.id,
        )
