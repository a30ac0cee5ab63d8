"""The loss dialog: which of the three losses it is, why, on which day, and what happens then."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QWidget

from app.domain.sales.losses import LossKind, LossReason
from views.formats import formats
from views.sales.dropped import Dropped
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.check_row import RadioRow
from views.widgets.choices import CheckBox
from views.widgets.labels import ChipLabel, label
from views.widgets.overlay import Dialog

_KINDS = {LossKind.PRODUCT: "warn", LossKind.RANGE: "warn", LossKind.TOTAL: "danger"}


class ReasonChooser(QWidget):
    """The reasons of the list in two columns, one press each."""

    chosen = Signal(object)
    """The LossReason somebody chose."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._reasons = tuple(LossReason)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().space(2))
        grid.setVerticalSpacing(0)
        half = (len(self._reasons) + 1) // 2
        for index, reason in enumerate(self._reasons):
            words = session.words("loss_reasons", reason.value)
            row = RadioRow(words[0].upper() + words[1:])
            self._group.addButton(row, index)
            grid.addWidget(row, index % half, index // half)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._reasons[index]))

    def reason(self) -> LossReason | None:
        """The reason that is chosen, None before one is."""
        index = self._group.checkedId()
        return self._reasons[index] if index >= 0 else None

    def row(self, reason: LossReason) -> RadioRow:
        """The row of a reason."""
        row = self._group.button(self._reasons.index(reason))
        assert isinstance(row, RadioRow)  # noqa: S101 - the group holds nothing else
        return row


class LossDialog(Dialog):
    """Asks why; where the whole account goes with it, it asks for that to be said."""

    confirmed = Signal(object)
    """The LossReason that was chosen."""

    def __init__(self, window: QWidget, session: Session, dropped: Dropped, account: str) -> None:
        super().__init__(window, self._title(dropped), self._what_happens(dropped, account), width=640)
        look = theme()
        facts = QHBoxLayout()
        facts.setSpacing(look.space(3))
        kind = session.words("loss_kinds", dropped.kind.value)
        facts.addWidget(ChipLabel(kind, _KINDS[dropped.kind]))
        said = self.tr("{amount} HT par édition, en date du {day}").format(
            amount=formats().amount_euro(dropped.net), day=formats().date_short(session.clock.today())
        )
        facts.addWidget(label(said, "muted"), 1)
        self.body.addLayout(facts)
        self.body.addSpacing(look.space(1))
        self.body.addWidget(label(self.tr("Pourquoi, selon le client"), "strong"))
        self.reasons = ReasonChooser(session)
        self.body.addWidget(self.reasons)
        self.sure: CheckBox | None = None
        if dropped.kind is LossKind.TOTAL:
            self.sure = CheckBox(self.tr("Oui, {account} ne renouvelle rien").format(account=account))
            self.sure.toggled.connect(self._weigh)
            self.body.addWidget(self.sure)
        self.waiting = label("", "small")
        self.add_foot(self.waiting)
        self.keep = self.add_button(Button(self.tr("Ne rien changer"), "plain"))
        self.keep.clicked.connect(self.close_overlay)
        self.confirm = self.add_button(Button(self._verb(dropped), "fill"))
        self.confirm.clicked.connect(self._confirm)
        self.reasons.chosen.connect(self._weigh)
        self._weigh()

    def _weigh(self, _: object = None) -> None:
        lacks_reason = self.reasons.reason() is None
        lacks_word = self.sure is not None and not self.sure.isChecked()
        self.confirm.setEnabled(not (lacks_reason or lacks_word))
        words = ""
        if lacks_reason:
            words = self.tr("possible dès qu’une raison est choisie")
        elif lacks_word:
            words = self.tr("possible dès que c’est coché")
        self.waiting.setText(words)

    def _confirm(self) -> None:
        reason = self.reasons.reason()
        if reason is not None:
            self.close_overlay()
            self.confirmed.emit(reason)

    def _title(self, dropped: Dropped) -> str:
        if dropped.kind is LossKind.TOTAL:
            return self.tr("Plus rien ne reste")
        if dropped.kind is LossKind.RANGE:
            return self.tr("Abandonner {number} {range}").format(number=dropped.number, range=dropped.what)
        return self.tr("Annuler « {product} »").format(product=dropped.what)

    def _what_happens(self, dropped: Dropped, account: str) -> str:
        if dropped.kind is LossKind.TOTAL:
            return " ".join(
                (
                    self.tr("C’est tout ce que {account} avait encore.").format(account=account),
                    self.tr("La proposition et ses simulations se ferment, rien ne part en production."),
                    self.tr("La chute peut être révoquée tant que le centre n’a rien fait."),
                )
            )
        if dropped.kind is LossKind.RANGE:
            gone = self.tr("La gamme sort de la proposition, le bon n’en garde aucune trace et la chute est notée.")
            if dropped.is_line:
                return self.tr("C’est la dernière ligne de {number}.").format(number=dropped.number) + " " + gone
            return gone
        if dropped.is_only_added:
            return self.tr("La ligne n’était qu’ajoutée ici : elle est barrée, et ce n’est pas une chute.")
        stays = self.tr("La ligne est barrée dans {number}, le reste de la gamme continue.")
        return stays.format(number=dropped.number) + " " + self.tr("La commande le dira à la production.")

    def _verb(self, dropped: Dropped) -> str:
        if dropped.kind is LossKind.TOTAL:
            return self.tr("Noter la chute totale")
        if dropped.kind is LossKind.RANGE:
            return self.tr("Abandonner {number}").format(number=dropped.number)
        return self.tr("Annuler la ligne")
