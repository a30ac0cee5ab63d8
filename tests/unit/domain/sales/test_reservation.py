"""Holds on limited places: which lines need one, how they stand, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.catalogue.slot import Slot, SlotState
from app.domain.identifiers import AccountId, ProductId, RepId, ReservationId, SlotId
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import Anomaly, AnomalyCode, Circumstances, Remedy, Severity, anomalies
from app.domain.sales.proposal import Action, ProposalStatus
from app.domain.sales.reservation import (
    Reservation,
    ReservationState,
    SlotBook,
    SlotStanding,
    lost,
    moved_to,
    must_admit_asking,
    must_suit,
    needs_slot,
    standing,
    taken,
)
from tests.unit.domain.sales.making import line, part, proposal

COVER = ProductId("cover")
SLOT = Slot(
    id=SlotId("slot"),
    product_id=COVER,
    edition=2027,
    activity="Fleuristes",
    area="Eure-et-Loir",
    period="1ᵉʳ semestre",
)
NEW = moved_to(replace(line(100, Action.ADD), product_id=COVER, is_display=True), SLOT)
ON = date(2026, 11, 23)
HELD = Reservation(
    id=ReservationId("r"),
    account_id=AccountId("account"),
    slot_id=SLOT.id,
    line_id=NEW.id,
    rep_id=RepId("rep"),
    asked_at=datetime(2026, 11, 20, tzinfo=UTC),
)


def book(state: ReservationState, until: datetime | None = None) -> SlotBook:
    held = replace(HELD, state=state, valid_until=until)
    return SlotBook(limited=frozenset({COVER}), reservations={NEW.id: held})


@pytest.mark.parametrize(
    ("action", "replaces", "needs"),
    [
        (Action.ADD, "", True),
        (Action.MODIFY, "Bloc annonce", True),
        (Action.MODIFY, "", False),
        (Action.RENEW, "", False),
        (Action.KEEP, "", False),
        (Action.CANCEL, "Bloc annonce", False),
    ],
)
def test_a_display_that_is_new_or_replaces_another_product_needs_a_place(
    action: Action, replaces: str, needs: bool
) -> None:
    made = replace(line(100, action), is_display=True, replaces=replaces)
    assert needs_slot(made) is needs
    assert not needs_slot(replace(made, is_display=False))


def test_a_line_stands_as_its_reservation_does() -> None:
    draft = ProposalStatus.DRAFT
    assert standing(NEW, draft, SlotBook(), ON) is None, "the product is not limited"
    assert standing(line(1, product_id=COVER), draft, book(ReservationState.GRANTED), ON) is None
    assert standing(NEW, draft, SlotBook(limited=frozenset({COVER})), ON) is SlotStanding.MISSING
    for state in ReservationState:
        assert standing(NEW, draft, book(state), ON) == SlotStanding(state.value)
    assert [HELD.is_live, replace(HELD, state=ReservationState.EXPIRED).is_live] == [True, False]


def test_a_hold_whose_time_is_over_counts_only_for_what_was_ordered_in_time() -> None:
    over = book(ReservationState.GRANTED, datetime(2026, 11, 22, 23, tzinfo=UTC))
    today = book(ReservationState.GRANTED, datetime(2026, 11, 23, 1, tzinfo=UTC))
    assert standing(NEW, ProposalStatus.DRAFT, over, ON) is SlotStanding.EXPIRED
    assert standing(NEW, ProposalStatus.ORDERED, over, ON) is SlotStanding.GRANTED
    assert standing(NEW, ProposalStatus.DRAFT, today, ON) is SlotStanding.GRANTED


def test_a_line_without_its_place_blocks_ordering_and_says_how_it_stands() -> None:
    made = proposal(part("001", NEW))

    def found(slots: SlotBook) -> list[Anomaly]:
        around = Circumstances(on=ON, slots=slots)
        return [one for one in anomalies(made, around) if one.code is AnomalyCode.SLOT_NOT_GRANTED]

    assert found(book(ReservationState.GRANTED)) == found(SlotBook()) == []
    (pending,) = found(book(ReservationState.PENDING))
    assert (pending.severity, pending.remedy) == (Severity.BLOCKS_ORDERING, Remedy.ASK_FOR_SLOT)
    assert (pending.line_id, pending.facts["slot"], pending.facts["number"]) == (NEW.id, "pending", "001")


def test_a_place_is_for_a_line_of_its_product_heading_area_period_and_edition() -> None:
    must_suit(NEW, 2027, SLOT)
    with pytest.raises(Refusal, match="SLOT_NOT_NEEDED"):
        must_suit(replace(NEW, action=Action.RENEW), 2027, SLOT)
    others = (replace(SLOT, product_id=ProductId("x")), replace(SLOT, area="Loiret"), replace(SLOT, period=""))
    for slot in others:
        with pytest.raises(Refusal, match="SLOT_ELSEWHERE"):
            must_suit(NEW, 2027, slot)
    with pytest.raises(Refusal, match="SLOT_ELSEWHERE"):
        must_suit(NEW, 2028, SLOT)
    must_suit(moved_to(NEW, others[1]), 2027, others[1])
    anywhere = replace(SLOT, activity="", area="")
    must_suit(NEW, 2027, anywhere)
    assert moved_to(NEW, anywhere) == NEW, "under its own heading, where the place is under none"


def test_places_are_asked_for_until_the_form_is_made() -> None:
    made = proposal(part("001", NEW))
    must_admit_asking(made)
    must_admit_asking(replace(made, status=ProposalStatus.VALIDATED))
    for status in (ProposalStatus.ORDERED, ProposalStatus.SIGNED_TO_CONFIRM, ProposalStatus.CLOSED):
        with pytest.raises(Refusal, match="PROPOSAL_FROZEN"):
            must_admit_asking(replace(made, status=status))


def test_who_comes_second_is_told_what_is_left() -> None:
    other = replace(SLOT, id=SlotId("other"), area="Loiret")
    refusal = taken(SLOT, "Display", (other, SLOT))
    assert refusal.code == "SLOT_TAKEN"
    assert refusal.facts["place"] == "Display · Fleuristes · Eure-et-Loir · 1ᵉʳ semestre"
    assert refusal.facts["alternative_ids"] == "other slot"
    assert str(refusal.facts["alternatives"]).count("Display") == 2
    assert taken(SLOT, "Display", ()).facts["alternatives"] == "—"


def test_a_lost_place_is_named_with_what_is_left_and_whether_the_line_can_simply_go() -> None:
    held = replace(SLOT, state=SlotState.HELD)
    others = [replace(SLOT, id=SlotId(f"n{number}"), number=number) for number in range(2, 7)]
    refusal = lost(held, NEW, [held, *others])
    assert (refusal.code, refusal.facts["slot_id"]) == ("PLACE_LOST", "slot")
    assert refusal.facts["alternative_ids"] == "n2 n3 n4"
    assert (refusal.facts["line_id"], refusal.facts["is_added"]) == (NEW.id, "yes")
    signed = lost(SLOT, replace(NEW, action=Action.MODIFY), others, number="BC-1", signatory="Claire")
    assert (signed.code, signed.facts["number"], signed.facts["signatory"]) == ("SIGNED_PLACE_LOST", "BC-1", "Claire")
    assert signed.facts["alternative_ids"] == "slot n2 n3", "what nobody holds is the nearest of all"
    assert signed.facts["is_added"] == "no"
    assert lost(held, NEW, []).facts["alternatives"] == "—"
