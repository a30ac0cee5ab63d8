"""The split: which sub-orders stand together on the order form, and where each of the others goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.sales.proposal import SubOrder


@dataclass(frozen=True, slots=True)
class Split:
    """Where each sub-order of a proposal goes; each list keeps the order in which they stood."""

    stays: tuple[SubOrder, ...]
    apart: tuple[SubOrder, ...]
    customer_service: tuple[SubOrder, ...]
    range_loss: tuple[SubOrder, ...]

    @property
    def is_needed(self) -> bool:
        """Whether anything leaves the proposal."""
        return bool(self.apart or self.customer_service or self.range_loss)


def split(sub_orders: Iterable[SubOrder]) -> Split:
    """Take apart what cannot stand in one order form.

    First what is lost leaves, then every amendment that changes nothing: neither counts as a neighbour. Of what is
    left, the negative sub-orders go together into one new proposal, unless all of them are negative: then they may
    stand together.
    """
    sub_orders = tuple(sub_orders)
    range_loss = tuple(part for part in sub_orders if part.is_lost)
    customer_service = tuple(part for part in sub_orders if part.changes_nothing and not part.is_lost)
    orderable = tuple(part for part in sub_orders if part.is_orderable)
    negative = tuple(part for part in orderable if part.is_negative)
    positive = tuple(part for part in orderable if not part.is_negative)
    stays, apart = (positive, negative) if positive else (negative, ())
    return Split(stays, apart, customer_service, range_loss)
