"""Limited places are commands: one of all who ask is granted, the others hear what is left."""

from __future__ import annotations

import json
import threading

import msgspec
import pytest

from app.domain.identifiers import LineId, SlotId
from app.store.rows import REVISION
from app.usecases.sales.remove_line import RemoveLine, remove_line
from sync.protocol.changeset import Changeset, Entry, Op, Value
from sync.protocol.frames import Answer
from sync.protocol.results import Rejected
from sync.server.clock import now_us
from sync.server.exchange.push import take
from sync.server.exchange.slot_terms import let_go_of_expired, set_valid_days, valid_days
from sync.server.grants.rights import Caller
from sync.server.tables import DEVICE
from tests.sync.selling_places import (
    AREA,
    COVER,
    DISPLAY,
    HEADING,
    LOIRET,
    SPRING,
    Wanting,
    ask,
    put_up,
    release,
    standing,
    wanting,
)
from tests.sync.world import Device, World, an_id, sums_agree

DAY = 86_400_000_000
Reps = tuple[tuple[Device, Wanting], tuple[Device, Wanting]]


@pytest.fixture
def reps(world: World) -> Reps:
    """Two reps, each with an account and a display that wants the same place."""
    put_up(world.centre)
    found = []
    for login in ("marie", "paul"):
        account = world.centre.account(world.centre.user(login))
        device = world.device(login)
        device.exchange()
        found.append((device, wanting(device.store.work, account)))
        device.exchange()
    return found[0], found[1]


def held(device: Device) -> list[tuple[object, object]]:
    return [(row["line_id"], row["state"]) for row in device.rows("SELECT * FROM reservation ORDER BY id")]


def test_one_of_two_is_granted_and_the_other_hears_what_is_left(world: World, reps: Reps) -> None:
    (marie, hers), (paul, his) = reps
    ask(marie, hers)
    ask(paul, his)
    assert (held(marie), held(paul)) == ([(hers.line, "pending")], [(his.line, "pending")])
    marie.exchange()
    assert held(marie) == [(hers.line, "granted")]
    until = int(str(marie.value("SELECT valid_until FROM reservation")))
    assert 13 * DAY < until - now_us() <= 14 * DAY
    paul.exchange()
    assert held(paul) == []
    (problem,) = paul.rows("SELECT code, parameters FROM problem")
    told = json.loads(str(problem["parameters"]))
    assert problem["code"] == "SLOT_TAKEN"
    assert told["place"] == "Display · Fleuristes · Eure-et-Loir · 2027"
    assert told["alternative_ids"] == f"{SPRING} {LOIRET}"
    assert told["alternatives"].count("Display") == 2
    assert paul.value("SELECT state FROM slot WHERE id = ?", COVER) == "held", "all hear that it is held, not by whom"
    assert paul.value("SELECT count(*) FROM reservation") == 0
    # One of those that are left, with the line moved there; then the first one lets go and all hear of it.
    ask(paul, his, SPRING, move=True)
    paul.exchange()
    assert held(paul) == [(his.line, "granted")]
    release(marie, hers)
    marie.exchange()
    paul.exchange()
    assert paul.value("SELECT state FROM slot WHERE id = ?", COVER) == "free"
    assert standing(world.centre).held == [SPRING]
    assert standing(world.centre).is_sound
    assert sums_agree(world.centre, marie, paul)


def test_asked_and_let_go_before_anybody_heard_of_it(world: World, reps: Reps) -> None:
    """The release knows nothing of the grant: it goes through all the same, and so does what comes after."""
    (marie, hers), _ = reps
    ask(marie, hers)
    release(marie, hers)
    ask(marie, hers, LOIRET, move=True)
    marie.exchange()
    assert marie.states()[-3:] == ["applied"] * 3
    assert (standing(world.centre).held, held(marie)) == ([LOIRET], [(hers.line, "granted")])
    assert standing(world.centre).is_sound


def test_who_asks_for_another_place_keeps_the_first_where_that_is_taken(world: World, reps: Reps) -> None:
    _, (paul, his) = reps
    ask(paul, his)
    paul.exchange()
    world.centre.change("slot", SPRING, state="held")  # the centre's own people put it aside
    ask(paul, his, SPRING, move=True)
    paul.exchange()
    assert paul.value("SELECT code FROM problem") == "SLOT_TAKEN"
    assert held(paul) == [(his.line, "granted")]
    assert (paul.value("SELECT slot_id FROM reservation"), paul.value("SELECT area FROM proposal_line")) == (
        COVER,
        "Eure-et-Loir",
    )
    assert world.centre.rows("SELECT slot_id FROM slot_hold") == [(COVER,)]


def test_what_takes_the_line_away_frees_its_place(world: World, reps: Reps) -> None:
    (marie, hers), (paul, his) = reps
    ask(marie, hers)
    marie.exchange()
    remove_line(RemoveLine(hers.proposal, hers.line), marie.store.work)
    marie.exchange()
    assert standing(world.centre).held == []
    ask(paul, his)
    paul.exchange()
    # An app that knows no reservations takes the line away alone: the centre lets the place go with it.
    with paul.store.work.begin("remove_line") as tx:
        tx.proposals.remove(his.proposal)
        tx.commit()
    paul.exchange()
    assert paul.states()[-1] == "applied"
    assert standing(world.centre).held == []
    assert standing(world.centre).is_sound
    marie.exchange()
    assert held(paul) == []
    assert sums_agree(world.centre, marie, paul)


def test_a_place_goes_when_its_time_is_over_unless_it_was_ordered(world: World, reps: Reps) -> None:
    (marie, hers), (paul, his) = reps
    ask(marie, hers)
    ask(paul, his, SPRING, move=True)
    marie.exchange()
    paul.exchange()
    engines = world.centre.engines
    assert let_go_of_expired(engines) == 0
    world.centre.change("proposal", his.proposal, status="ordered")
    assert let_go_of_expired(engines, now_us() + 15 * DAY) == 1
    marie.exchange()
    assert held(marie) == [(hers.line, "expired")]
    assert marie.value("SELECT state FROM slot WHERE id = ?", COVER) == "free"
    assert standing(world.centre).held == [SPRING]
    ask(marie, hers)
    marie.exchange()
    assert held(marie) == [(hers.line, "granted")], "asked for anew, in the place of what was let go"
    assert standing(world.centre).is_sound
    with engines.writer.begin() as connection:
        set_valid_days(connection, 3)
        assert valid_days(connection) == 3


def _caller(device: Device) -> Caller:
    assert device.road.identity is not None
    return Caller(device=device.road.identity.device, login="marie", rep_id=device.me, team="nord")


def _asked(device: Device, wants: Wanting, n: int, slot: SlotId = COVER, **more: str | int | None) -> Changeset:
    account = device.value("SELECT account_id FROM proposal WHERE id = ?", wants.proposal)
    new: dict[str, Value] = {
        "account_id": str(account),
        "slot_id": slot,
        "line_id": wants.line,
        "rep_id": str(device.me),
        "asked_at": 1,
        "state": "pending",
        "valid_until": None,
        **more,
    }
    entry = Entry(table="reservation", row=an_id(), op=Op.CREATE, new=new)
    return Changeset(n=n, mid=an_id(), name="ask_for_slot", at=1, revision=REVISION, entries=(entry,))


def test_no_device_grants_itself_a_place(world: World, reps: Reps) -> None:
    (marie, hers), (_, his) = reps
    caller = _caller(marie)
    last = int(str(world.centre.value("SELECT last_n FROM sync_device WHERE device = :d", d=caller.device)))

    def answered(changeset: Changeset) -> str:
        nonlocal last
        last += 1
        reply = take(world.centre.engines, caller, msgspec.structs.replace(changeset, n=last))
        assert isinstance(reply, Answer)
        return reply.result.code if isinstance(reply.result, Rejected) else "APPLIED"

    assert answered(_asked(marie, hers, 1, state="granted")) == "BELONGS_TO_CENTRE"
    assert answered(_asked(marie, hers, 1, valid_until=2**60)) == "BELONGS_TO_CENTRE"
    assert answered(_asked(marie, hers, 1, rep_id=an_id())) == "OUT_OF_SCOPE"
    assert answered(_asked(marie, Wanting(hers.proposal, his.line), 1)) == "OUT_OF_SCOPE"
    assert answered(_asked(marie, hers, 1, SlotId(an_id()))) == "SLOT_UNKNOWN"
    assert answered(_asked(marie, hers, 1, LOIRET)) == "SLOT_ELSEWHERE"
    assert answered(_asked(marie, Wanting(hers.proposal, LineId(an_id())), 1)) == "LINE_UNKNOWN"
    good = _asked(marie, hers, 1)
    assert answered(good) == "APPLIED"
    assert answered(_asked(marie, hers, 1)) == "SLOT_ASKED_HERE"
    (made,) = good.entries
    patched = Entry(table="reservation", row=made.row, op=Op.UPDATE, base_ver=1, old={"state": "x"}, new={"state": "y"})
    assert answered(msgspec.structs.replace(good, mid=an_id(), entries=(patched,))) == "BELONGS_TO_CENTRE"
    assert answered(msgspec.structs.replace(good, mid=an_id())) == "APPLIED", "made again it stays as it is"
    slot = Entry(table="slot", row=COVER, op=Op.UPDATE, base_ver=1, old={"state": "held"}, new={"state": "free"})
    assert answered(msgspec.structs.replace(good, mid=an_id(), entries=(slot,))) == "BELONGS_TO_CENTRE"
    assert standing(world.centre).held == [COVER]
    assert standing(world.centre).is_sound
    world.centre.change("proposal", hers.proposal, status="ordered")
    gone = Entry(table="reservation", row=made.row, op=Op.DELETE, base_ver=1, old={})
    assert answered(msgspec.structs.replace(good, mid=an_id(), entries=(gone,))) == "PROPOSAL_FROZEN"


@pytest.mark.parametrize("centre", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_of_eight_who_ask_at_the_same_moment_one_wins(world: World) -> None:
    """Each by its own connection, all let go at once: who waits for the place's lock sees it held."""
    centre = world.centre
    put_up(centre)
    callers = [_newcomer(world, f"rep{place}") for place in range(8)]
    gate = threading.Barrier(len(callers))
    answers: list[str] = []

    def send(caller: Caller, asking: Changeset) -> None:
        gate.wait(30)
        reply = take(centre.engines, caller, asking)
        assert isinstance(reply, Answer)
        answers.append(reply.result.code if isinstance(reply.result, Rejected) else "APPLIED")

    threads = [threading.Thread(target=send, args=asked) for asked in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == ["APPLIED", *["SLOT_TAKEN"] * 7]
    assert standing(centre).held == [COVER]
    assert standing(centre).is_sound


def _newcomer(world: World, login: str) -> tuple[Caller, Changeset]:
    """A rep whose display wants the place, known to the centre by rows alone; and the changeset that asks for it."""
    centre = world.centre
    rep = centre.user(login)
    account = centre.account(rep, contacts=0)
    proposal, part, line, device = (an_id() for _ in range(4))
    of = {"account_id": account}
    centre.load("proposal", {**of, "id": proposal, "name": "Avec display", "edition": 2027})
    named: dict[str, Value] = {"position": 0, "number": "901", "range_name": "Display"}
    centre.load("proposal_sub_order", {**of, "id": part, "proposal_id": proposal, **named})
    shown: dict[str, Value] = {
        "product_id": DISPLAY,
        "product": "D2C",
        "label": "Display",
        "action": "add",
        "is_display": 1,
    }
    costs: dict[str, Value] = {"position": 0, "net": 0, "vat_rate": 2000, "activity": HEADING, "area": AREA}
    centre.load("proposal_line", {**of, "id": line, "sub_order_id": part, **shown, **costs})
    with centre.engines.writer.begin() as connection:
        words = {"device": device, "login": login, "name": "", "public_key": "", "certificate": ""}
        connection.execute(DEVICE.insert().values(**words, enrolled_at=1))
    new: dict[str, Value] = {
        **of,
        "slot_id": COVER,
        "line_id": line,
        "rep_id": rep,
        "asked_at": 1,
        "state": "pending",
        "valid_until": None,
    }
    entry = Entry(table="reservation", row=an_id(), op=Op.CREATE, new=new)
    asking = Changeset(n=1, mid=an_id(), name="ask_for_slot", at=1, revision=REVISION, entries=(entry,))
    return Caller(device=device, login=login, rep_id=rep, team="nord"), asking
