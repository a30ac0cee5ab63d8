"""What is put before the customer: sub-orders with their lines, a payment plan, and what it all comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.identifiers import AccountId, LineId, ProductId, ProposalId, SubOrderId
from app.domain.money import ZERO, Money, Totals, VatRate, total, totals


class Action(StrEnum):
    """What a line does to what runs."""

    RENEW = "renew"
    ADD = "add"
    MODIFY = "modify"
    CANCEL = "cancel"
    KEEP = "keep"


CHANGES = frozenset({Action.ADD, Action.MODIFY, Action.CANCEL})
"""The actions that make an amendment orderable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One product in a sub-order.

    `net` is what the line adds to the sub-order, discount taken off: negative for what an amendment takes away, zero
    for a line cancelled at renewal or kept in an amendment. `previous_net` is what the same line cost last edition
    (renewal) or costs now (amendment). `discount` is in basis points of `unit_price` × `quantity`.
    """

    id: LineId
    product_id: ProductId | None
    product: str
    label: str
    action: Action
    net: Money
    vat_rate: VatRate
    quantity: int = 1
    unit_price: Money = ZERO
    discount: int = 0
    previous_net: Money | None = None
    activity: str = ""
    area: str = ""
    period: str = ""
    replaces: str = ""
    is_display: bool = False
    price_valid_until: date | None = None
    before_cancel: Action | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether the customer drops this line."""
        return self.action is Action.CANCEL

    @property
    def list_net(self) -> Money:
        """What the pieces cost before any discount."""
        return self.unit_price.times(self.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubOrder:
    """The part of a proposal for one range: a renewal, or an amendment with its own number."""

    id: SubOrderId
    number: str
    range_name: str
    amendment: str | None = None
    details_changed: bool = False
    details_note: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def totals(self) -> Totals:
        """What the sub-order comes to, VAT rounded once per rate on its own lines."""
        return totals((line.vat_rate, line.net) for line in self.lines)

    @property
    def net(self) -> Money:
        """The net amount of its lines."""
        return total(line.net for line in self.lines)

    @property
    def is_lost(self) -> bool:
        """Whether every line is cancelled: the customer drops the whole range (SUBORDER_LOST)."""
        return bool(self.lines) and all(line.is_cancelled for line in self.lines)

    @property
    def changes_nothing(self) -> bool:
        """Whether it is an amendment with no line new, modified or cancelled (NOTHING_CHANGES)."""
        return self.amendment is not None and not any(line.action in CHANGES for line in self.lines)

    @property
    def is_orderable(self) -> bool:
        """Whether it can stand on an order form at all."""
        return not self.is_lost and not self.changes_nothing

    @property
    def is_negative(self) -> bool:
        """Whether its gross amount is below zero."""
        return self.totals.gross < ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One payment: the day it is due and its gross amount."""

    due_on: date
    gross: Money


class PlanTemplate(StrEnum):
    """How a gross total is spread; `BY_HAND` for dates and amounts that the rep chose."""

    AT_ONCE = "at_once"
    THREE = "three"
    FOUR = "four"
    TEN_MONTHLY = "ten_monthly"
    BY_HAND = "by_hand"


class ProposalKind(StrEnum):
    """The proposal by default, a simulation of it, or what a split set apart."""

    DEFAULT = "default"
    SIMULATION = "simulation"
    APART = "apart"


class ProposalStatus(StrEnum):
    """How far a proposal has come. Prices are frozen from `validated` on; `signed` admits no change at all."""

    DRAFT = "draft"
    VALIDATED = "validated"
    ORDERED = "ordered"
    SIGNED_TO_CONFIRM = "signed_to_confirm"
    SIGNED = "signed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A commercial proposal: sub-orders, payment plan, and how far it has come."""

    id: ProposalId
    account_id: AccountId
    name: str
    edition: int
    kind: ProposalKind = ProposalKind.DEFAULT
    status: ProposalStatus = ProposalStatus.DRAFT
    version: int = 1
    plan_template: PlanTemplate | None = None
    first_due_on: date | None = None
    sub_orders: tuple[SubOrder, ...] = ()
    payment_plan: tuple[Instalment, ...] = ()

    @property
    def totals(self) -> Totals:
        """What the whole document comes to, VAT rounded once per rate on all its lines (spec 5, Money)."""
        return set_totals(self.sub_orders)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in the order of the screen."""
        return tuple(line for sub_order in self.sub_orders for line in sub_order.lines)

    @property
    def is_open(self) -> bool:
        """Whether lines, prices and plan may still change."""
        return self.status is ProposalStatus.DRAFT

    @property
    def rounding(self) -> Money:
        """What the VAT of the document differs by from the sum of its sub-orders' VAT; its own printed line."""
        return self.totals.vat - total(sub_order.totals.vat for sub_order in self.sub_orders)


def set_totals(sub_orders: Iterable[SubOrder]) -> Totals:
    """Give what a set of sub-orders comes to as one document."""
    return totals((line.vat_rate, line.net) for sub_order in sub_orders for line in sub_order.lines)
