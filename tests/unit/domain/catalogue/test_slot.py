"""Limited places: their names, and which could stand for one that is taken."""

from __future__ import annotations

from dataclasses import replace

from app.domain.catalogue.slot import Slot, SlotState, nearest
from app.domain.identifiers import ProductId, SlotId

COVER = Slot(
    id=SlotId("1"),
    product_id=ProductId("cover"),
    edition=2027,
    activity="Fleuristes",
    area="Eure-et-Loir",
    period="1ᵉʳ semestre",
)


def test_a_place_is_named_as_the_trade_names_it() -> None:
    assert COVER.words("Display") == "Display · Fleuristes · Eure-et-Loir · 1ᵉʳ semestre"
    whole = replace(COVER, activity="", period="", number=2)
    assert whole.words("Display") == "Display · Eure-et-Loir · 2027 · n° 2"
    assert whole.where_for("Fleuristes", "Chartres") == ("Fleuristes", "Eure-et-Loir", "")


def test_the_nearest_free_places_of_the_same_product_and_edition_stand_for_one_that_is_taken() -> None:
    held = replace(COVER, id=SlotId("held"), number=2, state=SlotState.HELD)
    twin, period = (
        replace(COVER, id=SlotId("twin"), number=3),
        replace(COVER, id=SlotId("period"), period="2ᵉ semestre"),
    )
    heading = replace(COVER, id=SlotId("heading"), activity="Fleurs de mariage")
    area = replace(COVER, id=SlotId("area"), area="Loiret")
    elsewhere = (
        replace(COVER, id=SlotId("x"), product_id=ProductId("spine")),
        replace(COVER, id=SlotId("y"), edition=2028),
    )
    places = (area, heading, *elsewhere, COVER, held, period, twin)
    assert nearest(COVER, places) == (twin, period, heading)
    assert nearest(COVER, places, most=9) == (twin, period, heading, area)
    assert nearest(COVER, (COVER, held)) == ()
    assert (COVER.is_free, held.is_free) == (True, False)
