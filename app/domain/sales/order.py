"""What the customer has bought and runs in an edition: orders, their sub-orders, the amendments made to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.identifiers import AccountId, LineId, OrderId, ProductId, RangeId, SubOrderId
from app.domain.money import ZERO, Money, Totals, VatRate, total, totals


class OrderStatus(StrEnum):
    """Where an order stands, as the centre tells it."""

    IN_PRODUCTION = "in_production"
    REJECTED = "rejected"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One product that runs; `net` is for the whole edition, discount (basis points) taken off."""

    id: LineId
    product_id: ProductId | None
    product: str
    label: str
    net: Money
    vat_rate: VatRate
    quantity: int = 1
    unit_price: Money = ZERO
    discount: int = 0
    activity: str = ""
    area: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change already made to a running sub-order; its net amount is the difference it made, of either sign."""

    number: str
    on: date
    net: Money
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedSubOrder:
    """The part of an order for one range, with the amendments made to it so far."""

    id: SubOrderId
    number: str
    range_id: RangeId | None
    range_name: str
    lines: tuple[OrderLine, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @property
    def net(self) -> Money:
        """What its lines come to now; amendments are already in the lines."""
        return total(line.net for line in self.lines)

    @property
    def next_amendment(self) -> str:
        """The number of the next amendment, two digits; numbers of other systems that are no figures do not count."""
        return f"{1 + max((int(made.number) for made in self.amendments if made.number.isdecimal()), default=0):02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order of an account in an edition."""

    id: OrderId
    account_id: AccountId
    number: str
    edition: int
    signed_on: date
    status: OrderStatus
    sub_orders: tuple[OrderedSubOrder, ...] = ()

    @property
    def totals(self) -> Totals:
        """What the order comes to, VAT rounded once per rate."""
        return totals((line.vat_rate, line.net) for part in self.sub_orders for line in part.lines)
