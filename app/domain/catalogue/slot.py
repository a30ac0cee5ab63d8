"""A limited place in which a display appears: one row is one place, and nobody sells it twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.identifiers import ProductId, SlotId

MOST_ALTERNATIVES = 3
"""Places that are offered for one that is taken."""


class SlotState(StrEnum):
    """Whether a place can be asked for. Who holds it is nobody's business but the centre's."""

    FREE = "free"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One limited place: a product under a heading, in an area, for a period of an edition.

    An empty heading or area is any: a cover is under none. An empty `period` is the whole edition. Places that are
    alike differ by their `number`, from 1 on.
    """

    id: SlotId
    product_id: ProductId
    edition: int
    activity: str = ""
    area: str = ""
    period: str = ""
    number: int = 1
    state: SlotState = SlotState.FREE

    @property
    def is_free(self) -> bool:
        """Whether it can be asked for."""
        return self.state is SlotState.FREE

    def where_for(self, activity: str, area: str) -> tuple[str, str, str]:
        """Give heading, area and period of a line that takes this place: its own where the place says none."""
        return self.activity or activity, self.area or area, self.period

    def words(self, product: str) -> str:
        """Name the place as the trade does: product, heading, area, period or edition, and its number above 1."""
        number = f"n° {self.number}" if self.number > 1 else ""
        return " · ".join(filter(None, (product, self.activity, self.area, self.period or str(self.edition), number)))


def nearest(wanted: Slot, others: Iterable[Slot], most: int = MOST_ALTERNATIVES) -> tuple[Slot, ...]:
    """Give the free places that could stand for another one: of the same product and edition, the nearest first.

    Nearest is one that is alike but for its number, then another period, then another heading, then another area.
    """

    def distance(slot: Slot) -> tuple[bool, bool, bool, str, str, str, int]:
        differs = slot.area != wanted.area, slot.activity != wanted.activity, slot.period != wanted.period
        return (*differs, slot.area, slot.activity, slot.period, slot.number)

    alike = (slot for slot in others if (slot.product_id, slot.edition) == (wanted.product_id, wanted.edition))
    return tuple(sorted((slot for slot in alike if slot.is_free and slot.id != wanted.id), key=distance)[:most])
