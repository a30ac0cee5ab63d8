"""The proposal by default: each running sub-order renewed at the current price list; or amended while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.catalogue.product import Product
from app.domain.identifiers import LineId, ProductId, SubOrderId
from app.domain.money import ZERO
from app.domain.sales.order import OrderedSubOrder, OrderLine
from app.domain.sales.pricing import priced
from app.domain.sales.proposal import Action, Line, SubOrder

NewId = Callable[[], str]


def renewed(part: OrderedSubOrder, catalogue: Mapping[ProductId, Product], edition: int, new_id: NewId) -> SubOrder:
    """Renew a running sub-order for an edition, line by line, at that edition's price list (S10).

    A line whose product is no longer in the catalogue is proposed at the price it runs at.
    Raises Refusal NO_PRICE when a product has no price for the edition.
    """
    lines = tuple(_renewed_line(line, catalogue, edition, LineId(new_id())) for line in part.lines)
    return SubOrder(id=SubOrderId(new_id()), number=part.number, range_name=part.range_name, lines=lines)


def _renewed_line(line: OrderLine, catalogue: Mapping[ProductId, Product], edition: int, line_id: LineId) -> Line:
    product = catalogue.get(line.product_id) if line.product_id else None
    price = product.price_for(edition) if product else None
    return priced(
        Line(
            id=line_id,
            product_id=line.product_id,
            product=line.product,
            label=product.name if product else line.label,
            action=Action.RENEW,
            net=ZERO,
            vat_rate=product.vat_rate if product else line.vat_rate,
            quantity=line.quantity,
            unit_price=price.net if price else line.unit_price,
            previous_net=line.net,
            activity=line.activity,
            area=line.area,
            period=line.period,
            is_display=product.is_display if product else False,
            price_valid_until=price.valid_until if price else None,
        ),
        in_amendment=False,
    )


def amended(proposed: SubOrder, running: OrderedSubOrder, new_id: NewId) -> SubOrder:
    """Turn a proposed renewal into an amendment of what runs: every running line kept, nothing changed yet."""
    lines = tuple(
        Line(
            id=LineId(new_id()),
            product_id=line.product_id,
            product=line.product,
            label=line.label,
            action=Action.KEEP,
            net=ZERO,
            vat_rate=line.vat_rate,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount=line.discount,
            previous_net=line.net,
            activity=line.activity,
            area=line.area,
            period=line.period,
        )
        for line in running.lines
    )
    return replace(proposed, amendment=running.next_amendment, lines=lines)
