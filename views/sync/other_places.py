"""A limited place that the centre refused: which are free instead, and asking for one of them for the same line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.identifiers import AccountId, LineId, SlotId
from app.domain.refusal import Refusal
from app.ports.readers import Problem, Readers
from app.ports.work import Work
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot

SLOT_TAKEN = "SLOT_TAKEN"
_BETWEEN = "\u00a0; "
"""What the words of the alternatives are joined by."""


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A place that could stand for one that was refused: its id and where and when it is."""

    slot_id: SlotId
    words: str


def other_places(problem: Problem) -> Iterator[OtherPlace]:
    """Give what the centre offers instead, the nearest first; nothing for a problem of another kind."""
    if problem.code != SLOT_TAKEN:
        return
    told = {name: str(value) for name, value in problem.parameters.items()}
    ids = told.get("alternative_ids", "").split()
    for slot_id, words in zip(ids, told.get("alternatives", "").split(_BETWEEN), strict=False):
        yield OtherPlace(SlotId(slot_id), words.removeprefix(f"{told.get('product', '')} · "))


def ask_instead(problem: Problem, slot_id: SlotId, readers: Readers, work: Work) -> None:
    """Ask for another place for the line of a refused asking; the line moves there.

    Raises Refusal LINE_UNKNOWN where the line is gone meanwhile, and what asking for a place raises.
    """
    told = {edit.column: str(edit.mine) for edit in problem.edits if edit.table == "reservation"}
    account_id, line_id = AccountId(told.get("account_id", "")), LineId(told.get("line_id", ""))
    proposals = readers.account(account_id).proposals
    found = next((one for one in proposals for line in one.lines if line.id == line_id), None)
    if found is None:
        raise Refusal("LINE_UNKNOWN", {"proposal": problem.facts.get("proposal", "")})
    ask_for_slot(AskForSlot(found.id, line_id, slot_id, move=True), work)
