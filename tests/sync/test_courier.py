"""The courier goes by itself, soon after the rep did something, and says when anything moved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from sync.client.courier import SyncCourier
from sync.client.enrolment import DEVICE, forget, keep, known_identity
from sync.client.schedule import AT_EASE_SECONDS, FIRST_SECONDS, LONGEST_SECONDS, Schedule
from tests.sync.world import Centre, Device, World


class Told:
    """Waits until what was listened for becomes true."""

    def __init__(self) -> None:
        self._moved = threading.Condition()

    def __call__(self) -> None:
        with self._moved:
            self._moved.notify_all()

    def until(self, true: Callable[[], bool]) -> None:
        with self._moved:
            assert self._moved.wait_for(true, timeout=20)


@pytest.fixture
def device(world: World) -> Device:
    world.centre.account(world.centre.user())
    return world.device()


@pytest.fixture
def courier(device: Device) -> Iterator[SyncCourier]:
    made = device.courier()
    yield made
    made.stop()


def test_a_change_leaves_by_itself_and_the_window_hears_of_it(
    world: World, device: Device, courier: SyncCourier
) -> None:
    told = Told()
    courier.listen(told)
    courier.start()
    told.until(lambda: courier.is_online and device.rows("SELECT id FROM contact") != [])
    contact, account = (str(device.value(f"SELECT id FROM {table}")) for table in ("contact", "account"))
    device.rename(contact, account, email="new@example.org")
    told.until(lambda: device.states() == ["applied"])
    assert world.centre.value("SELECT email FROM contact") == "new@example.org"
    assert any("contact" in tables for tables in device.touched)


def test_while_the_network_is_off_nothing_leaves_and_all_of_it_leaves_after(
    world: World, device: Device, courier: SyncCourier
) -> None:
    device.exchange()
    told = Told()
    courier.listen(told)
    courier.switch(on=False)
    courier.start()
    contact, account = (str(device.value(f"SELECT id FROM {table}")) for table in ("contact", "account"))
    for number in range(5):
        device.rename(contact, account, phone=str(number))
    assert device.states() == ["pending"] * 5
    assert not courier.is_online
    courier.switch(on=True)
    told.until(lambda: device.states() == ["applied"] * 5)
    assert world.centre.value("SELECT phone FROM contact") == "4"


def test_a_centre_that_is_not_there_leaves_the_work_waiting(
    device: Device, centre: Centre, courier: SyncCourier
) -> None:
    device.exchange()
    contact, account = (str(device.value(f"SELECT id FROM {table}")) for table in ("contact", "account"))
    device.rename(contact, account, phone="1")
    device.road.centre = "http://127.0.0.1:9"
    with pytest.raises(Trouble, match="OFFLINE"):
        courier.exchange()
    assert courier.road.trouble is not None
    assert (courier.is_online, courier.is_switched_off, device.states()) == (False, False, ["pending"])
    device.road.centre = centre.url
    assert courier.exchange().sent == 1
    assert courier.road.trouble is None


def test_a_problem_that_is_none_cannot_be_resolved(courier: SyncCourier) -> None:
    with pytest.raises(Refusal, match="NOT_FOUND"):
        courier.resolve("nothing", {})


class InMemory:
    """Secrets for the length of a test."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)


def test_token_and_key_lie_in_the_keyring_and_the_sealing_key_in_the_store_alone(device: Device) -> None:
    secrets, feed = InMemory(), device.feed
    assert isinstance(feed, DeviceFeed)
    assert device.enrolled is not None
    assert known_identity(feed, secrets) is None
    keep(device.enrolled, feed, secrets)
    assert known_identity(feed, secrets) == device.enrolled.identity
    assert device.enrolled.sealing_key not in str(secrets.kept)
    in_store = str(device.rows("SELECT value FROM meta"))
    assert device.enrolled.identity.token not in in_store
    assert feed.recall(DEVICE) == device.enrolled.identity.device
    assert device.enrolled.identity.token not in repr(device.enrolled)
    forget(feed, secrets)
    assert secrets.kept == {}
    assert known_identity(feed, secrets) is None


def test_who_meets_nobody_tries_ever_more_seldom_and_never_in_step() -> None:
    schedule = Schedule(lambda: 0.5)
    waits = [schedule.failed() for _ in range(12)]
    assert waits[:4] == [FIRST_SECONDS * 2**place for place in range(4)]
    assert waits[-1] == LONGEST_SECONDS
    assert schedule.went_well() == AT_EASE_SECONDS
    assert schedule.failed() == FIRST_SECONDS
    spread = {Schedule(chance).failed() for chance in (lambda: 0.0, lambda: 0.3, lambda: 0.99)}
    assert len(spread) == 3
    assert min(spread) >= FIRST_SECONDS / 2
