"""Limited places in a simulation: who sells them, who asks, and that none is ever held twice."""

from __future__ import annotations

import json
from collections.abc import Callable

from app.domain.identifiers import AccountId, LineId, ProposalId, SlotId
from app.store.rows import SYNCED
from app.store.rows.base import unsaid
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.release_slot import ReleaseSlot, release_slot
from app.usecases.sales.remove_line import RemoveLine, remove_line
from app.usecases.sales.sell_anew import GoWithoutPlace, TakeOtherPlace, go_without_place, take_other_place
from sync.server.exchange.slot_terms import let_go_of_expired
from tests.sync.selling_places import AREA, CATALOGUE, COVER, DISPLAY, HEADING
from tests.sync.simulation.centre import SimulatedCentre
from tests.sync.simulation.chance import Chance
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.ledger import must
from tests.unit.usecases.conftest import COMPANY, PlainPaper

Deed = Callable[[SimulatedDevice], object]
TAKEN = "SLOT_TAKEN"


# ---------------------------------------------------------------------------------------------- what must hold
def check_told(device: SimulatedDevice, slots: set[str]) -> None:
    """Who was refused a place was told which one, and what was left."""
    for problem in device.rows("SELECT parameters FROM problem WHERE code = ?", TAKEN):
        told = json.loads(str(problem["parameters"]))
        others = set(told["alternative_ids"].split())
        must(bool(told["place"]) and told["slot_id"] in slots, "refused without its place", device.name, told)
        must(others <= slots - {told["slot_id"]}, "told of places that are none", device.name, told)
        must((told["alternatives"] == "—") == (not others), "refused without what is left", device.name, told)


# ---------------------------------------------------------------------------------------------- the centre
def put_up(centre: SimulatedCentre) -> None:
    """Put the places up for sale."""
    with centre.work().begin("office") as tx:
        for table, rows in CATALOGUE.items():
            for row in rows:
                tx.rows.put(SYNCED.tables[table], {**unsaid(SYNCED.tables[table]), **row})
        tx.commit()


def tidy(centre: SimulatedCentre) -> None:
    """Let go of what is held too long."""
    let_go_of_expired(centre.engines)


# ---------------------------------------------------------------------------------------------- a rep
def _display(device: SimulatedDevice, account: str) -> tuple[ProposalId, LineId]:
    """Give the first display of an account that wants a place. Raises LookupError."""
    found = device.rows(
        "SELECT p.id AS proposal, l.id AS line FROM proposal_line l JOIN proposal_sub_order s ON s.id = l.sub_order_id "
        "JOIN proposal p ON p.id = s.proposal_id WHERE l.product_id = ? AND p.account_id = ? AND l.action = 'add' "
        "ORDER BY l.id LIMIT 1",
        DISPLAY,
        account,
    )
    for row in found:
        return ProposalId(str(row["proposal"])), LineId(str(row["line"]))
    raise LookupError(account)


def offer(account: str) -> Deed:
    """Prepare an account's proposal and add a display to it."""

    def deed(device: SimulatedDevice) -> None:
        proposal = prepare_proposal(PrepareProposal(AccountId(account), 2027), device.work)
        add_line(AddLine(proposal, DISPLAY, activity=HEADING, area=AREA), device.work)

    return deed


def ask(account: str, slot: SlotId = COVER) -> Deed:
    """Ask for a place for an account's display, which moves there where it is another one."""

    def deed(device: SimulatedDevice) -> None:
        proposal, line = _display(device, account)
        ask_for_slot(AskForSlot(proposal, line, slot, move=True), device.work)

    return deed


def release(account: str) -> Deed:
    def deed(device: SimulatedDevice) -> None:
        proposal, line = _display(device, account)
        release_slot(ReleaseSlot(proposal, line), device.work)

    return deed


def take_out(account: str) -> Deed:
    """Take an account's display out of its proposal again."""

    def deed(device: SimulatedDevice) -> None:
        remove_line(RemoveLine(*_display(device, account)), device.work)

    return deed


def take_instead(account: str, slot: SlotId) -> Deed:
    """Take another place for a display whose own is gone."""

    def deed(device: SimulatedDevice) -> None:
        take_other_place(TakeOtherPlace(*_display(device, account), slot), device.work)

    return deed


def go_without(account: str) -> Deed:
    """Take out a display whose place is gone, and render the form that is left to sign."""

    def deed(device: SimulatedDevice) -> None:
        go_without_place(GoWithoutPlace(*_display(device, account)), device.work, PlainPaper(), COMPANY)

    return deed


def want_a_place(device: SimulatedDevice, chance: Chance) -> None:
    """Ask for any place for any display of a draft, or add one where there is none yet."""
    proposal = chance.any_of(device.ids("proposal", "status = 'draft'"))
    if proposal is None:
        return
    wanted = (
        "SELECT l.id FROM proposal_line l JOIN proposal_sub_order s ON s.id = l.sub_order_id "
        "WHERE l.product_id = ? AND l.action = 'add' AND s.proposal_id = ? ORDER BY l.id"
    )
    line = chance.any_of([str(row["id"]) for row in device.rows(wanted, DISPLAY, proposal)])
    if line is None:
        line = add_line(AddLine(ProposalId(proposal), DISPLAY, activity=HEADING, area=AREA), device.work).lines[-1].id
    slot = chance.any_of(device.ids("slot"))
    if slot is not None:
        command = AskForSlot(ProposalId(proposal), LineId(line), SlotId(slot), move=True)
        ask_for_slot(command, device.work)


def let_a_place_go(device: SimulatedDevice, chance: Chance) -> None:
    held = chance.any_of([str(row["line_id"]) for row in device.rows("SELECT line_id FROM reservation ORDER BY id")])
    if held is None:
        return
    of = "SELECT s.proposal_id FROM proposal_line l JOIN proposal_sub_order s ON s.id = l.sub_order_id WHERE l.id = ?"
    for row in device.rows(of, held):
        release_slot(ReleaseSlot(ProposalId(str(row["proposal_id"])), LineId(held)), device.work)


def sell_anew(device: SimulatedDevice, chance: Chance) -> None:
    """Take another place for any display of an open, validated or ordered proposal, or take the display out."""
    wanted = (
        "SELECT s.proposal_id, l.id FROM proposal_line l JOIN proposal_sub_order s ON s.id = l.sub_order_id "
        "JOIN proposal p ON p.id = s.proposal_id WHERE l.product_id = ? AND l.action = 'add' "
        "AND p.status IN ('draft', 'validated', 'ordered') ORDER BY p.status = 'draft', l.id"
    )
    display = chance.any_of(device.rows(wanted, DISPLAY)[:2])
    if display is None:
        return
    proposal, line = ProposalId(str(display["proposal_id"])), LineId(str(display["id"]))
    slot = chance.any_of(device.ids("slot"))
    if slot is None or chance.happens(0.3):
        go_without_place(GoWithoutPlace(proposal, line), device.work, PlainPaper(), COMPANY)
    else:
        take_other_place(TakeOtherPlace(proposal, line, SlotId(slot)), device.work)
