"""The payment plan by hand: dates and amounts, what they still differ by, and where the difference goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.calendar import working_day_from
from app.domain.money import ZERO, Money
from app.domain.sales.proposal import Proposal
from views.formats import NotUnderstood, amount_euro, date_day, date_short, formats
from views.sales.plan_draft import MOST_INSTALMENTS, DraftRow, PlanDraft, RowProblem
from views.shell.session import Session
from views.shell.theme import STRONG, theme
from views.widgets.buttons import Button, IconButton
from views.widgets.fields import LabelledField, TextField
from views.widgets.figure_fields import MoneyField
from views.widgets.labels import Paragraph, label
from views.widgets.overlay import Dialog

_AROUND = 8
"""Head, ways and foot of the dialog, and the page around it, in heights of a button."""


class InstalmentRow(QWidget):
    """One instalment: its day, its amount, and what is wrong with them."""

    changed = Signal()
    removed = Signal()

    def __init__(self, number: int, row: DraftRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self.date = TextField(date_short(row.due_on) if row.due_on else "", self.tr("JJ/MM/AAAA"))
        self.money = MoneyField(row.gross.cents if row.gross else None, compact=True)
        self.remove = IconButton("trash", self.tr("Retirer l’échéance {number}").format(number=number))
        ordinal = formats().ordinal(number, feminine=True)
        self._date_row = LabelledField(self.tr("{ordinal} échéance").format(ordinal=ordinal), self.date)
        self._money_row = LabelledField(self.tr("Montant TTC"), self.money)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.space(3))
        line.addWidget(self._date_row, 3)
        line.addWidget(self._money_row, 2)
        line.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignVCenter)
        self.date.textEdited.connect(self.changed)
        self.money.read_again.connect(self.changed)
        self.remove.clicked.connect(self.removed)

    def typed(self) -> DraftRow:
        """What stands in the fields; None where it is not understood."""
        try:
            due_on = formats().read_date(self.date.text())
        except NotUnderstood:
            due_on = None
        cents = self.money.cents() if self.money.is_valid else None
        return DraftRow(due_on=due_on, gross=None if cents is None else Money(cents))

    def show_problem(self, problem: RowProblem | None, row: DraftRow) -> None:
        """Say what keeps the row from standing, beside the field it is in; else which day of the week it is."""
        date_words = money_words = ""
        if problem is RowProblem.NO_DATE:
            date_words = self.tr("Quel jour ?")
        elif problem is RowProblem.PAST:
            date_words = self.tr("Ce jour est passé")
        elif problem is RowProblem.NOT_WORKING and row.due_on is not None:
            next_day = date_day(working_day_from(row.due_on))
            date_words = self.tr("Pas ouvré ; le suivant est {day}").format(day=next_day)
        elif problem is RowProblem.NOT_POSITIVE:
            money_words = self.tr("Au-dessus de zéro")
        # What is not understood is said as the field says it, and nothing is kept of it.
        money_words = self.money.problem() or money_words
        self._date_row.set_error(date_words or None)
        if not date_words:
            self._date_row.set_hint(date_day(row.due_on) if row.due_on else "")
        self._money_row.set_error(money_words or None)


class PlanDialog(Dialog):
    """Edits a plan; what was typed stays in it when it is closed and opened again, until it is kept."""

    kept = Signal(object)
    """The instalments, tuple[Instalment, …]."""

    def __init__(self, window: QWidget, session: Session, proposal: Proposal) -> None:
        title = self.tr("Règlement de « {proposal} »").format(proposal=proposal.name)
        words = self.tr("{amount} TTC à répartir, à des jours ouvrés.").format(
            amount=amount_euro(proposal.totals.gross)
        )
        super().__init__(window, title, words, width=640)
        self._session = session
        self.draft = PlanDraft.of(proposal.totals.gross, session.clock.today(), proposal.payment_plan)
        self.rows: list[InstalmentRow] = []
        look = theme()
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, look.space(2), 0)
        self._list.setSpacing(look.space(1))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(holder)
        self._area.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        self.body.addWidget(self._area, 1)
        self.another = Button(self.tr("Ajouter une échéance"), "link", "plus")
        self.another.clicked.connect(self._add)
        self.settle = Button(self.tr("Mettre l’écart sur la première"), "quiet")
        self.settle.clicked.connect(self._settle)
        ways = QHBoxLayout()
        ways.setContentsMargins(-look.px("button_pad_plain"), 0, 0, 0)
        ways.addWidget(self.another)
        ways.addStretch(1)
        ways.addWidget(self.settle)
        self.body.addLayout(ways)
        self.running = Paragraph("", STRONG)
        self.said = label("", "small")
        about = QVBoxLayout()
        about.setSpacing(0)
        about.addWidget(self.running)
        about.addWidget(self.said)
        self.add_foot(about)
        self.cancel = self.add_button(Button(self.tr("Ne rien changer"), "plain"))
        self.cancel.clicked.connect(self.close_overlay)
        self.keep = self.add_button(Button(self.tr("Garder"), "fill", "check"))
        self.keep.clicked.connect(self._keep)
        self._build()

    def first_focus(self) -> QWidget | None:
        """The first amount."""
        return self.rows[0].money if self.rows else self.another

    def _build(self) -> None:
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        for at, row in enumerate(self.draft.rows):
            made = InstalmentRow(at + 1, row)
            made.changed.connect(self._typed)
            made.removed.connect(self._remover(made))
            self._list.addWidget(made)
            self.rows.append(made)
        self._weigh()
        look = theme()
        high = sum(row.sizeHint().height() + self._list.spacing() for row in self.rows)
        # Less where the window is low: the rows scroll, the foot stays.
        room = self.window().height() - _AROUND * look.px("target")
        self._area.setFixedHeight(max(2 * look.px("target"), min(high, look.px("list_min"), room)))

    def _remover(self, row: InstalmentRow) -> Callable[[], None]:
        def remove() -> None:
            self.draft = self.draft.without(self.rows.index(row))
            self._build()

        return remove

    def _typed(self) -> None:
        for at, row in enumerate(self.rows):
            self.draft = self.draft.with_row(at, row.typed())
        self._weigh()

    def _add(self) -> None:
        self.draft = self.draft.with_another()
        self._build()
        self._area.verticalScrollBar().setValue(self._area.verticalScrollBar().maximum())
        self.rows[-1].money.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        self.draft = self.draft.with_difference_on_first()
        self._build()

    def _weigh(self) -> None:
        for at, row in enumerate(self.rows):
            row.show_problem(self.draft.problem_of(at), self.draft.rows[at])
            row.remove.setEnabled(len(self.rows) > 1)
        difference = self.draft.difference
        planned = amount_euro(self.draft.planned)
        if not difference:
            self.running.set_text(self.tr("{planned}, le compte y est").format(planned=planned))
        elif difference > ZERO:
            missing = amount_euro(difference)
            self.running.set_text(self.tr("{planned}, il manque {missing}").format(planned=planned, missing=missing))
        else:
            over = amount_euro(-difference)
            self.running.set_text(self.tr("{planned}, {over} de trop").format(planned=planned, over=over))
        first = self.draft.rows[0].gross or ZERO if self.draft.rows else ZERO
        self.settle.setVisible(bool(difference) and first + difference > ZERO)
        self.another.setEnabled(len(self.rows) < MOST_INSTALMENTS)
        self.keep.setEnabled(self.draft.is_sound)
        if not self.draft.is_sound:
            self.said.setText(self.tr("possible dès que chaque ligne est juste"))
        else:
            self.said.setText(self.tr("La proposition dira l’écart tant qu’il reste.") if difference else "")

    def _keep(self) -> None:
        if self.draft.is_sound:
            self.close_overlay()
            self.kept.emit(self.draft.instalments)
