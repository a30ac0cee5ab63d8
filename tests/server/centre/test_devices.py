"""Devices at the centre: who may see and do what, shut out at once on every route, and the commands about them."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import msgspec
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import Connection, update

from app.domain.refusal import Refusal
from app.ports.devices import DeviceState
from app.ports.trouble import Trouble
from app.store import wrapping
from app.store.engine import Engines
from app.store.rows import REVISION
from sync.client.devices import CentreDevices
from sync.client.transport import Road
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.devices import WipeNews, WipeStep
from sync.protocol.frames import Ask, FrameWriter, Push
from sync.protocol.handshake import PROTOCOL, Hello, Verdict, read_welcome
from sync.protocol.standing import Role
from sync.server.__main__ import main
from sync.server.application import application
from sync.server.database import in_one_write
from sync.server.exchange import record
from sync.server.grants.asking import asking_of, caller_of
from sync.server.grants.devices import ask_wipe, revoke, set_role
from sync.server.grants.proving import prove
from sync.server.grants.rights import Caller
from sync.server.grants.staying import StillThere
from sync.server.tables import DEVICE
from tests.sync.world import Centre, Device, Moving, World, an_id

OPEN_TO_ALL = {
    "/centre/v1/enrol": "a login, a password and a code are asked instead",
    "/centre/v1/recover": "a login, a password and a code are asked instead",
    "/centre/v1/wiped": "the receipt of the order is asked instead",
    "/centre/v1/rescue": "the receipt of the order is asked instead",
    "/centre/v1/health": "says that the centre listens, nothing else",
}
"""The routes that no device need prove itself for, each with its reason."""


@pytest.fixture
def boss(centre: Centre, world: World) -> Device:
    centre.user("boss")
    in_one_write(centre.engines, lambda connection: set_role(connection, "boss", Role.ADMINISTRATOR))
    return world.device("boss")


@pytest.fixture
def marie(centre: Centre, world: World) -> Device:
    centre.account(centre.user("marie"))
    return world.device("marie")


@pytest.fixture
def paul(centre: Centre, world: World) -> Device:
    centre.account(centre.user("paul"))
    return world.device("paul")


def name_of(device: Device) -> str:
    assert device.enrolled is not None
    return device.enrolled.identity.device


def asking(device: Device) -> CentreDevices:
    road = device.road
    return CentreDevices(device.feed, lambda: Road(road.centre, road.now, road.identity), Moving().now)


def greeting() -> bytes:
    return msgspec.json.encode(Hello(protocol=PROTOCOL, revision=REVISION))


# ---------------------------------------------------------------------------------------------- who may
def _needs(dependant: Dependant) -> Iterator[object]:
    for needed in dependant.dependencies:
        yield needed.call
        yield from _needs(needed)


def test_every_route_asks_who_it_is_or_says_why_not(centre: Centre) -> None:
    made = (context.original_route for context in iter_route_contexts(application(centre.engines).routes))
    routes = [route for route in made if isinstance(route, APIRoute)]
    assert len(routes) > 15
    unasked = {route.path for route in routes if not {caller_of, asking_of} & {*_needs(route.dependant)}}
    assert unasked <= {*OPEN_TO_ALL, "/centre/v1/openapi.json", "/metrics"}


def test_an_administrator_sees_all_devices_and_a_rep_their_own(boss: Device, marie: Device, paul: Device) -> None:
    assert {item.login for item in asking(boss).all()} == {"boss", "marie", "paul"}
    assert [(item.login, item.is_this) for item in asking(marie).all()] == [("marie", True)]
    assert {person.login for person in asking(boss).people()} == {"boss", "marie", "paul"}
    assert [person.login for person in asking(paul).people()] == ["paul"]


def test_the_list_says_what_support_asks_for(centre: Centre, boss: Device, marie: Device) -> None:
    marie.exchange()
    item = next(item for item in asking(boss).all() if item.login == "marie")
    assert item.state is DeviceState.ACTIVE
    assert item.platform
    assert item.seen_at is not None
    assert item.exchanged_at is not None
    assert item.lease_until is not None
    assert item.lease_until > item.exchanged_at
    assert not item.is_entrusted


def test_nobody_reaches_a_device_of_another_and_is_told_the_same_of_one_that_is_none(
    boss: Device, marie: Device, paul: Device
) -> None:
    leaks = []
    for who in (marie, paul):
        for whose in (name_of(marie), name_of(paul), name_of(boss), an_id(), "nothing"):
            ask = asking(who)
            for do in (ask.revoke, ask.order_wipe, ask.cancel_wipe, ask.recovery_code):
                if do == ask.revoke and whose == name_of(who):
                    continue
                with pytest.raises(Refusal) as refused:
                    do(whose)
                if (refused.value.code, dict(refused.value.facts)) != ("DEVICE_UNKNOWN", {"device": whose}):
                    leaks.append((whose, do.__name__))
        for login in ("marie", "paul", "boss", "nobody"):
            with pytest.raises(Refusal) as refused:
                asking(who).enrolment_code(login)
            if (refused.value.code, dict(refused.value.facts)) != ("USER_UNKNOWN", {"login": login}):
                leaks.append((login, "codes"))
    assert leaks == []
    assert all(item.state is DeviceState.ACTIVE for item in asking(boss).all())


def test_a_role_holds_for_the_next_request_already(centre: Centre, boss: Device, marie: Device) -> None:
    in_one_write(centre.engines, lambda connection: set_role(connection, "boss", Role.REP))
    assert [item.login for item in asking(boss).all()] == ["boss"]
    boss.exchange()
    assert not asking(boss).is_administrator


def test_a_rep_shuts_a_device_of_their_own_out(marie: Device, world: World) -> None:
    lost = world.device("marie")
    asking(marie).revoke(name_of(lost))
    with pytest.raises(Trouble, match="CENTRE_REFUSES"):
        lost.exchange()
    marie.exchange()


# ---------------------------------------------------------------------------------------------- at once
CALLS = 1_000 if os.environ.get("TOURNEE_SOAK") == "1" else 100


def test_no_call_is_answered_after_a_device_was_shut_out(
    centre: Centre, marie: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred prove themselves first; the device is shut out while each holds its finished answer in hand."""
    held, goes = threading.Semaphore(0), threading.Event()
    stands = StillThere._stands

    def hold(self: StillThere, device: str) -> bool:
        held.release()
        goes.wait(30)
        return stands(self, device)

    monkeypatch.setattr(StillThere, "_stands", hold)
    assert marie.road.identity is not None
    identity = marie.road.identity
    paths = ("/centre/v1/arrived", "/centre/v1/devices", "/centre/v1/users", "/sync/v1/results?first=1&last=2")

    def call(number: int) -> bool:
        with closing(Road(centre.url, Moving().now, identity)) as road:
            try:
                if number % 5 == 4:
                    road.document("POST", "/sync/v1/hello", greeting())
                else:
                    road.document("GET", paths[number % 5])
            except Trouble as trouble:
                return trouble.technical != "TOKEN_UNKNOWN"
            return True

    with ThreadPoolExecutor(100) as pool:
        calls = [pool.submit(call, number) for number in range(CALLS)]
        for _ in range(8):
            assert held.acquire(timeout=30)
        in_one_write(centre.engines, lambda connection: revoke(connection, name_of(marie)))
        goes.set()
        answered = sum(each.result() for each in calls)
    assert answered == 0


def test_an_exchange_that_tells_nothing_new_looks_again_with_the_look_that_finds_that_out(
    centre: Centre, marie: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def stands(_: StillThere, device: str) -> bool:
        looks.append(device)
        return True

    monkeypatch.setattr(StillThere, "_stands", stands)
    writer, epoch = FrameWriter(), str(centre.value("SELECT value FROM sync_meta WHERE name = 'epoch'"))
    body = writer.line(Ask(protocol=PROTOCOL, revision=REVISION, epoch=epoch, cursors=(), first=1)) + writer.end()
    marie.road.document("POST", "/sync/v1/exchange", body)
    assert looks == []

    def shut_out_afterwards(engines: Engines, **named: Any) -> Caller:  # noqa: ANN401 - given on as it came
        caller = prove(engines, **named)
        in_one_write(centre.engines, lambda connection: revoke(connection, caller.device))
        return caller

    monkeypatch.setattr("sync.server.grants.asking.prove", shut_out_afterwards)
    with pytest.raises(Trouble, match="TOKEN_UNKNOWN"):
        marie.road.document("POST", "/sync/v1/exchange", body)


def test_a_changeset_of_a_device_that_was_shut_out_meanwhile_is_not_taken(
    centre: Centre, marie: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = str(centre.value("SELECT id FROM account"))
    entry = Entry(table="account", row=account, op=Op.UPDATE, base_ver=1, old={"notes": ""}, new={"notes": "x"})
    changeset = Changeset(n=1, mid=an_id(), name="edit_account", at=1, revision=REVISION, entries=(entry,))
    writer = FrameWriter()
    ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch="", cursors=(), first=1)
    body = writer.lines((ask, Push(changeset=changeset))) + writer.end()
    last_number = record.last_number

    def shut_out_first(connection: Connection, device: str) -> int:
        revoke(connection, device)
        return last_number(connection, device)

    monkeypatch.setattr(record, "last_number", shut_out_first)
    with pytest.raises(Trouble, match="TOKEN_UNKNOWN"):
        marie.road.document("POST", "/sync/v1/exchange", body)
    assert centre.value("SELECT count(*) FROM sync_applied") == 0


# ---------------------------------------------------------------------------------------------- wipes
def test_a_device_that_is_to_go_may_send_and_is_given_nothing(centre: Centre, boss: Device, marie: Device) -> None:
    asking(boss).order_wipe(name_of(marie))
    welcome = read_welcome(marie.road.document("POST", "/sync/v1/hello", greeting()))
    assert (welcome.verdict, welcome.scopes) == (Verdict.LEAVING, ())
    assert welcome.standing.wipe
    assert not welcome.standing.lease
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        marie.road.document("GET", "/sync/v1/snapshot?scope=catalogue")
    assert marie.road.document("GET", "/centre/v1/arrived") == b'{"rows":{},"changesets":0}'


def test_a_receipt_reports_its_own_wipe_and_opens_nothing_else(centre: Centre, boss: Device, marie: Device) -> None:
    asking(boss).order_wipe(name_of(marie))
    receipt = read_welcome(marie.road.document("POST", "/sync/v1/hello", greeting())).standing.wipe
    stranger = Road(centre.url, Moving().now)
    with closing(stranger):
        for wrong in ("", receipt[:-1], "x" * 43):
            with pytest.raises(Refusal, match="DEVICE_UNKNOWN"):
                stranger.document("POST", "/centre/v1/wiped", _news(wrong))
        with pytest.raises(Trouble, match="TOKEN_UNKNOWN"):
            stranger.document("GET", "/centre/v1/devices")
        for _ in range(2):
            stranger.document("POST", "/centre/v1/wiped", _news(receipt))
    states = {item.login: item.state for item in asking(boss).all()}
    assert states == {"marie": DeviceState.WIPED, "boss": DeviceState.ACTIVE}
    with pytest.raises(Trouble, match="CENTRE_REFUSES"):
        marie.exchange()


def _news(receipt: str) -> bytes:
    return msgspec.json.encode(WipeNews(receipt=receipt, step=WipeStep.DONE))


def test_a_key_deposited_for_nobody_or_in_another_s_name_is_refused(marie: Device, paul: Device) -> None:
    assert marie.enrolled is not None
    sound = wrapping.entrust(b"k" * 32, marie.enrolled.enrolled.recovery_public_key, b"store")
    given = json.dumps({"store": "store", "content": msgspec.json.encode(sound).decode()}).encode()
    marie.road.document("PUT", "/centre/v1/deposit", given)
    marie.road.document("PUT", "/centre/v1/deposit", given)
    with pytest.raises(Refusal, match="DEPOSIT_UNSOUND"):
        paul.road.document("PUT", "/centre/v1/deposit", given)
    for wrong in ({"store": "other", "content": msgspec.json.encode(sound).decode()}, {"store": "x", "content": "{}"}):
        with pytest.raises(Refusal, match="DEPOSIT_UNSOUND"):
            marie.road.document("PUT", "/centre/v1/deposit", json.dumps(wrong).encode())


# ---------------------------------------------------------------------------------------------- commands
def test_the_commands_list_shut_out_wipe_and_let_back_in(
    centre: Centre, marie: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    name = name_of(marie)

    def said(*arguments: str, code: int = 0) -> str:
        assert main([*arguments, "--database", centre.database]) == code
        told = capsys.readouterr()
        return told.out + told.err

    assert "administrator" in said("user", "role", "marie", "administrator")
    assert "Nobody" in said("user", "role", "nobody", "manager", code=2)
    assert "10 days" in said("device", "lease", "10")
    marie.exchange()
    listed = said("device", "list")
    assert name in listed
    assert "active" in listed
    assert "key not deposited" in listed
    assert "not entrusted" in said("device", "recover", name, code=2)
    assert "wipe itself" in said("device", "wipe", name)
    assert "wipe_asked" in said("device", "list")
    assert "no longer" in said("device", "keep", name)
    assert "shut out" in said("device", "revoke", name)
    assert "revoked" in said("device", "list")
    assert "no longer there" in said("device", "rescue", name, "--out", "/nowhere/out.json", code=2)


def test_an_order_once_heard_is_not_taken_back(centre: Centre, boss: Device, marie: Device) -> None:
    in_one_write(centre.engines, lambda connection: ask_wipe(connection, name_of(marie)))
    asking(boss).cancel_wipe(name_of(marie))
    in_one_write(centre.engines, lambda connection: ask_wipe(connection, name_of(marie)))
    in_one_write(centre.engines, lambda connection: connection.execute(update(DEVICE).values(wipe_seen_at=1)))
    with pytest.raises(Refusal, match="WIPE_UNDER_WAY"):
        asking(boss).cancel_wipe(name_of(marie))
