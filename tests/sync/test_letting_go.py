"""What is answered is kept for a time at both ends, then let go; who slept longer reads anew."""

from __future__ import annotations

from app.store.outbox import RETENTION, Outbox
from app.store.rows import SYNCED
from sync.server.tidying import KEPT_DAYS, tidy
from tests.sync.world import Device, World, sums_agree

DAY = 86_400_000_000


def answered_before(device: Device, days: int) -> None:
    with device.feed.writing() as connection:
        connection.exec_driver_sql("UPDATE changeset SET answered_at = answered_at - ?", (days * DAY,))


def numbers(device: Device) -> list[object]:
    return [row["n"] for row in device.rows("SELECT n FROM changeset ORDER BY n")]


def test_answered_changesets_go_after_ninety_days_but_for_the_last(device: Device) -> None:
    for number in range(4):
        device.correct(phone=str(number))
        device.exchange()
    device.correct(phone="waits")
    outbox, at = Outbox(device.feed), int(str(device.value("SELECT max(answered_at) FROM changeset")))
    assert outbox.prune(4, at) == 0
    answered_before(device, 91)
    assert outbox.prune(2, at) == 2, "never what the centre does not say it holds"
    assert outbox.prune(4, at) == 1
    assert numbers(device) == [4, 5], "the last answered one stays, and what waits"
    assert device.rows("SELECT mid FROM changeset_entry WHERE mid NOT IN (SELECT mid FROM changeset)") == []
    device.exchange()
    device.correct(phone="next")
    device.exchange()
    assert numbers(device)[-1] == 6, "numbers go on"
    assert set(device.states()) == {"applied"}


def test_how_long_is_a_setting_and_a_problem_that_is_open_is_kept(device: Device) -> None:
    for number in range(3):
        device.correct(phone=str(number))
    device.exchange()
    mid = str(device.value("SELECT mid FROM changeset WHERE n = 1"))
    with device.feed.writing() as connection:
        connection.exec_driver_sql("INSERT INTO problem (id, mid, code, at) VALUES ('p', ?, 'X', 1)", (mid,))
    device.feed.remember({RETENTION: "5"})
    answered_before(device, 6)
    at = int(str(device.value("SELECT max(answered_at) FROM changeset"))) + 6 * DAY
    assert Outbox(device.feed).prune(3, at) == 1
    assert numbers(device) == [1, 3]


def test_the_courier_lets_go_by_itself_at_its_next_greeting(world: World, device: Device) -> None:
    for number in range(3):
        device.correct(phone=str(number))
    device.exchange()
    answered_before(device, 91)
    world.again(device).exchange()
    assert world.centre.value("SELECT max(n) FROM sync_applied") == 3
    assert len(device.rows("SELECT n FROM changeset")) == 1


def test_the_centre_lets_go_of_what_is_over_400_days_old(world: World, device: Device) -> None:
    sleeper = world.device()
    sleeper.exchange()
    for number in range(3):
        device.correct(phone=str(number))
    contact = str(device.value("SELECT id FROM contact WHERE position = 1"))
    device.exchange()
    with device.store.work.begin("edit_contact") as tx:
        tx.rows.remove(SYNCED.tables["contact"], contact)
        tx.commit()
    device.exchange()
    now = int(str(world.centre.value("SELECT max(at) FROM sync_applied"))) + 1
    first = tidy(world.centre.engines, now)
    assert (first.answers, first.deleted, first.departures) == (0, 0, 0)
    late = tidy(world.centre.engines, now + KEPT_DAYS * DAY + DAY)
    assert (late.answers, late.deleted, late.departures) == (3, 1, 1)
    assert late.proofs > 0
    assert world.centre.rows("SELECT n FROM sync_applied") == [(4,)], "the last of each device stays"
    device.exchange()
    assert sums_agree(world.centre, device)
    assert sleeper.value("SELECT count(*) FROM contact") == 2
    sleeper.exchange()
    assert sleeper.value("SELECT count(*) FROM contact") == 1, "it was told to read anew"
    assert sums_agree(world.centre, sleeper)
