"""The unit of work: one action, one transaction, one changeset."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.accounts.account import Account
from app.domain.accounts.activity import Activity, Discovery, Opportunity, PreparationItem
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Product, ProductRange
from app.domain.catalogue.slot import Slot
from app.domain.desk.request import Request
from app.domain.identifiers import (
    AccountId,
    ActivityId,
    DocumentId,
    LineId,
    LossId,
    OrderId,
    ProductId,
    ProposalId,
    RangeId,
    RequestId,
    ReservationId,
    SlotId,
)
from app.domain.sales.losses import Loss
from app.domain.sales.order import Order
from app.domain.sales.proposal import Proposal
from app.domain.sales.reservation import Reservation, SlotBook
from app.domain.signature.ceremony import Document


class Accounts(Protocol):
    """Accounts with their contacts and published details. `get` raises Refusal NOT_FOUND."""

    def get(self, account_id: AccountId) -> Account: ...
    def save(self, account: Account) -> None: ...


class Activities(Protocol):
    """The timeline, the preparation list, discoveries and opportunities. `get…` raises Refusal NOT_FOUND."""

    def get(self, activity_id: ActivityId) -> Activity: ...
    def save(self, activity: Activity) -> None: ...
    def get_preparation(self, item_id: ActivityId) -> PreparationItem: ...
    def save_preparation(self, item: PreparationItem) -> None: ...
    def discovery_of(self, account_id: AccountId) -> Discovery | None: ...
    def save_discovery(self, discovery: Discovery) -> None: ...
    def get_opportunity(self, opportunity_id: ActivityId) -> Opportunity: ...
    def save_opportunity(self, opportunity: Opportunity) -> None: ...


class Catalogue(Protocol):
    """Ranges and products with their prices. `get` and `get_range` raise Refusal NOT_FOUND."""

    def get(self, product_id: ProductId) -> Product: ...
    def several(self, product_ids: Sequence[ProductId]) -> dict[ProductId, Product]: ...
    def save(self, product: Product) -> None: ...
    def get_range(self, range_id: RangeId) -> ProductRange: ...
    def save_range(self, family: ProductRange) -> None: ...


class Slots(Protocol):
    """Limited places, as the centre tells them. `get` raises Refusal NOT_FOUND."""

    def get(self, slot_id: SlotId) -> Slot: ...
    def of(self, product_id: ProductId, edition: int) -> tuple[Slot, ...]: ...
    def book_of(self, proposal: Proposal) -> SlotBook:
        """Give what is known of the limited places that a proposal's lines may need."""


class Reservations(Protocol):
    """Holds on limited places, of the accounts that are here."""

    def of_lines(self, line_ids: Sequence[LineId]) -> dict[LineId, Reservation]:
        """Give the reservation of each line that has one: the live one where there are several."""

    def of_slot(self, slot_id: SlotId) -> tuple[Reservation, ...]: ...
    def save(self, reservation: Reservation) -> None: ...
    def remove(self, reservation_id: ReservationId) -> None: ...


class Orders(Protocol):
    """Orders that run or ran. `get` raises Refusal NOT_FOUND."""

    def get(self, order_id: OrderId) -> Order: ...
    def of_account(self, account_id: AccountId) -> tuple[Order, ...]: ...
    def save(self, order: Order) -> None: ...


class Proposals(Protocol):
    """Proposals with their sub-orders, lines and plan. `get` raises Refusal NOT_FOUND."""

    def get(self, proposal_id: ProposalId) -> Proposal: ...
    def of_account(self, account_id: AccountId) -> tuple[Proposal, ...]: ...
    def save(self, proposal: Proposal) -> None: ...
    def remove(self, proposal_id: ProposalId) -> None: ...


class Losses(Protocol):
    """Recorded losses. `get` raises Refusal NOT_FOUND."""

    def get(self, loss_id: LossId) -> Loss: ...
    def save(self, loss: Loss) -> None: ...
    def of_account(self, account_id: AccountId) -> tuple[Loss, ...]: ...


class Requests(Protocol):
    """Requests to customer service. `get` raises Refusal NOT_FOUND."""

    def get(self, request_id: RequestId) -> Request: ...
    def save(self, request: Request) -> None: ...


class Documents(Protocol):
    """Kept documents: create only. `get` and `content` raise Refusal NOT_FOUND; `add` twice raises DOCUMENT_KEPT.

    `add` checks that the content has the SHA-256 and the size that the document says.
    """

    def get(self, document_id: DocumentId) -> Document: ...
    def content(self, sha256: str) -> bytes: ...
    def add(self, document: Document, content: bytes) -> None: ...
    def send_again(self, document_id: DocumentId) -> bool:
        """Let a document that is kept here alone go to the centre with this action: it was refused with another.

        Gives whether it goes: not where the centre has it.
        """

    def of_proposal(self, proposal_id: ProposalId) -> tuple[Document, ...]: ...


class Reps(Protocol):
    """The rep who works on this device, and colleagues."""

    def me(self) -> Rep: ...


class Transaction(Protocol):
    """One action under way; it leaves no trace unless it is committed."""

    accounts: Accounts
    activities: Activities
    catalogue: Catalogue
    slots: Slots
    reservations: Reservations
    orders: Orders
    proposals: Proposals
    losses: Losses
    requests: Requests
    documents: Documents
    reps: Reps

    def new_id(self) -> str:
        """Give a fresh UUIDv7 in 32 hex digits."""

    def now(self) -> datetime:
        """Give the instant of this action, the same throughout."""

    def today(self) -> date:
        """Give the day of this action."""

    def about(self, **facts: str) -> None:
        """Note what the action is about (account, proposal…) for the words of the sync page and of undo."""

    def is_final(self) -> None:
        """Say that this action cannot be undone (a signature)."""

    def commit(self) -> None:
        """Write rows, journal and outbox together, durably; afterwards the action is acknowledged."""


class Work(Protocol):
    """Opens transactions. `name` is the use case's name; the words for it stand in resources/wording, `actions`."""

    def begin(self, name: str) -> AbstractContextManager[Transaction]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An action that can be undone or done again: its use case's name and what it was about."""

    name: str
    facts: dict[str, str]


class History(Protocol):
    """Undo and redo of any action by its inverse changeset, across restarts."""

    def last_done(self) -> Step | None:
        """Give the action that undo would take back, when there is one."""

    def last_undone(self) -> Step | None:
        """Give the action that redo would do again, when there is one."""

    def undo(self) -> Step:
        """Take the last action back. Raises Refusal NOTHING_TO_UNDO or CHANGED_SINCE."""

    def redo(self) -> Step:
        """Do the last undone action again. Raises Refusal NOTHING_TO_REDO or CHANGED_SINCE."""
