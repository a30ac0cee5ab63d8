"""The proposal under the rep's hands: what is shown of it, and every change it can go through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.accounts.account import Account
from app.domain.accounts.rep import Rep
from app.domain.identifiers import AccountId, LineId, ProductId, ProposalId, SubOrderId
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import Anomaly, anomalies
from app.domain.sales.editing import changed_line, line_of, with_line
from app.domain.sales.losses import LossKind, LossReason
from app.domain.sales.order import Order
from app.domain.sales.proposal import Instalment, PlanTemplate, Proposal, ProposalStatus
from app.domain.sales.reservation import SlotBook
from app.domain.signature.ceremony import Document, is_proof_alone
from app.ports.readers import AccountPicture
from app.ports.work import Step
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.amend_sub_order import (
    AmendSubOrder,
    ChangeDetails,
    RenewSubOrder,
    amend_sub_order,
    change_details,
    renew_sub_order,
)
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.circumstances import NOTHING_LIMITED, circumstances
from app.usecases.sales.drop_sub_order import DropSubOrder, drop_sub_order
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.remove_line import RemoveLine, remove_line
from app.usecases.sales.rename_proposal import RenameProposal, rename_proposal
from app.usecases.sales.replace_product import ReplaceProduct, replace_product
from app.usecases.sales.reprice_line import RepriceLine, reprice_line
from app.usecases.sales.restore_line import RestoreLine, restore_line
from app.usecases.sales.set_payment_plan import EditInstalments, SetPaymentPlan, edit_instalments, set_payment_plan
from app.usecases.sales.split_proposal import SplitOutcome, SplitProposal, split_proposal
from app.usecases.sales.validate_proposal import (
    ReopenProposal,
    ValidateProposal,
    reopen_proposal,
    validate_proposal,
)
from views.shell.session import Session

T = TypeVar("T")

_TABLES = frozenset(
    {
        *("proposal", "proposal_sub_order", "proposal_line", "instalment"),
        *("slot", "reservation"),
        *("account", "contact", "customer_order", "loss", "document", "price", "product", "rep"),
    }
)


class _Read(NamedTuple):
    """What the store says at one moment; the books say what is known of limited places."""

    picture: AccountPicture
    me: Rep
    books: dict[ProposalId, SlotBook]
    undoable: Step | None
    redoable: Step | None


class ProposalModel(QObject):
    """One account's proposals, one of them in hand; `changed` goes out when what is shown is another."""

    changed = Signal()
    renaming_wanted = Signal()
    """A proposal was just made whose name says nothing yet."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.account: Account | None = None
        self.me: Rep | None = None
        self.orders: tuple[Order, ...] = ()
        self.documents: tuple[Document, ...] = ()
        self.proposals: tuple[Proposal, ...] = ()
        self._books: dict[ProposalId, SlotBook] = {}
        self.undoable: Step | None = None
        self.redoable: Step | None = None
        self._account_id: AccountId | None = None
        self._chosen: ProposalId | None = None
        self._wants_name: ProposalId | None = None
        self._under_way = 0
        session.touched.connect(self._hear)

    # ------------------------------------------------------------------------------------------- what is shown
    def open(self, account_id: AccountId, proposal_id: ProposalId | None = None) -> None:
        """Take an account's proposals in hand, this one first; without an id the default one."""
        if account_id != self._account_id:
            self.account, self.proposals, self.orders = None, (), ()
        self._account_id = account_id
        if proposal_id != self._chosen:
            self._chosen = proposal_id
            self.changed.emit()
        self.reload()

    @property
    def account_id(self) -> AccountId | None:
        """Whose proposals these are."""
        return self._account_id

    @property
    def is_loaded(self) -> bool:
        """Whether the account has been read."""
        return self.account is not None

    @property
    def proposal(self) -> Proposal | None:
        """The proposal in hand; None when the account has none that is open."""
        first = self.proposals[0] if self.proposals else None
        return next((one for one in self.proposals if one.id == self._chosen), first)

    def book_of(self, proposal: Proposal) -> SlotBook:
        """What is known of the limited places that a proposal's lines need."""
        return self._books.get(proposal.id, NOTHING_LIMITED)

    def anomalies_of(self, proposal: Proposal) -> tuple[Anomaly, ...]:
        """What a proposal of this account breaks today; what is signed breaks nothing any more."""
        if self.account is None or self.me is None:
            return ()
        if proposal.status in {ProposalStatus.SIGNED_TO_CONFIRM, ProposalStatus.SIGNED}:
            return ()
        today, places = self.session.clock.today(), self.book_of(proposal)
        return anomalies(proposal, circumstances(self.account, self.me, today, places))

    def typed(self, line_id: LineId, *, quantity: int | None = None, discount: int | None = None) -> Proposal | None:
        """The proposal as it would be with what is being typed; None where a rule would refuse it."""
        if self.proposal is None:
            return None
        try:
            _, line = line_of(self.proposal, line_id)
            return with_line(self.proposal, changed_line(line, quantity=quantity, discount=discount))
        except Refusal:
            return None

    @property
    def next_edition(self) -> int:
        """The edition that a proposal prepared now is for."""
        latest = max((order.edition for order in self.orders), default=None)
        return latest + 1 if latest is not None else self.session.clock.today().year + 1

    def order_forms(self, proposal_id: ProposalId) -> tuple[Document, ...]:
        """The forms rendered or signed for a proposal, latest first."""
        forms = [document for document in self.documents if document.proposal_id == proposal_id]
        return tuple(sorted(forms, key=lambda document: document.made_at, reverse=True))

    def not_taken(self, proposal: Proposal) -> Document | None:
        """The latest form that the customer signed and the centre could not take, until another one is signed."""
        if proposal.status in {ProposalStatus.SIGNED_TO_CONFIRM, ProposalStatus.SIGNED}:
            return None
        return next((form for form in self.order_forms(proposal.id) if is_proof_alone(form, proposal)), None)

    def choose(self, proposal_id: ProposalId) -> None:
        """Take another of the account's proposals in hand."""
        if self.proposal is None or proposal_id != self.proposal.id:
            self._chosen = proposal_id
            self.changed.emit()

    def reload(self) -> None:
        """Read again, in the background."""
        account_id = self._account_id
        if account_id is None:
            return
        readers, history = self.session.readers, self.session.history

        def read() -> _Read:
            picture = readers.account(account_id)
            books = {one.id: readers.slot_book(one) for one in picture.proposals}
            return _Read(picture, readers.me(), books, history.last_done(), history.last_undone())

        self.session.read(read, self._take, latest="proposal", label=self.tr("Chargement de la proposition"))

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self.reload()

    def _take(self, read: _Read) -> None:
        picture = read.picture
        # While a change is on its way the store may still tell the state before it; its end reads again.
        if self._under_way or picture.account.id != self._account_id:
            return
        shown = tuple(one for one in picture.proposals if one.status is not ProposalStatus.CLOSED)
        before = self._state()
        self.account, self.me, self.proposals, self.orders = picture.account, read.me, shown, picture.orders
        self.documents, self._books = picture.documents, read.books
        self.undoable, self.redoable = read.undoable, read.redoable
        if self._state() != before:
            self.changed.emit()
        if self._wants_name is not None and any(one.id == self._wants_name for one in shown):
            self._wants_name = None
            self.renaming_wanted.emit()

    def _state(self) -> tuple[object, ...]:
        return (
            self.account,
            self.me,
            self.proposals,
            self._books,
            self.orders,
            self.documents,
            self.undoable,
            self.redoable,
        )

    # ------------------------------------------------------------------------------------------- acting
    def act(
        self,
        do: Callable[[], T],
        then: Callable[[T], object] | None = None,
        *,
        refused: Callable[[Refusal], object] | None = None,
    ) -> None:
        """Run a use case; afterwards the screen shows what the store holds, whatever became of it."""
        self._under_way += 1

        def done(answer: T) -> None:
            self._under_way -= 1
            if then is not None:
                then(answer)
            self.reload()

        def failed(_: Exception) -> None:
            self._under_way -= 1
            self.reload()

        self.session.act(do, done, refused=refused, failed=failed)

    def _id(self) -> ProposalId:
        if self.proposal is None:
            raise Refusal("NOT_FOUND", {"what": self.tr("proposition")})
        return self.proposal.id

    def change_line(self, line_id: LineId, *, quantity: int | None = None, discount: int | None = None) -> None:
        """Change a line; the screen shows it at once, by the same rule that the store then applies.

        Raises Refusal when the rule refuses; nothing is changed then.
        """
        proposal = self.proposal
        if proposal is None:
            return
        _, line = line_of(proposal, line_id)
        if (quantity in {None, line.quantity}) and (discount in {None, line.discount}):
            return
        after = with_line(proposal, changed_line(line, quantity=quantity, discount=discount))
        self.proposals = tuple(after if one.id == after.id else one for one in self.proposals)
        command = ChangeLine(proposal.id, line_id, quantity=quantity, discount=discount)
        self.act(lambda: change_line(command, self.session.work))
        self.changed.emit()

    def replace_product(self, line_id: LineId, product_id: ProductId) -> None:
        """Put another product of the same range in a line's place."""
        command = ReplaceProduct(self._id(), line_id, product_id)
        self.act(lambda: replace_product(command, self.session.work))

    def add_product(self, product_id: ProductId, *, activity: str = "", area: str = "", period: str = "") -> None:
        """Add a product from the catalogue."""
        command = AddLine(self._id(), product_id, activity=activity, area=area, period=period)
        self.act(lambda: add_line(command, self.session.work))

    def cancel_line(
        self, line_id: LineId, reason: LossReason, then: Callable[[LossKind], object], *, everything: bool = False
    ) -> None:
        """Cancel a line; `then` hears which loss it was."""
        command = CancelLine(self._id(), line_id, reason, drop_everything=everything)
        self.act(lambda: cancel_line(command, self.session.work), then)

    def restore_line(self, line_id: LineId) -> None:
        """Take a cancelled line back."""
        command = RestoreLine(self._id(), line_id)
        self.act(lambda: restore_line(command, self.session.work))

    def remove_line(self, line_id: LineId) -> None:
        """Take an added line out again."""
        command = RemoveLine(self._id(), line_id)
        self.act(lambda: remove_line(command, self.session.work))

    def reprice_line(self, line_id: LineId) -> None:
        """Put a line under the price list of the day."""
        command = RepriceLine(self._id(), line_id)
        self.act(lambda: reprice_line(command, self.session.work))

    def amend(self, part_id: SubOrderId) -> None:
        """Amend what runs instead of renewing it."""
        command = AmendSubOrder(self._id(), part_id)
        self.act(lambda: amend_sub_order(command, self.session.work))

    def renew(self, part_id: SubOrderId) -> None:
        """Go back to renewing what runs."""
        command = RenewSubOrder(self._id(), part_id)
        self.act(lambda: renew_sub_order(command, self.session.work))

    def change_details(self, part_id: SubOrderId, note: str) -> None:
        """Note what changes in the published details; an empty note takes it back."""
        command = ChangeDetails(self._id(), part_id, note)
        self.act(lambda: change_details(command, self.session.work))

    def drop_part(
        self, part_id: SubOrderId, reason: LossReason, then: Callable[[LossKind], object], *, everything: bool = False
    ) -> None:
        """Drop a whole sub-order; `then` hears which loss it was."""
        command = DropSubOrder(self._id(), part_id, reason, drop_everything=everything)
        self.act(lambda: drop_sub_order(command, self.session.work), then)

    def set_plan(self, template: PlanTemplate | None, first_due_on: date | None = None) -> None:
        """Pay by a template; None takes the plan away."""
        command = SetPaymentPlan(self._id(), template, first_due_on)
        self.act(lambda: set_payment_plan(command, self.session.work))

    def edit_plan(self, instalments: tuple[Instalment, ...]) -> None:
        """Keep a plan made by hand."""
        command = EditInstalments(self._id(), instalments)
        self.act(lambda: edit_instalments(command, self.session.work))

    # ------------------------------------------------------------------------------------------- whole proposals
    def prepare(self) -> None:
        """Prepare the default proposal: everything that runs, renewed."""
        if self._account_id is not None:
            command = PrepareProposal(self._account_id, self.next_edition)
            self.act(lambda: prepare_proposal(command, self.session.work), self._choose_next)

    def duplicate(self) -> None:
        """Copy the proposal in hand into a simulation, and ask for its name."""
        command = DuplicateProposal(self._id())

        def made(proposal_id: ProposalId) -> None:
            self._choose_next(proposal_id)
            self._wants_name = proposal_id

        self.act(lambda: duplicate_proposal(command, self.session.work), made)

    def _choose_next(self, proposal_id: ProposalId) -> None:
        self._chosen = proposal_id

    def rename(self, proposal_id: ProposalId, name: str) -> None:
        """Give a proposal another name."""
        command = RenameProposal(proposal_id, name)
        self.act(lambda: rename_proposal(command, self.session.work))

    def split(self, reason: LossReason, then: Callable[[SplitOutcome], object]) -> None:
        """Take apart what cannot be signed together."""
        command = SplitProposal(self._id(), reason)
        self.act(lambda: split_proposal(command, self.session.work), then)

    def validate(self) -> None:
        """Freeze the prices."""
        command = ValidateProposal(self._id())
        self.act(lambda: validate_proposal(command, self.session.work))

    def reopen(self) -> None:
        """Go back to a draft, as the next version."""
        command = ReopenProposal(self._id())
        self.act(lambda: reopen_proposal(command, self.session.work))

    def order(self, then: Callable[[Document], object]) -> None:
        """Render the order form, in the customer's language."""
        command, session = OrderProposal(self._id()), self.session
        self.act(lambda: order_proposal(command, session.work, session.paper, session.company), then)
