"""The whole publication plan of an account on one screen."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from views.accounts.publication_plan import Plan
from views.shell.body import Body
from views.shell.theme import theme
from views.widgets.empty_page import EmptyPage
from views.widgets.span_rows import SpanRows


class PlanTab(Body):
    """Products against editions; what the proposal plans is dashed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self.content)
        self._spans: SpanRows | None = None
        self.none = EmptyPage(
            self.tr("Rien n’a encore paru."), self.tr("Ce qui sera commandé se lira ici, par édition.")
        )
        self._column.addWidget(self.none, 1)
        self._column.addStretch(0)
        self.set_margins(upright=False, top=5)

    def fold(self, *, upright: bool) -> None:
        """Keep the page's margins."""
        self.set_margins(upright=upright, top=5)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan."""
        if self._spans is not None:
            self._column.removeWidget(self._spans)
            self._spans.hide()
            self._spans.deleteLater()
            self._spans = None
        self.none.setVisible(not plan.rows)
        self._column.setStretch(self._column.count() - 1, 1 if plan.rows else 0)
        if plan.rows:
            self._spans = SpanRows([str(year) for year in plan.editions], plan.current)
            self._spans.set_rows(plan.rows)
            self._spans.setMaximumWidth(theme().px("dialog"))
            self._column.insertWidget(0, self._spans)
