"""Asks before an account is loaded that no visit is near of, and finds an account of the team to load."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from app.domain.refusal import Refusal
from app.ports.loads import Loads, TeamAccount
from app.ports.trouble import Trouble
from app.usecases.accounts.load_account import SOON
from views import formats
from views.shell.session import Session
from views.shell.theme import SMALL, theme
from views.widgets.buttons import Button
from views.widgets.fields import SearchField
from views.widgets.labels import Paragraph
from views.widgets.list_rows import ListRows
from views.widgets.overlay import Dialog
from views.widgets.rows import KEY_ROLE, Row, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate


class LoadDialog(Dialog):
    """Says what loading brings and until when; nothing is asked where an appointment is near."""

    confirmed = Signal()

    def __init__(self, window: QWidget, session: Session, account: str) -> None:
        until = formats.date_short(session.clock.today() + timedelta(days=SOON.days))
        words = self.tr(
            "Aucun rendez-vous dans les {days} jours. Ses commandes, son plan et tous ses documents "
            "resteront sur cet appareil jusqu’au {until}."
        )
        title = self.tr("Charger {account} pour la visite ?").format(account=account)
        super().__init__(window, title, words.format(days=SOON.days, until=until), width=theme().px("form"))
        self.keep = self.add_button(Button(self.tr("Ne pas charger"), "plain"))
        self.keep.clicked.connect(self.close_overlay)
        self.confirm = self.add_button(Button(self.tr("Charger"), "fill"))
        self.confirm.clicked.connect(self._confirm)

    def first_focus(self) -> QWidget | None:
        return self.confirm

    def _confirm(self) -> None:
        self.close_overlay()
        self.confirmed.emit()


class TeamDialog(Dialog):
    """Finds accounts of colleagues at the centre; the one that is opened is the one to load."""

    chosen = Signal(object)
    """The TeamAccount to load."""

    def __init__(self, window: QWidget, session: Session, loads: Loads) -> None:
        words = self.tr("Le compte d’un collègue se charge pour la visite et repart ensuite. Il faut le réseau.")
        super().__init__(window, self.tr("Chercher un compte de l’équipe"), words)
        self._session = session
        self._loads = loads
        self._found: dict[str, TeamAccount] = {}
        self.search = SearchField(self.tr("Nom, ville, numéro"))
        self.search.asked.connect(self._ask)
        self.list = ListRows(TwoLineDelegate())
        self.list.setAccessibleName(self.tr("Comptes de l’équipe"))
        self.list.setFixedHeight(theme().px("form") // 2)
        self.list.opened.connect(self._choose)
        self.said = Paragraph("", SMALL)
        for widget in (self.search, self.said, self.list):
            self.body.addWidget(widget)
        self.load = self.add_button(Button(self.tr("Charger"), "fill"))
        self.load.clicked.connect(self._choose_current)
        self._show(())
        self._say(self.tr("Tapez deux lettres au moins."))

    def first_focus(self) -> QWidget | None:
        return self.search

    def _ask(self, text: str) -> None:
        if len("".join(text.split())) < 2:
            self._show(())
            self._say(self.tr("Tapez deux lettres au moins."))
            return
        self._session.read(
            partial(_looked_up, self._loads, text), self._answered, latest="team accounts", refused=self._refused
        )

    def _answered(self, found: Sequence[TeamAccount] | Trouble) -> None:
        if isinstance(found, Trouble):
            self._show(())
            is_offline = found.code == "OFFLINE"
            far = self.tr("Le centre n’est pas joignable : cette recherche demande le réseau.")
            self._say(far if is_offline else self._session.words("troubles", found.code, found.facts))
            return
        self._show(found)
        self._say("" if found else self.tr("Aucun compte de l’équipe ne correspond."))

    def _refused(self, refusal: Refusal) -> None:
        self._show(())
        self._say(self._session.words("refusals", refusal.code, refusal.facts))

    def _say(self, words: str) -> None:
        self.said.set_text(words)
        self.said.setVisible(bool(words))

    def _show(self, found: Sequence[TeamAccount]) -> None:
        self._found = {hit.id: hit for hit in found}
        model = self.list.model()
        if isinstance(model, RowsModel):
            model.set_rows([_row(hit) for hit in found])
        if found:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.load.setEnabled(bool(found))

    def _choose_current(self) -> None:
        self._choose(self.list.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        found = self._found.get(str(index.data(KEY_ROLE)))
        if found is not None:
            self.close_overlay()
            self.chosen.emit(found)


def _looked_up(loads: Loads, text: str) -> Sequence[TeamAccount] | Trouble:
    """Search; that there is no network is said in the dialog, not over the page."""
    try:
        return loads.find(text)
    except Trouble as trouble:
        return trouble


def _row(hit: TeamAccount) -> Row:
    where = (hit.city, hit.number, hit.rep)
    return Row(title=hit.trade_name, subtitle=" · ".join(filter(None, where)), key=hit.id)
