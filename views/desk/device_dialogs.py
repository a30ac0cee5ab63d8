"""The dialogs about a device: what is known of it and what may be done, a wipe named before it is ordered, a code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ports.devices import DeviceCode, DeviceItem, DevicePerson, DeviceState
from views.desk.devices_model import DevicesModel
from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.labels import ElidedLabel, Paragraph, label
from views.widgets.list_rows import ListRows
from views.widgets.overlay import Dialog
from views.widgets.rows import KEY_ROLE, Row, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate

WIDTH = 640


class DeviceDialog(Dialog):
    """A device: what the centre knows of it, and what may be done with it now."""

    revoke_asked = Signal()
    wipe_asked = Signal()
    cancel_asked = Signal()
    recovery_asked = Signal()

    def __init__(self, window: QWidget, model: DevicesModel, item: DeviceItem) -> None:
        super().__init__(window, model.title(item), model.state(item), width=WIDTH)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().space(5))
        grid.setVerticalSpacing(theme().space(2))
        for place, (name, words) in enumerate(model.facts(item)):
            grid.addWidget(label(name, "muted"), place, 0)
            grid.addWidget(ElidedLabel(words), place, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addSpacing(theme().space(3))
        self.buttons: dict[str, Button] = {}
        is_open = item.state in {DeviceState.ACTIVE, DeviceState.REVOKED}
        if model.looks_after_all and item.state is DeviceState.ACTIVE and item.is_entrusted:
            self._offer("recovery", self.tr("Code de récupération"), "plain", self.recovery_asked)
        if item.state is DeviceState.ACTIVE:
            self._offer("revoke", self.tr("Exclure"), "line", self.revoke_asked)
        if model.looks_after_all and is_open:
            self._offer("wipe", self.tr("Effacer…"), "danger", self.wipe_asked)
        if model.looks_after_all and item.state is DeviceState.WIPE_ASKED:
            self._offer("cancel", self.tr("Annuler l’effacement"), "fill", self.cancel_asked)

    def _offer(self, name: str, words: str, kind: str, asked: object) -> None:
        button = self.add_button(Button(words, kind))
        button.clicked.connect(self.close_overlay)
        button.clicked.connect(asked)
        self.buttons[name] = button


class WipeDialog(Dialog):
    """Says which device goes and what happens, before it is ordered."""

    ordered = Signal()

    def __init__(self, window: QWidget, item: DeviceItem) -> None:
        title = self.tr("Effacer {device}, de {holder}").format(device=item.name, holder=item.holder)
        super().__init__(window, title, width=WIDTH)
        for words in (
            self.tr("À son prochain contact, l’appareil envoie ce qu’il n’a pas encore envoyé."),
            self.tr("Ce qui ne peut pas partir est scellé pour l’organisation et gardé."),
            self.tr("Puis il détruit sa clé, son coffre et ses copies, et le centre ne l’admet plus."),
            self.tr("L’ordre s’annule tant que l’appareil ne l’a pas reçu."),
        ):
            self.body.addWidget(Paragraph(words))
        self.body.addSpacing(theme().space(3))
        keep = self.add_button(Button(self.tr("Garder l’appareil"), "plain"))
        keep.clicked.connect(self.close_overlay)
        self.order = self.add_button(Button(self.tr("Effacer {device}").format(device=item.name), "danger"))
        self.order.clicked.connect(self.close_overlay)
        self.order.clicked.connect(self.ordered)


class PersonDialog(Dialog):
    """Asks for whom a code is made: pressing a person makes it."""

    chosen = Signal(str)
    """The login."""

    def __init__(self, window: QWidget, people: Sequence[DevicePerson]) -> None:
        words = self.tr("Il inscrit un appareil, une fois, dans la journée.")
        super().__init__(window, self.tr("Nouveau code d’inscription"), words, width=WIDTH)
        self.people = ListRows(TwoLineDelegate(amounts=False))
        self.people.setAccessibleName(self.tr("Personnes"))
        look = theme()
        self.people.setFixedHeight(min(max(len(people), 1) * look.px("row"), look.px("list_min")))
        model = self.people.model()
        if isinstance(model, RowsModel):
            model.set_rows([Row(title=each.name, subtitle=each.login, key=each.login, chevron=True) for each in people])
        self.people.opened.connect(self._choose)
        # The rows stand out to both sides, so that their words are in line with the title.
        around = self.body.contentsMargins()
        out = look.px("row_out")
        self.body.setContentsMargins(around.left() - out, around.top(), around.right() - out, look.space(4))
        self.body.addWidget(self.people)
        none = self.add_button(Button(self.tr("Fermer"), "plain"))
        none.clicked.connect(self.close_overlay)

    def _choose(self, index: QModelIndex) -> None:
        self.close_overlay()
        self.chosen.emit(str(index.data(KEY_ROLE)))


class CodeDialog(Dialog):
    """Shows a code, large enough to be read out, and copies it."""

    def __init__(self, window: QWidget, title: str, code: DeviceCode, until: str) -> None:
        super().__init__(window, title, until, width=WIDTH)
        shown = label(code.code, "display")
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(shown)
        self.body.addWidget(label(self.tr("Il ne sera plus montré."), "strong"))
        self.body.addSpacing(theme().space(3))
        done = self.add_button(Button(self.tr("Fermer"), "plain"))
        done.clicked.connect(self.close_overlay)
        copy = self.add_button(Button(self.tr("Copier"), "fill", "copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(code.code))
