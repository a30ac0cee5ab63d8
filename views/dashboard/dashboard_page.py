"""Dashboard: what is signed, what is at stake, what is lost and why, how far each area is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from views import formats
from views.dashboard.dashboard_model import DashboardModel
from views.shell.body import Body, column, line
from views.shell.page import Navigation, Page, Shell
from views.shell.session import Session
from views.shell.theme import LEFT, MUTED, Ink, set_surface, theme
from views.widgets.bar_chart import Bar, BarChart, Legend
from views.widgets.labels import AmountLabel, Paragraph, label


class _Picture(QFrame):
    """A chart on its card, under its name and the one figure that sums it up."""

    def __init__(self, name: str, none: str, legend: tuple[str, ...] = ()) -> None:
        super().__init__()
        look = theme()
        set_surface(self, "card")
        self.figure = label("", "lead-quiet")
        self.chart = BarChart()
        self.chart.setAccessibleName(name)
        self._none = Paragraph(none, MUTED)
        head = line(look.px("search_gap"))
        head.addWidget(label(name, "section"))
        head.addWidget(self.figure)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        layout.setSpacing(look.space(4))
        layout.addLayout(head)
        layout.addWidget(self.chart)
        self._legend: Legend | None = None
        if legend:
            self._legend = Legend(legend)
            layout.addWidget(self._legend)
        layout.addWidget(self._none)
        layout.addStretch(1)

    def show_bars(self, bars: list[Bar], figure: str) -> None:
        """Show bars, or the sentence when there are none."""
        self.chart.set_bars(bars)
        self.chart.setVisible(bool(bars))
        if self._legend is not None:
            self._legend.setVisible(bool(bars))
        self._none.setVisible(not bars)
        self.figure.setText(figure if bars else "")


class DashboardPage(Page):
    """Four figures read at a glance."""

    name = "dashboard"
    rail = "dashboard"
    is_root = True

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        look = theme()
        self.model = DashboardModel(session, self)
        self.model.changed.connect(self._show)
        strong = Ink(size="display", weight="strong")
        self._signed = AmountLabel((), strong, align=LEFT)
        self._at_stake = AmountLabel((), strong, align=LEFT)
        self.progress = _Picture(
            self.tr("Avancement"), self.tr("Aucun compte."), (self.tr("faits"), self.tr("à faire"))
        )
        self.losses = _Picture(self.tr("Chutes par raison"), self.tr("Aucune chute. C’est bon signe."))
        self.proposals = _Picture(self.tr("Propositions"), self.tr("Aucune proposition."))
        self.progress.chart.clicked.connect(self._open_area)
        self.proposals.chart.clicked.connect(self._open_proposals)
        self.body = Body()
        self._grid = QGridLayout(self.body.content)
        self._figures = line(look.space(16))
        for name, amount in (
            (self.tr("Signé, HT"), self._signed),
            (self.tr("En jeu, HT"), self._at_stake),
        ):
            block = column()
            block.addWidget(label(name, "small-quiet"))
            block.addWidget(amount)
            self._figures.addLayout(block)
        self._figures.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.body)
        self.fold(upright=False)
        self.set_head(self.tr("Tableau"), self.tr("Édition {year}").format(year=self.model.edition))

    def enter(self, **where: str) -> None:
        self.model.wake()

    def leave(self) -> None:
        self.model.sleep()

    def fold(self, *, upright: bool) -> None:
        look = theme()
        self._grid.removeItem(self._figures)
        for card in (self.progress, self.losses, self.proposals):
            self._grid.removeWidget(card)  # one that is only taken out leaves an item behind, see the page of today
        self._grid.setHorizontalSpacing(look.space(6))
        self._grid.setVerticalSpacing(look.space(6))
        self._grid.addLayout(self._figures, 0, 0, 1, 2)
        places: tuple[tuple[QWidget, int, int, int], ...] = (
            (self.progress, 1, 0, 2),
            (self.losses, 2, 0, 2 if upright else 1),
            (self.proposals, 3 if upright else 2, 0 if upright else 1, 2 if upright else 1),
        )
        for widget, row, column_at, span in places:
            self._grid.addWidget(widget, row, column_at, 1, span)
        for row in range(5):
            self._grid.setRowStretch(row, 1 if row == 4 else 0)
        for column_at in range(2):
            self._grid.setColumnStretch(column_at, 1)
        self.body.set_margins(upright=upright)

    def _show(self) -> None:
        picture = self.model.picture
        if picture is None:
            return
        self._signed.set_runs(formats.amount_runs(picture.signed_net))
        self._at_stake.set_runs(formats.amount_runs(picture.at_stake_net))
        self.progress.show_bars(self.model.progress(), self.model.done_share())
        self.losses.show_bars(self.model.losses(), self.model.lost())
        self.proposals.show_bars(self.model.proposals(), "")

    def _open_area(self, place: int) -> None:
        self.navigation.go("accounts", view="all", area=self.model.area(place))

    def _open_proposals(self, place: int) -> None:
        self.navigation.go("proposals", show=self.model.narrowing(place))
