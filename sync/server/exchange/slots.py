"""Commands: who asks for a limited place gets it if it is free, by the trade's own rules and under the place's lock.

A device says what it wants, never what it got. Whether a place is held is decided here, in the transaction of the
changeset that asks; `slot_hold` holds one row a place, so that nothing can sell it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, delete, insert, select, update

from app.domain.catalogue.slot import Slot, SlotState, nearest
from app.domain.identifiers import ProductId
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import AnomalyCode, Circumstances, anomalies
from app.domain.sales.proposal import Line, Proposal, ProposalStatus
from app.domain.sales.reservation import (
    LIVE,
    MAY_ASK,
    ReservationState,
    lost,
    moved_to,
    must_suit,
    needs_slot,
    taken,
)
from app.domain.signature.ceremony import DocumentKind, form_number
from app.store import codecs
from app.store.assembling import proposals_from
from app.store.codec import Record
from app.store.rows import SYNCED
from app.store.slot_book import book_of, reservations_of, slots_of
from app.store.tracked import PlainRows
from sync.protocol.changeset import Changeset, Entry, Op
from sync.server.clock import now_us
from sync.server.exchange.picture import Picture
from sync.server.exchange.slot_terms import valid_days
from sync.server.grants.rights import Caller
from sync.server.tables import HOLD

ASKED = "reservation"
"""The table whose rows are asked for, not written."""
SIGNED = frozenset({ProposalStatus.SIGNED_TO_CONFIRM, ProposalStatus.SIGNED})
ORDERED = frozenset({ProposalStatus.ORDERED, *SIGNED})
"""From here on a proposal needs its places granted, and keeps them."""

_CONCERN = frozenset({ASKED, "proposal_line", "proposal"})
"""The tables whose changes may touch a place."""
_DAY = 86_400_000_000
_CENTRES = frozenset({"state", "valid_until"})
_RESERVATION, _LINE, _PART = (SYNCED.tables[name] for name in (ASKED, "proposal_line", "proposal_sub_order"))
_OF_LINES = select(_RESERVATION.c.id).where(_RESERVATION.c.line_id.in_(bindparam("wanted", expanding=True)))
_DISPLAYS = (
    select(_LINE.c.id)
    .join(_PART, _PART.c.id == _LINE.c.sub_order_id)
    .where(_PART.c.proposal_id == bindparam("proposal"), _LINE.c.is_display == 1)
)


# ---------------------------------------------------------------------------------------------- as it comes
def must_be_asked(changeset: Changeset, caller: Caller) -> None:
    """Raise Refusal BELONGS_TO_CENTRE where a device grants itself a place, OUT_OF_SCOPE where it asks for another."""
    for entry in changeset.entries:
        if entry.table != ASKED:
            continue
        if entry.op is Op.CREATE:
            if (entry.new["state"], entry.new["valid_until"]) != (ReservationState.PENDING, None):
                raise Refusal("BELONGS_TO_CENTRE", {"table": ASKED})
            if entry.new["rep_id"] != caller.rep_id:
                raise Refusal("OUT_OF_SCOPE", {"table": ASKED})
        if entry.op is Op.UPDATE and entry.new.keys() != {"line_id"}:
            raise Refusal("BELONGS_TO_CENTRE", {"table": ASKED})


def is_command(entry: Entry) -> bool:
    """Say whether an entry asks for a place, or lets one go: a transaction of its own decides it."""
    return entry.table == ASKED


def unsaid_of(entry: Entry, current: Record) -> frozenset[str]:
    """Give the columns that an asking says nothing of where its row is there already, and holds its place."""
    return _CENTRES if entry.table == ASKED and current["state"] in LIVE else frozenset()


# ---------------------------------------------------------------------------------------------- once it is laid
def settle(picture: Picture, changeset: Changeset) -> None:
    """Decide what a changeset asks for, and free the places of what it took away.

    Raises Refusal SLOT_TAKEN with what is left, SLOT_UNKNOWN, SLOT_NOT_NEEDED, SLOT_ELSEWHERE, SLOT_ASKED_HERE,
    LINE_UNKNOWN, PROPOSAL_FROZEN.
    """
    if _CONCERN.isdisjoint(table for table, _ in picture.changed()):
        return
    _let_go_along(picture)
    rows = [row for table, row in picture.changed() if table == ASKED]
    gone = Refusal("LINE_UNKNOWN", {"proposal": changeset.facts.get("proposal", "")})
    for row in rows:
        was, now = picture.was(ASKED, row), picture.now(ASKED, row)
        if was is not None and now is None:
            _must_admit_release(picture, was)
            _free(picture, row)
    asked = {entry.row for entry in changeset.entries if is_command(entry)}
    for row in rows:
        was, now = picture.was(ASKED, row), picture.now(ASKED, row)
        if now is not None and was is not None and was["state"] in LIVE:
            _move(picture, row, now, gone)
        elif now is not None and now["state"] in LIVE:
            _decide(picture, row, now, gone, is_revived=row not in asked)
    for row in _now_ordered(picture):
        _grant_again(picture, row)


def _let_go_along(picture: Picture) -> None:
    """Let go of what was held for lines that a changeset took away, also of an app that knows no reservations."""
    left = list(_left_behind(picture))
    for row in picture.connection.execute(_OF_LINES, {"wanted": left}).scalars().all() if left else ():
        held = picture.now(ASKED, row)
        if held is not None and held["line_id"] in left and picture.was(ASKED, row) is not None:
            picture.set(ASKED, row, None)


def _decide(picture: Picture, row: str, asked: Record, gone: Refusal, *, is_revived: bool) -> None:
    try:
        _ask(picture, row, asked, gone)
    except Refusal:
        if not is_revived:
            raise
        # It came back with its line, as an edit beat the deletion: nobody asked for it now, and the edit stands.
        picture.set(ASKED, row, {**asked, "state": ReservationState.REFUSED.value, "valid_until": None})


def _left_behind(picture: Picture) -> Iterator[str]:
    """Give the displays that left, or no longer are where their place is."""
    for table, row in picture.changed():
        was, now = picture.was(table, row), picture.now(table, row)
        if table == "proposal_line" and was is not None and was["is_display"]:
            before = codecs.LINE.value(was)
            after = None if now is None else codecs.LINE.value(now)
            if after is None or not needs_slot(after) or _where(before) != _where(after):
                yield row
        if table == "proposal" and was is not None and (now is None or now["status"] == ProposalStatus.CLOSED):
            yield from picture.connection.execute(_DISPLAYS, {"proposal": row}).scalars().all()


def _where(line: Line) -> tuple[str | None, str, str, str]:
    return line.product_id, line.activity, line.area, line.period


def _must_admit_release(picture: Picture, held: Record) -> None:
    """Raise Refusal PROPOSAL_FROZEN for the place of a line that was ordered, and still is."""
    proposal = _proposal_of(picture, str(held["line_id"]))
    if held["state"] in LIVE and proposal is not None and proposal["status"] in ORDERED:
        raise _frozen(proposal)


def _frozen(proposal: Record) -> Refusal:
    return Refusal("PROPOSAL_FROZEN", {"proposal": str(proposal["name"]), "status": str(proposal["status"])})


def _proposal_of(picture: Picture, line_id: str) -> Record | None:
    line = picture.now("proposal_line", line_id)
    part = None if line is None else picture.now("proposal_sub_order", str(line["sub_order_id"]))
    return None if part is None else picture.now("proposal", str(part["proposal_id"]))


def _free(picture: Picture, row: str) -> None:
    """Free the place that a reservation holds, if it holds one."""
    held = select(HOLD.c.slot_id).where(HOLD.c.reservation_id == row)
    slot_id = picture.connection.execute(held).scalar_one_or_none()
    if slot_id is None:
        return
    slot = picture.now("slot", slot_id)
    picture.connection.execute(delete(HOLD).where(HOLD.c.reservation_id == row))
    if slot is not None:
        picture.set("slot", slot_id, {**slot, "state": SlotState.FREE.value})


def _move(picture: Picture, row: str, now: Record, gone: Refusal) -> None:
    """Let a hold be another line's, one that wants the very same place. Raises `gone` where that is not there."""
    slot, line = _slot(picture, now), picture.now("proposal_line", str(now["line_id"]))
    proposal = _proposal_of(picture, str(now["line_id"]))
    if line is None or proposal is None:
        raise gone
    must_suit(codecs.LINE.value(line), int(proposal["edition"] or 0), slot)
    picture.connection.execute(update(HOLD).where(HOLD.c.reservation_id == row).values(line_id=now["line_id"]))


def _slot(picture: Picture, asked: Record) -> Slot:
    """Give the place, under lock until the commit. Raises Refusal SLOT_UNKNOWN."""
    record = picture.now("slot", str(asked["slot_id"]))
    if record is None:
        raise Refusal("SLOT_UNKNOWN")
    return codecs.SLOT.value(record)


def _ask(picture: Picture, row: str, asked: Record, gone: Refusal) -> None:
    """Grant a place that is free, by the rules that the device has too. Raises `gone` where its line is not there."""
    slot = _slot(picture, asked)
    record = picture.now("proposal_line", str(asked["line_id"]))
    proposal = _proposal_of(picture, str(asked["line_id"]))
    if record is None or proposal is None:
        raise gone
    line = codecs.LINE.value(record)
    if proposal["status"] not in (*MAY_ASK, ProposalStatus.ORDERED):  # ordered: a closing that is undone asks anew
        raise _frozen(proposal)
    must_suit(line, int(proposal["edition"] or 0), slot)
    holds = select(HOLD.c.line_id).where((HOLD.c.line_id == line.id) | (HOLD.c.slot_id == slot.id))
    held_for = set(picture.connection.execute(holds).scalars())
    if line.id in held_for:
        raise Refusal("SLOT_ASKED_HERE", {"product": line.label, "place": slot.words(line.label)})
    if not slot.is_free or held_for:
        others = slots_of(PlainRows(picture.connection), slot.product_id, slot.edition)
        raise taken(slot, line.label, nearest(slot, others))
    _grant(picture, row, asked)


def _grant(picture: Picture, row: str, asked: Record) -> None:
    slot_id = str(asked["slot_id"])
    slot = picture.now("slot", slot_id)
    until = now_us() + valid_days(picture.connection) * _DAY
    picture.set("slot", slot_id, {**(slot or {}), "state": SlotState.HELD.value})
    picture.set(ASKED, row, {**asked, "state": ReservationState.GRANTED.value, "valid_until": until})
    held = {"slot_id": slot_id, "reservation_id": row, "line_id": asked["line_id"], "valid_until": until}
    picture.connection.execute(insert(HOLD), held)


def _now_ordered(picture: Picture) -> Sequence[str]:
    """Give the proposals that became ordered or signed."""
    return [
        row
        for table, row in picture.changed()
        if table == "proposal"
        if (now := picture.now(table, row)) is not None and now["status"] in ORDERED
        if (was := picture.was(table, row)) is None or was["status"] != now["status"]
    ]


def _grant_again(picture: Picture, proposal_id: str) -> None:
    """Grant again what was ordered in time on a device that could not say so, where nobody took the place since."""
    lines = picture.connection.execute(_DISPLAYS, {"proposal": proposal_id}).scalars().all()
    for held in reservations_of(PlainRows(picture.connection), list(lines)).values():
        record = picture.now(ASKED, held.id)
        slot = picture.now("slot", held.slot_id)
        if record is None or record["state"] != ReservationState.EXPIRED or slot is None:
            continue
        if slot["state"] == SlotState.FREE:
            _grant(picture, held.id, record)


# ---------------------------------------------------------------------------------------------- once it is written
def must_have_places(picture: Picture, on: date) -> None:
    """Raise Refusal PLACE_LOST where a proposal was ordered without a place that it needs, and say what is left.

    ANOMALIES_STAND where it never had one.
    """
    for proposal in _as_they_are(picture, _now_ordered(picture)):
        _must_have_its_places(picture, proposal, on)


def must_have_kept_its_places(picture: Picture, on: date) -> None:
    """Raise Refusal SIGNED_PLACE_LOST for a form that was signed on a device while its order lost a place.

    The order itself was refused before it: that the proposal is no longer ordered here says nothing to the rep.
    """
    for row in _now_ordered(picture):
        was, now = picture.was("proposal", row), picture.now("proposal", row)
        if was is not None and now is not None and was["status"] in MAY_ASK and now["status"] in SIGNED:
            for proposal in _as_they_are(picture, [row]):
                version = int(now["version"] or 0)
                signed = replace(proposal, status=ProposalStatus(str(now["status"])), version=version)
                _must_have_its_places(picture, signed, on, _form_of(picture, signed))


def _as_they_are(picture: Picture, ids: Sequence[str]) -> Sequence[Proposal]:
    return proposals_from(PlainRows(picture.connection), "id", ids) if ids else ()


def _form_of(picture: Picture, proposal: Proposal) -> Record:
    """Give the signed form that a changeset brings for a proposal as it is now; older ones may come along as proof."""
    brought = (row for (table, _), row in picture.after.items() if table == "document" and row is not None)
    signed = [row for row in brought if row["kind"] == DocumentKind.SIGNED_ORDER_FORM]
    number = form_number(proposal.edition, proposal.id, proposal.version)
    return next((row for row in signed if row["proposal_id"] == proposal.id and row["number"] == number), {})


def _must_have_its_places(picture: Picture, proposal: Proposal, on: date, form: Record | None = None) -> None:
    rows = PlainRows(picture.connection)
    book = book_of(rows, proposal)
    found = anomalies(proposal, Circumstances(on=on, slots=book))
    without = [one.line_id for one in found if one.code is AnomalyCode.SLOT_NOT_GRANTED]
    for line in (line for line in proposal.lines if line.id in without and line.product_id is not None):
        places = slots_of(rows, line.product_id or ProductId(""), proposal.edition)
        held = book.reservations.get(line.id)
        wanted = (slot for slot in places if held is None or slot.id == held.slot_id)
        slot = next((slot for slot in wanted if held is not None or line == moved_to(line, slot)), None)
        if slot is not None:
            said = {} if form is None else {name: str(form.get(name, "")) for name in ("number", "signatory")}
            raise lost(slot, line, places, **said)
    if without:
        raise Refusal("ANOMALIES_STAND", {"codes": AnomalyCode.SLOT_NOT_GRANTED.value, "count": len(without)})
