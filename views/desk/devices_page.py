"""Devices: who holds which, when it was there last, and what shuts it out, wipes it or lets it in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.ports.devices import DeviceCode, DeviceItem, DevicePerson
from views.desk.device_dialogs import CodeDialog, DeviceDialog, PersonDialog, WipeDialog
from views.desk.devices_model import NARROWINGS, DevicesModel
from views.shell.list_page import ListPage
from views.shell.page import Navigation, PageAction, Shell
from views.shell.session import Session
from views.widgets.buttons import Button
from views.widgets.empty_page import EmptyPage
from views.widgets.overlay import Dialog
from views.widgets.two_line_delegate import TwoLineDelegate


class DevicesPage(ListPage):
    """An administrator's page; a rep finds their own devices here, and may shut one out."""

    name = "devices"
    rail = "devices"

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        none = EmptyPage(self.tr("Aucun appareil ici."), self.tr("La liste vient du centre, quand il répond."))
        super().__init__(session, navigation, shell, none=none, delegate=TwoLineDelegate(amounts=False))
        self.model = DevicesModel(session, self)
        self.model.changed.connect(self.show_rows)
        self.list.setAccessibleName(self.tr("Appareils"))
        words = {"active": self.tr("En service"), "gone": self.tr("Sortis"), "all": self.tr("Tous")}
        self.add_pills([(key, words[key]) for key in NARROWINGS])
        self.new_code = Button(self.tr("Nouveau code"), "fill", "plus", parent=self)
        self.new_code.clicked.connect(self.ask_person)
        self._head()

    def enter(self, **where: str) -> None:
        self.press(where.get("show", "active"))
        self.model.wake()
        self.show_rows()

    def leave(self) -> None:
        self.model.sleep()

    def header_actions(self) -> Sequence[QWidget]:
        return (self.new_code,)

    def offers(self) -> Sequence[PageAction]:
        save = PageAction(text=self.tr("Enregistrer ce qui n’est pas parti"), icon="lock", do=self._choose_file)
        return (save,)

    def show_rows(self) -> None:
        if self.model.items is None:
            self.show_none(nothing=True)
            self._head()
            return
        for key in NARROWINGS:
            self.pills[key].set_count(len(self.model.matching(key)))
        rows = self.model.rows(self.narrowing)
        self.rows_model().set_rows(rows)
        self.show_none(nothing=not rows)
        self._head(self.tr("%n appareil(s)", "", len(rows)))

    def open_row(self, key: str) -> None:
        item = self.model.item(key)
        if item is None:
            return
        dialog = DeviceDialog(self.window(), self.model, item)
        dialog.revoke_asked.connect(partial(self.model.revoke, item))
        dialog.wipe_asked.connect(partial(self.confirm_wipe, item))
        dialog.cancel_asked.connect(partial(self.model.cancel_wipe, item))
        dialog.recovery_asked.connect(partial(self.model.recovery_code, item, partial(self._show_recovery, item)))
        self._show(dialog)

    def confirm_wipe(self, item: DeviceItem) -> None:
        """Say what will happen before it is ordered."""
        dialog = WipeDialog(self.window(), item)
        dialog.ordered.connect(partial(self.model.order_wipe, item))
        self._show(dialog)

    def ask_person(self) -> None:
        """Ask for whom a code is made."""
        self.model.people(self._show_people)

    def _show_people(self, people: tuple[DevicePerson, ...]) -> None:
        dialog = PersonDialog(self.window(), people)
        dialog.chosen.connect(self.show_code_for)
        self._show(dialog)

    def show_code_for(self, login: str) -> None:
        """Have a code made for a person and show it."""
        self.model.enrolment_code(login, self._show_code)

    def _show_code(self, code: DeviceCode) -> None:
        self._show(CodeDialog(self.window(), self.tr("Code d’inscription"), code, self.model.until(code)))

    def _show_recovery(self, item: DeviceItem, code: DeviceCode) -> None:
        title = self.tr("Code de récupération de {device}").format(device=item.name)
        self._show(CodeDialog(self.window(), title, code, self.model.until(code)))

    def _show(self, dialog: Dialog) -> None:
        dialog.closed.connect(dialog.deleteLater)
        self.shell.show_over(dialog)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Enregistrer ce qui n’est pas parti"), "tournee.sealed")
        if chosen:
            self.model.save_unsent(Path(chosen))

    def _head(self, subtitle: str = "") -> None:
        self.new_code.setVisible(self.model.looks_after_all)
        self.set_head(self.tr("Appareils") if self.model.looks_after_all else self.tr("Mes appareils"), subtitle)
