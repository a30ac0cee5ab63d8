"""What the proposal comes to: the one amount that matters, and what it is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.sales.proposal import Proposal
from views.formats import amount_runs, percent
from views.sales.proposal_words import change_on_last_edition, deducted
from views.shell.body import line
from views.shell.theme import LEFT, MEDIUM, Chip, Ink, theme
from views.widgets.labels import AmountLabel, ChipLabel, label


class _Pair(QWidget):
    """A name and its amount on one line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = label("", "muted", self)
        self.amount = AmountLabel((), MEDIUM)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name, 1)
        row.addWidget(self.amount)
        self.setFixedHeight(theme().line("lead"))

    def show_pair(self, name: str, amount: Money) -> None:
        """Show another one."""
        self.name.setText(name)
        self.amount.set_runs(amount_runs(amount))
        self.setAccessibleName(f"{name} {self.amount.text()}")


class TotalsBlock(QWidget):
    """Total, net, discounts, VAT by rate, and the rounding where the document's differs from its sub-orders'."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self._pairs: list[_Pair] = []
        self.change = ChipLabel("", "accent")
        self.gross = AmountLabel((), Ink(size="display", weight="strong"), align=LEFT)
        head = line(look.space(2))
        head.addWidget(label(self.tr("Total TTC"), "muted"), 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addSpacing(3)
        self._column.addWidget(self.gross)
        self._column.addSpacing(look.px("keypad_gap"))

    def set_top(self, margin: int) -> None:
        """Begin lower, in logical pixels, to stand in line with what is beside it."""
        self._column.setContentsMargins(0, margin, 0, 0)

    @property
    def pairs(self) -> dict[str, str]:
        """Each line below the total, its name and its amount as written."""
        return {pair.name.text(): pair.amount.text() for pair in self._pairs if not pair.isHidden()}

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what a proposal comes to."""
        totals = proposal.totals
        self.gross.set_runs(amount_runs(totals.gross))
        change = change_on_last_edition(proposal)
        self.change.setVisible(change is not None)
        if change is not None:
            words = self.tr("{change} sur {edition}").format(
                change=percent(change, signed=True), edition=proposal.edition - 1
            )
            self.change.set_chip(Chip(words, "accent"))
        shown: list[tuple[str, Money]] = [(self.tr("HT"), totals.net)]
        taken = deducted(proposal)
        if taken:
            shown.append((self.tr("Remises déduites"), taken))
        for rate, vat in totals.vat_by_rate.items():
            shown.append((self.tr("TVA {rate}").format(rate=percent(rate.basis_points)), vat))
        if proposal.rounding:
            shown.append((self.tr("dont arrondi entre sous-commandes"), proposal.rounding))
        while len(self._pairs) < len(shown):
            pair = _Pair(self)
            self._pairs.append(pair)
            self._column.addWidget(pair)
        for at, pair in enumerate(self._pairs):
            pair.setVisible(at < len(shown))
            if at < len(shown):
                pair.show_pair(*shown[at])
