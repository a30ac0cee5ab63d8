"""What runs: an order's totals, and the number of the next amendment."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.identifiers import AccountId, LineId, OrderId, SubOrderId
from app.domain.money import Money, VatRate
from app.domain.sales.order import Amendment, Order, OrderedSubOrder, OrderLine, OrderStatus


def _line(net: int, rate: int = 2000) -> OrderLine:
    return OrderLine(
        id=LineId("l"), product_id=None, product="P", label="Produit", net=Money(net), vat_rate=VatRate(rate)
    )


def _part(*lines: OrderLine, amendments: tuple[str, ...] = ()) -> OrderedSubOrder:
    made = tuple(Amendment(number=number, on=date(2026, 3, 1), net=Money(0)) for number in amendments)
    return OrderedSubOrder(
        id=SubOrderId("s"), number="101", range_id=None, range_name="Display", lines=lines, amendments=made
    )


@pytest.mark.parametrize(
    ("amendments", "following"), [((), "01"), (("01",), "02"), (("02", "11"), "12"), (("09",), "10"), (("99",), "100")]
)
def test_the_next_amendment_follows_the_highest(amendments: tuple[str, ...], following: str) -> None:
    assert _part(amendments=amendments).next_amendment == following


def test_an_order_adds_its_sub_orders_up() -> None:
    order = Order(
        id=OrderId("o"),
        account_id=AccountId("a"),
        number="4417",
        edition=2026,
        signed_on=date(2025, 11, 3),
        status=OrderStatus.IN_PRODUCTION,
        sub_orders=(_part(_line(13)), _part(_line(13), _line(100, 550))),
    )
    assert order.sub_orders[1].net == Money(113)
    assert (order.totals.net, order.totals.vat, order.totals.gross) == (Money(126), Money(11), Money(137))
