"""The split before it is made: where each sub-order goes and what every place comes to, by the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.money import Money, total
from app.domain.sales.editing import with_sub_orders
from app.domain.sales.losses import lost_net
from app.domain.sales.proposal import Proposal, SubOrder, set_totals
from app.domain.sales.split import split


class Place(StrEnum):
    """Where a sub-order can go."""

    STAYS = "stays"
    APART = "apart"
    CUSTOMER_SERVICE = "customer_service"
    RANGE_LOSS = "range_loss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One place with what goes there: its sub-orders, and its net and gross amounts on its own document."""

    place: Place
    parts: tuple[SubOrder, ...]
    net: Money
    gross: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPreview:
    """What a split would do to a proposal."""

    proposal: Proposal
    kept: Proposal | None
    """The proposal as it will stand, its plan recomputed; None when nothing stays."""
    destinations: tuple[Destination, ...]

    @property
    def sources(self) -> tuple[SubOrder, ...]:
        """The sub-orders in the order of where they go, so that their ways do not cross."""
        return tuple(part for destination in self.destinations for part in destination.parts)

    @property
    def net_before(self) -> Money:
        """What the proposal comes to now, net."""
        return total(part.net for part in self.proposal.sub_orders)

    @property
    def net_after(self) -> Money:
        """What all places together come to, net; each counted on its own."""
        return total(destination.net for destination in self.destinations)

    @property
    def lost(self) -> Money:
        """What the customer paid until now for the ranges that leave as losses, net."""
        gone = (destination for destination in self.destinations if destination.place is Place.RANGE_LOSS)
        return total(lost_net(part) for destination in gone for part in destination.parts)

    def of(self, place: Place) -> Destination | None:
        """The destination of that kind, when anything goes there."""
        return next((there for there in self.destinations if there.place is place), None)


def preview(proposal: Proposal) -> SplitPreview:
    """Work out a split without making it."""
    parts = split(proposal.sub_orders)
    groups = (
        (Place.STAYS, parts.stays),
        (Place.APART, parts.apart),
        (Place.CUSTOMER_SERVICE, parts.customer_service),
        (Place.RANGE_LOSS, parts.range_loss),
    )
    destinations = []
    for place, group in groups:
        if group:
            totals = set_totals(group)
            destinations.append(Destination(place=place, parts=group, net=totals.net, gross=totals.gross))
    kept = with_sub_orders(proposal, parts.stays) if parts.stays else None
    return SplitPreview(proposal=proposal, kept=kept, destinations=tuple(destinations))
