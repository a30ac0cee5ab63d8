"""The card of the next visit: when, who, what is at stake, and the button that prepares it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ports.readers import Visit
from views import formats
from views.dashboard.number_circle import NumberCircle
from views.dashboard.today_model import hour
from views.dashboard.visit_order import Stop, VisitOrder
from views.shell.body import Fact, line
from views.shell.theme import LEFT, MUTED, Ink, set_surface, theme
from views.widgets.buttons import Button
from views.widgets.labels import AmountLabel, ElidedLabel, Paragraph, label


class NextVisitCard(QFrame):
    """Shows one visit; `prepare_asked` and `way_asked` are its two buttons."""

    prepare_asked = Signal()
    way_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        set_surface(self, "card")
        self.setFixedHeight(look.px("hero"))
        self._circle = NumberCircle()
        self._when = Paragraph()
        self._name = ElidedLabel("", Ink(size="display", weight="strong"))
        self._who = ElidedLabel("", MUTED)
        self._facts = line(look.space(8))
        self.prepare = Button(self.tr("Préparer la visite"), "fill")
        self.prepare.clicked.connect(self.prepare_asked)
        self.way = Button(self.tr("Itinéraire"), "link", "route")
        self.way.clicked.connect(self.way_asked)
        self.sketch = VisitOrder()
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addLayout(self._words(), 1)
        row.addWidget(self.sketch)

    def show_visit(self, number: int, visit: Visit, stops: list[Stop]) -> None:
        """Show the next visit and where it stands in the day."""
        account = visit.account
        signatory = account.signatory or (account.contacts[0] if account.contacts else None)
        self._circle.set_number(number)
        self._when.set_text([(hour(visit.activity.at), "strong")])
        self._remark.setText(self.tr("prochaine visite"))
        self._name.set_text(account.trade_name)
        trade = self.tr("{activity} à {city}").format(activity=account.activity, city=account.address.city)
        person = ", ".join(filter(None, (signatory.name, signatory.role))) if signatory is not None else ""
        self._who.set_text(" · ".join(filter(None, (trade, person, visit.note))))
        self._fill_facts(visit)
        self.sketch.set_stops(stops)

    def fold(self, *, narrow: bool) -> None:
        """Without room for both the words stay."""
        self.sketch.setVisible(not narrow)

    def _words(self) -> QVBoxLayout:
        look = theme()
        words = QVBoxLayout()
        words.setContentsMargins(look.space(6) - 1, look.space(5) + 1, look.space(6), look.space(5) - 1)
        words.setSpacing(0)
        head = line(look.space(3))
        self._when.set_ink(Ink(size="lead", weight="strong"))
        self._when.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._remark = label("", "muted")
        head.addWidget(self._circle)
        when = line(look.px("badge_top"))
        when.addWidget(self._when)
        when.addWidget(self._remark, 1)
        head.addLayout(when, 1)
        words.addLayout(head)
        words.addSpacing(look.space(3))
        words.addWidget(self._name)
        words.addSpacing(look.px("border.focus"))
        words.addWidget(self._who)
        words.addSpacing(look.space(4))
        words.addLayout(self._facts)
        words.addStretch(1)
        buttons = line(look.space(2))
        buttons.addWidget(self.prepare)
        buttons.addWidget(self.way)
        buttons.addStretch(1)
        words.addLayout(buttons)
        return words

    def _fill_facts(self, visit: Visit) -> None:
        while self._facts.count():
            item = self._facts.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        strong = Ink(size="lead", weight="strong")
        at_stake = AmountLabel(formats.amount_runs(visit.at_stake), strong, align=LEFT)
        self._facts.addWidget(Fact(self.tr("En jeu"), at_stake))
        if visit.account.renew_by is not None:
            day = ElidedLabel(formats.date_short(visit.account.renew_by), strong)
            self._facts.addWidget(Fact(self.tr("À renouveler avant"), day))
        count = self.tr("%n prête(s)", "", visit.proposals) if visit.proposals else self.tr("à préparer")
        self._facts.addWidget(Fact(self.tr("Propositions"), ElidedLabel(count, strong)))
        self._facts.addStretch(1)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignLeft)
