"""One device: its store, its courier and its seal put together into the ports of the window."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.adapters.paper.company import company
from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.seal.sealer import DeviceIdentity, PadesSealer
from app.bootstrap.copies import CopyKeeper
from app.domain.identifiers import RepId
from app.ports.clock import Clock
from app.ports.documents import Sealer
from app.ports.entrance import Enrolment
from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.opening import Store
from app.store.quick_lists import QuickLists
from app.store.vault import Vault, must_be_long
from sync.client.courier import SyncCourier
from sync.client.enrolment import SEALING_CHAIN, SEALING_KEY, SEALING_ROOTS, enrol, keep, known_identity
from sync.client.transport import Road
from views.shell.memory import SettingsMemory
from views.shell.session import Ports

OWNER_FILE = "device.json"
"""Beside the vault: whose device it is and where its centre stands. No secret."""
SETTINGS_FILE = "window.ini"


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


def owner_of(folder: Path) -> Owner:
    """Read whose device it is. Raises Trouble STORE_DAMAGED when that cannot be read."""
    try:
        kept = json.loads((folder / OWNER_FILE).read_text(encoding="utf-8"))
        return Owner(RepId(str(kept["rep"])), str(kept["centre"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble("STORE_DAMAGED", {"path": str(folder / OWNER_FILE)}, repr(error)) from error


def _write_owner(folder: Path, owner: Owner) -> None:
    fresh = folder / f"{OWNER_FILE}.new"
    fresh.write_text(json.dumps({"rep": owner.rep_id, "centre": owner.centre}), encoding="utf-8")
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
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    keep(new, feed, secrets)
    device = _put_together(folder, store, secrets, clock, asked.centre)
    try:
        device.courier.begin()
    except Trouble as trouble:
        if trouble.code != "OFFLINE":
            device.close()
            raise
    return device


def unlocked(folder: Path, secrets: Secrets, clock: Clock, passphrase: str, *, centre: str | None = None) -> Device:
    """Open an enrolled device; `centre` tells where its centre stands today when that moved.

    Raises Refusal PASSPHRASE_WRONG, Trouble as Vault.open.
    """
    owner = owner_of(folder)
    store = Vault(folder, secrets).open(passphrase, clock, owner.rep_id)
    return _put_together(folder, store, secrets, clock, centre or owner.centre)


def _put_together(folder: Path, store: Store, secrets: Secrets, clock: Clock, centre: str) -> Device:
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    road = Road(centre, real_now, known_identity(feed, secrets))
    return Device(
        folder=folder,
        store=store,
        feed=feed,
        courier=SyncCourier(feed, store.work, road, clock.now),
        copies=CopyKeeper(store, feed, clock.now),
        clock=clock,
        sealer=_sealer(feed),
    )


def _sealer(feed: DeviceFeed) -> Sealer:
    key, chain, roots = (feed.recall(name) or "" for name in (SEALING_KEY, SEALING_CHAIN, SEALING_ROOTS))
    identity = DeviceIdentity(key.encode(), chain.encode()) if key and chain else None
    return PadesSealer(identity, roots.encode())


def is_enrolled(folder: Path, secrets: Secrets) -> bool:
    """Say whether a folder holds a device that was enrolled."""
    return Vault(folder, secrets).exists
