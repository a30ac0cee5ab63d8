"""The split before it is made: what stands together, where the rest goes, and that the sum is the same."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.sales.anomalies import Circumstances, Severity, anomalies
from app.domain.sales.losses import LossReason
from app.usecases.sales.split_proposal import apart_name
from views.formats import amount_euro, amount_runs
from views.sales.proposal_points import blocking, points
from views.sales.proposal_words import instalments_words
from views.sales.split_flow import Flow, SourceRow
from views.sales.split_preview import Destination, Place, SplitPreview
from views.shell.session import Session
from views.shell.theme import BODY, LEFT, SMALL, STRONG, Ink, set_surface, theme
from views.widgets.buttons import Button
from views.widgets.fields import LabelledField, SelectField
from views.widgets.labels import AmountLabel, ChipLabel, ElidedLabel, Paragraph, label, rule
from views.widgets.notice import IconLabel
from views.widgets.overlay import Dialog

_CHIPS = {
    Place.STAYS: "accent",
    Place.APART: "danger",
    Place.CUSTOMER_SERVICE: "warn",
    Place.RANGE_LOSS: "plain",
}


class SplitDialog(Dialog):
    """Shows the split; `confirmed` carries the reason of what is lost with it."""

    confirmed = Signal(object)
    """The LossReason of the ranges that leave; OTHER where none does."""

    def __init__(
        self, window: QWidget, session: Session, preview: SplitPreview, around: Circumstances | None = None
    ) -> None:
        """`around` lets the dialog say whether what stays can be validated."""
        self._session, self._preview, self._around = session, preview, around
        title = self.tr("Dissocier « {proposal} »").format(proposal=preview.proposal.name)
        super().__init__(window, title, self._places_words())
        self.reason: SelectField | None = None
        look = theme()
        across = QHBoxLayout()
        across.setSpacing(0)
        sources = QVBoxLayout()
        sources.setSpacing(0)
        rows = self._fill_sources(sources)
        across.addLayout(sources, 5)
        flow = Flow()
        across.addWidget(flow)
        places = QVBoxLayout()
        places.setSpacing(look.space(3))
        cards = {there.place: self._card(there) for there in preview.destinations}
        for card in cards.values():
            places.addWidget(card)
        places.addStretch(1)
        across.addLayout(places, 7)
        self.body.addLayout(across)
        self.body.addSpacing(look.space(2))
        flow.set_ways(
            [(rows[part.id], cards[there.place], there.place) for there in preview.destinations for part in there.parts]
        )
        self.add_foot(self._sum())
        self.keep = self.add_button(Button(self.tr("Ne rien changer"), "plain"))
        self.keep.clicked.connect(self.close_overlay)
        self.confirm = self.add_button(Button(self.tr("Dissocier"), "fill", "split"))
        self.confirm.clicked.connect(self._confirm)
        self._weigh()

    def first_focus(self) -> QWidget | None:
        """The button that does it, or the reason it waits for."""
        return self.reason or self.confirm

    # ------------------------------------------------------------------------------------------- what there is now
    def _fill_sources(self, column: QVBoxLayout) -> dict[str, QWidget]:
        look = theme()
        caption = label(self.tr("Maintenant · 1 proposition"), "small-quiet")
        caption.setFixedHeight(look.space(6) + 2)
        column.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop)
        rows: dict[str, QWidget] = {}
        for part in self._preview.sources:
            rows[part.id] = SourceRow(part.number, part.range_name, part.net, is_wrong=part.is_negative)
            column.addWidget(rows[part.id])
        column.addSpacing(look.space(2))
        column.addWidget(rule())
        sum_row = QHBoxLayout()
        sum_row.setContentsMargins(0, look.space(4), 0, 0)
        sum_row.addWidget(label(self.tr("Total HT"), "muted"), 1)
        sum_row.addWidget(AmountLabel(amount_runs(self._preview.net_before), STRONG))
        column.addLayout(sum_row)
        column.addStretch(1)
        return rows

    # ------------------------------------------------------------------------------------------- where it goes
    def _card(self, there: Destination) -> QFrame:
        look = theme()
        card = QFrame()
        set_surface(card, "tile")
        column = QVBoxLayout(card)
        column.setContentsMargins(look.px("button_pad"), look.px("notice_pad"), look.px("button_pad"), look.space(4))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(self._card_title(there), STRONG), 1)
        head.addWidget(ChipLabel(" · ".join(part.number for part in there.parts), _CHIPS[there.place]))
        column.addLayout(head)
        column.addSpacing(look.space(1))
        if there.place in {Place.STAYS, Place.APART}:
            size = "title" if there.place is Place.STAYS else "lead"
            amount = QHBoxLayout()
            amount.setSpacing(look.space(1))
            amount.addWidget(AmountLabel(amount_runs(there.gross), Ink(size=size, weight="strong"), align=LEFT))
            amount.addWidget(label(self.tr("TTC"), "muted"), 0, Qt.AlignmentFlag.AlignBottom)
            amount.addStretch(1)
            column.addLayout(amount)
        for line in self._card_lines(there):
            column.addWidget(Paragraph(line, SMALL))
        if there.place is Place.RANGE_LOSS:
            words = (self._session.words("loss_reasons", reason.value) for reason in LossReason)
            self.reason = SelectField([word[0].upper() + word[1:] for word in words])
            self.reason.setCurrentIndex(-1)
            self.reason.setPlaceholderText(self.tr("Choisir une raison"))
            self.reason.currentIndexChanged.connect(self._weigh)
            column.addSpacing(look.space(2))
            column.addWidget(LabelledField(self.tr("Pourquoi, selon le client"), self.reason))
        return card

    def _card_title(self, there: Destination) -> str:
        if there.place is Place.STAYS:
            return self.tr("Reste : « {proposal} »").format(proposal=self._preview.proposal.name)
        if there.place is Place.APART:
            return self.tr("Nouvelle proposition « {proposal} »").format(proposal=apart_name(there.parts))
        if there.place is Place.CUSTOMER_SERVICE:
            return self.tr("Demande au service client")
        return self.tr("Chute de gamme")

    def _card_lines(self, there: Destination) -> list[str]:
        if there.place is Place.STAYS:
            return [*self._plan_words(), self._what_is_left()]
        if there.place is Place.APART:
            return [self.tr("Sans plan de règlement · se signe à part")]
        if there.place is Place.CUSTOMER_SERVICE:
            notes = [part.details_note for part in there.parts if part.details_note]
            carried = " ".join(f"{note.rstrip('.')}." for note in notes)
            # Texts inside an f-string are not seen by the tool that gathers them for translation.
            leaves = self.tr("Partira avec le réseau, rien à signer.")
            return [f"{carried} {leaves}".strip()]
        lost = self.tr("{amount} HT par édition en moins, le bon n’en garde aucune trace.")
        return [lost.format(amount=amount_euro(self._preview.lost))]

    def _plan_words(self) -> list[str]:
        kept = self._preview.kept
        plan = instalments_words(kept) if kept is not None else ""
        return [self.tr("Règlement recalculé : {plan}").format(plan=plan)] if plan else []

    def _what_is_left(self) -> str:
        kept = self._preview.kept
        if kept is None or self._around is None:
            return ""
        left = blocking(
            points(anomalies(kept, self._around), self._session),
            Severity.BLOCKS_VALIDATION,
            Severity.BLOCKS_ORDERING,
        )
        if not left:
            return self.tr("Peut être validée tout de suite")
        return self.tr("Restera à régler : {points}").format(points=", ".join(point.title for point in left))

    # ------------------------------------------------------------------------------------------- the sum
    def _places_words(self) -> str:
        count = len(self._preview.destinations)
        if count == 1:
            return self.tr("Rien de perdu : chaque sous-commande va où elle peut être traitée.")
        words = {2: self.tr("Deux endroits"), 3: self.tr("Trois endroits"), 4: self.tr("Quatre endroits")}
        said = self.tr("{places}, rien de perdu : chaque sous-commande va où elle peut être traitée.")
        return said.format(places=words[count])

    def _sum(self) -> QHBoxLayout:
        count = len(self._preview.destinations)
        before = {
            1: self.tr("L’ensemble fait toujours "),
            2: self.tr("Les deux ensemble font toujours "),
            3: self.tr("Les trois ensemble font toujours "),
            4: self.tr("Les quatre ensemble font toujours "),
        }[count]
        amount = self.tr("{amount} HT").format(amount=amount_euro(self._preview.net_after))
        look = theme()
        words = QVBoxLayout()
        words.setSpacing(0)
        parts = [(before, "regular"), (amount, "strong"), (self.tr(", au centime."), "regular")]
        words.addWidget(Paragraph(parts, BODY))
        words.addWidget(Paragraph(self.tr("Vous pourrez tout remettre comme avant : Annuler, ou Ctrl Z."), SMALL))
        row = QHBoxLayout()
        row.setSpacing(look.space(3))
        row.addWidget(IconLabel("check", "ok"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        return row

    def _weigh(self) -> None:
        self.confirm.setEnabled(self.reason is None or self.reason.currentIndex() >= 0)

    def _confirm(self) -> None:
        index = self.reason.currentIndex() if self.reason is not None else -1
        reason = tuple(LossReason)[index] if index >= 0 else LossReason.OTHER
        self.close_overlay()
        self.confirmed.emit(reason)
