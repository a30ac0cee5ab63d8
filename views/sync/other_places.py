"""A limited place that the centre refused, or that an order lost: which are free instead, and what one tap does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.identifiers import AccountId, LineId, SlotId
from app.domain.refusal import Refusal
from app.domain.sales.proposal import Proposal
from app.ports.documents import Company, Paper
from app.ports.readers import Problem, Readers
from app.ports.work import Work
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.sell_anew import GoWithoutPlace, TakeOtherPlace, go_without_place, take_other_place

SLOT_TAKEN = "SLOT_TAKEN"
PLACE_LOST = "PLACE_LOST"
SIGNED_PLACE_LOST = "SIGNED_PLACE_LOST"
LOST = frozenset({PLACE_LOST, SIGNED_PLACE_LOST})
"""The refusals of an order, or of its signature, whose place is gone."""
_BETWEEN = "\u00a0; "
"""What the words of the alternatives are joined by."""


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A place that could stand for one that was refused: its id and where and when it is."""

    slot_id: SlotId
    words: str


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the rep goes on: a page and what it shows; no page where nothing more is to be done now."""

    page: str = ""
    where: tuple[tuple[str, str], ...] = ()


def other_places(problem: Problem) -> Iterator[OtherPlace]:
    """Give what the centre offers instead, the nearest first; nothing for a problem of another kind."""
    if problem.code != SLOT_TAKEN and problem.code not in LOST:
        return
    told = _told(problem)
    ids = told.get("alternative_ids", "").split()
    for slot_id, words in zip(ids, told.get("alternatives", "").split(_BETWEEN), strict=False):
        yield OtherPlace(SlotId(slot_id), words.removeprefix(f"{told.get('product', '')} · "))


def removable(problem: Problem) -> str:
    """Give the product whose line can be taken out instead, empty where there is none."""
    told = _told(problem)
    return told.get("product", "") if problem.code in LOST and told.get("is_added") == "yes" else ""


def is_about_a_place(problem: Problem) -> bool:
    """Say whether one tap answers: another place, or the line taken out."""
    return any(other_places(problem)) or bool(removable(problem))


def ask_instead(problem: Problem, slot_id: SlotId, readers: Readers, work: Work) -> Onward:
    """Ask for another place for the line whose own was refused; the line moves there, in a next version where frozen.

    Raises Refusal LINE_UNKNOWN where the line is gone meanwhile, and what asking for a place raises.
    """
    found, line_id = _line(problem, readers)
    if found.is_open:
        ask_for_slot(AskForSlot(found.id, line_id, slot_id, move=True), work)
        return Onward()
    return _proposal_page(take_other_place(TakeOtherPlace(found.id, line_id, slot_id), work))


def go_without(problem: Problem, readers: Readers, work: Work, paper: Paper, company: Company) -> Onward:
    """Take the line out whose place is gone; leads to the form that is to be signed instead, where there can be one.

    Raises Refusal LINE_UNKNOWN, LINE_RUNS or PROPOSAL_FROZEN.
    """
    found, line_id = _line(problem, readers)
    form = go_without_place(GoWithoutPlace(found.id, line_id), work, paper, company)
    if form is None:
        return _proposal_page(found)
    return Onward("signing", (("account_id", form.account_id), ("document_id", form.id)))


def _proposal_page(proposal: Proposal) -> Onward:
    return Onward("proposal", (("account_id", proposal.account_id), ("proposal_id", proposal.id)))


def _line(problem: Problem, readers: Readers) -> tuple[Proposal, LineId]:
    """Find the line that the problem is about, with its proposal. Raises Refusal LINE_UNKNOWN."""
    edited = {edit.column: str(edit.mine) for edit in problem.edits if edit.column in {"account_id", "line_id"}}
    line_id = LineId(_told(problem).get("line_id") or edited.get("line_id", ""))
    proposals = readers.account(AccountId(edited.get("account_id", ""))).proposals
    found = next((one for one in proposals for line in one.lines if line.id == line_id), None)
    if found is None:
        raise Refusal("LINE_UNKNOWN", {"proposal": problem.facts.get("proposal", "")})
    return found, line_id


def _told(problem: Problem) -> dict[str, str]:
    return {name: str(value) for name, value in problem.parameters.items()}
