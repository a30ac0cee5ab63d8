"""A copy in the place of a damaged store: the centre keeps all it was sent, once, and the device goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store.backups import Backups
from app.store.migrating import keyed
from app.store.putting_back import PutBack, put_back
from sync.client.enrolment import DEVICE, keep_identity
from tests.sync.test_copied_devices import each_once, edit
from tests.sync.world import KEY, Device, World

pytestmark = pytest.mark.expects_log
PAGE = 4_096


@pytest.fixture
def device(world: World) -> Device:
    """A device at rest, one action answered, a copy of its store made."""
    world.centre.account(world.centre.user(), contacts=2)
    made = world.device()
    assert made.road.identity is not None
    made.feed.remember({DEVICE: made.road.identity.device})
    keep_identity(made.road.identity, made.keyring)
    made.exchange()
    edit(made, 0, role="Gérante")
    made.exchange()
    made.store.backups.make(made.clock.now())
    return made


def damaged(device: Device, *pages: int) -> Path:
    """Close the store and spoil some of its pages."""
    path = device.store.path
    device.store.close()
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(content)
    return path


def gone_back(world: World, device: Device, path: Path) -> tuple[Device, PutBack]:
    link = keyed(device.store.backups.copies()[0].path, KEY)
    ((store_id,),) = link.execute("SELECT value FROM meta WHERE name = 'store'").fetchall()
    link.close()
    done = put_back(Backups(path, KEY), str(store_id), device.clock.now())
    return world.again(device), done


def test_what_was_sent_after_the_copy_comes_back_from_the_centre(world: World, device: Device) -> None:
    edit(device, 0, phone="1")
    edit(device, 1, phone="2")
    device.exchange()
    device, done = gone_back(world, device, damaged(device, 1))
    assert (done.salvaged, done.lost, done.knows_all) == (0, (), False)
    edit(device, 1, email="later@example.org")
    device.exchange()
    device.exchange()
    assert world.centre.rows("SELECT phone, email FROM contact ORDER BY position") == [
        ("1", "rose@example.org"),
        ("2", "later@example.org"),
    ]
    assert world.centre.value("SELECT count(*) FROM sync_applied") == 4
    assert device.rows("SELECT phone FROM contact ORDER BY position") == [{"phone": "1"}, {"phone": "2"}]
    assert device.exchange() == (0, 0, 0)
    assert set(device.states()) <= {"applied", "merged"}


@pytest.mark.parametrize("is_sent", [False, True], ids=["never sent", "sent"])
def test_actions_read_beyond_a_lost_one_reach_the_centre_once(world: World, device: Device, is_sent: bool) -> None:
    edit(device, 0, phone="1")
    edit(device, 1, phone="2")
    if is_sent:
        device.exchange()
    with device.feed.writing() as connection:  # its entries gone, the first of them is no whole action any more
        first = "SELECT mid FROM changeset WHERE n = 2"
        connection.exec_driver_sql(f"DELETE FROM changeset_entry WHERE mid IN ({first})")
    device, done = gone_back(world, device, damaged(device))
    assert (done.salvaged, done.lost, done.knows_all) == (1, (2,), True)
    edit(device, 1, email="later@example.org")
    device.exchange()
    device.exchange()
    assert world.centre.rows("SELECT phone, email FROM contact ORDER BY position") == [
        ("1" if is_sent else "", "rose@example.org"),
        ("2", "later@example.org"),
    ]
    assert world.centre.value("SELECT count(*) FROM sync_applied") == (4 if is_sent else 3)
    assert device.exchange() == (0, 0, 0)
    if not is_sent:
        each_once(world, device)
