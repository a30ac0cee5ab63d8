"""What another process of the centre writes or serves is heard by those who wait at this one."""

from __future__ import annotations

import pytest

from app.store.engine import open_url
from sync.server import overhearing
from sync.server.exchange import waiting
from sync.server.feed import write
from sync.server.waking import hub_of
from tests.sync.test_listening import Poll, until, waits
from tests.sync.world import Centre, Device, World, an_id


@pytest.fixture
def device(world: World, monkeypatch: pytest.MonkeyPatch) -> Device:
    monkeypatch.setattr(waiting, "LONGEST_SECONDS", 10_000.0)
    monkeypatch.setattr(overhearing, "LOOK_SECONDS", 0.02)
    world.centre.account(world.centre.user())
    made = world.device()
    made.exchange()
    return made


@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
def test_what_a_command_writes_at_a_sqlite_centre_is_heard_soon_and_what_it_writes_itself_costs_nothing(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    hub = hub_of(world.centre.engines)
    everybody = hub.everybody

    def noted() -> None:
        rung.append("everybody")
        everybody()

    monkeypatch.setattr(hub, "everybody", noted)
    world.centre.account(world.centre.user("paul", "sud"))
    poll = Poll(device)
    waits(world.centre)
    world.centre.account(world.centre.user("karim", "sud"))
    assert rung == []
    other = open_url(world.centre.database)  # as another process would
    account = {"id": an_id(), "number": "1", "trade_name": "Muguet", "rep_id": device.me}
    write(other, lambda _connection, feed: feed.load("account", [account]))
    other.dispose()
    (mark,) = poll.marks()
    assert mark.scope == f"rep:{device.me}"
    assert len(rung) == 1


@pytest.mark.parametrize("centre", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_device_that_waits_at_another_worker_waits_no_longer_at_the_first(world: World, device: Device) -> None:
    other = Centre(world.centre.database)
    try:
        until(lambda: None not in (hub_of(world.centre.engines).elsewhere, hub_of(other.engines).elsewhere))
        first = Poll(device)
        waits(world.centre)
        second = Poll(device, at=other.url)
        assert first.marks() == []
        waits(other)
        world.centre.account(device.me)
        assert len(second.marks()) == 1
    finally:
        other.close()
