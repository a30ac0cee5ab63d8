"""The figures of the portfolio for an edition."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.domain.money import total
from app.domain.sales.proposal import ProposalStatus
from app.ports.readers import DashboardPicture
from views import formats
from views.shell.live_model import LiveModel
from views.shell.session import Session
from views.widgets.bar_chart import Bar

_STATUS_NARROWING = {
    ProposalStatus.DRAFT: "open",
    ProposalStatus.VALIDATED: "open",
    ProposalStatus.ORDERED: "open",
    ProposalStatus.SIGNED_TO_CONFIRM: "to_confirm",
    ProposalStatus.SIGNED: "signed",
    ProposalStatus.CLOSED: "all",
}


class DashboardModel(LiveModel):
    """Reads one edition: the one that is being sold, next year's."""

    TABLES = frozenset({"account", "proposal", "proposal_line", "proposal_sub_order", "customer_order", "loss"})

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.edition = session.clock.today().year + 1
        self.picture: DashboardPicture | None = None

    def read(self) -> None:
        """Read the figures."""
        self.session.read(partial(self.session.readers.dashboard, self.edition), self._show, latest="dashboard")

    def losses(self) -> list[Bar]:
        """What is lost, by reason."""
        reasons = self.picture.losses_by_reason if self.picture is not None else ()
        return [
            Bar(self._capital(self.session.words("loss_reasons", reason)), (net.cents,), formats.formats().euros(net))
            for reason, net in reasons
        ]

    def lost(self) -> str:
        """All that is lost, in words."""
        reasons = self.picture.losses_by_reason if self.picture is not None else ()
        return formats.amount_euro(total(net for _, net in reasons))

    def progress(self) -> list[Bar]:
        """Accounts done and still to do, by area."""
        areas = self.picture.progress_by_area if self.picture is not None else ()
        nowhere = self.tr("Sans département")
        return [Bar(area or nowhere, (done, every - done), f"{done}/{every}") for area, done, every in areas]

    def area(self, place: int) -> str:
        """The area of a bar."""
        return self.picture.progress_by_area[place][0] if self.picture is not None else ""

    def proposals(self) -> list[Bar]:
        """How many proposals stand where."""
        statuses = self.picture.proposals_by_status if self.picture is not None else ()
        return [
            Bar(self._capital(self.session.words("statuses", status)), (count,), formats.formats().number(count))
            for status, count in statuses
        ]

    def narrowing(self, place: int) -> str:
        """The list of proposals that a bar leads to."""
        return _STATUS_NARROWING[self.picture.proposals_by_status[place][0]] if self.picture is not None else "all"

    def done_share(self) -> str:
        """How many accounts are done, in words."""
        areas = self.picture.progress_by_area if self.picture is not None else ()
        done, every = sum(done for _, done, _ in areas), sum(every for _, _, every in areas)
        number = formats.formats().number
        return self.tr("{done} sur {all}").format(done=number(done), all=number(every))

    @staticmethod
    def _capital(text: str) -> str:
        return text[:1].upper() + text[1:]

    def _show(self, picture: DashboardPicture) -> None:
        self.picture = picture
        self.changed.emit()
