"""Limited places and the holds on them, as this store knows them."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.catalogue.slot import Slot
from app.domain.identifiers import LineId, ProductId, ReservationId, SlotId
from app.domain.sales.proposal import Proposal
from app.domain.sales.reservation import Reservation, SlotBook
from app.store import codecs
from app.store.repositories import several, single
from app.store.tracked import Source, TrackedRows


def slots_of(source: Source, product_id: ProductId, edition: int) -> tuple[Slot, ...]:
    """Give the places of a product in an edition, by area, heading, period and number."""
    found = (slot for slot in several(source, codecs.SLOT, "product_id", product_id) if slot.edition == edition)
    return tuple(sorted(found, key=lambda slot: (slot.area, slot.activity, slot.period, slot.number, slot.id)))


def limited_among(source: Source, product_ids: Sequence[ProductId]) -> frozenset[ProductId]:
    """Give those of the products that are sold in limited places."""
    wanted = sorted(set(product_ids))
    rows = source.rows(codecs.SLOT.table, "product_id", wanted) if wanted else ()
    return frozenset(ProductId(str(row["product_id"])) for row in rows)


def reservations_of(source: Source, line_ids: Sequence[LineId]) -> dict[LineId, Reservation]:
    """Give the reservation of each line that has one: the live one where there are several, then the latest."""
    wanted = sorted(set(line_ids))
    rows = source.rows(codecs.RESERVATION.table, "line_id", wanted) if wanted else ()
    found = (codecs.RESERVATION.value(row) for row in rows)
    return {held.line_id: held for held in sorted(found, key=lambda held: (held.is_live, held.asked_at, held.id))}


def book_of(source: Source, proposal: Proposal) -> SlotBook:
    """Give what is known of the limited places that a proposal's lines may need."""
    displays = [line for line in proposal.lines if line.is_display]
    limited = limited_among(source, [line.product_id for line in displays if line.product_id])
    held = reservations_of(source, [line.id for line in displays]) if limited else {}
    return SlotBook(limited=limited, reservations=held)


class SqlSlots:
    """Limited places, as the centre tells them."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def get(self, slot_id: SlotId) -> Slot:
        return single(self._rows, codecs.SLOT, slot_id)

    def of(self, product_id: ProductId, edition: int) -> tuple[Slot, ...]:
        """Give the places of a product in an edition, by area, heading, period and number."""
        return slots_of(self._rows, product_id, edition)

    def book_of(self, proposal: Proposal) -> SlotBook:
        """Give what is known of the limited places that a proposal's lines may need."""
        return book_of(self._rows, proposal)


class SqlReservations:
    """Holds on limited places, of the accounts that are here."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def of_lines(self, line_ids: Sequence[LineId]) -> dict[LineId, Reservation]:
        """Give the reservation of each line that has one: the live one where there are several."""
        return reservations_of(self._rows, line_ids)

    def of_slot(self, slot_id: SlotId) -> tuple[Reservation, ...]:
        return several(self._rows, codecs.RESERVATION, "slot_id", slot_id)

    def save(self, reservation: Reservation) -> None:
        self._rows.put(codecs.RESERVATION.table, codecs.RESERVATION.record(reservation))

    def remove(self, reservation_id: ReservationId) -> None:
        self._rows.remove(codecs.RESERVATION.table, reservation_id)
