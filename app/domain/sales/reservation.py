"""A hold on a limited place: asked for here, granted by the centre for a time, let go with the line it is for (S15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from app.domain.catalogue.slot import MOST_ALTERNATIVES, Slot, nearest
from app.domain.identifiers import AccountId, LineId, ProductId, RepId, ReservationId, SlotId
from app.domain.refusal import Refusal
from app.domain.sales.proposal import Action, Line, Proposal, ProposalStatus


class ReservationState(StrEnum):
    """How far an asking has come. Only the centre grants it, lets it go when its time is over, or refuses it."""

    PENDING = "pending"
    GRANTED = "granted"
    EXPIRED = "expired"
    REFUSED = "refused"


LIVE = frozenset({ReservationState.PENDING, ReservationState.GRANTED})
"""The states in which it is a hold, or may become one."""

MAY_ASK = frozenset({ProposalStatus.DRAFT, ProposalStatus.VALIDATED})
"""How far a proposal may have come for a place to be asked for or let go: an order form names what is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """One hold on one place, for one line of a proposal; `valid_until` is the centre's to say."""

    id: ReservationId
    account_id: AccountId
    slot_id: SlotId
    line_id: LineId
    rep_id: RepId
    asked_at: datetime
    state: ReservationState = ReservationState.PENDING
    valid_until: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Whether it holds its place, or waits for the centre's word."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotBook:
    """What is known of limited places: which products are sold in them, and the reservation of each line."""

    limited: frozenset[ProductId] = frozenset()
    reservations: Mapping[LineId, Reservation] = field(default_factory=dict)


class SlotStanding(StrEnum):
    """How a line stands that depends on a place."""

    MISSING = "missing"
    PENDING = "pending"
    GRANTED = "granted"
    EXPIRED = "expired"
    REFUSED = "refused"


def needs_slot(line: Line) -> bool:
    """Say whether a line takes a place of its own: a display that is new, or stands for another product.

    What is renewed or kept, at whatever price, keeps the place it has.
    """
    is_new = line.action is Action.ADD or (line.action is Action.MODIFY and bool(line.replaces))
    return line.is_display and is_new


def standing(line: Line, status: ProposalStatus, book: SlotBook, on: date) -> SlotStanding | None:
    """Say how a line stands with its place on a day; None for one that needs none.

    A hold whose time is over counts no more, but for a proposal that was ordered in time.
    """
    if line.product_id not in book.limited or not needs_slot(line):
        return None
    held = book.reservations.get(line.id)
    if held is None:
        return SlotStanding.MISSING
    is_over = held.valid_until is not None and held.valid_until.date() < on
    if held.state is ReservationState.GRANTED and is_over and status in MAY_ASK:
        return SlotStanding.EXPIRED
    return SlotStanding(held.state.value)


def moved_to(line: Line, slot: Slot) -> Line:
    """Give the line under the heading, in the area and for the period of a place."""
    activity, area, period = slot.where_for(line.activity, line.area)
    return replace(line, activity=activity, area=area, period=period)


def must_suit(line: Line, edition: int, slot: Slot) -> None:
    """Raise Refusal SLOT_NOT_NEEDED for a line that takes no place, SLOT_ELSEWHERE for a place that is not the line's.

    A place is a line's by product, edition, heading, area and period.
    """
    if not needs_slot(line):
        raise Refusal("SLOT_NOT_NEEDED", {"product": line.label})
    if (line.product_id, edition, line) != (slot.product_id, slot.edition, moved_to(line, slot)):
        raise Refusal("SLOT_ELSEWHERE", {"product": line.label, "place": slot.words(line.label)})


def taken(slot: Slot, product: str, others: tuple[Slot, ...]) -> Refusal:
    """Say that a place is held, and which could stand for it: their names, and their ids in the same order."""
    return Refusal("SLOT_TAKEN", _what_is_left(slot, product, others))


def lost(slot: Slot, line: Line, places: Iterable[Slot], *, number: str = "", signatory: str = "") -> Refusal:
    """Say that an order depends on a place that is not held for it any more: PLACE_LOST, and what is left of `places`.

    With the number of a form that was signed meanwhile, and by whom: SIGNED_PLACE_LOST, as that form stands for
    nothing now. `is_added` says whether the line can simply be taken out again.
    """
    near = nearest(slot, places)
    facts = _what_is_left(slot, line.label, (slot, *near)[:MOST_ALTERNATIVES] if slot.is_free else near)
    facts |= {"line_id": line.id, "is_added": "yes" if line.action is Action.ADD else "no"}
    if not number:
        return Refusal("PLACE_LOST", facts)
    facts |= {"number": number, "signatory": signatory}
    return Refusal("SIGNED_PLACE_LOST", facts)


def _what_is_left(slot: Slot, product: str, others: tuple[Slot, ...]) -> dict[str, object]:
    return {
        "product": product,
        "place": slot.words(product),
        "slot_id": slot.id,
        "alternatives": "\u00a0; ".join(other.words(product) for other in others) or "—",
        "alternative_ids": " ".join(other.id for other in others),
    }


def must_admit_asking(proposal: Proposal) -> None:
    """Raise Refusal PROPOSAL_FROZEN where places can be neither asked for nor let go any more."""
    if proposal.status not in MAY_ASK:
        raise Refusal("PROPOSAL_FROZEN", {"proposal": proposal.name, "status": proposal.status.value})
