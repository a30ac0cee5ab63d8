"""A rep's device in a process of its own: notes one task after the other, sends them, and says what it has kept."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from app.domain.identifiers import AccountId, RepId
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.opening import open_store
from app.store.quick_lists import QuickLists
from app.usecases.accounts.plan_task import PlanTask, plan_task
from sync.client.engine import Engine
from sync.client.identity import Identity
from sync.client.transport import Limits, Road

KEY = bytes(range(32))


class Visit(msgspec.Struct):
    """Whose device it is, where its centre stands, and what it is to do."""

    store: str
    centre: str
    rep: str
    account: str
    device: str
    token: str
    key: str
    name: str
    """Begins the subject of every task of this run, so that each is told from all others."""
    tasks: int
    """How many tasks it notes; 0 only goes to the centre until nothing is left to do."""


class _Now:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().date()


def main() -> None:
    """Do what the one argument says; "kept SUBJECT" after each commit, "rest" at the end."""
    visit = msgspec.json.decode(sys.argv[1], type=Visit)
    clock = _Now()
    store = open_store(Path(visit.store), KEY, clock, RepId(visit.rep))
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    identity = Identity(visit.device, visit.token, visit.key)
    road = Road(visit.centre, clock.now, identity, limits=Limits(connect=2.0, read=5.0))
    engine = Engine(feed, road, clock.now)
    for number in range(visit.tasks):
        subject = f"{visit.name} {number}"
        plan_task(PlanTask(AccountId(visit.account), subject, clock.today()), store.work)
        print(f"kept {subject}", flush=True)
        try:
            engine.exchange()
        except Trouble as trouble:
            print(f"trouble {trouble.code}", flush=True)
    while visit.tasks == 0 and feed.waiting().count:
        engine.exchange()
    if visit.tasks == 0:
        engine.exchange()
    print("rest", flush=True)
    road.close()
    store.close()


if __name__ == "__main__":
    main()
