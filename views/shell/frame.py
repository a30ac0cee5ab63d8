"""The fixed part of the window: rail, header, notices, and the stack of pages; it folds when the window is upright."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from views.shell.header import Header
from views.shell.notice_area import NoticeArea
from views.shell.rail import Rail, RailEntry
from views.shell.session import Session


class Frame(QWidget):
    """Made anew when another language is spoken; the pages are its guests."""

    def __init__(self, session: Session, has: Callable[[str], bool], parent: QWidget | None = None) -> None:
        """`has` says which pages exist: the rail shows no other."""
        super().__init__(parent)
        looks_after = session.devices is not None and session.devices.is_administrator
        entries = (*self._all_entries(), *((self._devices(),) if looks_after else ()))
        self.entries = [entry for entry in entries if has(entry.page)]
        self.rail = Rail(self.entries)
        self.header = Header()
        self.notices = NoticeArea(session.background)
        self.stack = QStackedWidget()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(self.header, 0, 1)
        self._grid.addWidget(self.notices, 1, 1)
        self._grid.addWidget(self.stack, 2, 1)
        self._grid.setRowStretch(2, 1)
        self._grid.setColumnStretch(1, 1)
        self.fold(upright=False)

    def fold(self, *, upright: bool) -> None:
        """Lay the rail at the bottom of an upright window, at the left of a lying one."""
        self._grid.removeWidget(self.rail)
        if upright:
            self._grid.addWidget(self.rail, 3, 1)
        else:
            self._grid.addWidget(self.rail, 0, 0, 3, 1)
        self.rail.set_upright(upright)
        self.header.fold(upright=upright)
        self.notices.fold(upright=upright)

    def _devices(self) -> RailEntry:
        return RailEntry("devices", self.tr("Appareils"), "lock")

    def _all_entries(self) -> tuple[RailEntry, ...]:
        return (
            RailEntry("today", self.tr("Aujourd’hui"), "today"),
            RailEntry("accounts", self.tr("Comptes"), "accounts"),
            RailEntry("proposals", self.tr("Propositions"), "proposal"),
            RailEntry("orders", self.tr("Commandes"), "orders"),
            RailEntry("requests", self.tr("Service"), "service"),
            RailEntry("catalogue", self.tr("Catalogue"), "catalogue"),
            RailEntry("dashboard", self.tr("Tableau"), "dash"),
            RailEntry("sync", self.tr("Synchro"), "sync"),
        )
