"""The preparation grid: who, what runs, what is missing, what is left to do, what happened; on one page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.accounts.account import Contact
from app.domain.accounts.activity import KEY_ANSWERS, Discovery
from app.ports.readers import AccountPicture
from views.accounts.account_model import AccountModel
from views.accounts.person_row import PersonRow
from views.accounts.reach import call, written
from views.shell.body import Body, SectionTitle, column, empty, inset
from views.shell.theme import MUTED, SMALL, theme
from views.widgets.check_row import CheckRow
from views.widgets.labels import ElidedLabel, Paragraph
from views.widgets.list_rows import ListRows
from views.widgets.notice import Notice
from views.widgets.rows import Row, RowsModel
from views.widgets.span_rows import SpanRows
from views.widgets.two_line_delegate import TwoLineDelegate

_SHOWN_ORDERS = 2
_SHOWN_ACTIVITIES = 4
_SHARES = (100, 112, 100)


class PreparationTab(Body):
    """Three columns, or one under the other in an upright window with what is to be done first."""

    edit_asked = Signal()
    """The missing information is to be typed in."""
    contact_asked = Signal(str)
    """A contact is to be edited: its id."""
    tab_asked = Signal(str)
    """Another tab is to be shown: its key."""

    def __init__(self, model: AccountModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._columns = [QWidget() for _ in _SHARES]
        for part in self._columns:
            inside = QVBoxLayout(part)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(0)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.content)
        for part, share in zip(self._columns, _SHARES, strict=True):
            self._row.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.fold(upright=False)

    def fold(self, *, upright: bool) -> None:
        """Lay out for a lying or an upright window."""
        look = theme()
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if upright else right)
        self._row.setSpacing(look.space(6) if upright else look.px("page_gap") - 2 * look.px("row_out"))
        for part in self._columns:
            self._row.removeWidget(part)
        order = (2, 0, 1) if upright else (0, 1, 2)
        for at, index in enumerate(order):
            share = 0 if upright else _SHARES[index]
            self._row.insertWidget(at, self._columns[index], share, Qt.AlignmentFlag.AlignTop)
        self.set_margins(upright=upright, top=5, out=True)

    def show_picture(self, picture: AccountPicture) -> None:
        """Show an account."""
        who, runs, left = (self._emptied(part) for part in self._columns)
        self._show_who(who, picture)
        self._show_discovery(who, picture.discovery)
        self._show_plan(runs)
        self._show_orders(runs, picture)
        self._show_opportunities(runs, picture)
        self._show_left(left, picture)
        self._show_past(left, picture)

    # ------------------------------------------------------------------------------------------- who
    def _show_who(self, layout: QVBoxLayout, picture: AccountPicture) -> None:
        look, account = theme(), picture.account
        _add(layout, SectionTitle(self.tr("Qui")))
        for contact in account.contacts:
            _add(layout, self._person(contact))
        if not account.contacts:
            _add(layout, Paragraph(self.tr("Personne n’est encore noté."), MUTED), look.px("keypad_gap"))
        address = column()
        for words in (written(account.address), self._model.words.numbers(account)):
            if words:
                address.addWidget(ElidedLabel(words, SMALL))
        layout.addSpacing(look.px("keypad_gap"))
        layout.addLayout(inset(address))
        layout.addSpacing(look.px("keypad_gap"))
        lacks = self._model.lacks
        if lacks:
            what = self.tr("Il manque %n renseignement(s)", "", len(lacks))
            notice = Notice("warn", what, ", ".join(lacks), action=self.tr("Saisir"), stacked=True)
            notice.action_asked.connect(self.edit_asked)
            _add(layout, notice, look.space(2))

    def _person(self, contact: Contact) -> QWidget:
        words = self._model.words
        number = contact.mobile or contact.phone
        row = PersonRow(words.person(contact), words.reach(contact), can_call=bool(number))
        row.clicked.connect(partial(self.contact_asked.emit, contact.id))
        if row.phone is not None:
            row.phone.clicked.connect(partial(call, number))
        return row

    def _show_discovery(self, layout: QVBoxLayout, discovery: Discovery | None) -> None:
        look = theme()
        layout.addSpacing(look.space(6) - 2)
        given = sum(1 for _, answer in discovery.answers if answer.strip()) if discovery is not None else 0
        quiet = self.tr("{given} réponses clés sur {all}").format(given=min(given, KEY_ANSWERS), all=KEY_ANSWERS)
        _add(layout, SectionTitle(self.tr("Découverte"), quiet))
        if discovery is None:
            _add(layout, Paragraph(self.tr("Rien n’est encore noté de son métier."), MUTED), look.px("keypad_gap"))
            return
        if discovery.quote:
            quote = self.tr("« {words} »").format(words=discovery.quote)
            _add(layout, Paragraph(quote, MUTED), look.px("keypad_gap"))
        for question, answer in discovery.answers:
            if answer.strip():
                both = [(f"{question} ", "regular"), (answer, "medium")]
                _add(layout, Paragraph(both, SMALL), look.space(1))

    # ------------------------------------------------------------------------------------------- what runs
    def _show_plan(self, layout: QVBoxLayout) -> None:
        look = theme()
        plan = self._model.plan(3, only_live=True)
        _add(layout, SectionTitle(self.tr("Plan de parution")))
        if not plan.rows:
            _add(layout, Paragraph(self.tr("Rien n’a encore paru."), MUTED), look.px("keypad_gap"))
            return
        spans = SpanRows([str(year) for year in plan.editions], plan.current)
        spans.set_rows(plan.rows)
        spans.opened.connect(lambda _row: self.tab_asked.emit("plan"))
        _add(layout, spans, look.space(1))

    def _show_orders(self, layout: QVBoxLayout, picture: AccountPicture) -> None:
        layout.addSpacing(theme().space(5))
        _add(layout, SectionTitle(self.tr("Derniers bons de commande")))
        orders = [self._model.words.short_order(order) for order in picture.orders[:_SHOWN_ORDERS]]
        if not orders:
            _add(layout, Paragraph(self.tr("Aucune commande."), MUTED), theme().px("keypad_gap"))
            return
        layout.addWidget(self._list(self.tr("Derniers bons de commande"), orders, "orders"))

    def _show_opportunities(self, layout: QVBoxLayout, picture: AccountPicture) -> None:
        if picture.opportunities:
            layout.addSpacing(theme().space(5))
            _add(layout, SectionTitle(self.tr("Opportunités")))
            rows = [self._model.words.opportunity(opportunity) for opportunity in picture.opportunities]
            layout.addWidget(self._list(self.tr("Opportunités"), rows, ""))

    # ------------------------------------------------------------------------------------------- what is left
    def _show_left(self, layout: QVBoxLayout, picture: AccountPicture) -> None:
        look = theme()
        items = sorted(picture.preparation, key=lambda item: item.position)
        done = sum(1 for item in items if item.is_done)
        quiet = self.tr("{done} sur {all}").format(done=done, all=len(items)) if items else ""
        _add(layout, SectionTitle(self.tr("Avant de partir"), quiet))
        layout.addSpacing(look.space(1))
        if not items:
            _add(layout, Paragraph(self.tr("Rien de particulier à préparer."), MUTED))
        for item in items:
            row = CheckRow(item.subject, done=item.is_done)
            row.setFixedHeight(look.px("row_sub_order"))
            row.toggled.connect(lambda done, item=item: self._model.tick(item.id, done=done))
            row.opened.connect(row.circle.click)
            _add(layout, row)

    def _show_past(self, layout: QVBoxLayout, picture: AccountPicture) -> None:
        look = theme()
        layout.addSpacing(look.px("button_pad"))
        _add(layout, SectionTitle(self.tr("Ce qui s’est passé")))
        words = self._model.words
        rows = [
            Row(words.activity(activity), words.when_and_who(activity), weight="regular", key=activity.id)
            for activity in picture.timeline
            if activity.at <= self._model.session.clock.now()
        ][:_SHOWN_ACTIVITIES]
        if not rows:
            _add(layout, Paragraph(self.tr("Rien encore."), MUTED), look.px("keypad_gap"))
            return
        layout.addWidget(self._list(self.tr("Ce qui s’est passé"), rows, "timeline", amounts=False))

    def _list(self, name: str, rows: list[Row], tab: str, *, amounts: bool = True) -> ListRows:
        made = ListRows(TwoLineDelegate(height="row_timeline", amounts=amounts, lines=2), fit=True)
        made.setAccessibleName(name)
        made.setModel(RowsModel(rows, made))
        if tab:
            made.opened.connect(lambda _index: self.tab_asked.emit(tab))
        return made

    @staticmethod
    def _emptied(part: QWidget) -> QVBoxLayout:
        layout = part.layout()
        if not isinstance(layout, QVBoxLayout):
            raise TypeError(type(layout))
        empty(layout)
        return layout


def _add(layout: QVBoxLayout, widget: QWidget, above: int = 0) -> None:
    """Add something in line with the rows' words, `above` logical pixels below what stands before it."""
    if above:
        layout.addSpacing(above)
    layout.addLayout(inset(widget))
