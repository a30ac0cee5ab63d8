"""The panel that never scrolls away: what it comes to, how it is paid, what is left to settle, the next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.sales.anomalies import Severity
from app.domain.sales.proposal import Proposal, ProposalStatus
from app.domain.signature.ceremony import Document
from views.sales.fitting_area import FittingArea
from views.sales.plan_block import PlanBlock
from views.sales.point_rows import PointList
from views.sales.proposal_points import Point, blocking, waits_for
from views.sales.totals_block import TotalsBlock
from views.shell.session import Session
from views.shell.theme import SMALL, Chip, set_surface, theme
from views.widgets.buttons import Button
from views.widgets.labels import ChipLabel, Paragraph, rule

_SIGNED = frozenset({ProposalStatus.SIGNED_TO_CONFIRM, ProposalStatus.SIGNED})
_STATUS_CHIPS = {
    ProposalStatus.VALIDATED: "ok",
    ProposalStatus.ORDERED: "ok",
    ProposalStatus.SIGNED_TO_CONFIRM: "info",
    ProposalStatus.SIGNED: "ok",
}


class ProposalPanel(QFrame):
    """At the right of a lying window, at the foot of an upright one, where it is two columns wide."""

    step_asked = Signal()
    """The next step's button was pressed: validate, order, sign, or see what was signed."""
    reopen_asked = Signal()
    """Back to a draft."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "card")
        self._session = session
        self.totals = TotalsBlock()
        self.plan = PlanBlock(session)
        self.points = PointList()
        self.status = ChipLabel("", "ok")
        self.step = Button("", "line")
        self.step.clicked.connect(self.step_asked)
        self.reopen = Button(self.tr("Revenir en brouillon"), "plain")
        self.reopen.clicked.connect(self.reopen_asked)
        self.waiting = Paragraph("", SMALL)
        self.not_taken = Paragraph("", SMALL)
        """What the customer signed in vain."""
        look = theme()
        self._plan_rule, self._points_rule = rule(self), rule(self)
        self._area = FittingArea("row")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.space(8))
        self._grid.setVerticalSpacing(0)
        self._area.lines.addLayout(self._grid)
        self._decision = QHBoxLayout()
        self._decision.setSpacing(look.space(3))
        self._decision.addWidget(self.step)
        self._decision.addStretch(0)
        self._decision.addWidget(self.status, 0, Qt.AlignmentFlag.AlignVCenter)
        self._decision.addWidget(self.reopen)
        gap = look.px("notice_pad")
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._area)
        self._whole.addStretch(1)
        self._whole.addSpacing(gap)
        self._whole.addWidget(rule())
        self._whole.addSpacing(gap)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(look.space(2))
        self._foot.addWidget(self.not_taken)
        self._foot.addLayout(self._decision)
        self._whole.addLayout(self._foot)
        self._waits_beside: bool | None = None
        self._let_wait(beside=True)
        self._upright: bool | None = None
        self.fold(upright=False)

    def fold(self, *, upright: bool) -> None:
        """Lay out for a lying or an upright window."""
        if upright == self._upright:
            return
        self._upright = upright
        self._let_wait(beside=upright or not self.reopen.isVisibleTo(self))
        look, grid = theme(), self._grid
        blocks: tuple[QWidget, ...] = (self.totals, self._plan_rule, self.plan, self._points_rule, self.points)
        for old in blocks:
            grid.removeWidget(old)
        self._plan_rule.setVisible(not upright)
        for row in range(9):
            grid.setRowMinimumHeight(row, 0)
        side = look.space(6) if upright else look.space(6) - 2
        edge = look.space(5) if upright else look.px("button_pad")
        # The plan's head is 44 high to the finger: its words stand half of the rest lower than those beside them.
        lower = (look.px("target") - look.line("body")) // 2 if upright else 0
        self.totals.set_top(lower)
        self._whole.setContentsMargins(side - 1, edge - 1 - lower, side - 1, edge - 1)
        top = Qt.AlignmentFlag.AlignTop
        # Odd rows are the room between the blocks.
        if upright:
            grid.addWidget(self.totals, 0, 0, top)
            grid.addWidget(self.plan, 0, 1, top)
            grid.addWidget(self._points_rule, 2, 0, 1, 2)
            grid.addWidget(self.points, 4, 0, 1, 2)
        else:
            for at, block in enumerate(blocks):
                grid.addWidget(block, 2 * at, 0)
        for row in (1, 3) if upright else (1, 5, 7):
            grid.setRowMinimumHeight(row, look.px("notice_pad"))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1 if upright else 0)
        self.points.fold(upright=upright)

    def show_proposal(self, proposal: Proposal, points: Sequence[Point], not_taken: Document | None = None) -> None:
        """Show all of a proposal's figures, what is left to settle, what was signed in vain, and the next step."""
        self.not_taken.setVisible(not_taken is not None)
        if not_taken is not None:
            words = self.tr("Le bon {number}, signé, n’a pas été retenu. Gardé comme preuve ; un autre est à signer.")
            self.not_taken.set_text(words.format(number=not_taken.number))
        self.totals.show_proposal(proposal)
        self.plan.show_proposal(proposal)
        holds = self._held_up_by(proposal)
        held = blocking(points, *holds)
        repairs = blocking(points, Severity.BLOCKS_VALIDATION, Severity.BLOCKS_ORDERING)
        filled = next((point for point in repairs if not point.is_asked), None)
        is_signed = proposal.status in _SIGNED
        self.points.show_points(points, filled=filled, reopens=not proposal.is_open)
        self.points.setVisible(not is_signed)
        self._points_rule.setVisible(not is_signed)
        is_empty = not proposal.sub_orders
        self.step.setText(self._step_words(proposal))
        self.step.set_kind("fill" if filled is None and not held and not is_signed and not is_empty else "line")
        self.step.setEnabled(not held and not is_empty)
        self.waiting.set_text(self._waiting_words(points, holds, is_empty=is_empty, is_held=bool(held)))
        self.reopen.setVisible(proposal.status in {ProposalStatus.VALIDATED, ProposalStatus.ORDERED})
        chip = _STATUS_CHIPS.get(proposal.status)
        self.status.setVisible(chip is not None and not self.reopen.isVisibleTo(self))
        if chip is not None:
            self.status.set_chip(Chip(self._session.words("statuses", proposal.status.value), chip))
        self.waiting.setVisible(chip is None or bool(held))
        self._let_wait(beside=bool(self._upright) or not self.reopen.isVisibleTo(self))

    def _let_wait(self, *, beside: bool) -> None:
        """Say what the step waits for beside its button, or under both where there is a way back beside it."""
        if beside == self._waits_beside:
            return
        self._waits_beside = beside
        for layout in (self._decision, self._foot):
            layout.removeWidget(self.waiting)
        if beside:
            self._decision.insertWidget(1, self.waiting, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._foot.addWidget(self.waiting)
        # What is beside takes the room; without it the way back stands at the right.
        self._decision.setStretch(1 if not beside else 2, 0 if beside else 1)

    def _held_up_by(self, proposal: Proposal) -> tuple[Severity, ...]:
        if proposal.is_open:
            return (Severity.BLOCKS_VALIDATION,)
        if proposal.status is ProposalStatus.VALIDATED:
            return (Severity.BLOCKS_VALIDATION, Severity.BLOCKS_ORDERING)
        return ()

    def _step_words(self, proposal: Proposal) -> str:
        return {
            ProposalStatus.DRAFT: self.tr("Valider les prix"),
            ProposalStatus.VALIDATED: self.tr("Commander"),
            ProposalStatus.ORDERED: self.tr("Signer"),
        }.get(proposal.status, self.tr("Voir le bon signé"))

    def _waiting_words(
        self, points: Sequence[Point], holds: tuple[Severity, ...], *, is_empty: bool, is_held: bool
    ) -> str:
        if is_empty:
            return self.tr("possible dès qu’un produit est ajouté")
        if is_held:
            return self.tr("possible dès que {points}").format(points=waits_for(points, *holds))
        return self.tr("Les prix ne bougeront plus.")
