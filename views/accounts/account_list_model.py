"""The list of accounts: as long as there are accounts, and read a window at a time where one looks."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.accounts.account import AccountStatus
from app.domain.money import ZERO, Money
from app.ports.readers import AccountFilter, AccountItem
from views import formats
from views.shell.session import Session
from views.shell.theme import Chip
from views.widgets.rows import ACCESSIBLE_ROLE, DISPLAY_ROLE, KEY_ROLE, ROW_ROLE, Row

PAGE = 40
"""Rows read at a time: a screenful and a half."""
KEPT_PAGES = 50
"""Pages kept in memory; the one looked at longest ago goes first."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Window:
    """What one read gives: how many match, what they have running, and one page of them."""

    count: int
    running: Money
    items: tuple[AccountItem, ...]


class AccountListModel(QAbstractListModel):
    """Answers `ROW_ROLE` with a Row, or None while it is still being read; never sorts or filters by itself."""

    NO_PARENT: ClassVar[QModelIndex] = QModelIndex()
    counted = Signal()
    """Another filter is in force and its first rows are there."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = AccountFilter()
        self._count = 0
        self._running = ZERO
        self._pages: OrderedDict[int, tuple[AccountItem, ...]] = OrderedDict()
        self._rows: dict[int, Row] = {}
        self._asked: set[int] = set()
        self._generation = 0

    @property
    def filter(self) -> AccountFilter:
        """What the list holds."""
        return self._filter

    @property
    def count(self) -> int:
        """How many accounts match."""
        return self._count

    @property
    def running(self) -> Money:
        """What they have running, net."""
        return self._running

    def ask(self, wanted: AccountFilter) -> None:
        """Show the accounts of another filter; what was asked before and has not come is dropped."""
        self._filter = wanted
        self._generation += 1
        self._session.read(
            partial(self._read_window, wanted), partial(self._show_window, self._generation), latest="accounts"
        )

    def read_again(self) -> None:
        """Read what shows again: something was touched."""
        self.ask(self._filter)

    def item(self, row: int) -> AccountItem | None:
        """The account of a row, None while it is not read."""
        items = self._pages.get(row // PAGE)
        place = row % PAGE
        return items[place] if items is not None and place < len(items) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> object:
        row = self._row(index.row())
        if role == ROW_ROLE or row is None:
            return row
        if role == DISPLAY_ROLE:
            return row.title
        if role == ACCESSIBLE_ROLE:
            return row.spoken()
        return row.key if role == KEY_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # ------------------------------------------------------------------------------------------- reading
    def _row(self, place: int) -> Row | None:
        row = self._rows.get(place)
        if row is None:
            item = self.item(place)
            if item is not None:
                # Words are found for what is looked at, not for all that was read.
                row = self._rows[place] = self._worded(item)
            elif place // PAGE not in self._pages:
                self._read_page(place // PAGE)
        return row

    # Runs on the reading side.
    def _read_window(self, wanted: AccountFilter) -> _Window:
        items = self._session.readers.accounts(wanted, 0, PAGE)
        count, running = self._session.readers.count_accounts(wanted)
        return _Window(count, running, items)

    def _show_window(self, generation: int, window: _Window) -> None:
        if generation != self._generation:
            return
        same_length = window.count == self._count
        if not same_length:
            self.beginResetModel()
        self._count, self._running = window.count, window.running
        self._pages.clear()
        self._rows.clear()
        self._asked.clear()
        self._keep(0, window.items)
        if same_length:
            if self._count:
                self.dataChanged.emit(self.index(0), self.index(self._count - 1))
        else:
            self.endResetModel()
        self.counted.emit()

    def _read_page(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        self._session.read(
            partial(self._session.readers.accounts, self._filter, page * PAGE, PAGE),
            partial(self._show_page, self._generation, page),
        )

    def _show_page(self, generation: int, page: int, items: tuple[AccountItem, ...]) -> None:
        if generation != self._generation:
            return
        self._keep(page, items)
        last = min(self._count, page * PAGE + len(items)) - 1
        if last >= page * PAGE:
            self.dataChanged.emit(self.index(page * PAGE), self.index(last))

    def _keep(self, page: int, items: tuple[AccountItem, ...]) -> None:
        self._pages[page] = items
        for place in range(page * PAGE, page * PAGE + len(items)):
            self._rows.pop(place, None)
        self._asked.add(page)
        while len(self._pages) > KEPT_PAGES:
            old, gone = self._pages.popitem(last=False)
            self._asked.discard(old)
            for place in range(old * PAGE, old * PAGE + len(gone)):
                self._rows.pop(place, None)

    # ------------------------------------------------------------------------------------------- words
    def _worded(self, item: AccountItem) -> Row:
        renew = ""
        if item.renew_by is not None:
            renew = self.tr("avant le {day}").format(day=formats.day_month(item.renew_by))
        left = self.tr("reste {count}").format(count=item.left_to_do) if item.left_to_do else ""
        return Row(
            title=item.trade_name,
            subtitle=" · ".join(filter(None, (item.activity, item.city, self._what_comes(item)))),
            chips=self._chips(item),
            amount=formats.amount_runs(item.running_net),
            amount_sub=renew,
            trailing=left,
            key=item.id,
        )

    def _what_comes(self, item: AccountItem) -> str:
        if item.next_visit is not None:
            visit = item.next_visit.astimezone()
            return self.tr("visite {day} à {hour}").format(
                day=formats.day_month(visit.date()), hour=formats.formats().time(visit)
            )
        if item.to_confirm:
            return self.tr("signé, à confirmer")
        return self.tr("proposition à finir") if item.drafts else ""

    def _chips(self, item: AccountItem) -> tuple[Chip, ...]:
        chips: list[Chip] = []
        if item.status is not AccountStatus.ACTIVE:
            chips.append(Chip(self._session.words("statuses", item.status), "danger"))
        if item.rejections:
            chips.append(Chip(self.tr("Rejet"), "danger"))
        if item.email_missing:
            chips.append(Chip(self.tr("E-mail manquant"), "warn"))
        if item.to_confirm:
            chips.append(Chip(self.tr("Signé, à confirmer"), "info"))
        elif item.drafts:
            chips.append(Chip(self.tr("Brouillon")))
        return tuple(chips)


def with_text(wanted: AccountFilter, text: str) -> AccountFilter:
    """The same filter with other words typed."""
    return replace(wanted, text=text)
