"""A store that was copied, or an old one put back, gets an identity of its own; no action is lost or done twice."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from app.ports.trouble import Trouble
from sync.client.enrolment import DEVICE, keep_identity, known_identity
from sync.client.identity import fresh_key
from sync.client.renewal import RENEWING
from sync.client.transport import Road
from sync.protocol.frames import Ask, read_all
from sync.protocol.handshake import Welcome
from sync.protocol.renewal import Renew
from sync.server.exchange import service
from sync.server.grants import renewal
from sync.server.grants.rights import Caller
from tests.sync.world import Device, InMemory, World, sums_agree

pytestmark = pytest.mark.expects_log


class Killed(BaseException):
    """The process ended."""


@pytest.fixture
def device(world: World) -> Device:
    """A device that holds an account with two contacts, its secrets in its keyring."""
    world.centre.account(world.centre.user(), contacts=2)
    made = world.device()
    assert made.road.identity is not None
    made.feed.remember({DEVICE: made.road.identity.device})
    keep_identity(made.road.identity, made.keyring)
    made.exchange()
    return made


def copied(world: World, device: Device) -> tuple[Device, Device]:
    """Copy a device's whole folder, keyring included; gives both copies, opened."""
    path = device.store.path
    device.store.close()
    other = path.with_name(f"copy of {path.name}")
    shutil.copy(path, other)
    keyring = InMemory()
    keyring.kept.update(device.keyring.kept)
    road = Road(world.centre.url, device.clock.now, device.road.identity)
    return world.again(device), world.on(other, road, device.me, device.clock, keyring)


def edit(device: Device, place: int, **changes: str) -> None:
    contact = device.rows("SELECT id, account_id FROM contact ORDER BY position")[place]
    device.rename(str(contact["id"]), str(contact["account_id"]), **changes)


def mids(*devices: Device) -> set[str]:
    return {str(row["mid"]) for device in devices for row in device.rows("SELECT mid FROM changeset")}


def each_once(world: World, *devices: Device) -> None:
    """Everything that was done is at the centre, once, and everybody has the same."""
    for _ in range(2):
        for device in devices:
            device.exchange()
    taken = [str(mid) for (mid,) in world.centre.rows("SELECT mid FROM sync_applied")]
    assert sorted(taken) == sorted(mids(*devices))
    assert all(state in {"applied", "merged"} for device in devices for state in device.states())
    assert sums_agree(world.centre, *devices)


def test_two_copies_made_while_two_actions_wait_both_go_on(world: World, device: Device) -> None:
    edit(device, 0, email="a@example.org")
    edit(device, 1, email="b@example.org")
    one, two = copied(world, device)
    one.exchange()
    two.exchange()
    edit(one, 0, phone="1")
    edit(two, 1, phone="2")
    edit(two, 1, role="Gérante")
    each_once(world, one, two)
    names = "SELECT email, phone, role FROM contact ORDER BY position"
    assert world.centre.rows(names) == [("a@example.org", "1", ""), ("b@example.org", "2", "Gérante")]
    assert one.road.identity != two.road.identity
    assert world.centre.value("SELECT count(*) FROM sync_device WHERE renewed_from <> ''") == 1


def test_what_both_copies_sent_before_they_met_is_told_apart_by_the_last_answer(world: World, device: Device) -> None:
    one, two = copied(world, device)
    edit(one, 0, phone="1")
    one.exchange()
    edit(two, 1, phone="2")
    two.feed.sent([1], 1)
    each_once(world, one, two)
    assert world.centre.rows("SELECT phone FROM contact ORDER BY position") == [("1",), ("2",)]


def test_an_older_store_put_back_goes_on_as_another_device(world: World, device: Device) -> None:
    edit(device, 0, phone="1")
    device.exchange()
    device, old = copied(world, device)
    edit(device, 0, phone="2")
    edit(device, 1, phone="3")
    device.exchange()
    assert device.road.identity is not None
    device.store.close()  # it is lost: what goes on is the store of before
    edit(old, 1, email="later@example.org")
    old.exchange()
    assert set(old.states()) <= {"applied", "merged"}
    assert world.centre.rows("SELECT phone, email FROM contact ORDER BY position") == [
        ("2", "rose@example.org"),
        ("3", "later@example.org"),
    ]
    assert sums_agree(world.centre, old)
    assert world.centre.value("SELECT count(*) FROM sync_applied") == 4
    was, now = world.centre.rows("SELECT device, renewed_from FROM sync_device ORDER BY renewed_from")
    assert was == (device.road.identity.device, "")
    assert now == (old.feed.recall(DEVICE), device.road.identity.device)


def test_only_a_push_to_a_centre_that_compares_says_what_was_answered_last(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[bool, int]] = []
    true = Road.lines

    def lines(self: Road, method: str, path: str, body: bytes) -> AbstractContextManager[Iterator[bytes]]:
        if path == "/sync/v1/exchange":
            ask, *rest = read_all(body)
            assert isinstance(ask, Ask)
            said.append((len(rest) > 1, ask.answered))
        return true(self, method, path, body)

    monkeypatch.setattr(Road, "lines", lines)
    for phone in ("1", "2"):
        edit(device, 0, phone=phone)
        device.exchange()
    device.exchange()
    assert {(True, 0), (True, 1), (False, 0)} == set(said)
    said.clear()
    monkeypatch.setattr(service, "Welcome", lambda **words: Welcome(**{**words, "compares": False}))
    device.engine.greet_again()
    edit(device, 0, phone="3")
    device.exchange()
    assert {answered for _, answered in said} == {0}
    assert device.states() == ["applied"] * 3


class Deadly(InMemory):
    """A keyring, and with it every commit and every answer of the centre, at one of which the process ends."""

    def __init__(self, kept: dict[str, str]) -> None:
        super().__init__()
        self.kept.update(kept)
        self.left = -1

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

    def put(self, name: str, secret: str) -> None:
        self.step()
        super().put(name, secret)

    def drop(self, name: str) -> None:
        self.step()
        super().drop(name)

    def commits(self, _connection: Connection) -> None:
        self.step()


def test_a_kill_at_any_step_of_a_renewal_leaves_one_new_identity(world: World, device: Device) -> None:
    old = known_identity(device.feed, device.keyring)
    edit(device, 0, phone="1")
    device, template = copied(world, device)
    edit(device, 0, phone="2")
    device.exchange()
    edit(template, 1, phone="3")
    template.store.close()
    died = 0
    for step in itertools.count(1):
        path = template.store.path.with_name(f"life {step}.db")
        shutil.copy(template.store.path, path)
        keyring = Deadly(device.keyring.kept)
        copy = world.on(path, Road(world.centre.url, device.clock.now, old), device.me, device.clock, keyring)
        event.listen(copy.store.engine.writer, "commit", keyring.commits)
        keyring.left = step
        before = set(world.centre.rows("SELECT device FROM sync_device WHERE renewed_from <> ''"))
        if _survives(copy):
            keyring.left = -1
            break
        died += 1
        keyring.left = -1
        copy.store.close()
        copy = _reopened(world, copy, path)
        copy.exchange()
        fresh = set(world.centre.rows("SELECT device FROM sync_device WHERE renewed_from <> ''")) - before
        assert fresh == {(copy.feed.recall(DEVICE),)}, step
        assert not copy.feed.recall(RENEWING)
        _forget_renewals(world)
    assert died >= 6
    assert world.centre.value("SELECT phone FROM contact WHERE position = 1") == "3"


def _survives(device: Device) -> bool:
    try:
        device.exchange()
    except Killed:
        return False
    return True


def _reopened(world: World, device: Device, path: Path) -> Device:
    road = Road(world.centre.url, device.clock.now)
    again = world.on(path, road, device.me, device.clock, device.keyring)
    road.identity = known_identity(again.feed, again.keyring)
    return again


def _forget_renewals(world: World) -> None:
    """Let the day's count begin anew."""
    with world.centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE sync_device SET enrolled_at = 1 WHERE renewed_from <> ''")


def test_a_lost_answer_is_asked_for_again_and_gives_the_same_device(world: World, device: Device) -> None:
    assert device.road.identity is not None
    caller = Caller(device=device.road.identity.device, login="marie", rep_id=str(device.me), team="nord")
    asked = Renew(public_key=fresh_key()[1], first=3)
    first = renewal.renew(world.centre.engines, caller, asked)
    second = renewal.renew(world.centre.engines, caller, asked)
    assert first.device == second.device
    assert first.token != second.token
    # What was asked first may have been long on its way, and come after the answer that is in use.
    tokens = "SELECT count(*) FROM token WHERE device = :device AND revoked_at IS NULL"
    assert world.centre.value(tokens, device=first.device) == 2
    assert world.centre.value("SELECT last_n FROM sync_device WHERE device = :device", device=first.device) == 2


def test_renewals_have_an_end(world: World, device: Device) -> None:
    assert device.road.identity is not None
    caller = Caller(device=device.road.identity.device, login="marie", rep_id=str(device.me), team="nord")
    for _ in range(renewal.MOST_A_DAY):
        renewal.renew(world.centre.engines, caller, Renew(public_key=fresh_key()[1], first=1))
    _, two = copied(world, device)
    edit(two, 0, phone="1")
    with world.centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE sync_device SET last_n = 7 WHERE renewed_from = ''")
    with pytest.raises(Trouble, match="DEVICE_CLONED"):
        two.exchange()
    assert two.states() == ["pending"], "the work is kept"
