"""On a true connection where anything may happen: nothing lost, nothing doubled, at rest when it is over."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

import pytest

from app.ports.trouble import Trouble
from app.usecases.accounts.plan_task import PlanTask, plan_task
from tests.sync.faulty_road import FAULTS, Ask, Fault, FaultyRoad, Replayed, dripping, honest
from tests.sync.world import Device, World, same_rows, sums_agree

TABLES = ("account", "contact", "activity")
REQUESTS = 2
"""The requests of a round that a fault meets, one after the other."""

ON_POSTGRES = {"cut in the body", "late", "502 after the work"}
"""What happens on the road is the same whatever database stands behind the centre: a few are enough there."""


def _cases() -> Iterator[object]:
    for name in FAULTS:
        # The library that reads the heads of answers warns of a torn one.
        marks = [pytest.mark.expects_log] if name == "cut in the head" else []
        yield pytest.param("sqlite", name, marks=marks)
        if name in ON_POSTGRES:
            yield pytest.param("postgres", name, marks=[*marks, pytest.mark.postgres])


on_every_road = pytest.mark.parametrize(("centre", "name"), list(_cases()), indirect=["centre"])


@pytest.fixture
def road(world: World) -> Iterator[FaultyRoad]:
    with FaultyRoad(world.centre.url) as road:
        yield road


def once(fault: Fault, at: int) -> Fault:
    """Let something happen to one request, the `at`-th from now, and to its repetition where it needs two."""
    seen = [0]

    def met(request: bytes, ask: Ask) -> Iterable[bytes]:
        seen[0] += 1
        return fault(request, ask) if seen[0] in (at, at + 1) else honest(request, ask)

    return met


@on_every_road
def test_whatever_happens_on_the_road_the_next_rounds_end_in_peace(world: World, road: FaultyRoad, name: str) -> None:
    centre = world.centre
    marie = centre.user()
    account = centre.account(marie, contacts=2)
    device, other = world.device(), world.device()
    device.exchange()
    other.exchange()
    contact = str(other.value("SELECT id FROM contact LIMIT 1"))
    device.road.centre = road.url
    done = 0
    for at in range(1, REQUESTS + 1):
        road.fault = once(FAULTS[name](), at)
        for turn in range(2):
            plan_task(PlanTask(account, f"{name} {at} {turn}", device.clock.today()), device.store.work)
            other.rename(contact, account, role=f"{name} {at} {turn}")
            other.exchange()
            done += 1
            _try(device)
        road.fault = honest
        _come_to_rest(device)
        assert device.states() == ["applied"] * done
        assert centre.value("SELECT count(*) FROM activity") == done
        same_rows(centre, device, TABLES, marie)
        assert sums_agree(centre, device)


@on_every_road
def test_whatever_happens_in_a_first_reading_it_comes_to_its_end(world: World, road: FaultyRoad, name: str) -> None:
    centre = world.centre
    marie = centre.user()
    centre.account(marie, contacts=3)
    for at in range(1, REQUESTS + 1):
        device = world.device()
        device.road.centre = road.url
        road.fault = once(FAULTS[name](), at)
        for _ in range(3):
            _try(device)
        road.fault = honest
        _come_to_rest(device)
        same_rows(centre, device, TABLES, marie)
        assert sums_agree(centre, device)


def _try(device: Device) -> None:
    try:
        device.exchange()
    except Trouble as trouble:
        if trouble.code not in {"OFFLINE", "CENTRE_SPEAKS_OTHERWISE"}:
            raise


def _come_to_rest(device: Device) -> None:
    """Within five rounds without faults all is over."""
    for _ in range(5):
        if device.exchange() == (0, 0, 0):
            return
    raise AssertionError("not at rest after five rounds")


def test_a_request_that_was_copied_on_the_way_is_not_heard_twice(world: World, road: FaultyRoad) -> None:
    marie = world.centre.user()
    account = world.centre.account(marie)
    device = world.device()
    device.exchange()
    device.road.centre = road.url
    road.fault = copied = Replayed()
    plan_task(PlanTask(account, "Rappeler", device.clock.today()), device.store.work)
    device.exchange()
    assert copied.heard
    assert all(b" 401 " in heard.partition(b"\r\n")[0] and b"PROOF_HEARD_BEFORE" in heard for heard in copied.heard)


def test_an_answer_that_drips_is_heard_whole(world: World, road: FaultyRoad) -> None:
    marie = world.centre.user()
    world.centre.account(marie, contacts=3)
    device = world.device()
    device.road.centre = road.url
    road.fault = dripping(lambda: None)
    device.exchange()
    same_rows(world.centre, device, TABLES, marie)
    assert sums_agree(world.centre, device)


def test_the_rep_need_not_wait_for_an_answer_that_drips(world: World, road: FaultyRoad) -> None:
    """A byte a second: switched off, the exchange ends at its next piece, and what waited still waits."""
    marie = world.centre.user()
    account = world.centre.account(marie)
    device = world.device()
    device.exchange()
    device.road.centre = road.url
    courier = device.courier()
    plan_task(PlanTask(account, "Rappeler", device.clock.today()), device.store.work)
    drips = threading.Semaphore(0)
    heard: list[str] = []

    def a_second() -> None:
        drips.release()
        road.ended.wait(1.0)

    road.fault = dripping(a_second)

    def go() -> None:
        try:
            courier.exchange()
        except Trouble as trouble:
            heard.append(trouble.code)

    going = threading.Thread(target=go)
    going.start()
    assert drips.acquire(timeout=10)
    courier.switch(on=False)
    going.join(timeout=10)
    assert not going.is_alive()
    assert heard == ["OFFLINE"]
    assert device.states() in (["pending"], ["sent"])
    road.fault = honest
    courier.switch(on=True)
    assert courier.exchange().sent == 1
    assert world.centre.value("SELECT count(*) FROM activity") == 1
