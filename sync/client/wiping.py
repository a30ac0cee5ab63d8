"""The way from an order to wipe to its being done: heard, what waits sent or sealed, the key destroyed, reported."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from app.domain.refusal import Refusal
from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store import wiping
from app.store.device_files import RESCUE_FILE
from app.store.feed import DeviceFeed
from app.store.unit_of_work import SqlWork
from app.store.wiping import Reached, WipeOrder
from sync.client.standing import WIPE
from sync.client.transport import Road
from sync.client.unsent import sealed_unsent
from sync.protocol.devices import Rescue, WipeNews, WipeStep

_log = logging.getLogger(__name__)
CLOSED = Refusal("DEVICE_IS_WIPED")


def hear_order(feed: DeviceFeed, road: Road) -> str:
    """Give the receipt of an order to wipe, empty where there is none; the centre is told that it was heard."""
    receipt = feed.recall(WIPE) or ""
    if receipt:
        try:
            _tell(road, receipt, WipeStep.SEEN)
        except Refusal:
            feed.remember({WIPE: ""})  # taken back meanwhile
            return ""
        except Trouble as trouble:
            _log.info("the centre does not hear yet that the order came: %s", trouble)
    return receipt


def begin(
    folder: Path,
    order: WipeOrder,
    feed: DeviceFeed,
    work: SqlWork,
    keyring: Secrets,
    reached: Reached = lambda _step: None,
) -> None:
    """Take no more work, keep what could not be sent in a sealed file, then destroy the key; the store may be open.

    Raises Trouble DISK_FAILS before anything is destroyed; Refusal NOT_ENTRUSTED when unsent work can neither be sent
    nor sealed: then nothing is destroyed either.
    """
    work.shut(CLOSED)
    try:
        with feed.writing():
            pass  # whoever was still writing has ended by now
        left = sealed_unsent(feed, order.device)
        if left is not None:
            wiping.write_durably(folder / RESCUE_FILE, left)
        reached("rescued")
        wiping.begin(folder, order, reached)
    except BaseException:
        work.shut(None)
        raise
    wiping.destroy_key(folder, order, keyring, reached)


def go_on(folder: Path, keyring: Secrets, reached: Reached = lambda _step: None) -> None:
    """Destroy what is left to destroy of a wipe that has begun; the store is closed. Raises Trouble KEYRING_…."""
    order = wiping.order_in(folder)
    if order is not None:
        wiping.destroy_key(folder, order, keyring, reached)
        wiping.destroy_store(folder, reached)


def report(folder: Path, road: Road, reached: Reached = lambda _step: None) -> None:
    """Bring what was rescued to the centre, tell that the wipe is done, and forget it. Raises Trouble OFFLINE….

    A centre that knows no such order has nothing to hear: the wipe is over here too, what was rescued stays.
    """
    order = wiping.order_in(folder)
    if order is None:
        return
    if not order.receipt:
        wiping.end(folder, reached)
        return
    rescue = folder / RESCUE_FILE
    try:
        if rescue.exists():
            left = Rescue(receipt=order.receipt, content=rescue.read_bytes())
            road.document("PUT", "/centre/v1/rescue", msgspec.json.encode(left))
            rescue.unlink()
        _tell(road, order.receipt, WipeStep.DONE)
    except Refusal as refusal:
        _log.warning("the centre does not take the report of the wipe: %s", refusal.code)
    wiping.end(folder, reached)


def _tell(road: Road, receipt: str, step: WipeStep) -> None:
    road.document("POST", "/centre/v1/wiped", msgspec.json.encode(WipeNews(receipt=receipt, step=step)))
