"""One line in the hand: quantity and discount, where columns are too narrow or fingers too thick."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.refusal import Refusal
from app.domain.sales.editing import changed_line, with_line
from app.domain.sales.pricing import MOST_PIECES
from app.domain.sales.proposal import Line, Proposal
from views.formats import amount_runs, percent
from views.sales.proposal_words import line_where
from views.shell.session import Session
from views.shell.theme import LEFT, Ink, theme
from views.widgets.buttons import Button
from views.widgets.fields import LabelledField
from views.widgets.figure_fields import PercentField
from views.widgets.labels import AmountLabel, Paragraph, label
from views.widgets.overlay import Dialog
from views.widgets.stepper import Stepper


class LineDialog(Dialog):
    """Shows what the line would come to while one changes it."""

    kept = Signal(int, int)
    """The quantity (pieces) and the discount (basis points)."""
    place_asked = Signal()
    replace_asked = Signal()
    drop_asked = Signal()

    def __init__(self, window: QWidget, session: Session, proposal: Proposal, line: Line, limit: int) -> None:
        """`limit` is the discount the rep may give, in basis points."""
        super().__init__(window, line.label, line_where(line), width=640)
        self._session, self._proposal, self._edited = session, proposal, line
        look = theme()
        self.quantity = Stepper(line.quantity, 1, MOST_PIECES)
        self.discount = PercentField(line.discount)
        fields = QHBoxLayout()
        fields.setSpacing(look.space(6))
        fields.addWidget(LabelledField(self.tr("Quantité"), self.quantity))
        hint = self.tr("Votre limite : {limit}").format(limit=percent(limit))
        self._discount_row = LabelledField(self.tr("Remise"), self.discount, hint)
        fields.addWidget(self._discount_row)
        fields.addStretch(1)
        self.amount = AmountLabel((), Ink(size="title", weight="strong"), align=LEFT)
        amount = QHBoxLayout()
        amount.setSpacing(look.space(2))
        amount.addWidget(self.amount)
        amount.addWidget(label(self.tr("HT"), "muted"))
        amount.addStretch(1)
        self.said = Paragraph("", Ink("text-2", "small"))
        self.body.addLayout(fields)
        self.body.addLayout(amount)
        self.body.addWidget(self.said)
        self.choose_place = Button(self.tr("Emplacement…"), "link")
        self.choose_place.hide()
        self.replace = Button(self.tr("Remplacer le produit…"), "link")
        self.drop = Button(self.tr("Annuler la ligne…"), "danger-plain")
        ways = QHBoxLayout()
        ways.setContentsMargins(-look.px("button_pad_plain"), 0, 0, 0)
        ways.addWidget(self.choose_place)
        ways.addWidget(self.replace)
        ways.addWidget(self.drop)
        ways.addStretch(1)
        self.add_foot(ways)
        self.keep = self.add_button(Button(self.tr("Garder"), "fill", "check"))
        self.keep.clicked.connect(self._keep)
        for button, wanted in (
            (self.choose_place, self.place_asked),
            (self.replace, self.replace_asked),
            (self.drop, self.drop_asked),
        ):
            button.clicked.connect(self.close_overlay)
            button.clicked.connect(wanted)
        self.quantity.read_again.connect(self._weigh)
        self.discount.read_again.connect(self._weigh)
        self._weigh()

    def _changed(self) -> Line:
        return changed_line(self._edited, quantity=self.quantity.value(), discount=self.discount.basis_points() or 0)

    def _weigh(self) -> None:
        problem = self.quantity.problem() or self.discount.problem()
        if problem:
            self.said.set_text(problem)
            self.keep.setEnabled(False)
            return
        try:
            after = with_line(self._proposal, self._changed())
        except Refusal as refusal:
            self.said.set_text(self._session.words("refusals", refusal.code, refusal.facts))
            self.keep.setEnabled(False)
            return
        line = next(one for one in after.lines if one.id == self._edited.id)
        self.amount.set_runs(amount_runs(line.net))
        self.said.set_text("")
        self.keep.setEnabled(True)

    def _keep(self) -> None:
        self.close_overlay()
        self.kept.emit(self.quantity.value(), self.discount.basis_points() or 0)
