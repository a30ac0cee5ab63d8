"""What was signed offline while its place went to another: refused in words, kept as proof, and signed anew."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from app.domain.sales.proposal import PlanTemplate
from app.domain.signature.ceremony import Document
from app.store.codec import Record
from app.store.rows import REVISION
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.sell_anew import GoWithoutPlace, TakeOtherPlace, go_without_place, take_other_place
from app.usecases.sales.set_payment_plan import SetPaymentPlan, set_payment_plan
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.frames import Answer
from sync.protocol.results import Rejected
from sync.server.clock import now_us
from sync.server.exchange.push import take
from sync.server.exchange.slot_terms import let_go_of_expired
from sync.server.grants.rights import Caller
from tests.sync.selling_places import COVER, SPRING, Wanting, ask, put_up, standing, wanting
from tests.sync.world import Device, World, an_id, sums_agree
from tests.unit.usecases.conftest import COMPANY, PlainPaper
from tests.unit.usecases.signature.test_signing import STROKE, AppendingSealer

Sold = tuple[Device, Wanting, Document]


def order(device: Device, wants: Wanting) -> Document:
    return order_proposal(OrderProposal(wants.proposal), device.store.work, PlainPaper(), COMPANY)


def sign(device: Device, form: Document) -> Document:
    command = SignOrderForm(form.id, form.sha256, STROKE, "Chartres")
    return sign_order_form(command, device.store.work, AppendingSealer())


@pytest.fixture
def sold(world: World) -> Sold:
    """Marie's customer signs offline; her time is over and the place is Paul's before she comes back."""
    put_up(world.centre)
    accounts = {login: world.centre.account(world.centre.user(login)) for login in ("marie", "paul")}
    world.centre.change("account", accounts["marie"], siret="73282932000074")
    marie, paul = world.device("marie"), world.device("paul")
    for device in (marie, paul):
        device.exchange()
    hers, his = wanting(marie.store.work, accounts["marie"]), wanting(paul.store.work, accounts["paul"])
    ask(marie, hers)
    marie.exchange()
    set_payment_plan(SetPaymentPlan(hers.proposal, PlanTemplate.AT_ONCE), marie.store.work)
    validate_proposal(ValidateProposal(hers.proposal), marie.store.work)
    signed = sign(marie, order(marie, hers))
    held = str(world.centre.value("SELECT reservation_id FROM slot_hold"))
    with world.centre.engines.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE slot_hold SET valid_until = {now_us() - 1}")
    let_go_of_expired(world.centre.engines)
    assert world.centre.value("SELECT state FROM reservation WHERE id = :held", held=held) == "expired"
    ask(paul, his)
    paul.exchange()
    marie.exchange()
    return marie, hers, signed


def forms(world: World, proposal: str) -> list[tuple[str, str]]:
    """The signed forms that the centre has of a proposal: their numbers, and the SHA-256 of the very bytes there."""
    wanted = (
        "SELECT d.number, b.content FROM document d JOIN blob b ON b.sha256 = d.sha256 "
        "WHERE d.kind = 'signed_order_form' AND d.proposal_id = :proposal ORDER BY d.number"
    )
    found = []
    for number, content in world.centre.rows(wanted, proposal=proposal):
        assert isinstance(content, bytes | memoryview)
        found.append((str(number), hashlib.sha256(bytes(content)).hexdigest()))
    return found


def test_the_rep_is_told_what_is_left_and_both_forms_arrive_the_first_as_it_was(world: World, sold: Sold) -> None:
    marie, hers, first = sold
    (problem,) = marie.store.readers.sync().problems
    told = problem.parameters
    assert (problem.code, problem.action) == ("SIGNED_PLACE_LOST", "sign_order_form")
    assert (told["number"], told["signatory"]) == (first.number, first.signatory)
    assert told["place"] == "Display · Fleuristes · Eure-et-Loir · 2027"
    assert told["alternative_ids"].split()[0] == SPRING
    assert (told["line_id"], told["is_added"]) == (hers.line, "yes")
    assert marie.value("SELECT status FROM proposal WHERE id = ?", hers.proposal) == "validated"
    assert marie.value("SELECT count(*) FROM document WHERE kind = 'signed_order_form' AND ver = 0") == 1, "kept here"

    take_other_place(TakeOtherPlace(hers.proposal, hers.line, SPRING), marie.store.work)
    marie.exchange()
    assert marie.value("SELECT state FROM reservation") == "granted"
    second = sign(marie, order(marie, hers))
    marie.exchange()
    assert forms(world, hers.proposal) == [(first.number, first.sha256), (second.number, second.sha256)]
    sold_as = world.centre.rows("SELECT status, version FROM proposal WHERE id = :p", p=hers.proposal)
    assert sold_as == [("signed_to_confirm", 2)]
    assert standing(world.centre).held == sorted([COVER, SPRING])
    assert standing(world.centre).is_sound
    assert sums_agree(world.centre, marie)


def test_only_the_form_of_the_present_version_signs_and_no_form_signs_twice(world: World, sold: Sold) -> None:
    marie, hers, first = sold
    go_without_place(GoWithoutPlace(hers.proposal, hers.line), marie.store.work, PlainPaper(), COMPANY)
    assert marie.store.readers.proposal(hers.proposal).sub_orders == (), "it was all there was: nothing to sign"
    marie.exchange()
    assert forms(world, hers.proposal) == [(first.number, first.sha256)]
    world.centre.change("proposal", hers.proposal, status="ordered")
    marie.exchange()
    proof = marie.row("document", first.id)
    step = Entry(
        table="proposal",
        row=hers.proposal,
        op=Op.UPDATE,
        base_ver=_ver(marie, hers),
        old={"status": "ordered"},
        new={"status": "signed_to_confirm"},
    )
    assert answered(world, marie, step) == "SIGNATURE_MISSING", "the proof is of another version"
    copy = {name: value for name, value in proof.items() if name not in {"id", "ver"}}
    again = Entry(table="document", row=an_id(), op=Op.CREATE, new=copy)
    assert answered(world, marie, again) == "APPLIED", "her other device had it signed too: proof like the first"
    present = copy | {"number": f"{first.number[:-1]}2"}
    assert answered(world, marie, msgspec.structs.replace(again, row=an_id(), new=present)) == "APPLIED"
    assert answered(world, marie, msgspec.structs.replace(again, row=an_id(), new=present), step) == "ALREADY_SIGNED"
    world.centre.change("proposal", hers.proposal, status="signed_to_confirm")
    late = msgspec.structs.replace(again, row=an_id(), new=copy | {"number": f"{first.number}9"})
    assert answered(world, marie, late, step) == "ALREADY_SIGNED", "the order stands"


def _ver(device: Device, wants: Wanting) -> int:
    record: Record = device.row("proposal", wants.proposal)
    return int(record["ver"] or 0)


def answered(world: World, device: Device, *entries: Entry) -> str:
    """Push these as one changeset; gives the code of its refusal."""
    assert device.road.identity is not None
    caller = Caller(device=device.road.identity.device, login="marie", rep_id=device.me, team="nord")
    last = int(str(world.centre.value("SELECT last_n FROM sync_device WHERE device = :d", d=caller.device)))
    sent = Changeset(n=last + 1, mid=an_id(), name="sign_order_form", at=1, revision=REVISION, entries=entries)
    reply = take(world.centre.engines, caller, sent)
    assert isinstance(reply, Answer)
    return reply.result.code if isinstance(reply.result, Rejected) else "APPLIED"
