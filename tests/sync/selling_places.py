"""A limited place for sale at the centre, and reps who each have a display in a proposal that wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.domain.identifiers import AccountId, LineId, ProductId, ProposalId, SlotId
from app.domain.sales.proposal import Proposal
from app.store.rows import SYNCED
from app.store.rows.base import unsaid
from app.store.unit_of_work import SqlWork
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.release_slot import ReleaseSlot, release_slot
from tests.sync.world import Centre, Device, an_id
from tests.unit.usecases.conftest import hex_id

DISPLAY = ProductId(hex_id("display"))
RANGE = hex_id("display range")
HEADING, AREA = "Fleuristes", "Eure-et-Loir"

COVER, SPRING, LOIRET = (SlotId(hex_id(name)) for name in ("cover", "spring", "loiret"))
"""Places: the one that is fought over, the next one under the same heading and in the same area, one elsewhere."""

CATALOGUE: dict[str, list[dict[str, str | int | None]]] = {
    "product_range": [{"id": RANGE, "number": "901", "name": "Display"}],
    "product": [
        {
            "id": DISPLAY,
            "code": "D2C",
            "name": "Display",
            "kind": "publication",
            "range_id": RANGE,
            "vat_rate": 2000,
            "is_display": 1,
        }
    ],
    "price": [
        {
            "id": hex_id("price of the display"),
            "product_id": DISPLAY,
            "position": 0,
            "edition": 2027,
            "net": 1_000_00,
            "valid_from": "2020-01-01",
            "valid_until": "2040-12-31",
        }
    ],
    "slot": [
        {"id": COVER, "product_id": DISPLAY, "edition": 2027, "activity": HEADING, "area": AREA},
        {
            "id": SPRING,
            "product_id": DISPLAY,
            "edition": 2027,
            "activity": HEADING,
            "area": AREA,
            "period": "printemps",
        },
        {"id": LOIRET, "product_id": DISPLAY, "edition": 2027, "activity": HEADING, "area": "Loiret"},
    ],
}


class Wanting(NamedTuple):
    """A line that wants a place."""

    proposal: ProposalId
    line: LineId


def put_up(centre: Centre) -> None:
    """Put the places up for sale."""
    for table, rows in CATALOGUE.items():
        centre.load(table, *({**unsaid(SYNCED.tables[table]), **row} for row in rows))


def wanting(work: SqlWork, account: AccountId) -> Wanting:
    """Make a proposal with one display that is new."""
    proposal = ProposalId(an_id())
    with work.begin("prepare_proposal") as tx:
        tx.proposals.save(Proposal(id=proposal, account_id=account, name="Avec display", edition=2027))
        tx.commit()
    made = add_line(AddLine(proposal, DISPLAY, activity=HEADING, area=AREA), work)
    return Wanting(proposal, made.lines[0].id)


def ask(device: Device, wants: Wanting, slot: SlotId = COVER, *, move: bool = False) -> None:
    """Ask for a place."""
    ask_for_slot(AskForSlot(wants.proposal, wants.line, slot, move=move), device.store.work)


def release(device: Device, wants: Wanting) -> None:
    """Let a place go."""
    release_slot(ReleaseSlot(wants.proposal, wants.line), device.store.work)


@dataclass(frozen=True)
class Standing:
    """How places stand in a database: those held, the live reservations and the holds, each by its place."""

    held: list[str]
    live: list[str]
    holds: list[str]

    @property
    def is_sound(self) -> bool:
        """Whether each place that is held has one live reservation, and no other place has any."""
        return self.held == self.live == self.holds


def standing(centre: Centre) -> Standing:
    """Look by plain SQL."""
    wanted = (
        "SELECT id FROM slot WHERE state = 'held' ORDER BY id",
        "SELECT slot_id FROM reservation WHERE state IN ('pending', 'granted') ORDER BY slot_id",
        "SELECT slot_id FROM slot_hold ORDER BY slot_id",
    )
    return Standing(*([str(row[0]) for row in centre.rows(statement)] for statement in wanted))
