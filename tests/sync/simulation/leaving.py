"""How a device leaves for good: shut out with its work in it, or wiped, killed at whatever step of that."""

from __future__ import annotations

from pathlib import Path

from app.ports.trouble import Trouble
from app.store.device_files import KEY_FILE, STORE_FILE
from app.store.wiping import Reached, WipeOrder, order_in
from sync.client import wiping
from sync.client.enrolment import secret_names
from sync.client.unsent import unsent
from sync.server.database import in_one_write
from sync.server.grants.devices import ask_wipe, revoke
from tests.sync.simulation.centre import SimulatedCentre
from tests.sync.simulation.device import ADDRESS, DeviceDied, SimulatedDevice
from tests.sync.simulation.ledger import must

REFUSED = frozenset({"CENTRE_REFUSES", "DEVICE_REVOKED"})


def leave(device: SimulatedDevice, centre: SimulatedCentre, folder: Path, dies_at: str) -> None:
    """Shut a device out, or wipe it by a fresh folder as it dies at a step of that, if any. Raises Violation."""
    if dies_at == "shut out":
        shut_out(device, centre)
    else:
        wipe(device, centre, folder, dies_at)


def shut_out(device: SimulatedDevice, centre: SimulatedCentre) -> None:
    """Shut a device out: nothing more is heard of it, and its work stays in it. Raises Violation."""
    in_one_write(centre.engines, lambda connection: revoke(connection, device.id))
    before = device.waiting()
    _must_be_refused(device)
    must(device.waiting() == before, "the work of a device that is shut out stays")


def _must_be_refused(device: SimulatedDevice) -> None:
    device.engine.greet_again()
    try:
        device.exchange()
    except Trouble as trouble:
        must(trouble.code in REFUSED, "a device that is shut out is told", trouble)
    else:
        must(condition=False, promise="a device that is shut out was let in")


def wipe(device: SimulatedDevice, centre: SimulatedCentre, folder: Path, dies_at: str) -> None:
    """Order a device to wipe itself, which dies at a step of it, if any, and goes on. Raises Violation."""
    in_one_write(centre.engines, lambda connection: ask_wipe(connection, device.id))
    device.engine.greet_again()
    device.exchange()
    receipt = wiping.hear_order(device.feed, device.road)
    must(bool(receipt), "an order to wipe is not heard", device.name)
    left, who, secrets = unsent(device.feed), device.id, secret_names(device.id)
    folder.mkdir()
    for name in (KEY_FILE, STORE_FILE):
        (folder / name).write_bytes(b"x" * 64)
    steps = [dies_at]

    def reached(step: str) -> None:
        if step in steps:
            steps.clear()
            raise DeviceDied(step)

    order = WipeOrder(centre=ADDRESS, device=who, receipt=receipt, secrets=secrets)
    try:
        _go_on(device, folder, order, reached)
    except DeviceDied:
        _go_on(device, folder, order, reached)
    must(not list(folder.iterdir()), "a wiped device holds something", device.name)
    must(not set(secrets) & device.keyring.kept.keys(), "a wiped device has its secrets", device.name)
    is_done = "SELECT device FROM sync_device WHERE device = :device AND wipe_done_at IS NOT NULL"
    must(bool(centre.rows(is_done, device=who)), "a wipe that was done is not told", device.name)
    rescued = centre.rows("SELECT content FROM device_rescue WHERE device = :device", device=who)
    must(bool(rescued) == bool(left.changesets or left.files), "what was not sent is not rescued", device.name)
    _must_be_refused(device)


def _go_on(device: SimulatedDevice, folder: Path, order: WipeOrder, reached: Reached) -> None:
    """Do what the app does at each start until the centre knows that it is done."""
    if order_in(folder) is None:
        wiping.begin(folder, order, device.feed, device.work, device.keyring, reached)
    wiping.go_on(folder, device.keyring, reached)
    wiping.report(folder, device.road, reached)
