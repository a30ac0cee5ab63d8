"""What screens read: frozen pictures of the store, made for one page each, never changed through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from app.domain.accounts.account import Account, AccountStatus
from app.domain.accounts.activity import Activity, Discovery, Opportunity, PreparationItem
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Product, ProductRange
from app.domain.catalogue.slot import Slot
from app.domain.desk.request import Request
from app.domain.identifiers import AccountId, OrderId, ProductId, ProposalId, SlotId
from app.domain.money import Money
from app.domain.sales.losses import Loss
from app.domain.sales.order import Order
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus
from app.domain.sales.reservation import SlotBook
from app.domain.signature.ceremony import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An appointment of the day with what the Today page shows of its account."""

    activity: Activity
    account: Account
    at_stake: Money
    note: str
    proposals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPicture:
    """The day: visits in order, rejections, open tasks by urgency, changes that wait, problems to answer."""

    day: date
    visits: tuple[Visit, ...]
    rejections: tuple[Request, ...]
    tasks: tuple[tuple[Activity, str], ...]
    """Each open task with the trade name of its account."""
    account_names: dict[AccountId, str]
    to_renew: int
    """Accounts whose renewal falls due within 60 days."""


class AccountSort(StrEnum):
    """How the list of accounts is sorted."""

    URGENCY = "urgency"
    NAME = "name"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFilter:
    """What the list of accounts holds: words, area, renewal before a day, a missing e-mail, a rejection, a load."""

    text: str = ""
    area: str | None = None
    renew_before: date | None = None
    without_email: bool = False
    rejected: bool = False
    loaded: bool = False
    sort: AccountSort = AccountSort.URGENCY


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountItem:
    """One row of the list of accounts."""

    id: AccountId
    number: str
    trade_name: str
    activity: str
    city: str
    status: AccountStatus
    renew_by: date | None
    running_net: Money
    """What runs now, net, in the last edition ordered."""
    next_visit: datetime | None
    drafts: int
    to_confirm: int
    rejections: int
    email_missing: bool
    left_to_do: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPicture:
    """The preparation grid: all that one page shows of an account."""

    account: Account
    preparation: tuple[PreparationItem, ...]
    discovery: Discovery | None
    opportunities: tuple[Opportunity, ...]
    timeline: tuple[Activity, ...]
    """Latest first."""
    orders: tuple[Order, ...]
    """Latest edition first."""
    proposals: tuple[Proposal, ...]
    """The default one first."""
    requests: tuple[Request, ...]
    losses: tuple[Loss, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalItem:
    """One row of the list of proposals."""

    id: ProposalId
    account_id: AccountId
    account_name: str
    name: str
    kind: ProposalKind
    status: ProposalStatus
    edition: int
    net: Money
    gross: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderItem:
    """One row of the list of orders."""

    id: OrderId
    account_id: AccountId
    account_name: str
    number: str
    edition: int
    signed_on: date
    status: str
    net: Money


class HitKind(StrEnum):
    """What a search found."""

    ACCOUNT = "account"
    CONTACT = "contact"
    PROPOSAL = "proposal"
    ORDER = "order"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One answer of the search: what it is, its words, and the account it leads to."""

    kind: HitKind
    id: str
    title: str
    subtitle: str
    account_id: AccountId | None


class StepState(StrEnum):
    """One of the three steps of a change: here, at the centre, in production."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    REFUSED = "refused"
    NONE = "none"


LEFT_PORTFOLIO = "LEFT_PORTFOLIO"
"""What is said of a change on its way whose account is no longer here: it is kept, and sent all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    """One change on its way or arrived: the action, what it is about, its three steps."""

    number: int
    action: str
    facts: dict[str, str]
    at: datetime
    here: StepState
    centre: StepState
    production: StepState
    detail: str = ""
    """The code of what holds it up, or empty; the words stand in resources/wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChoice:
    """One field changed here and at the centre since they agreed; values are as a person reads them.

    `by` is who made the centre's value, empty for the centre's own people; `theirs_at` when, None where nobody knows.
    """

    table: str
    row: str
    column: str
    base: str
    mine: str
    theirs: str
    by: str = ""
    theirs_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEdit:
    """What the rep had entered in one field of an action that was refused, and what stood there before.

    Values are as the store has them: text, cents, basis points, days as ISO text, microseconds UTC.
    """

    table: str
    row: str
    column: str
    before: str | int | None
    mine: str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependant:
    """A later action on the same rows as one that was refused: its number, its name, and what it is about."""

    number: int
    action: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that needs the rep: a refusal with its reason, or a conflict field by field.

    `done_at` is when the rep acted, `at` when the centre answered; `dependants` were built on what was refused, and
    `edits` are what the rep had entered there.
    """

    id: str
    change: int
    action: str
    facts: dict[str, str]
    at: datetime
    code: str
    """CONFLICT, or the code of the refusal."""
    parameters: dict[str, str]
    choices: tuple[FieldChoice, ...] = ()
    done_at: datetime | None = None
    dependants: tuple[Dependant, ...] = ()
    edits: tuple[FieldEdit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPicture:
    """The sync page: what is on its way, what arrived (latest first), what needs the rep."""

    waiting: tuple[ChangeItem, ...]
    arrived: tuple[ChangeItem, ...]
    problems: tuple[Problem, ...]
    last_exchange_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardPicture:
    """Figures of the portfolio: amounts signed and at stake, losses by reason, progress by area (done, all)."""

    signed_net: Money
    at_stake_net: Money
    losses_by_reason: tuple[tuple[str, Money], ...]
    progress_by_area: tuple[tuple[str, int, int], ...]
    proposals_by_status: tuple[tuple[ProposalStatus, int], ...]


class Readers(Protocol):
    """Every read a screen makes; each runs on the store's reading side and returns frozen values."""

    def me(self) -> Rep: ...
    def today(self, day: date) -> TodayPicture: ...
    def count_accounts(self, wanted: AccountFilter) -> tuple[int, Money]:
        """Give how many accounts match and what they have running, net."""

    def accounts(self, wanted: AccountFilter, offset: int, limit: int) -> tuple[AccountItem, ...]: ...
    def areas(self) -> tuple[str, ...]: ...
    def account(self, account_id: AccountId) -> AccountPicture: ...
    def proposal(self, proposal_id: ProposalId) -> Proposal: ...
    def proposals(self, account_id: AccountId | None = None) -> tuple[ProposalItem, ...]: ...
    def orders(self, offset: int, limit: int) -> tuple[OrderItem, ...]: ...
    def requests(self) -> tuple[tuple[Request, str], ...]:
        """Give every request with the trade name of its account, latest first."""

    def ranges(self) -> tuple[ProductRange, ...]: ...
    def products(self, text: str = "", limit: int = 200) -> tuple[Product, ...]: ...
    def product(self, product_id: ProductId) -> Product: ...
    def slots(self, product_id: ProductId, edition: int) -> tuple[Slot, ...]:
        """Give the limited places of a product in an edition, free and held, by area, heading, period and number."""

    def slot(self, slot_id: SlotId) -> Slot: ...
    def slot_book(self, proposal: Proposal) -> SlotBook:
        """Give what is known of the limited places that a proposal's lines need: what `circumstances` asks for."""

    def search(self, text: str, limit: int = 20) -> Sequence[Hit]: ...
    def sync(self) -> SyncPicture: ...
    def dashboard(self, edition: int) -> DashboardPicture: ...
    def documents(self, proposal_id: ProposalId) -> tuple[Document, ...]: ...
    def content(self, sha256: str) -> bytes: ...
