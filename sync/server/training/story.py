"""The training base as it is written down: catalogue, people, accounts told by hand, and names to make others of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import TypeVar

import msgspec
import yaml

from app.domain.accounts.account import AccountStatus
from app.domain.accounts.activity import ActivityKind
from app.domain.catalogue.product import ProductKind
from app.domain.desk.request import RequestKind, RequestState
from app.domain.sales.losses import LossKind, LossReason
from app.domain.sales.order import OrderStatus
from app.domain.sales.proposal import PlanTemplate, ProposalKind, ProposalStatus

T = TypeVar("T")
Day = str
"""A day counted from the one the base is filled for, with a time of day where one is meant: D+0 10:30, D-4."""


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is written down has no word that nobody reads."""


class ToldPlaces(Strict, frozen=True):
    """Limited places of a display in the edition that is sold; `held` of them are put aside already."""

    area: str = ""
    period: str = ""
    count: int = 1
    held: int = 0


class ToldProduct(Strict, frozen=True):
    """A product: its net price in each edition, VAT in per cent, the last day of a price that ends before its list."""

    code: str
    name: str
    prices: tuple[str, ...]
    vat: str = "20"
    display: bool = False
    favourite: bool = False
    pitch: str = ""
    until: dict[int, date] = {}
    places: tuple[ToldPlaces, ...] = ()


class ToldRange(Strict, frozen=True):
    """A range with its products, all of one kind."""

    number: str
    name: str
    kind: ProductKind
    products: tuple[ToldProduct, ...]
    chart: str = ""


class PriceList(Strict, frozen=True, rename={"since": "from"}):
    """From when to when the prices of an edition hold, both days included."""

    since: date
    until: date


class ToldCatalogue(Strict, frozen=True):
    """All ranges and the price lists they are priced under, by edition in the order of a product's prices."""

    lists: dict[int, PriceList]
    ranges: tuple[ToldRange, ...]


class ToldRep(Strict, frozen=True):
    """A rep; the discount limit in per cent. One of them is the one who learns."""

    login: str
    name: str
    email: str
    discount_limit: str
    learns: bool = False


class ToldPeople(Strict, frozen=True):
    """The team, the password of all, and how many accounts each portfolio has."""

    team: str
    password: str
    reps: tuple[ToldRep, ...]
    portfolios: dict[str, int]


class ToldAddress(Strict, frozen=True):
    """Where the account is."""

    street: str
    postcode: str
    city: str


class ToldPublished(Strict, frozen=True):
    """What is published of it."""

    phone: str = ""
    site: str = ""
    opening_hours: str = ""


class ToldContact(Strict, frozen=True):
    """A person at the account."""

    name: str
    role: str = ""
    email: str = ""
    mobile: str = ""
    phone: str = ""
    signatory: bool = False


class ToldLine(Strict, frozen=True):
    """A product that runs or is proposed; the unit price is that of its edition unless it is said."""

    product: str
    quantity: int = 1
    discount: str = "0"
    unit_price: str | None = None
    heading: str | None = None
    area: str | None = None
    period: str = ""


class ToldAmendment(Strict, frozen=True):
    """A change that was made to what runs; the lines already show it."""

    day: date
    net: str
    subject: str


class ToldOrder(Strict, frozen=True):
    """An order; its lines are cut into sub-orders by range. Amendments by the number of the sub-order."""

    number: str
    edition: int
    signed_on: date
    status: OrderStatus
    lines: tuple[ToldLine, ...]
    amendments: dict[str, tuple[ToldAmendment, ...]] = {}


class ToldItem(Strict, frozen=True):
    """One thing to do before the visit."""

    subject: str
    done: bool = False


class ToldDiscovery(Strict, frozen=True):
    """What was learned: answers by question."""

    answers: dict[str, str]
    quote: str = ""


class ToldOpportunity(Strict, frozen=True):
    """An occasion of sale; the probability in per cent."""

    purpose: str
    potential: str
    probability: int
    period: str
    closes_on: Day


class ToldRequest(Strict, frozen=True):
    """A request to customer service, or a rejection by production."""

    kind: RequestKind
    title: str
    body: str
    at: Day
    state: RequestState
    sub_order: str = ""
    author: str = ""


class ToldActivity(Strict, frozen=True):
    """One entry of the timeline; a contact by name; an activity of the rep without an author is no one's."""

    kind: ActivityKind
    at: Day
    subject: str
    detail: str = ""
    minutes: int = 0
    place: str = ""
    contact: str = ""
    author: str = ""
    due: Day | None = None


class ToldLoss(Strict, frozen=True):
    """What the customer dropped."""

    kind: LossKind
    reason: LossReason
    day: date
    edition: int
    net: str
    sub_order: str = ""
    product: str = ""


class ToldProposal(Strict, frozen=True):
    """A proposal that stands already: what runs renewed, and products added."""

    name: str
    kind: ProposalKind
    renew: bool
    plan: PlanTemplate
    status: ProposalStatus = ProposalStatus.DRAFT
    add: tuple[ToldLine, ...] = ()


class ToldAccount(Strict, frozen=True):
    """An account and all that belongs to it."""

    number: str
    trade_name: str
    activity: str
    heading: str
    address: ToldAddress
    legal_name: str = ""
    area: str = "Eure-et-Loir"
    language: str = "fr"
    status: AccountStatus = AccountStatus.ACTIVE
    customer_since: int | None = None
    renew_by: Day | None = None
    has_siret: bool = True
    published: ToldPublished = ToldPublished()
    contacts: tuple[ToldContact, ...] = ()
    orders: tuple[ToldOrder, ...] = ()
    proposals: tuple[ToldProposal, ...] = ()
    preparation: tuple[ToldItem, ...] = ()
    discovery: ToldDiscovery | None = None
    opportunities: tuple[ToldOpportunity, ...] = ()
    requests: tuple[ToldRequest, ...] = ()
    timeline: tuple[ToldActivity, ...] = ()
    losses: tuple[ToldLoss, ...] = ()


class Trade(Strict, frozen=True):
    """A trade: the account's activity, the heading it is found under, patterns of its names."""

    activity: str
    heading: str
    names: tuple[str, ...]
    weddings: bool = False


class Town(Strict, frozen=True):
    """A town and the département it is sold in."""

    city: str
    postcode: str
    area: str


class Names(Strict, frozen=True):
    """What accounts are made of that nobody told by hand."""

    trades: tuple[Trade, ...]
    towns: tuple[Town, ...]
    streets: tuple[str, ...]
    families: tuple[str, ...]
    givens: tuple[str, ...]


class Story(Strict, frozen=True):
    """All that is written down."""

    catalogue: ToldCatalogue
    people: ToldPeople
    accounts: tuple[ToldAccount, ...]
    names: Names


def read_story() -> Story:
    """Read resources/training. Raises msgspec.ValidationError where a file is not as it should be."""
    return Story(
        catalogue=_read("catalogue", ToldCatalogue),
        people=_read("people", ToldPeople),
        accounts=_read("accounts", tuple[ToldAccount, ...]),
        names=_read("names", Names),
    )


def _read(name: str, kind: type[T]) -> T:
    text = files("resources").joinpath("training", f"{name}.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), kind)


def day_of(told: Day, today: date) -> date:
    """Give the day that is meant. Raises ValueError for anything but D+n or D-n, with a time or without."""
    if not told.startswith("D"):
        raise ValueError(f"a day is written D+0 or D-4, not {told!r}")
    return today + timedelta(days=int(told[1:].split(" ")[0]))


def instant_of(told: Day, today: date) -> datetime:
    """Give the instant that is meant, at this place's time of day."""
    _, _, clock = told.partition(" ")
    return datetime.combine(day_of(told, today), time.fromisoformat(clock)).astimezone()
