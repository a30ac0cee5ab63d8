"""One device: its store, its courier and its seal put together into the ports of the window."""

from __future__ import annotations

import json
import logging
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.adapters.courtesy import Courtesy
from app.adapters.paper.company import company
from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.seal.sealer import DeviceIdentity, PadesSealer
from app.bootstrap.copies import CopyKeeper
from app.bootstrap.orders import Orders
from app.domain.identifiers import RepId
from app.ports.clock import Clock
from app.ports.documents import Sealer
from app.ports.entrance import Enrolment, Recovery
from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.giving_way import let_give_way
from app.store.opening import Store
from app.store.quick_lists import QuickLists
from app.store.vault import Vault, must_be_long
from sync.client.courier import SyncCourier
from sync.client.devices import CentreDevices
from sync.client.enrolment import (
    SEALING_CHAIN,
    SEALING_KEY,
    SEALING_ROOTS,
    enrol,
    keep,
    keep_identity,
    known_identity,
    lease_watch,
)
from sync.client.key_recovery import ask_back
from sync.client.loading import DeviceLoads
from sync.client.transport import Road
from views.shell.choices import SETTINGS_FILE
from views.shell.memory import SettingsMemory
from views.shell.session import Ports

_log = logging.getLogger(__name__)

OWNER_FILE = "device.json"
"""Beside the vault: whose device it is and where its centre stands. No secret."""


def real_now() -> datetime:
    """Give the machine's time: proofs to the centre need it whatever day the rep lives on."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Device:
    """An open device; `close` ends its threads and connections, in this order."""

    folder: Path
    store: Store
    feed: DeviceFeed
    courier: SyncCourier
    copies: CopyKeeper
    clock: Clock
    sealer: Sealer
    orders: Orders
    devices: CentreDevices
    loads: DeviceLoads
    courtesy: Courtesy

    def ports(self) -> Ports:
        """Give what the window asks for."""
        return Ports(
            work=self.store.work,
            readers=self.store.readers,
            history=self.store.history,
            courier=self.courier,
            clock=self.clock,
            paper=ReportlabPaper(),
            sealer=self.sealer,
            company=company(),
            memory=SettingsMemory(str(self.folder / SETTINGS_FILE)),
            drafts=StoreMemory(self.feed),
            devices=self.devices,
            loads=self.loads,
            at_work=self.courtesy,
        )

    def start(self) -> None:
        """Let the courier go and copies be made by themselves."""
        self.courier.start()
        self.copies.start()

    def close(self) -> None:
        """Let both end, then close the store."""
        self.courier.stop()
        self.copies.stop()
        self.store.close()


class StoreMemory:
    """Forms half filled in, kept in the encrypted store; see views.shell.memory.Memory."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    def get(self, key: str) -> str | None:
        return self._feed.recall(f"draft {key}") or None

    def put(self, key: str, text: str | None) -> None:
        self._feed.remember({f"draft {key}": text or ""})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose device a folder is."""

    rep_id: RepId
    centre: str
    store: str = ""
    """The store's id, for the day that its key file is gone."""


def owner_of(folder: Path) -> Owner:
    """Read whose device it is. Raises Trouble STORE_DAMAGED when that cannot be read."""
    try:
        kept = json.loads((folder / OWNER_FILE).read_text(encoding="utf-8"))
        return Owner(RepId(str(kept["rep"])), str(kept["centre"]), str(kept.get("store", "")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble("STORE_DAMAGED", {"path": str(folder / OWNER_FILE)}, repr(error)) from error


def _write_owner(folder: Path, owner: Owner) -> None:
    fresh = folder / f"{OWNER_FILE}.new"
    fresh.write_text(json.dumps({"rep": owner.rep_id, "centre": owner.centre, "store": owner.store}), encoding="utf-8")
    fresh.replace(folder / OWNER_FILE)


def enrolled(folder: Path, secrets: Secrets, clock: Clock, asked: Enrolment) -> Device:
    """Enrol a device, make its vault, and read what the first screen needs; the portfolio comes while the rep works.

    Raises Refusal ENROLMENT_REFUSED, PASSPHRASE_TOO_SHORT; Trouble OFFLINE and its like. A reading that breaks off is
    no failure: it goes on when the courier goes by itself.
    """
    vault = Vault(folder, secrets)
    # Before the code is spent: a passphrase that is refused afterwards would cost the rep another one.
    must_be_long(asked.passphrase)
    road = Road(asked.centre, real_now)
    try:
        new = enrol(road, asked.login, asked.password, asked.code)
    finally:
        road.close()
    me = RepId(new.enrolled.rep_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_owner(folder, Owner(me, asked.centre))
    store = vault.create(asked.passphrase, clock, me, new.enrolled.recovery_public_key)
    _write_owner(folder, Owner(me, asked.centre, vault.store_id))
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    keep(new, feed, secrets)
    device = _put_together(folder, store, secrets, clock, asked.centre)
    try:
        device.courier.begin()
    except Trouble as trouble:
        if trouble.code != "OFFLINE":
            device.close()
            raise
    device.orders.mind()
    return device


def unlocked(folder: Path, secrets: Secrets, clock: Clock, passphrase: str, *, centre: str | None = None) -> Device:
    """Open an enrolled device; `centre` tells where its centre stands today when that moved.

    A device whose lease has ended shows nothing until its centre has renewed it. Raises Refusal PASSPHRASE_WRONG,
    Trouble as Vault.open, LEASE_ENDED while the centre cannot be reached, SHUT_OUT where it lets the device in no more.
    """
    owner = owner_of(folder)
    store = Vault(folder, secrets).open(passphrase, clock, owner.rep_id)
    try:
        device = _put_together(folder, store, secrets, clock, centre or owner.centre)
    except BaseException:
        store.close()  # a damaged one is about to be exchanged for its copy
        raise
    return _let_on(device)


def _renew_lease(device: Device) -> None:
    """Let a device on only under a lease. Raises Trouble LEASE_ENDED, SHUT_OUT, and the store's own."""
    watch = device.orders.lease
    if not watch.is_over():
        return
    device.courier.switch(on=True)  # a network switched off would keep the lease from being renewed
    try:
        device.courier.exchange()
    except Trouble as trouble:
        if trouble.code == "CENTRE_REFUSES" and not device.orders.has_begun_to_wipe:
            raise Trouble("SHUT_OUT", {"count": device.feed.waiting().count}, trouble.technical) from trouble
        _log.info("the lease could not be renewed: %s", trouble)
    device.orders.is_lease_over = False
    if watch.is_over() and not device.orders.has_begun_to_wipe:
        raise Trouble("LEASE_ENDED", {"date": real_now()})


def recovered(folder: Path, secrets: Secrets, clock: Clock, asked: Recovery) -> Device:
    """Open the store of a device whose keyring or passphrase are lost, with the key that the organisation gives back.

    All that the store holds stays, what waits for the centre with it. Raises Refusal ENROLMENT_REFUSED,
    PASSPHRASE_TOO_SHORT; Trouble OFFLINE, and as Vault.open but for the keyring's and the key file's being gone.
    """
    owner, vault = owner_of(folder), Vault(folder, secrets)
    must_be_long(asked.passphrase)
    store_id = _store_id(vault, owner)
    with closing(Road(owner.centre, real_now)) as road:
        given = ask_back(road, asked.login, asked.password, asked.code, store_id)
    store = vault.let_back_in(
        given.data_key,
        asked.passphrase,
        clock,
        owner.rep_id,
        store_id=store_id,
        organisation=given.organisation,
    )
    try:
        keep_identity(given.identity, secrets)
        device = _put_together(folder, store, secrets, clock, owner.centre)
    except BaseException:
        store.close()
        raise
    return _let_on(device)


def _let_on(device: Device) -> Device:
    try:
        _renew_lease(device)
    except BaseException:
        device.close()
        raise
    return device


def _store_id(vault: Vault, owner: Owner) -> str:
    try:
        return vault.store_id
    except Trouble:
        if owner.store:
            return owner.store
        raise


def save_unsent(folder: Path, secrets: Secrets, clock: Clock, passphrase: str, path: Path) -> int:
    """Save, sealed to the organisation, what a device could not send that may open no more; gives how much it is.

    Raises as `unlocked` for passphrase and store; Refusal NOT_ENTRUSTED, Trouble DISK_FAILS.
    """
    owner = owner_of(folder)
    store = Vault(folder, secrets).open(passphrase, clock, owner.rep_id)
    try:
        return _put_together(folder, store, secrets, clock, owner.centre).devices.save_unsent(path)
    finally:
        store.close()


def _put_together(folder: Path, store: Store, secrets: Secrets, clock: Clock, centre: str) -> Device:
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    courtesy = Courtesy()
    let_give_way(store.engine, courtesy.give_way)

    def road() -> Road:
        return Road(centre, real_now, known_identity(feed, secrets), give_way=courtesy.give_way)

    courier = SyncCourier(
        feed, store.work, road(), clock.now, secrets, keep_copy=lambda: store.backups.keep(clock.now())
    )
    orders = Orders(Vault(folder, secrets), store, feed, secrets, road, lease_watch(feed, real_now))
    courier.after_round = lambda: orders.mind(is_online=courier.is_online)
    return Device(
        folder=folder,
        store=store,
        feed=feed,
        courier=courier,
        copies=CopyKeeper(store, feed, clock.now),
        clock=clock,
        sealer=_sealer(feed),
        orders=orders,
        devices=CentreDevices(feed, road, real_now),
        loads=DeviceLoads(feed, road, courier.wake, lambda: courier.is_switched_off),
        courtesy=courtesy,
    )


def _sealer(feed: DeviceFeed) -> Sealer:
    key, chain, roots = (feed.recall(name) or "" for name in (SEALING_KEY, SEALING_CHAIN, SEALING_ROOTS))
    identity = DeviceIdentity(key.encode(), chain.encode()) if key and chain else None
    return PadesSealer(identity, roots.encode())


def is_enrolled(folder: Path, secrets: Secrets) -> bool:
    """Say whether a folder holds a device that was enrolled."""
    return Vault(folder, secrets).exists
