"""What changes in the published details of a sub-order: a note that goes to customer service with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.sales.proposal import SubOrder
from views.sales.proposal_words import amendment_name
from views.widgets.buttons import Button
from views.widgets.fields import LabelledField, TextField
from views.widgets.overlay import Dialog


class DetailsDialog(Dialog):
    """One sentence, facts only; emptied, it takes the change back."""

    kept = Signal(str)

    def __init__(self, window: QWidget, part: SubOrder) -> None:
        named = amendment_name(part) or part.number
        title = self.tr("Coordonnées de {number} {range}").format(number=named, range=part.range_name)
        words = self.tr("Dites ce qui change ; le service client le reçoit avec la modification.")
        super().__init__(window, title, words, width=640)
        self.note = TextField(part.details_note, self.tr("Le nouveau téléphone et le nouveau site"))
        self.body.addWidget(LabelledField(self.tr("Ce qui change"), self.note, self.tr("Vide : rien ne change.")))
        self.cancel = self.add_button(Button(self.tr("Ne rien changer"), "plain"))
        self.cancel.clicked.connect(self.close_overlay)
        self.keep = self.add_button(Button(self.tr("Garder"), "fill", "check"))
        self.keep.clicked.connect(self._keep)
        self.note.returnPressed.connect(self._keep)

    def _keep(self) -> None:
        self.close_overlay()
        self.kept.emit(self.note.text())
