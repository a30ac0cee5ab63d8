"""A product of the catalogue, its range, and what it costs in an edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.identifiers import ProductId, RangeId
from app.domain.money import Money, VatRate
from app.domain.refusal import Refusal


class ProductKind(StrEnum):
    """What sort of thing is sold."""

    PUBLICATION = "publication"
    SERVICE = "service"
    GOODS = "goods"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRange:
    """A family of products; each sub-order holds one. Its number is the first of its sub-orders (001, 101, 201…)."""

    id: RangeId
    number: str
    name: str
    chart: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The net price of one piece in an edition, valid between two days, both included."""

    edition: int
    net: Money
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """An entry of the catalogue with its prices; a display is sold in limited slots."""

    id: ProductId
    code: str
    name: str
    kind: ProductKind
    range_id: RangeId
    vat_rate: VatRate
    is_display: bool = False
    is_favourite: bool = False
    pitch: str = ""
    prices: tuple[Price, ...] = ()

    def price_for(self, edition: int) -> Price:
        """Give the price list entry of an edition, the one that ends last when several stand.

        Raises Refusal NO_PRICE when the product is not sold in that edition.
        """
        prices = [price for price in self.prices if price.edition == edition]
        if not prices:
            raise Refusal("NO_PRICE", {"product": self.name, "edition": edition})
        return max(prices, key=lambda price: price.valid_until)
