"""All proposals of the portfolio, narrowed to those that wait for something."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.sales.proposal import ProposalKind, ProposalStatus
from app.ports.readers import ProposalItem
from views import formats
from views.shell.live_model import LiveModel
from views.shell.session import Session
from views.shell.theme import Chip
from views.widgets.rows import Row

NARROWINGS: dict[str, frozenset[ProposalStatus]] = {
    "open": frozenset({ProposalStatus.DRAFT, ProposalStatus.VALIDATED, ProposalStatus.ORDERED}),
    "to_confirm": frozenset({ProposalStatus.SIGNED_TO_CONFIRM}),
    "signed": frozenset({ProposalStatus.SIGNED}),
    "all": frozenset(ProposalStatus),
}
_STATUS = {
    ProposalStatus.DRAFT: "plain",
    ProposalStatus.VALIDATED: "accent",
    ProposalStatus.ORDERED: "accent",
    ProposalStatus.SIGNED_TO_CONFIRM: "info",
    ProposalStatus.SIGNED: "ok",
    ProposalStatus.CLOSED: "plain",
}


class ProposalsModel(LiveModel):
    """Reads every proposal; narrows without reading again."""

    TABLES = frozenset({"proposal", "proposal_sub_order", "proposal_line", "account"})

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.items: tuple[ProposalItem, ...] | None = None

    def read(self) -> None:
        """Read them all."""
        self.session.read(self.session.readers.proposals, self._show, latest="proposals")

    def matching(self, narrowing: str) -> list[ProposalItem]:
        """The proposals of a narrowing."""
        wanted = NARROWINGS.get(narrowing, NARROWINGS["all"])
        return [item for item in self.items or () if item.status in wanted]

    def rows(self, narrowing: str) -> list[Row]:
        """Rows of a narrowing."""
        return [self._row(item) for item in self.matching(narrowing)]

    def item(self, proposal_id: str) -> ProposalItem | None:
        """The proposal of a row."""
        return next((item for item in self.items or () if item.id == proposal_id), None)

    def _row(self, item: ProposalItem) -> Row:
        kind = self.tr("Par défaut") if item.kind is ProposalKind.DEFAULT else self.tr("Simulation")
        words = self.tr("{name} · {kind} · édition {year}").format(name=item.name, kind=kind, year=item.edition)
        return Row(
            title=item.account_name,
            subtitle=words,
            chips=(Chip(self.session.words("statuses", item.status), _STATUS[item.status]),),
            amount=formats.amount_runs(item.net),
            amount_sub=self.tr("{gross} TTC").format(gross=formats.amount(item.gross)),
            chevron=True,
            key=item.id,
        )

    def _show(self, items: tuple[ProposalItem, ...]) -> None:
        self.items = items
        self.changed.emit()
