"""A product costs what the price list of its edition says."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.catalogue.product import Price, Product, ProductKind
from app.domain.identifiers import ProductId, RangeId
from app.domain.money import Money, VatRate
from app.domain.refusal import Refusal


def price(edition: int, cents: int, until: date) -> Price:
    return Price(edition=edition, net=Money(cents), valid_from=date(edition - 1, 1, 1), valid_until=until)


ENCART = Product(
    id=ProductId("p"),
    code="ENC4",
    name="Encart 1/4 page",
    kind=ProductKind.PUBLICATION,
    range_id=RangeId("r"),
    vat_rate=VatRate(2000),
    prices=(
        price(2027, 1_480_00, date(2026, 12, 31)),
        price(2027, 1_520_00, date(2027, 3, 31)),
        price(2026, 1_400_00, date(2028, 1, 1)),
    ),
)


def test_the_price_is_the_editions_that_ends_last() -> None:
    assert ENCART.price_for(2027).net == Money(1_520_00)
    assert ENCART.price_for(2026).net == Money(1_400_00)


def test_an_edition_without_a_price_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        ENCART.price_for(2028)
    assert refused.value.code == "NO_PRICE"
    assert dict(refused.value.facts) == {"product": "Encart 1/4 page", "edition": 2028}
