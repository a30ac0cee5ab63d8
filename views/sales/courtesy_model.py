"""The courtesy screen's content, the quantity that moves the total, and how long it was shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from app.domain.catalogue.product import Product
from app.domain.identifiers import LineId, ProductId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.editing import changed_line, line_of, with_line
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus
from app.domain.sales.reservation import SlotBook, SlotStanding, standing
from app.ports.readers import AccountPicture
from app.usecases.accounts.plan_task import RecordPresentation, record_presentation
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.circumstances import NOTHING_LIMITED
from views.sales.compare_sentences import Sentence, sentences
from views.sales.courtesy_content import Courtesy, courtesy
from views.shell.session import Session

_TABLES = frozenset({"proposal", "proposal_sub_order", "proposal_line", "instalment", "slot", "reservation"})
_OTHERS = frozenset({ProposalKind.DEFAULT, ProposalKind.SIMULATION})


@dataclass(frozen=True, slots=True)
class _Read:
    picture: AccountPicture
    products: dict[ProductId, Product]
    places: SlotBook


class CourtesyModel(QObject):
    """One proposal before the customer."""

    changed = Signal()
    missing = Signal()
    """The proposal is not there any more."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._read: _Read | None = None
        self._proposal: Proposal | None = None
        self._proposal_id: ProposalId | None = None
        self._shown = QElapsedTimer()
        self._under_way = 0
        session.touched.connect(self._hear)

    def open(self, proposal_id: ProposalId) -> None:
        """Read what the customer is going to see."""
        self._proposal_id = proposal_id
        self._read = self._proposal = None
        self.reload()

    def reload(self) -> None:
        """Read again, in the background."""
        proposal_id, readers = self._proposal_id, self._session.readers
        if proposal_id is None:
            return

        def read() -> _Read:
            picture = readers.account(readers.proposal(proposal_id).account_id)
            found = [one for one in picture.proposals if one.id == proposal_id]
            wanted = {line.product_id for one in found for line in one.lines if line.product_id}
            products = {product_id: readers.product(product_id) for product_id in sorted(wanted)}
            return _Read(picture, products, readers.slot_book(found[0]) if found else NOTHING_LIMITED)

        self._session.read(read, self._take, latest="courtesy", refused=lambda _: self.missing.emit())

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & _TABLES and self._shown.isValid():
            self.reload()

    def _take(self, read: _Read) -> None:
        # While a quantity is on its way the store may still tell the one before.
        if self._under_way:
            return
        found = next((one for one in read.picture.proposals if one.id == self._proposal_id), None)
        if found is None:
            self.missing.emit()
            return
        self._read, self._proposal = read, found
        self.changed.emit()

    @property
    def content(self) -> Courtesy | None:
        """All that is shown; None before it is read."""
        if self._read is None or self._proposal is None:
            return None
        picture, proposal = self._read.picture, self._proposal
        return courtesy(
            picture.account, picture.orders, proposal, self._others(), self._read.products, self._not_granted(proposal)
        )

    def _not_granted(self, proposal: Proposal) -> frozenset[LineId]:
        """The lines whose limited place is not theirs yet."""
        if self._read is None:
            return frozenset()
        places, today = self._read.places, self._session.clock.today()
        standings = {line.id: standing(line, proposal.status, places, today) for line in proposal.lines}
        return frozenset(line for line, how in standings.items() if how not in (None, SlotStanding.GRANTED))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What tells this proposal from the first of the others, in plain words."""
        others = self._others()
        return sentences(others[0], self._proposal) if others and self._proposal is not None else ()

    def _others(self) -> tuple[Proposal, ...]:
        if self._read is None or self._proposal is None:
            return ()
        return tuple(
            one
            for one in self._read.picture.proposals
            if one.id != self._proposal.id
            and one.kind in _OTHERS
            and one.edition == self._proposal.edition
            and one.status is not ProposalStatus.CLOSED
        )

    def change_quantity(self, line_id: LineId, quantity: int) -> None:
        """Change how many; what is shown follows at once by the rule that the store then applies.

        Where the rule refuses (prices frozen, out of range) nothing changes.
        """
        if self._proposal is None:
            return
        try:
            _, line = line_of(self._proposal, line_id)
            after = with_line(self._proposal, changed_line(line, quantity=quantity))
        except Refusal:
            self.changed.emit()
            return
        before, self._proposal = self._proposal, after
        command, work = ChangeLine(after.id, line_id, quantity=quantity), self._session.work

        self._under_way += 1

        def done(_: object) -> None:
            self._under_way -= 1

        def back(_: object) -> None:
            self._under_way -= 1
            self._proposal = before
            self.changed.emit()

        self._session.act(lambda: change_line(command, work), done, refused=_quietly, failed=back)
        self.changed.emit()

    # ------------------------------------------------------------------------------------------- how long
    def start_showing(self) -> None:
        """The customer sees it from now on."""
        self._shown.start()

    def stop_showing(self) -> None:
        """The customer sees it no more: note for how long, once."""
        if not self._shown.isValid() or self._proposal_id is None or self._proposal is None:
            return
        seconds = max(1, round(self._shown.elapsed() / 1000))
        self._shown.invalidate()
        command, work = RecordPresentation(self._proposal_id, seconds), self._session.work
        self._session.act(lambda: record_presentation(command, work))


def _quietly(_: Refusal) -> None:
    """A refusal says nothing before the customer: the figure goes back to what it was."""
