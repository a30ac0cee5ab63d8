"""A centre that would delete much of what a device holds is stopped before, and the rep is asked."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from app.store.codec import Record
from app.store.deletions import is_too_much
from sync.client.courier import SyncCourier
from sync.server.feed import Feed, write
from tests.sync.world import Device, World, an_id, sums_agree

pytestmark = pytest.mark.expects_log

MANY = 40


@pytest.fixture
def device(world: World) -> Device:
    account = world.centre.account(world.centre.user(), contacts=0)
    rows: list[Record] = [
        {"id": an_id(), "account_id": account, "position": n, "name": f"P{n}", "is_signatory": 0} for n in range(MANY)
    ]
    world.centre.load("contact", *rows)
    made = world.device()
    made.exchange()
    return made


def delete(world: World, count: int) -> None:
    def work(connection: Connection, feed: Feed) -> None:
        ids = connection.execute(text("SELECT id FROM contact ORDER BY id LIMIT :n"), {"n": count}).scalars().all()
        for row in ids:
            connection.execute(text("DELETE FROM contact WHERE id = :row"), {"row": row})
        feed.touch("contact", list(ids))

    write(world.centre.engines, work)


def held(device: Device) -> object:
    return device.value("SELECT count(*) FROM contact")


def trouble_of(courier: SyncCourier) -> str:
    return "" if courier.road.trouble is None else courier.road.trouble.code


def test_what_is_too_much() -> None:
    assert not is_too_much(20, 20)
    assert is_too_much(21, 400)
    assert not is_too_much(21, 420)


def test_few_deletions_are_carried_out(world: World, device: Device) -> None:
    delete(world, 20)
    courier = device.courier()
    courier.exchange()
    assert (held(device), courier.road.stopped_deletions) == (MANY - 20, ())
    assert trouble_of(courier) == ""
    courier.stop()


def test_many_stop_and_wait_for_a_yes_while_work_goes_up(world: World, device: Device) -> None:
    delete(world, 30)
    courier = device.courier()
    courier.exchange()
    (stop,) = courier.road.stopped_deletions
    assert (stop.count, stop.total, held(device)) == (30, MANY + 1, MANY)
    assert trouble_of(courier) == "DELETIONS_STOPPED"
    contact = device.rows("SELECT id, account_id FROM contact ORDER BY id DESC")[0]
    device.rename(str(contact["id"]), str(contact["account_id"]), phone="1")
    courier.exchange()
    assert device.states() == ["applied"], "what the rep does goes up all the same"
    assert held(device) == MANY
    courier.allow_deletions(stop.scope)
    courier.exchange()
    assert (held(device), courier.road.stopped_deletions) == (MANY - 30, ())
    assert trouble_of(courier) == ""
    assert sums_agree(world.centre, device)
    delete(world, 5)
    courier.exchange()
    assert held(device) == MANY - 35, "the yes was for that once; few need none"
    courier.stop()


def test_a_no_keeps_the_rows_until_something_else_changed_there(world: World, device: Device) -> None:
    delete(world, 30)
    courier = device.courier()
    courier.exchange()
    (stop,) = courier.road.stopped_deletions
    courier.keep_rows(stop.scope)
    for _ in range(2):
        courier.exchange()
        assert (held(device), courier.road.stopped_deletions) == (MANY, ())
    account = str(device.value("SELECT id FROM account"))
    world.centre.change("account", account, activity="Fleuriste")
    courier.exchange()
    assert [found.count for found in courier.road.stopped_deletions] == [30], "it is asked anew"
    courier.stop()


def test_a_scope_read_anew_that_names_few_of_its_rows_stops_too(world: World, device: Device) -> None:
    delete(world, 30)
    with world.centre.engines.writer.begin() as connection:  # the departures were tidied away
        connection.exec_driver_sql("DELETE FROM sync_entry WHERE op <> 'U'")
        connection.exec_driver_sql("UPDATE sync_meta SET value = 'another' WHERE name = 'epoch'")
    courier = device.courier()
    courier.exchange()
    (stop,) = courier.road.stopped_deletions
    assert (stop.count, stop.total, held(device)) == (30, MANY + 1, MANY)
    courier.exchange()
    assert held(device) == MANY
    courier.allow_deletions(stop.scope)
    courier.exchange()
    assert (held(device), courier.road.stopped_deletions) == (MANY - 30, ())
    assert sums_agree(world.centre, device)
    courier.stop()
