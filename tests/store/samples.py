"""Values of every kind, drawn at random, each with names of its own."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from app.domain.accounts.account import Account, AccountStatus, Address, AdvertiserDetails, Contact
from app.domain.accounts.activity import (
    Activity,
    ActivityKind,
    Discovery,
    Opportunity,
    OpportunityStage,
    PreparationItem,
)
from app.domain.catalogue.product import Price, Product, ProductKind, ProductRange
from app.domain.desk.request import Request, RequestKind, RequestState
from app.domain.identifiers import (
    AccountId,
    ActivityId,
    ContactId,
    LineId,
    LossId,
    OrderId,
    ProductId,
    ProposalId,
    RangeId,
    RepId,
    RequestId,
    SubOrderId,
)
from app.domain.money import Money, VatRate
from app.domain.sales.losses import Loss, LossKind, LossReason
from app.domain.sales.order import Amendment, Order, OrderedSubOrder, OrderLine, OrderStatus
from app.domain.sales.proposal import (
    Action,
    Instalment,
    Line,
    PlanTemplate,
    Proposal,
    ProposalKind,
    ProposalStatus,
    SubOrder,
)

KEY = bytes(range(32))
ME = RepId("0" * 31 + "e")
NOW = datetime(2026, 11, 23, 9, 30, 12, 345_678, tzinfo=UTC)
TODAY = date(2026, 11, 23)

_numbers = itertools.count(1)


def fresh() -> str:
    """An id that no other value of this run bears."""
    return f"{next(_numbers):032x}"


class FixedClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def move(self, step: timedelta) -> None:
        self.at += step


# Letters that matter: accents, ligatures, quotes, signs beyond the basic plane, never a lone surrogate or a zero byte.
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00") | st.sampled_from("éàœŒ’«»\u00a0€花😀'\"%?:"), max_size=12
)
amounts = st.integers(-(10**12), 10**12).map(Money)
rates = st.sampled_from([0, 210, 550, 1000, 2000]).map(VatRate)
points = st.integers(0, 10_000)
days = st.dates(date(1970, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone beside
flags = st.booleans()
addresses = st.builds(Address, street=texts, postcode=texts, city=texts, country=st.sampled_from(["FR", "BE"]))


def optional(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object | None]:
    """Now and then nothing."""
    return st.none() | strategy


def few(strategy: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    """None, one or a few, in order."""
    return st.lists(strategy, max_size=most).map(tuple)


def id_of(kind: object) -> st.SearchStrategy[object]:
    """A fresh id of a kind; the kind is there for the reader."""
    return st.builds(fresh)


contacts = st.builds(
    Contact, id=id_of(ContactId), name=texts, role=texts, email=texts, mobile=texts, phone=texts, is_signatory=flags
)
details = st.builds(AdvertiserDetails, name=texts, address=addresses, phone=texts, site=texts, opening_hours=texts)
accounts = st.builds(
    Account,
    id=id_of(AccountId),
    number=texts,
    trade_name=texts,
    legal_name=texts,
    siret=texts,
    vat_number=texts,
    iban=texts,
    activity=texts,
    area=texts,
    address=addresses,
    language=st.sampled_from(["fr", "en", "zh"]),
    status=st.sampled_from(AccountStatus),
    rep_id=optional(st.just(ME)),
    customer_since=optional(st.integers(1900, 2100)),
    renew_by=optional(days),
    details=details | st.just(AdvertiserDetails()),
    contacts=few(contacts),
)
activities = st.builds(
    Activity,
    id=id_of(ActivityId),
    account_id=id_of(AccountId),
    kind=st.sampled_from(ActivityKind),
    subject=texts,
    at=moments,
    detail=texts,
    seconds=st.integers(0, 10**6),
    place=texts,
    contact_id=optional(id_of(ContactId)),
    rep_id=optional(st.just(ME)),
    author=texts,
    due_on=optional(days),
    done_at=optional(moments),
)
preparation_items = st.builds(
    PreparationItem,
    id=id_of(ActivityId),
    account_id=id_of(AccountId),
    position=st.integers(0, 99),
    subject=texts,
    is_done=flags,
)
discoveries = st.builds(
    Discovery,
    id=id_of(ActivityId),
    account_id=id_of(AccountId),
    answers=few(st.tuples(texts, texts), most=5),
    quote=texts,
)
opportunities = st.builds(
    Opportunity,
    id=id_of(ActivityId),
    account_id=id_of(AccountId),
    purpose=texts,
    potential=amounts,
    probability=st.integers(0, 100),
    period=texts,
    closes_on=days,
    stage=st.sampled_from(OpportunityStage),
)
product_ranges = st.builds(ProductRange, id=id_of(RangeId), number=texts, name=texts, chart=texts)
prices = st.builds(Price, edition=st.integers(2020, 2030), net=amounts, valid_from=days, valid_until=days)
products = st.builds(
    Product,
    id=id_of(ProductId),
    code=texts,
    name=texts,
    kind=st.sampled_from(ProductKind),
    range_id=id_of(RangeId),
    vat_rate=rates,
    is_display=flags,
    is_favourite=flags,
    pitch=texts,
    prices=few(prices),
)
order_lines = st.builds(
    OrderLine,
    id=id_of(LineId),
    product_id=optional(id_of(ProductId)),
    product=texts,
    label=texts,
    net=amounts,
    vat_rate=rates,
    quantity=st.integers(1, 999),
    unit_price=amounts,
    discount=points,
    activity=texts,
    area=texts,
    period=texts,
)
amendments = st.builds(
    Amendment, number=st.from_regex(r"[0-9]{2}", fullmatch=True), on=days, net=amounts, subject=texts
)
ordered_sub_orders = st.builds(
    OrderedSubOrder,
    id=id_of(SubOrderId),
    number=texts,
    range_id=optional(id_of(RangeId)),
    range_name=texts,
    lines=few(order_lines),
    amendments=few(amendments),
)
orders = st.builds(
    Order,
    id=id_of(OrderId),
    account_id=id_of(AccountId),
    number=texts,
    edition=st.integers(2000, 2100),
    signed_on=days,
    status=st.sampled_from(OrderStatus),
    sub_orders=few(ordered_sub_orders),
)
lines = st.builds(
    Line,
    id=id_of(LineId),
    product_id=optional(id_of(ProductId)),
    product=texts,
    label=texts,
    action=st.sampled_from(Action),
    net=amounts,
    vat_rate=rates,
    quantity=st.integers(1, 999),
    unit_price=amounts,
    discount=points,
    previous_net=optional(amounts),
    activity=texts,
    area=texts,
    period=texts,
    replaces=texts,
    is_display=flags,
    price_valid_until=optional(days),
    before_cancel=optional(st.sampled_from(Action)),
)
sub_orders = st.builds(
    SubOrder,
    id=id_of(SubOrderId),
    number=texts,
    range_name=texts,
    amendment=optional(st.from_regex(r"[0-9]{2}", fullmatch=True)),
    details_changed=flags,
    details_note=texts,
    lines=few(lines),
)
instalments = st.builds(Instalment, due_on=days, gross=amounts)
proposals = st.builds(
    Proposal,
    id=id_of(ProposalId),
    account_id=id_of(AccountId),
    name=texts,
    edition=st.integers(2000, 2100),
    kind=st.sampled_from(ProposalKind),
    status=st.sampled_from(ProposalStatus),
    version=st.integers(1, 99),
    plan_template=optional(st.sampled_from(PlanTemplate)),
    first_due_on=optional(days),
    sub_orders=few(sub_orders),
    payment_plan=few(instalments),
)
losses = st.builds(
    Loss,
    id=id_of(LossId),
    account_id=id_of(AccountId),
    kind=st.sampled_from(LossKind),
    reason=st.sampled_from(LossReason),
    on=days,
    net=amounts,
    edition=st.integers(2000, 2100),
    proposal_id=optional(id_of(ProposalId)),
    sub_order=texts,
    range_name=texts,
    product=texts,
    revoked_at=optional(moments),
)
requests = st.builds(
    Request,
    id=id_of(RequestId),
    account_id=id_of(AccountId),
    kind=st.sampled_from(RequestKind),
    title=texts,
    body=texts,
    made_at=moments,
    state=st.sampled_from(RequestState),
    proposal_id=optional(id_of(ProposalId)),
    sub_order=texts,
    amendment=texts,
    author=texts,
)
