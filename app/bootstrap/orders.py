"""What the centre may want of this device beside its changes: its key deposited, itself wiped; its lease watched."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.refusal import Refusal
from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.opening import Store
from app.store.vault import Vault
from app.store.wiping import Reached, WipeOrder, order_in
from sync.client import wiping
from sync.client.enrolment import DEVICE, secret_names
from sync.client.key_recovery import deposit_once
from sync.client.moment import Now
from sync.client.standing import WIPE, LeaseWatch
from sync.client.transport import Road

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Orders:
    """Minded after each round of the courier, on the thread that went; `listen` hears that the window must close."""

    vault: Vault
    store: Store
    feed: DeviceFeed
    secrets: Secrets
    road: Callable[[], Road]
    """Opens a road with this device's identity."""
    lease: LeaseWatch
    has_begun_to_wipe: bool = False
    is_lease_over: bool = False
    reached: Reached = lambda _step: None
    """Hears each step of a wipe by its name."""
    _is_deposited: bool = False
    _told: list[Callable[[], None]] = field(default_factory=list)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def must_close(self) -> bool:
        """Whether the device may show nothing any more: it is being wiped, or worked too long without its centre."""
        return self.has_begun_to_wipe or self.is_lease_over

    def listen(self, must_close: Callable[[], None]) -> None:
        """Call `must_close` from any thread once the window is to close."""
        self._told.append(must_close)

    def mind(self, *, is_online: bool = True) -> None:
        """Do what is wanted; what fails is tried after the next round. Without the centre the lease runs on."""
        if self.must_close:
            return
        if is_online or self.feed.recall(WIPE):
            self._do()
        else:
            self.is_lease_over = self.lease.is_over()
        if self.must_close:
            for tell in self._told:
                tell()

    def _do(self) -> None:
        with self._turn:
            if self.has_begun_to_wipe or (self._is_deposited and not self.feed.recall(WIPE)):
                return
            try:
                with closing(self.road()) as road:
                    self._mind(road)
            except (Trouble, Refusal) as fault:
                _log.info("not done yet: %s", fault)

    def _mind(self, road: Road) -> None:
        receipt = wiping.hear_order(self.feed, road)
        if not receipt:
            if road.identity is not None:
                deposit_once(self.feed, road, self.vault.store_id, self.vault.deposit)
                self._is_deposited = True
            return
        device = self.feed.recall(DEVICE) or ""
        order = WipeOrder(
            centre=road.centre,
            device=device,
            receipt=receipt,
            secrets=(*self._secret_of_vault(), *secret_names(device)),
        )
        wiping.begin(self.vault.folder, order, self.feed, self.store.work, self.secrets, self.reached)
        self.has_begun_to_wipe = True

    def _secret_of_vault(self) -> tuple[str, ...]:
        try:
            return (self.vault.secret_name,)
        except Trouble:
            return ()  # the key file is gone already: what is left in the keyring opens nothing


def finish_wipe(folder: Path, secrets: Secrets, now: Now, reached: Reached = lambda _step: None) -> bool:
    """Go on with a wipe that has begun and report it; gives whether the centre knows that it is done.

    Raises Trouble KEYRING_… while the keyring does not answer. Without the centre it is reported at the next start.
    """
    order = order_in(folder)
    if order is None:
        return True
    wiping.go_on(folder, secrets, reached)
    try:
        with closing(Road(order.centre or "https://localhost", now)) as road:
            wiping.report(folder, road, reached)
    except Trouble as trouble:
        _log.info("the wipe is done and not reported yet: %s", trouble)
        return False
    return True
