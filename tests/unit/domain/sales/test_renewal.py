"""The default proposal renews what runs at the current price list; an amendment begins with everything kept (S10)."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from app.domain.catalogue.product import Price, Product, ProductKind
from app.domain.identifiers import LineId, ProductId, RangeId, SubOrderId
from app.domain.money import ZERO, Money, VatRate
from app.domain.refusal import Refusal
from app.domain.sales.order import Amendment, OrderedSubOrder, OrderLine
from app.domain.sales.proposal import Action
from app.domain.sales.renewal import amended, renewed

UNTIL = date(2027, 3, 31)
DISPLAY = Product(
    id=ProductId("p1"),
    code="D4",
    name="Display, 4ᵉ de couverture",
    kind=ProductKind.PUBLICATION,
    range_id=RangeId("r"),
    vat_rate=VatRate(2000),
    is_display=True,
    prices=(Price(edition=2027, net=Money(1_978_00), valid_from=date(2026, 9, 1), valid_until=UNTIL),),
)
RUNNING = OrderedSubOrder(
    id=SubOrderId("running"),
    number="101",
    range_id=RangeId("r"),
    range_name="Display",
    lines=(
        OrderLine(
            id=LineId("l1"),
            product_id=DISPLAY.id,
            product="D4",
            label="Display (ancien nom)",
            net=Money(1_710_00),
            vat_rate=VatRate(1960),
            unit_price=Money(1_900_00),
            discount=1000,
            activity="Fleuristes",
            area="Eure-et-Loir",
            period="édition 2026",
        ),
        OrderLine(
            id=LineId("l2"),
            product_id=ProductId("gone"),
            product="OLD",
            label="Produit arrêté",
            net=Money(200_00),
            vat_rate=VatRate(550),
            quantity=2,
            unit_price=Money(100_00),
        ),
        OrderLine(
            id=LineId("l3"),
            product_id=None,
            product="X",
            label="Repris",
            net=Money(5_00),
            vat_rate=VatRate(0),
            unit_price=Money(5_00),
        ),
    ),
    amendments=(Amendment(number="11", on=date(2026, 3, 1), net=Money(-1)),),
)


_numbers = count()


def _new() -> str:
    return f"id {next(_numbers)}"


def test_what_runs_is_renewed_at_the_editions_price_list() -> None:
    part = renewed(RUNNING, {DISPLAY.id: DISPLAY}, 2027, _new)
    assert (part.number, part.range_name, part.amendment) == ("101", "Display", None)
    assert len({part.id, *(line.id for line in part.lines), RUNNING.id, "l1", "l2", "l3"}) == 8
    display, stopped, taken_over = part.lines
    assert {line.action for line in part.lines} == {Action.RENEW}
    assert (display.label, display.vat_rate, display.is_display) == ("Display, 4ᵉ de couverture", VatRate(2000), True)
    assert (display.unit_price, display.net, display.previous_net) == (
        Money(1_978_00),
        Money(1_978_00),
        Money(1_710_00),
    )
    assert (display.activity, display.area, display.period) == ("Fleuristes", "Eure-et-Loir", "édition 2026")
    assert display.price_valid_until == UNTIL
    assert (stopped.label, stopped.net, stopped.quantity, stopped.price_valid_until) == (
        *("Produit arrêté", Money(200_00)),
        *(2, None),
    )
    assert (taken_over.net, taken_over.vat_rate) == (Money(5_00), VatRate(0))


def test_last_editions_discount_is_not_renewed() -> None:
    assert renewed(RUNNING, {DISPLAY.id: DISPLAY}, 2027, _new).lines[0].discount == 0


def test_a_product_without_a_price_for_the_edition_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        renewed(RUNNING, {DISPLAY.id: DISPLAY}, 2028, _new)
    assert refused.value.code == "NO_PRICE"


def test_an_amendment_keeps_every_running_line_and_changes_nothing_yet() -> None:
    proposed = renewed(RUNNING, {DISPLAY.id: DISPLAY}, 2027, _new)
    part = amended(proposed, RUNNING, _new)
    assert (part.id, part.number, part.amendment) == (proposed.id, "101", "12")
    assert part.changes_nothing
    assert part.net == ZERO
    assert [line.action for line in part.lines] == [Action.KEEP] * 3
    assert [line.previous_net for line in part.lines] == [Money(1_710_00), Money(200_00), Money(5_00)]
    assert part.lines[0].discount == 1000
    assert {line.id for line in part.lines}.isdisjoint(line.id for line in proposed.lines)
