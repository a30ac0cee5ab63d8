"""How the sale's screens are arranged for pictures: example proposals made by the same actions a rep would take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import cos, pi, sin
from typing import Protocol, TypeVar

from app.domain.identifiers import AccountId, LineId, ProposalId
from app.domain.sales.losses import LossReason
from app.domain.sales.proposal import Proposal, ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind, HandStroke, Point
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.amend_sub_order import AmendSubOrder, ChangeDetails, amend_sub_order, change_details
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.replace_product import ReplaceProduct, replace_product
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from views.sales.courtesy_page import CourtesyPage
from views.sales.proposal_page import ProposalPage
from views.shell.session import Session
from views.shell.window import Window
from views.signature.signing_page import SigningPage
from views.widgets.strokes import StrokePoint

T = TypeVar("T")
WITH_DISPLAY, READY = "Avec display", "Couverture et campagne"
_DISPLAY = "Display, 4ᵉ de couverture"
_SIGNER, _SIGNED = "Modern Optic", "Bat-Etanche"


class Stage(Protocol):
    """A window that a picture is arranged on, as views.pictures has it."""

    session: Session
    window: Window

    def go(self, page: str, **where: str) -> None:
        """Enter a page and wait until all it reads is there."""

    def settle(self) -> None:
        """Wait until nothing is read or laid out any more."""

    def afterwards(self, do: Callable[[], object]) -> None:
        """Do something once the picture is taken, so that the next one does not show it."""

    def account(self, name: str = ...) -> AccountId:
        """The account of that name; the florist unless told."""


def _did(stage: Stage, do: Callable[[], T]) -> T:
    """Act on the store's thread and wait for the answer."""
    answers: list[T] = []
    stage.session.act(do, answers.append)
    stage.settle()
    if not answers:
        raise RuntimeError("the example was refused")
    return answers[0]


def _standing(stage: Stage, account_id: AccountId) -> dict[str, Proposal]:
    return {one.name: one for one in stage.session.readers.account(account_id).proposals}


def _line(proposal: Proposal, begins: str) -> LineId:
    return next(line.id for line in proposal.lines if line.label.startswith(begins))


def _prepared(stage: Stage, account_id: AccountId) -> ProposalId:
    work = stage.session.work
    edition = max(order.edition for order in stage.session.readers.account(account_id).orders) + 1
    return _did(stage, lambda: prepare_proposal(PrepareProposal(account_id, edition), work))


def _with_display(stage: Stage, original: ProposalId, name: str) -> Proposal:
    """Duplicate, add the back cover at 8 %, take 10 % off the campaign."""
    work, readers = stage.session.work, stage.session.readers
    made = _did(stage, lambda: duplicate_proposal(DuplicateProposal(original, name), work))
    display = next(product for product in readers.products("Display") if product.name == _DISPLAY)
    _did(stage, lambda: add_line(AddLine(made, display.id), work))
    proposal = readers.proposal(made)
    for begins, discount in ((_DISPLAY, 800), ("Campagne", 1000)):
        command = ChangeLine(made, _line(proposal, begins), discount=discount)
        _did(stage, partial(change_line, command, work))
    return readers.proposal(made)


def florist(stage: Stage) -> dict[str, Proposal]:
    """Give the florist's three proposals, made when they are not there yet.

    The one with a display has an amendment that makes 101 negative, and one of 301 that changes details only.
    """
    account_id, work, readers = stage.account(), stage.session.work, stage.session.readers
    if READY in _standing(stage, account_id):
        return _standing(stage, account_id)
    default = _prepared(stage, account_id)
    broken = _with_display(stage, default, WITH_DISPLAY)
    for part in broken.sub_orders:
        if part.number in {"101", "301"}:
            command = AmendSubOrder(broken.id, part.id)
            _did(stage, partial(amend_sub_order, command, work))
    broken = readers.proposal(broken.id)
    smaller = next(product for product in readers.products("Essentiel") if "formule" in product.name)
    replace = ReplaceProduct(broken.id, _line(broken, "Site, formule"), smaller.id)
    _did(stage, lambda: replace_product(replace, work))
    website = next(part for part in readers.proposal(broken.id).sub_orders if part.number == "101")
    cancel = CancelLine(broken.id, website.lines[1].id, LossReason.BUDGET)
    _did(stage, lambda: cancel_line(cancel, work))
    wedding = next(part for part in broken.sub_orders if part.number == "301")
    details = ChangeDetails(broken.id, wedding.id, "Le nouveau site")
    _did(stage, lambda: change_details(details, work))
    _with_display(stage, default, READY)
    return _standing(stage, account_id)


# ---------------------------------------------------------------------------------------------- pages
def proposal_page(stage: Stage, name: str = WITH_DISPLAY) -> ProposalPage:
    """Open one of the florist's proposals."""
    proposal = florist(stage)[name]
    stage.go("proposal", account_id=proposal.account_id, proposal_id=proposal.id)
    page = stage.window.pages.page
    if not isinstance(page, ProposalPage):
        raise TypeError("another page is in the proposal's place")
    return page


def ready(stage: Stage) -> None:
    """A proposal that nothing holds up."""
    proposal_page(stage, READY)


def editing(stage: Stage) -> None:
    """The proposal with a discount open for typing, as it is drawn."""
    page = proposal_page(stage)
    proposal = page.model.proposal
    if proposal is None:
        return
    last = next(part for part in proposal.sub_orders if part.number == "301")
    page.tree.collapse(page.rows.index_of(last.id))
    stage.window.activateWindow()
    page.tree.edit_cell(page.rows.index_of(_line(proposal, "Campagne"), 3))
    stage.settle()


def splitting(stage: Stage) -> None:
    """The split before it is made."""
    proposal_page(stage).actions_of.split()
    stage.settle()


def dropping(stage: Stage) -> None:
    """A line's loss."""
    page = proposal_page(stage, READY)
    if page.model.proposal is not None:
        page.actions_of.drop(_line(page.model.proposal, "Fiche premium"))
    stage.settle()


def planning(stage: Stage) -> None:
    """The payment plan by hand."""
    proposal_page(stage, READY).actions_of.edit_plan()
    stage.settle()


def adding(stage: Stage) -> None:
    """A product looked up in the catalogue."""
    proposal_page(stage, READY).actions_of.ask_product()
    stage.settle()


def comparing(stage: Stage) -> None:
    """Two simulations side by side."""
    proposal = florist(stage)[READY]
    stage.go("compare", account_id=proposal.account_id, proposal_id=proposal.id)


def for_the_customer(stage: Stage) -> Proposal:
    """The proposal that the guided day signs."""
    return florist(stage)[READY]


def presenting(scene: int, of: Callable[[Stage], Proposal] = for_the_customer) -> Callable[[Stage], None]:
    """A scene of the courtesy screen."""

    def arrange(stage: Stage) -> None:
        proposal = of(stage)
        stage.go("courtesy", account_id=proposal.account_id, proposal_id=proposal.id)
        page = stage.window.pages.page
        if isinstance(page, CourtesyPage):
            page.stage.show_scene(scene)
        stage.settle()

    return arrange


def turned(stage: Stage) -> None:
    """The courtesy screen turned around for the person opposite."""
    presenting(2)(stage)
    page = stage.window.pages.page
    if isinstance(page, CourtesyPage):
        page.turn_around(turned=True)
    stage.settle()


def leaving(stage: Stage) -> None:
    """The PIN that gives the screen back."""
    presenting(2)(stage)
    page = stage.window.pages.page
    if isinstance(page, CourtesyPage):
        page.ask_to_leave()
    stage.settle()


def _form(stage: Stage, account_id: AccountId) -> Document:
    """The order form of an account's renewal, validated and ordered when it is not yet; or its sealed copy."""
    session = stage.session
    work, readers = session.work, session.readers
    proposal = readers.proposal(_prepared(stage, account_id))
    if proposal.status is ProposalStatus.SIGNED_TO_CONFIRM:
        kept = readers.documents(proposal.id)
        return next(one for one in kept if one.kind is DocumentKind.SIGNED_ORDER_FORM)
    if proposal.status is ProposalStatus.DRAFT:
        validate = ValidateProposal(proposal.id)
        _did(stage, lambda: validate_proposal(validate, work))
    order = OrderProposal(proposal.id)
    return _did(stage, lambda: order_proposal(order, work, session.paper, session.company))


def signing(stage: Stage, *, signed: bool = False) -> None:
    """The order form before it is read; or read, with a stroke and the consent."""
    account_id = stage.account(_SIGNER)
    stage.go("signing", account_id=account_id, document_id=_form(stage, account_id).id)
    page = stage.window.pages.page
    if signed and isinstance(page, SigningPage):
        page.form.verticalScrollBar().setValue(page.form.verticalScrollBar().maximum())
        page.sign_pane.pad.set_strokes(_HAND, _RATIO)
        page.sign_pane.pad.changed.emit()
        page.sign_pane.agrees.setChecked(True)
    stage.settle()


def ready_to_sign(stage: Stage) -> None:
    """The order form read, with a stroke and the consent."""
    signing(stage, signed=True)


def sealed(stage: Stage) -> None:
    """The sealed copy, its seal checked."""
    account_id, session = stage.account(_SIGNED), stage.session
    form = _form(stage, account_id)
    if form.kind is DocumentKind.ORDER_FORM:
        points = tuple(tuple(Point(at.x, at.y, at.pressure, at.t_ms) for at in stroke) for stroke in _HAND)
        command = SignOrderForm(form.id, form.sha256, HandStroke(strokes=points, ratio=_RATIO), "Maintenon")
        form = _did(stage, lambda: sign_order_form(command, session.work, session.sealer))
    stage.go("signing", account_id=account_id, document_id=form.id)


def _hand(loops: int, points: int) -> tuple[StrokePoint, ...]:
    """A hand's quick loops from left to right, ending in a line."""
    along = [at / (points - 1) for at in range(points)]
    return tuple(
        StrokePoint(
            x=0.14 + 0.62 * t + 0.035 * sin(2 * pi * loops * t),
            y=0.46 + 0.2 * (1 - t) ** 0.8 * cos(2 * pi * loops * t + 0.6) - 0.12 * t**3,
            pressure=0.5,
            t_ms=round(1800 * t),
        )
        for t in along
    )


_RATIO = 508 / 308
_HAND = (_hand(5, 120),)

SALE_SHOTS: Sequence[tuple[str, Callable[[Stage], None], bool]] = (
    ("proposal", editing, True),
    ("proposal-ready", ready, False),
    ("split", splitting, False),
    ("loss", dropping, False),
    ("plan", planning, False),
    ("add-product", adding, False),
    ("compare", comparing, False),
    ("courtesy-1-today", presenting(0), False),
    ("courtesy-2-compared", presenting(1), False),
    ("courtesy-3-new", presenting(2), False),
    ("courtesy-4-detail", presenting(3), False),
    ("courtesy-5-plan", presenting(4), False),
    ("courtesy-turned", turned, False),
    ("courtesy-pin", leaving, False),
    ("signing-read", signing, False),
    ("signing", ready_to_sign, False),
    ("signed", sealed, False),
)
"""The name of each picture, how it is arranged, and whether it is taken in high contrast as well."""
