"""A first pull tells how far it is, rests when the rep wishes, and leaves a store that is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from requests import Response

from app.domain.identifiers import AccountId, RepId
from app.ports.courier import Progress
from app.ports.trouble import Trouble
from app.store.codec import Record
from app.store.pulled import Pulled
from app.store.rows import SYNCED
from app.store.settling import is_unsettled
from app.usecases.accounts.plan_task import PlanTask, plan_task
from sync.client.engine import Engine
from sync.client.gauge import Gauge
from sync.client.transport import Road
from tests.sync.world import Device, World, an_id, same_rows, sums_agree

ACTIVITIES = 2_500
"""Several frames, and several transactions."""


@pytest.fixture
def marie(world: World) -> RepId:
    """A rep with an account, a contact and many activities at the centre."""
    marie = world.centre.user()
    account = world.centre.account(marie)
    rows: list[Record] = [
        {"id": an_id(), "account_id": account, "kind": "call", "subject": f"Appel {n}", "at": n, "detail": "x" * 700}
        for n in range(ACTIVITIES)
    ]
    world.centre.load("activity", *rows)
    return marie


class Seen(list[Progress]):
    """What a gauge showed, and a gauge that rests after so many changes."""

    def __init__(self, rest_after: int = 0) -> None:
        super().__init__()
        self.gauge = Gauge(self._changed)
        self._rest_after = rest_after

    def _changed(self) -> None:
        if self.gauge.progress is not None:
            self.append(self.gauge.progress)
            if len(self) == self._rest_after:
                self.gauge.pause(is_paused=True)


def _engine(device: Device, seen: Seen) -> Engine:
    return Engine(device.feed, device.road, device.clock.now, seen.gauge)


def _is_whole(device: Device) -> bool:
    """Whether nothing is left to settle, every index is there, and the lists know the account."""
    with device.store.engine.reader.connect() as connection:
        unsettled = is_unsettled(connection)
    names = {row["name"] for row in device.rows("SELECT name FROM sqlite_master WHERE type = 'index'")}
    indexes = {index.name for table in SYNCED.sorted_tables for index in table.indexes}
    return not unsettled and indexes <= names and device.value("SELECT count(*) FROM account_figure") == 1


def test_rows_and_bytes_grow_to_what_the_centre_told(world: World, marie: RepId) -> None:
    device, seen = world.device(), Seen()
    _engine(device, seen).exchange()
    assert [one.rows for one in seen] == sorted(one.rows for one in seen)
    assert seen[0].rows == 0
    assert (seen[-1].rows, seen[-1].rows_total) == (ACTIVITIES + 3, ACTIVITIES + 3)  # with account, contact, the rep
    assert seen[-1].scope == f"rep:{marie}"
    assert 5_000 < seen[-1].bytes < ACTIVITIES * 700, "as they came, packed"
    assert seen.gauge.progress is None, "nothing is left to read"
    assert _is_whole(device)
    same_rows(world.centre, device, ("account", "contact", "activity"), marie)


def test_a_first_pull_rests_and_goes_on_where_it_was_left(world: World, marie: RepId) -> None:
    device, seen = world.device(), Seen(rest_after=4)
    engine = _engine(device, seen)
    engine.exchange()
    here = int(str(device.value("SELECT count(*) FROM activity")))
    assert 0 < here < ACTIVITIES
    assert seen.gauge.progress is not None
    assert seen.gauge.progress.is_paused
    assert _is_whole(device), "what is here can be worked with"
    account = str(device.value("SELECT id FROM account"))
    plan_task(PlanTask(AccountId(account), "Rappeler", device.clock.today()), device.store.work)
    engine.exchange()
    assert device.states() == ["applied"], "what the rep does goes up all the same"
    assert int(str(device.value("SELECT count(*) FROM activity"))) == here + 1
    seen.gauge.pause(is_paused=False)
    engine.exchange()
    assert seen.gauge.progress is None
    assert sums_agree(world.centre, device)
    same_rows(world.centre, device, ("account", "contact", "activity"), marie)
    assert _is_whole(device)


def test_after_a_start_progress_counts_what_is_here_already(world: World, marie: RepId) -> None:
    device = world.device()
    _engine(device, Seen(rest_after=4)).exchange()
    here = int(str(device.value("SELECT count(*) FROM sync_member WHERE scope LIKE 'rep:%'")))
    device, seen = world.again(device), Seen()
    _engine(device, seen).exchange()
    assert (seen[0].rows, seen[0].rows_total) == (here, ACTIVITIES + 2)
    assert sums_agree(world.centre, device)


def test_the_first_screen_does_not_wait_for_the_portfolio(world: World, marie: RepId) -> None:
    device = world.device()
    device.engine.begin()
    assert device.value("SELECT count(*) FROM rep") == 1
    assert device.value("SELECT count(*) FROM account") == 0
    device.exchange()
    same_rows(world.centre, device, ("account", "contact", "activity"), marie)


def test_names_are_found_before_all_is_read(world: World, marie: RepId) -> None:
    device = world.device()
    here: list[int] = []

    def look(_tables: frozenset[str]) -> None:
        if device.value("SELECT count(*) FROM account_search WHERE account_search MATCH 'rose'"):
            here.append(int(str(device.value("SELECT count(*) FROM activity"))))

    device.store.work.listen(look)
    device.exchange()
    assert here[0] < ACTIVITIES


def test_a_table_gets_its_indexes_back_where_the_road_breaks(
    world: World, marie: RepId, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = world.device()
    true: Callable[[Road, Response], Iterator[bytes]] = Road._watched
    left = [8_000]

    def watched(self: Road, answer: Response) -> Iterator[bytes]:
        for piece in true(self, answer):
            left[0] -= len(piece)
            if left[0] < 0:
                raise ConnectionResetError("cut")
            yield piece

    monkeypatch.setattr(Road, "_watched", watched)
    with pytest.raises(Trouble):
        device.exchange()
    monkeypatch.undo()
    assert Pulled(device.feed).cursor(f"rep:{marie}").resume
    assert _is_whole(device)
    device.exchange()
    assert sums_agree(world.centre, device)
