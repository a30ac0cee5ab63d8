"""Simulations side by side: line by line, in total, against last edition, and in three plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.domain.identifiers import AccountId, ProposalId
from app.domain.money import total
from app.domain.sales.comparison import ComparedPart
from app.domain.sales.proposal import Proposal, ProposalKind
from views.formats import formats, percent
from views.sales.compare_model import MOST, CompareModel
from views.sales.compare_rows import (
    HEAD,
    SUM,
    SUM_DIFFERENCE,
    SUM_LAST,
    TOTAL,
    CompareRow,
    Figure,
    amount,
    difference,
)
from views.sales.compare_sentences import Sentence
from views.sales.fitting_area import FittingArea
from views.sales.proposal_words import in_a_row, instalments_words
from views.shell.body import column, empty, line
from views.shell.page import Navigation, Page, Shell
from views.shell.session import Session
from views.shell.theme import SMALL, paint_elided, set_surface, theme
from views.widgets.bar_chart import Bar, BarChart
from views.widgets.buttons import Button
from views.widgets.empty_page import EmptyPage
from views.widgets.labels import Paragraph, label, rule
from views.widgets.notice import IconLabel

_ICON_COLOURS = {"plus": "accent-text", "minus": "accent-text"}


class ComparePage(Page):
    """A table at the left, the chart and what it means at the right."""

    name: ClassVar[str] = "compare"
    rail: ClassVar[str] = "proposals"

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        self.model = CompareModel(session, self)
        self.only = Button(self.tr("Différences seules"), "plain")
        self.only.setCheckable(True)
        self.pick = Button(self.tr("Simulations"), "plain", trailing="down")
        self.chart = BarChart()
        self.sentences: list[str] = []
        self.present = Button("", "fill", "eye")
        self.rows: list[CompareRow] = []
        self.empty = EmptyPage(
            self.tr("Rien à comparer pour l’instant"),
            self.tr("Dupliquez la proposition en simulation, changez-la, puis revenez ici."),
            self.tr("Ouvrir la proposition"),
        )
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.model.changed.connect(self._show)
        self.only.toggled.connect(self.model.show_only_differences)
        self.pick.clicked.connect(self.open_picks)
        self.present.clicked.connect(self._present)
        self.chart.clicked.connect(self._open_bar)
        self.empty.action_asked.connect(self._open_proposal)

    # ------------------------------------------------------------------------------------------- building
    def _build(self) -> None:
        look = theme()
        self._table = QWidget()
        self._body = FittingArea(keeps_bar=True)
        self._head, self._sums = column(), column()
        bar = look.px("scroll_bar")
        # Head and sums keep the room that the lines' scroll bar takes, so that figures stand under figures.
        self._head.setContentsMargins(0, 0, bar, 0)
        self._sums.setContentsMargins(0, 0, bar, 0)
        table = QVBoxLayout(self._table)
        table.setContentsMargins(0, 0, 0, 0)
        table.setSpacing(0)
        table.addLayout(self._head)
        table.addWidget(self._body)
        table.addLayout(self._sums)
        table.addStretch(1)
        self.panel = QFrame()
        set_surface(self.panel, "card")
        self._against = label("", "strong")
        self._series = Paragraph("", SMALL)
        self._legend = column()
        self._said = column(look.space(3))
        self._pieces = QGridLayout(self.panel)
        self._work = QWidget()
        self._grid = QGridLayout(self._work)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._work)
        self._stack.addWidget(self.empty)
        self._rule = rule(self)
        self._names = column()
        self._names.addWidget(self._against)
        self._names.addWidget(self._series)
        self.fold(upright=False)

    def fold(self, *, upright: bool) -> None:
        look, grid = theme(), self._grid
        out = look.px("row_out")
        grid.removeWidget(self._table)
        grid.removeWidget(self.panel)
        side = look.px("content_pad_portrait" if upright else "content_pad")
        grid.setContentsMargins(
            side - out, look.space(2), side - (look.px("keypad_gap") if upright else 0), look.space(4 if upright else 6)
        )
        grid.setHorizontalSpacing(look.px("page_gap") - out - look.px("scroll_bar"))
        grid.setVerticalSpacing(look.space(4))
        if upright:
            grid.addWidget(self._table, 0, 0)
            below = line()
            below.setContentsMargins(out, 0, look.px("keypad_gap"), 0)
            below.addWidget(self.panel)
            grid.addLayout(below, 1, 0)
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16777215)
        else:
            grid.addWidget(self._table, 0, 0)
            grid.addWidget(self.panel, 0, 1)
            self.panel.setFixedWidth(look.px("panel_right"))
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(0, 1)
        self._fold_panel(upright=upright)

    def _fold_panel(self, *, upright: bool) -> None:
        look, grid = theme(), self._pieces
        for layout in (self._names, self._legend, self._said):
            grid.removeItem(layout)
        for widget in (self.chart, self._rule, self.present):
            grid.removeWidget(widget)
        grid.setContentsMargins(look.space(6) - 1, look.space(6) - 3, look.space(6) - 1, look.space(6) - 3)
        grid.setVerticalSpacing(look.space(4))
        grid.setHorizontalSpacing(look.space(8))
        self._rule.setVisible(not upright)
        for row in range(7):
            grid.setRowStretch(row, 0)
        grid.addLayout(self._names, 0, 0)
        grid.addWidget(self.chart, 1, 0)
        grid.addLayout(self._legend, 2, 0)
        if upright:
            grid.addLayout(self._said, 0, 1, 2, 1)
            grid.addWidget(self.present, 2, 1, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(1, 1)
        else:
            grid.addWidget(self._rule, 3, 0)
            grid.addLayout(self._said, 4, 0)
            grid.addWidget(self.present, 6, 0)
            grid.setRowStretch(5, 1)
            grid.setColumnStretch(1, 0)
        grid.setColumnStretch(0, 1)

    def header_actions(self) -> Sequence[QWidget]:
        return (self.pick, self.only)

    # ------------------------------------------------------------------------------------------- showing
    def enter(self, **where: str) -> None:
        """Compare an account's proposals, the named one last."""
        account_id, proposal_id = where.get("account_id", ""), where.get("proposal_id", "")
        # The keyboard begins at the page, not at its first bar.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if account_id:
            self.model.open(AccountId(account_id), ProposalId(proposal_id) if proposal_id else None)

    def _show(self) -> None:
        account, compared = self.model.account, self.model.compared
        if account is None:
            return
        count = len(compared)
        if count < 2:
            self.set_head(self.tr("Comparer"), account.trade_name)
            self._stack.setCurrentWidget(self.empty)
            return
        self._stack.setCurrentWidget(self._work)
        words = self.tr("{account} · %n simulation(s)", "", count).format(account=account.trade_name)
        self.set_head(self.tr("Comparer"), words)
        self.pick.setVisible(len(self.model.offered) > 2)
        self._show_table()
        self._show_panel()

    def _show_table(self) -> None:
        for layout in (self._head, self._body.lines, self._sums):
            empty(layout)
        self.rows = []
        compared = self.model.compared
        heads = [Figure(word=one.name, ink=HEAD, sub=self._kind(one, at)) for at, one in enumerate(compared, 1)]
        heads.append(Figure(word=self.tr("Écart"), ink=HEAD))
        self._add(CompareRow(self.tr("HT, ligne à ligne"), heads, kind="head"), self._head)
        for part in self.model.parts:
            self._add_part(part)
        first, last = self.model.first.totals, self.model.last.totals
        nets = [amount(one.totals.net, TOTAL) for one in compared]
        self._add(CompareRow(self.tr("Total HT"), [*nets, difference(last.net - first.net)], kind="total"), self._sums)
        sums = [
            amount(one.totals.gross, SUM_LAST if one is self.model.last else SUM, instalments_words(one))
            for one in compared
        ]
        sums.append(difference(last.gross - first.gross, SUM_DIFFERENCE))
        rates = in_a_row([percent(rate.basis_points) for rate in last.vat_by_rate])
        vat = self.tr("TVA {rate}").format(rate=rates)
        self._add(CompareRow(self.tr("Total TTC"), sums, kind="sum", sub=vat), self._sums)

    def _kind(self, proposal: Proposal, at: int) -> str:
        if proposal.kind is ProposalKind.DEFAULT:
            return self.tr("Par défaut")
        return self.tr("Simulation {number}").format(number=at)

    def _add_part(self, part: ComparedPart) -> None:
        lines = [one for one in part.lines if not (self.model.only_differences and one.is_same)]
        if not lines:
            return
        self._add(CompareRow(part.range_name, [], kind="part", number=part.number))
        for one in lines:
            figures = [*(amount(net) for net in one.nets), difference(one.difference)]
            self._add(CompareRow(one.label, figures, sub=one.where, marked=not one.is_same))

    def _add(self, row: CompareRow, to: QVBoxLayout | None = None) -> None:
        self.rows.append(row)
        (to or self._body.lines).addWidget(row)

    def _show_panel(self) -> None:
        edition = self.model.last.edition
        self._against.setText(self.tr("Contre l’édition {year}").format(year=edition - 1))
        names = self.model.series
        listed = in_a_row([name if at == 0 else name[0].lower() + name[1:] for at, name in enumerate(names)])
        self._series.set_text(self.tr("{series}, HT en euros").format(series=listed))
        past = self.tr("Édition {year}").format(year=edition - 1)
        bars = [
            Bar(
                name=past if one.is_past else one.name,
                values=tuple(net.cents for net in one.nets),
                written=formats().euros(total(one.nets)),
                is_base=one.is_past,
                is_strong=one.is_last,
            )
            for one in self.model.columns
        ]
        self.chart.set_bars(bars)
        empty(self._legend)
        self._legend.addWidget(SeriesLegend(names))
        empty(self._said)
        self.sentences = [sentence.text for sentence in self.model.sentences]
        for sentence in self.model.sentences:
            self._said.addWidget(_Said(sentence))
        self._said.addStretch(1)
        self.present.setText(self.tr("Présenter « {proposal} »").format(proposal=self.model.last.name))
        self.present.updateGeometry()

    # ------------------------------------------------------------------------------------------- going on
    def picks(self) -> QMenu:
        """The proposals that can be compared, as a menu."""
        menu = QMenu(self)
        chosen = [one.id for one in self.model.compared]
        for one in self.model.offered:
            action = menu.addAction(one.name)
            action.setCheckable(True)
            action.setChecked(one.id in chosen)
            full = len(chosen) >= MOST if one.id not in chosen else len(chosen) <= 2
            action.setEnabled(not full or (one.id not in chosen and len(chosen) < MOST))
            action.triggered.connect(partial(self._toggle, one.id))
        return menu

    def open_picks(self) -> None:
        """Open that menu under its button."""
        menu = self.picks()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.pick.mapToGlobal(self.pick.rect().bottomLeft()))

    def _toggle(self, proposal_id: ProposalId) -> None:
        chosen = [one.id for one in self.model.compared]
        order = [one.id for one in self.model.offered]
        if proposal_id in chosen:
            chosen.remove(proposal_id)
        else:
            chosen.append(proposal_id)
        self.model.pick(sorted(chosen, key=order.index))

    def _present(self) -> None:
        last = self.model.last
        self.navigation.go("courtesy", account_id=last.account_id, proposal_id=last.id)

    def _open_proposal(self) -> None:
        if self.model.account is not None:
            self.navigation.go("proposal", account_id=self.model.account.id)

    def _open_bar(self, at: int) -> None:
        columns = self.model.columns
        if self.model.account is None or at >= len(columns):
            return
        if columns[at].is_past:
            self.navigation.go("account", account_id=self.model.account.id)
            return
        chosen = self.model.compared[at - sum(one.is_past for one in columns)]
        self.navigation.go("proposal", account_id=chosen.account_id, proposal_id=chosen.id)


class SeriesLegend(QWidget):
    """Which colour is which range, two beside one another: ranges have long names."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        look = theme()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space(4))
        grid.setVerticalSpacing(look.space(1))
        for at, name in enumerate(names):
            grid.addWidget(_Series(name, f"chart-{at + 1}"), at // 2, at % 2)
        for column_at in range(2):
            grid.setColumnStretch(column_at, 1)


class _Series(QWidget):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour
        self.setAccessibleName(name)
        self.setFixedHeight(theme().line("small"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px("skeleton")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c(self._colour))
        painter.drawRoundedRect(QRectF(0, (self.height() - side) / 2, side, side), 3, 3)
        paint_elided(painter, QRectF(self.rect()).adjusted(side + look.space(2), 0, 0, 0), self._name, SMALL)


class _Said(QWidget):
    def __init__(self, sentence: Sentence) -> None:
        super().__init__()
        row = line(theme().space(3))
        self.setLayout(row)
        icon = IconLabel(sentence.icon, _ICON_COLOURS.get(sentence.icon, "text-2"))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Paragraph(sentence.text), 1)
