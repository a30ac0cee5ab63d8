"""How the proposal is paid: its template in a word, its payments as a bar, and the menu that changes it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.domain.money import ZERO
from app.domain.sales.payment_plan import SHARES
from app.domain.sales.proposal import PlanTemplate, Proposal
from views.formats import amount, day_month
from views.sales.proposal_words import plan_words
from views.shell.body import line
from views.shell.session import Session
from views.shell.theme import MEDIUM, RIGHT, paint_icon, paint_text, text_width, theme
from views.widgets.labels import Paragraph, label
from views.widgets.plan_bar import Part, PlanBar


class PlanButton(QAbstractButton):
    """The plan in two words and a chevron, at the very right; 44 high to the finger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        wide = text_width(self.text(), MEDIUM) + look.space(1) + look.px("icon_small") + 1
        return QSize(max(round(wide), look.px("target")), look.px("target"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = "accent-text" if self.isEnabled() else "text-2"
        words = QRectF(self.rect())
        if self.isEnabled():
            side = look.px("icon_small")
            paint_icon(painter, QPointF(self.width() - side, (self.height() - side) / 2), "down", colour, side)
            words.adjust(0, 0, -side - look.space(1), 0)
        paint_text(painter, words, self.text(), MEDIUM._replace(colour=colour), RIGHT)


class PlanBlock(QWidget):
    """The plan; a press on its bar opens the editor."""

    template_chosen = Signal(object)
    """The PlanTemplate that was chosen, None for no plan."""
    edit_asked = Signal()
    """The plan is to be edited by hand."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._proposal: Proposal | None = None
        look = theme()
        self.button = PlanButton()
        self.button.setAccessibleDescription(self.tr("Choisir comment c’est payé"))
        self.button.clicked.connect(self.open_menu)
        self.bar = PlanBar()
        self.bar.chosen.connect(self.edit_asked)
        self.nothing = Paragraph("")
        head = line()
        head.addWidget(label(self.tr("Règlement"), "strong"), 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(look.space(1) - 1)
        column.addWidget(self.bar)
        column.addWidget(self.nothing)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show how a proposal is paid."""
        self._proposal = proposal
        self.button.setText(plan_words(proposal))
        self.button.setAccessibleName(self.tr("Règlement {plan}").format(plan=plan_words(proposal)))
        self.button.setEnabled(proposal.is_open)
        self.button.updateGeometry()
        parts = [Part(day_month(one.due_on), amount(one.gross), one.gross.cents) for one in proposal.payment_plan]
        self.bar.set_parts(parts)
        self.bar.setEnabled(proposal.is_open)
        self.nothing.setVisible(not parts)
        if proposal.totals.gross <= ZERO:
            self.nothing.set_text(self.tr("Rien à payer, pas de règlement."))
        else:
            self.nothing.set_text(self.tr("Aucune échéance pour l’instant."))

    def menu(self) -> QMenu:
        """The choices, as a menu."""
        menu = QMenu(self)
        chosen = self._proposal.plan_template if self._proposal else None
        for template in SHARES:
            words = self._session.words("plans", template.value)
            action = menu.addAction(words[0].upper() + words[1:])
            action.setCheckable(True)
            action.setChecked(template is chosen)
            action.triggered.connect(partial(self._choose, template))
        by_hand = menu.addAction(self.tr("À la main…"))
        by_hand.setCheckable(True)
        by_hand.setChecked(chosen is PlanTemplate.BY_HAND)
        by_hand.triggered.connect(self.edit_asked)
        menu.addSeparator()
        menu.addAction(self.tr("Sans plan de règlement")).triggered.connect(partial(self._choose, None))
        return menu

    def open_menu(self) -> None:
        """Open the menu under its button."""
        menu = self.menu()
        corner = self.button.mapToGlobal(self.button.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(corner)

    def _choose(self, template: PlanTemplate | None, _checked: bool = False) -> None:
        self.template_chosen.emit(template)
