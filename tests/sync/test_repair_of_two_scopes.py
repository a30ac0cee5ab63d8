"""Rows that two scopes hold, of an account that is loaded and the rep's own by now: mending one leaves both right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.store.loads import StoredLoads
from app.store.pulled import Batch, Phase, Pulled
from app.store.repairing import Repairs
from sync.protocol.buckets import bucket_of
from sync.protocol.frames import Columns, Differing, Mark, Rows
from tests.sync.test_repair import damage
from tests.sync.world import Device, World, same_rows, sums_agree

pytestmark = [pytest.mark.expects_log, pytest.mark.parametrize("centre", ["sqlite"], indirect=True)]

TABLES = ("account", "contact", "activity")
CONTACTS = 30
FIRST = "(SELECT min(id) FROM contact)"
EXTRA = "INSERT INTO contact (id, ver, account_id, position, name)"


@pytest.fixture
def device(world: World) -> Device:
    """Marie loaded an account of Paul's, which then became hers while the load stands."""
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul")
    account = centre.account(paul, contacts=CONTACTS)
    device = world.device()
    device.exchange()
    now = device.clock.now()
    StoredLoads(device.feed).wish(account, "Fleurs", now + timedelta(days=3), now)
    device.exchange()
    centre.change("account", account, rep_id=marie)
    device.exchange()
    assert device.value("SELECT count(*) FROM sync_member WHERE row_id = ?", account) == 2
    assert sums_agree(centre, device)
    return device


def summed_anew(device: Device, *scopes: str) -> None:
    """Let the device keep the sums of what it holds for these scopes."""
    for scope in scopes:
        total = 0
        for part in Repairs(device.feed).sums(scope):
            total ^= int(part or "0", 16)
        damage(device, f"UPDATE sync_cursor SET state_sum = '{total:016x}' WHERE scope = '{scope}'")


HIGH = (f"UPDATE contact SET ver = 90, name = 'x' WHERE id = {FIRST}",)
LOW = (f"UPDATE contact SET ver = 0, name = 'x' WHERE id = {FIRST}",)
ONE_TOO_MANY = (
    f"{EXTRA} SELECT '{'e' * 32}', 7, account_id, 99, name FROM contact WHERE id = {FIRST}",
    f"INSERT INTO sync_member SELECT scope, 'contact', '{'e' * 32}' FROM sync_member WHERE row_id = {FIRST}",
)


@pytest.mark.parametrize(
    ("statements", "noticed"),
    [
        pytest.param(HIGH, "rep", id="a version too high"),
        pytest.param(LOW, "load", id="a version too low"),
        pytest.param(ONE_TOO_MANY, "rep", id="one too many"),
    ],
)
def test_mending_one_scope_leaves_the_other_right(
    world: World, device: Device, statements: tuple[str, ...], noticed: str
) -> None:
    damage(device, *statements)
    scopes = [scope for scope in Pulled(device.feed).cursors() if scope.startswith(("rep", "load"))]
    summed_anew(device, *(scope for scope in scopes if scope.startswith(noticed)))
    for _ in range(2):
        device.exchange()
    assert sums_agree(world.centre, device)
    summed_anew(device, *scopes)
    assert sums_agree(world.centre, device), "what is kept is what the rows add up to"
    same_rows(world.centre, device, TABLES, device.me)


def test_a_scope_in_its_first_reading_keeps_step_with_a_repair_of_the_other(device: Device) -> None:
    """Half read, its sum counts the rows that came so far: those that the repair brings to another version too."""
    (true,) = device.rows(f"SELECT * FROM contact WHERE id = {FIRST}")
    (load,) = (scope for scope in Pulled(device.feed).cursors() if scope.startswith("load"))
    own = f"rep:{device.me}"
    damage(device, *HIGH, f"UPDATE sync_cursor SET phase = 'first' WHERE scope = '{load}'")
    summed_anew(device, load, own)
    before = Pulled(device.feed).cursor(load)
    batch = Batch()
    batch.take(Columns(table="contact", columns=tuple(true)))
    batch.take(Rows(table="contact", rows=[tuple(true.values())]))
    # The other rows of its bucket come along.
    place = bucket_of("contact", str(true["id"]))
    others = [row for row in device.rows("SELECT * FROM contact") if bucket_of("contact", str(row["id"])) == place]
    batch.take(Rows(table="contact", rows=[tuple(row.values()) for row in others if row["id"] != true["id"]]))
    mark = Mark(scope=own, seq=9, tag="t", check="")
    Repairs(device.feed).apply(batch, Differing(scope=own, buckets=(place,)), mark, 0)
    after = Pulled(device.feed).cursor(load)
    summed_anew(device, load)
    assert after.phase is Phase.FIRST
    assert after.sum == Pulled(device.feed).cursor(load).sum != before.sum
