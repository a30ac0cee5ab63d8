"""A day's work of a rep, through the true use cases, store, paper and seal, goes up and comes down exactly once."""

from __future__ import annotations

import hashlib
from datetime import UTC

from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.seal.sealer import DeviceIdentity, PadesSealer
from app.domain.identifiers import AccountId
from app.domain.sales.losses import LossReason
from app.domain.signature.ceremony import HandStroke, Point
from app.ports.documents import Sealer
from app.ports.work import Work
from app.usecases.sales.amend_sub_order import AmendSubOrder, amend_sub_order
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.split_proposal import SplitProposal, split_proposal
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from sync.protocol.scope import CATALOGUE_TABLES, TABLES, TEAM_TABLES
from tests.sync.world import Device, World, same_rows, sums_agree
from tests.unit.usecases.conftest import COMPANY

STROKE = HandStroke(strokes=(tuple(Point(x / 40, 0.5, 0.5, 8 * x) for x in range(40)),), ratio=2.0)
PORTFOLIO = [table for table in TABLES if table not in {*CATALOGUE_TABLES, *TEAM_TABLES}]


def sealer(device: Device) -> PadesSealer:
    assert device.enrolled is not None
    identity = DeviceIdentity(device.enrolled.sealing_key.encode(), device.enrolled.chain.encode())
    return PadesSealer(identity, device.enrolled.roots.encode(), UTC)


def sign(device: Device, account: AccountId) -> str:
    """Prepare, negotiate, split, validate, order and sign; gives the SHA-256 of the sealed form."""
    return signed(device.store.work, sealer(device), account)


def signed(work: Work, seal: Sealer, account: AccountId) -> str:
    """Do so in a store, under a seal."""
    proposal = prepare_proposal(PrepareProposal(account, 2027), work)
    duplicate_proposal(DuplicateProposal(proposal, "Sans le site"), work)
    with work.begin("read") as tx:
        parts = {part.number: part for part in tx.proposals.get(proposal).sub_orders}
    change_line(ChangeLine(proposal, parts["001"].lines[0].id, quantity=2, discount=500), work)
    for number in ("101", "201"):
        amend_sub_order(AmendSubOrder(proposal, parts[number].id), work)
    with work.begin("read") as tx:
        parts = {part.number: part for part in tx.proposals.get(proposal).sub_orders}
    cancel_line(CancelLine(proposal, parts["101"].lines[0].id, LossReason.BUDGET), work)
    split_proposal(SplitProposal(proposal), work)
    validate_proposal(ValidateProposal(proposal), work)
    form = order_proposal(OrderProposal(proposal), work, ReportlabPaper(), COMPANY)
    return sign_order_form(SignOrderForm(form.id, form.sha256, STROKE, "Chartres"), work, seal).sha256


def test_a_day_s_work_goes_up_and_comes_down_to_a_second_device_exactly_once(world: World) -> None:
    centre = world.centre
    marie = centre.user()
    account = centre.florist(marie)
    first, second = world.device(), world.device()
    first.exchange()
    second.exchange()
    sealed = sign(first, account)
    done = len(first.states())
    assert done >= 10
    assert first.exchange()[0] == done
    assert set(first.states()) == {"applied"}
    assert first.exchange() == (0, 0, 0)
    same_rows(centre, first, PORTFOLIO, marie)
    assert centre.value("SELECT count(*) FROM sync_applied") == done

    assert second.exchange()[1] > 0
    same_rows(centre, second, PORTFOLIO, marie)
    assert sums_agree(centre, first, second)
    assert centre.value("SELECT status FROM proposal WHERE kind = 'default'") == "signed_to_confirm"

    content = centre.value("SELECT content FROM blob WHERE sha256 = :sha256", sha256=sealed)
    assert isinstance(content, (bytes, memoryview))
    assert hashlib.sha256(bytes(content)).hexdigest() == sealed
    with second.store.work.begin("read") as tx:
        assert sealer(second).verify(tx.documents.content(sealed), sealed).is_verified
    assert centre.value("SELECT count(*) FROM blob") == 2


def test_undo_and_redo_go_up_like_any_action(world: World) -> None:
    centre = world.centre
    marie = centre.user()
    account = centre.florist(marie)
    first, second = world.device(), world.device()
    first.exchange()
    prepare_proposal(PrepareProposal(account, 2027), first.store.work)
    first.exchange()
    first.store.history.undo()
    first.exchange()
    assert centre.value("SELECT count(*) FROM proposal") == 0
    second.exchange()
    first.store.history.redo()
    first.exchange()
    second.exchange()
    assert centre.value("SELECT count(*) FROM proposal") == 1
    same_rows(centre, first, PORTFOLIO, marie)
    same_rows(centre, second, PORTFOLIO, marie)
    assert sums_agree(centre, first, second)
    assert set(first.states()) == {"applied"}


def test_a_form_that_two_devices_had_signed_is_taken_once_and_the_other_says_so(world: World) -> None:
    centre = world.centre
    account = centre.florist(centre.user())
    first, second = world.device(), world.device()
    first.exchange()
    proposal = prepare_proposal(PrepareProposal(account, 2027), first.store.work)
    validate_proposal(ValidateProposal(proposal), first.store.work)
    form = order_proposal(OrderProposal(proposal), first.store.work, ReportlabPaper(), COMPANY)
    first.exchange()
    second.exchange()
    for device in (first, second):
        sign_order_form(SignOrderForm(form.id, form.sha256, STROKE, "Chartres"), device.store.work, sealer(device))
        device.exchange()
    (problem,) = second.store.readers.sync().problems
    assert (problem.code, problem.parameters) == ("ALREADY_SIGNED", {"number": form.number})
    assert first.store.readers.sync().problems == ()
    assert centre.value("SELECT count(*) FROM document WHERE kind = 'signed_order_form'") == 1
    assert second.value("SELECT count(*) FROM document WHERE kind = 'signed_order_form' AND ver = 0") == 1, "kept here"
