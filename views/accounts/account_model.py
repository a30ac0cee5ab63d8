"""One account as its page shows it, and what can be done from there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.accounts.account import AccountStatus, missing
from app.domain.accounts.rep import Rep
from app.domain.identifiers import AccountId, ActivityId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.losses import Loss, LossKind, LossReason
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus
from app.ports.readers import AccountPicture
from app.usecases.accounts.plan_task import CompleteTask, TickPreparation, complete_task, tick_preparation
from app.usecases.sales.lose_account import LoseAccount, lose_account
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.revoke_loss import RevokeLoss, revoke_loss
from views.accounts.account_words import AccountWords
from views.accounts.load_model import LoadModel
from views.accounts.publication_plan import Plan, publication_plan
from views.shell.live_model import LiveModel
from views.shell.session import Session

LIVE = frozenset({ProposalStatus.DRAFT, ProposalStatus.VALIDATED, ProposalStatus.ORDERED})
"""Proposals that may still be presented."""


class AccountModel(LiveModel):
    """Reads one account; `gone` goes out when it is not there (any more)."""

    TABLES = frozenset(
        (
            *("account", "contact", "advertiser_details", "activity", "preparation_item", "discovery", "opportunity"),
            *("customer_order", "ordered_sub_order", "order_line", "amendment", "proposal", "proposal_sub_order"),
            *("proposal_line", "instalment", "loss", "request", "document", "account_load"),
        )
    )
    gone = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.words = AccountWords(session, self)
        self.load = LoadModel(session, self)
        self.load.changed.connect(self.changed)
        session.touched.connect(self._file_came)
        self._id: AccountId | None = None
        self._picture: AccountPicture | None = None

    @property
    def picture(self) -> AccountPicture | None:
        """The account, None until it is read."""
        return self._picture

    def show_account(self, account_id: AccountId) -> None:
        """Show another account."""
        if account_id != self._id:
            self._id, self._picture = account_id, None
            self.changed.emit()
        self.wake()

    def read(self) -> None:
        """Read it all again."""
        if self._id is None:
            return
        self.session.read(self.session.readers.me, self._know_me, latest="account me")
        self.load.read(self._id)
        self.session.read(
            partial(self.session.readers.account, self._id), self._show, latest="account", refused=self._not_found
        )

    def _file_came(self, tables: frozenset[str]) -> None:
        if self.is_awake and self._id is not None and "blob" in tables:
            self.load.read(self._id)

    # ------------------------------------------------------------------------------------------- answers
    @property
    def is_lost(self) -> bool:
        """Whether the account is lost altogether."""
        return self._picture is not None and self._picture.account.status is AccountStatus.LOST

    @property
    def total_loss(self) -> Loss | None:
        """The total loss that stands."""
        losses = self._picture.losses if self._picture is not None else ()
        return next((loss for loss in losses if loss.kind is LossKind.TOTAL and loss.revoked_at is None), None)

    @property
    def live_proposals(self) -> tuple[Proposal, ...]:
        """The proposals that may still be presented, the default one first."""
        proposals = self._picture.proposals if self._picture is not None else ()
        return tuple(proposal for proposal in proposals if proposal.status in LIVE)

    @property
    def to_present(self) -> Proposal | None:
        """The proposal a visit begins with: the default one, or the first that may be presented."""
        live = self.live_proposals
        default = (proposal for proposal in live if proposal.kind is ProposalKind.DEFAULT)
        return next(default, live[0] if live else None)

    @property
    def next_edition(self) -> int:
        """The edition a renewal would be for: the one after the last that was ordered."""
        orders = self._picture.orders if self._picture is not None else ()
        return 1 + max((order.edition for order in orders), default=self.session.clock.today().year)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing of the account, in words, most urgent first."""
        if self._picture is None:
            return ()
        return tuple(self.session.words("missing", lack) for lack in missing(self._picture.account))

    def plan(self, most: int, *, only_live: bool = False) -> Plan:
        """The publication plan over the last `most` editions; `only_live` for what runs or is planned."""
        if self._picture is None:
            return Plan((), -1, ())
        return publication_plan(self._picture, self.to_present, self.tr("réduit"), most, only_live=only_live)

    # ------------------------------------------------------------------------------------------- doing
    def prepare(self, then: Callable[[ProposalId], object]) -> None:
        """Renew what runs at the next edition's prices."""
        if self._id is not None:
            command = PrepareProposal(self._id, self.next_edition)
            self.session.act(partial(prepare_proposal, command, self.session.work), then)

    def load_for_visit(self, ask: Callable[[], object], *, is_sure: bool = False) -> None:
        """Load the account for a visit; `ask` where no appointment is near."""
        if self._picture is not None:
            account = self._picture.account
            self.load.wish(account.id, account.trade_name, ask, is_sure=is_sure)

    def unload(self) -> None:
        """Let the loaded account go."""
        if self._id is not None:
            self.load.unwish(self._id)

    def tick(self, item_id: ActivityId, *, done: bool) -> None:
        """Tick a point of the preparation, or take the tick back."""
        self.session.act(partial(tick_preparation, TickPreparation(item_id, done), self.session.work))

    def complete(self, task_id: ActivityId, *, done: bool) -> None:
        """Tick a task, or take the tick back."""
        self.session.act(partial(complete_task, CompleteTask(task_id, done), self.session.work))

    def lose(self, reason: LossReason) -> None:
        """Say that the customer renews nothing."""
        if self._id is not None:
            command = LoseAccount(self._id, reason, self.next_edition)
            self.session.act(partial(lose_account, command, self.session.work), self._say_lost)

    def revoke(self) -> None:
        """Take the total loss back."""
        loss = self.total_loss
        if loss is not None:
            self.session.act(partial(revoke_loss, RevokeLoss(loss.id), self.session.work), self._say_revoked)

    def _say_lost(self, _loss: object) -> None:
        self.session.say(self.tr("Chute totale notée. Les propositions sont closes."), can_undo=True)

    def _say_revoked(self, _nothing: object) -> None:
        self.session.say(self.tr("Chute révoquée. Le compte est de nouveau actif."), can_undo=True)

    def _know_me(self, me: Rep) -> None:
        self.words.me = me.name

    def _show(self, picture: AccountPicture) -> None:
        if picture.account.id == self._id:
            self._picture = picture
            self.changed.emit()

    def _not_found(self, _refusal: Refusal) -> None:
        self.gone.emit()
