"""A centre that lies in well-formed words: the device does not fall, writes nothing elsewhere, and loses no work."""

from __future__ import annotations

import os
import random
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.identifiers import RepId
from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.opening import Store, open_store
from app.store.quick_lists import QuickLists
from app.store.rows import SYNCED
from sync.client.engine import Engine
from sync.client.identity import Identity
from sync.client.transport import Limits, Road
from tests.conftest import SEED
from tests.sync.faulty_road import FaultyRoad
from tests.sync.hostile_answers import hostile
from tests.sync.world import KEY, Device, InMemory, Moving, World, an_id

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
ANSWERS = 2_000 if IS_SOAK else 100
IN_A_ROUND = (4, 2)
"""Answers of a round of each base: the first words, then the exchange and what is read; one of them is spoilt."""
LATER = 3
"""One in so many devices speaks to the true centre afterwards."""

_written: list[str] | None = None
"""Where this process opens files to write, while it is listened to."""


def _listen(event: str, told: tuple[object, ...]) -> None:
    if _written is not None and event == "open" and isinstance(told[2], int) and told[2] & (os.O_WRONLY | os.O_RDWR):
        _written.append(str(told[0]))


sys.addaudithook(_listen)


@dataclass(frozen=True)
class Base:
    """A store to begin from, with work that waits, and whose it is."""

    path: Path
    me: RepId
    identity: Identity
    mids: frozenset[str]


@pytest.fixture
def bases(world: World, tmp_path: Path) -> tuple[Base, Base]:
    """A device that never read and made an account, and one that corrected a contact, and to which news are told."""
    centre = world.centre
    marie = centre.user()
    centre.florist(marie)
    account = centre.account(marie, contacts=2)
    virgin, live = world.device(), world.device()
    live.exchange()
    contact = live.correct(role="Gérante")
    with virgin.store.work.begin("put") as tx:
        tx.rows.put(SYNCED.tables["account"], {"id": an_id(), "number": "7", "trade_name": "Iris", "rep_id": marie})
        tx.commit()
    centre.change("contact", contact, name="Rose Martin")
    centre.load("contact", {"id": an_id(), "account_id": account, "position": 5, "name": "Ines"})
    return _based(virgin, tmp_path / "virgin.db"), _based(live, tmp_path / "live.db")


def _based(device: Device, path: Path) -> Base:
    mids = frozenset(str(row["mid"]) for row in device.rows("SELECT mid FROM changeset"))
    device.store.close()
    shutil.copy(device.store.path, path)
    assert mids
    assert device.road.identity is not None
    return Base(path, device.me, device.road.identity, mids)


@contextmanager
def going_on(path: Path, base: Base, centre: str) -> Iterator[tuple[Store, Engine]]:
    """The app on a store, speaking to whoever answers for the centre."""
    clock = Moving()
    with closing(open_store(path, KEY, clock, base.me)) as store:
        feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
        with closing(Road(centre, clock.now, base.identity, limits=Limits(connect=5, read=5))) as road:
            yield store, Engine(feed, road, clock.now, secrets=InMemory())


@contextmanager
def heard() -> Iterator[list[str]]:
    """What is opened to be written meanwhile."""
    global _written  # noqa: PLW0603 - a hook of the interpreter stays for ever, and is told so when to listen
    written: list[str] = []
    _written = written
    try:
        yield written
    finally:
        _written = None


def wrong(store: Store, base: Base) -> list[str]:
    """What is no more as it must be, whatever was answered."""
    with store.engine.reader.connect() as connection:
        mids = set(connection.exec_driver_sql("SELECT mid FROM changeset").scalars())
        sound = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [str(what) for what in (base.mids - mids, set(sound) - {"ok"}) if what]


@pytest.mark.timeout(3_000 if IS_SOAK else 120)
@pytest.mark.expects_log
@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
def test_of_many_answers_that_lie_none_fells_the_device_writes_elsewhere_or_costs_it_its_work(
    world: World, bases: tuple[Base, Base], tmp_path: Path
) -> None:
    told: Counter[str] = Counter()
    problems: list[str] = []
    data = tmp_path / "data"
    around = sorted(tmp_path.iterdir())
    with FaultyRoad(world.centre.url) as road:
        for number in range(ANSWERS):
            rng = random.Random(f"{SEED} {number}")
            base, at = bases[number % 2], rng.randrange(IN_A_ROUND[number % 2])
            data.mkdir()
            path = data / "device.db"
            shutil.copy(base.path, path)
            road.fault = hostile(at, rng)
            with heard() as written:
                try:
                    with going_on(path, base, road.url) as (store, engine):
                        said = _said(engine)
                        problems += [f"answer {number}: {problem}" for problem in wrong(store, base)]
                    if number % LATER == 0:
                        with going_on(path, base, world.centre.url) as (store, engine):
                            after = [_said(engine) for _ in range(2)]
                            problems += [f"answer {number}, later: {problem}" for problem in wrong(store, base)]
                            problems += [f"answer {number}: then {each}" for each in after[1:] if each != "taken"]
                except Exception as error:  # noqa: BLE001 - whatever it is, the device has fallen
                    said = type(error).__name__
                    problems.append(
                        f"answer {number}: {error!r} {''.join(traceback.format_tb(error.__traceback__)[-9:])}"
                    )
            told[said] += 1
            problems += [f"answer {number}: written to {name}" for name in written if not name.startswith(str(data))]
            shutil.rmtree(data)
    print(f"seed {SEED}, {ANSWERS} hostile answers: {dict(told)}")
    assert problems == []
    assert sorted(tmp_path.iterdir()) == around
    assert told["CENTRE_SPEAKS_OTHERWISE"] > ANSWERS // 3, "most of them are no answers that a centre gives"


def _said(engine: Engine) -> str:
    try:
        engine.exchange()
    except (Trouble, Refusal) as error:
        return error.code
    return "taken"
