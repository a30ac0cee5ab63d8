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
        self._has = has
        self.entries = self._there_are(looks_after_devices=session.looks_after_devices)
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

    def look_after_devices(self, *, does: bool) -> None:
        """Lead to the devices from the rail, or no more: the centre said so of this person."""
        entries = self._there_are(looks_after_devices=does)
        if entries != self.entries:
            self.entries = entries
            self.rail.show_entries(entries)

    def _there_are(self, *, looks_after_devices: bool) -> list[RailEntry]:
        entries = (*self._all_entries(), *((self._devices(),) if looks_after_devices else ()))
        return [entry for entry in entries if self._has(entry.page)]

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
