"""How limited places are arranged for pictures: displays in every state, the choice of a place, a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import cast

from app.domain.catalogue.product import Product
from app.domain.identifiers import ReservationId, SlotId
from app.domain.sales.proposal import Line, Proposal
from app.domain.sales.reservation import Reservation, ReservationState, SlotBook
from app.ports.courier import RoadPicture
from app.ports.readers import FieldEdit, Problem, Readers, SyncPicture
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from views.sale_stages import Stage, presenting
from views.sales.proposal_page import ProposalPage
from views.shell.sync_watch import Standing

_ACCOUNT, _NAME = "Cabinet Aubry", "Quatre displays"
_GRANTED, _PENDING, _REFUSED, _MISSING = (
    f"Display, {which}" for which in ("4ᵉ de couverture", "3ᵉ de couverture", "2ᵉ de couverture", "tranche")
)


class _ReadersWithBook:
    """The store's readers, but for how the example's lines stand with their places: the centre alone may say that."""

    def __init__(self, readers: Readers, book: Callable[[Proposal], SlotBook]) -> None:
        self._readers = readers
        self.slot_book = book

    def __getattr__(self, name: str) -> object:
        return getattr(self._readers, name)


def _display(stage: Stage, name: str) -> Product:
    return next(product for product in stage.session.readers.products("Display") if product.name == name)


def _four_displays(stage: Stage) -> Proposal:
    """Give the proposal with four displays, made when it is not there yet."""
    session, account_id = stage.session, stage.account(_ACCOUNT)
    found = [one for one in session.readers.account(account_id).proposals if one.name == _NAME]
    if not found:
        edition = session.clock.today().year + 1
        prepared = prepare_proposal(PrepareProposal(account_id, edition), session.work)
        made = duplicate_proposal(DuplicateProposal(prepared, _NAME), session.work)
        for name in (_GRANTED, _PENDING, _REFUSED, _MISSING):
            add_line(AddLine(made, _display(stage, name).id), session.work)
        found = [session.readers.proposal(made)]
    return found[0]


def _book(stage: Stage, proposal: Proposal) -> SlotBook:
    now = stage.session.clock.now()
    states = {
        _GRANTED: ReservationState.GRANTED,
        _PENDING: ReservationState.PENDING,
        _REFUSED: ReservationState.REFUSED,
    }
    lines = {line.label: line for line in proposal.lines if line.is_display}
    place = stage.session.readers.slots(_display(stage, _PENDING).id, proposal.edition)[0]
    held = {
        lines[name].id: Reservation(
            id=ReservationId(f"{at:032x}"),
            account_id=proposal.account_id,
            slot_id=place.id if name == _PENDING else SlotId(f"{at:032x}"),
            line_id=lines[name].id,
            rep_id=stage.session.readers.me().id,
            asked_at=now - timedelta(days=1),
            state=state,
            valid_until=now + timedelta(days=14) if state is ReservationState.GRANTED else None,
        )
        for at, (name, state) in enumerate(states.items())
        if name in lines
    }
    return SlotBook(limited=frozenset(line.product_id for line in lines.values() if line.product_id), reservations=held)


def _with_book(stage: Stage) -> Proposal:
    """Arrange the example's places until the picture is taken."""
    session, before = stage.session, stage.session.readers
    proposal = _four_displays(stage)
    book = _book(stage, proposal)

    def put_back() -> None:
        session.readers = before

    stage.afterwards(put_back)
    known = _ReadersWithBook(before, lambda one: book if one.id == proposal.id else before.slot_book(one))
    session.readers = cast("Readers", known)
    return proposal


def _page(stage: Stage) -> ProposalPage:
    proposal = _with_book(stage)
    stage.go("proposal", account_id=proposal.account_id, proposal_id=proposal.id)
    page = stage.window.pages.page
    if not isinstance(page, ProposalPage):
        raise TypeError("another page is in the proposal's place")
    return page


def _states(stage: Stage) -> None:
    _page(stage)


def _choosing(name: str) -> Callable[[Stage], None]:
    def arrange(stage: Stage) -> None:
        page = _page(stage)
        proposal = page.model.proposal
        if proposal is not None:
            page.actions_of.places.open(_line(proposal, name).id)
        stage.settle()

    return arrange


def _line(proposal: Proposal, name: str) -> Line:
    return next(line for line in proposal.lines if line.label == name)


def _catalogue(stage: Stage) -> None:
    stage.go("catalogue", product_id=_display(stage, _MISSING).id)


def _refused(stage: Stage, page: str = "sync", *, signed: bool = False) -> None:
    """The place that was asked for is taken, or lost under a form that was signed; two others are free."""
    proposal = _four_displays(stage)
    line = _line(proposal, _PENDING)
    wanted, *others = stage.session.readers.slots(_display(stage, _PENDING).id, proposal.edition)
    now, signatory = stage.session.clock.now(), stage.session.readers.account(proposal.account_id).account.signatory
    place, number = wanted.words(line.label), f"BC-{proposal.edition}-{proposal.id[-6:].upper()}-1"
    about = {"product": line.label, "place": place, "line_id": line.id, "is_added": "yes"}
    problem = Problem(
        id="place",
        change=12,
        action="sign_order_form" if signed else "ask_for_slot",
        facts={"account": _ACCOUNT, "proposal": proposal.name, "number": number, **about},
        at=now - timedelta(minutes=3),
        code="SIGNED_PLACE_LOST" if signed else "SLOT_TAKEN",
        parameters={
            "slot_id": wanted.id,
            "alternatives": "\u00a0; ".join(slot.words(line.label) for slot in others),
            "alternative_ids": " ".join(slot.id for slot in others),
            "number": number,
            "signatory": signatory.name if signatory is not None else "",
            **about,
        },
        done_at=now - timedelta(minutes=41),
        edits=(
            FieldEdit(table="reservation", row="r", column="line_id", before=None, mine=line.id),
            FieldEdit(table="reservation", row="r", column="account_id", before=None, mine=proposal.account_id),
        ),
    )
    queue = SyncPicture(waiting=(), arrived=(), problems=(problem,), last_exchange_at=now - timedelta(minutes=3))
    stage.go(page)
    stage.session.sync.show(Standing(RoadPicture(is_online=True, clock_skew=0.4), queue))
    stage.settle()
    stage.afterwards(stage.session.sync.look)


PLACE_SHOTS: dict[str, Callable[[Stage], None]] = {
    "places": _states,
    "places-free": _choosing(_MISSING),
    "places-asked": _choosing(_PENDING),
    "places-catalogue": _catalogue,
    "places-refused": _refused,
    "places-today": partial(_refused, page="today"),
    "places-signed": partial(_refused, signed=True),
    "places-signed-today": partial(_refused, page="today", signed=True),
    **{f"places-courtesy-{scene}": presenting(scene, _with_book) for scene in (2, 3)},
}
"""How each picture is arranged, by its name."""
