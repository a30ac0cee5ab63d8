"""Whatever is cut off, wherever: what was acknowledged stays, nothing is doubled, and the next round ends in peace."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import Connection

from app.domain.identifiers import AccountId
from app.ports.trouble import Trouble
from app.store.codec import Record
from app.usecases.accounts.plan_task import PlanTask, plan_task
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from tests.sync.world import Device, HeldBack, World, same_rows, sums_agree

TABLES = ("account", "contact", "activity", "proposal", "proposal_sub_order", "proposal_line", "instalment")


Worked = tuple[Device, AccountId]


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def worked(world: World) -> Worked:
    """A device with three actions that wait, among them one whose contact was corrected elsewhere too."""
    centre = world.centre
    account = centre.florist(centre.user())
    device, other = world.device(), world.device()
    device.exchange()
    other.exchange()
    contact = str(other.value("SELECT id FROM contact"))
    other.rename(contact, account, email="other@example.org")
    other.exchange()
    device.rename(contact, account, email="mine@example.org")
    prepare_proposal(PrepareProposal(account, 2027), device.store.work)
    plan_task(PlanTask(account, "Rappeler", device.clock.today()), device.store.work)
    return device, account


def at_peace(world: World, device: Device) -> None:
    assert device.exchange() == (0, 0, 0)
    assert device.states() == ["conflict", "applied", "applied"]
    assert len(device.store.readers.sync().problems) == 1
    assert world.centre.value("SELECT count(*) FROM activity WHERE subject = 'Rappeler'") == 1
    assert world.centre.value("SELECT count(*) FROM proposal") == 1
    assert world.centre.value("SELECT count(*) FROM sync_applied") == 4
    same_rows(world.centre, device, TABLES, device.me)
    assert sums_agree(world.centre, device)


def test_a_reply_that_is_lost_after_the_commit_changes_nothing(
    world: World, worked: Worked, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, _ = worked
    _break(monkeypatch, device, 0)
    with pytest.raises(Trouble, match="OFFLINE"):
        device.exchange()
    assert world.centre.value("SELECT count(*) FROM sync_applied") == 4
    assert device.states() == ["sent"] * 3
    monkeypatch.undo()
    assert device.exchange()[0] == 3
    at_peace(world, device)


def _break(monkeypatch: pytest.MonkeyPatch, device: Device, count: int) -> None:
    """Let the connection break after so many bytes of answers; the centre has done its part all the same."""
    road = type(device.road)
    true: Callable[..., Iterator[bytes]] = road._watched
    left = [count]

    def watched(self: object, answer: object) -> Iterator[bytes]:
        for piece in true(self, answer):
            if left[0] < len(piece):
                yield piece[: left[0]]
                raise ConnectionResetError("cut")
            left[0] -= len(piece)
            yield piece

    monkeypatch.setattr(road, "_watched", watched)


@pytest.mark.parametrize("count", [1, 200, 400, 800, 1_200, 1_600, 2_000, 2_400, 3_000])
def test_an_answer_cut_anywhere_is_gone_on_with(
    world: World, worked: Worked, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    device, _ = worked
    _break(monkeypatch, device, count)
    with suppress(Trouble):
        device.exchange()
    monkeypatch.undo()
    device.exchange()
    at_peace(world, device)


class Dying(HeldBack):
    """A feed whose process is killed around one of its transactions: before its commit, or just after."""

    left = 10**9
    after_commit = False

    @contextmanager
    def writing(self, *, is_durable: bool = True) -> Iterator[Connection]:
        self.left -= 1
        with super().writing(is_durable=is_durable) as connection:
            yield connection
            if self.left == 0 and not self.after_commit:
                raise Killed
        if self.left == 0:
            raise Killed


@pytest.mark.parametrize("after_commit", [False, True], ids=["before commit", "after commit"])
def test_killed_around_every_transaction_of_an_exchange(world: World, worked: Worked, after_commit: bool) -> None:
    """Each round dies one transaction later than the one before; what was kept stays, the rest comes again."""
    device, _ = worked
    deaths = 0
    for count in range(1, 100):
        device.feed.__class__ = Dying
        assert isinstance(device.feed, Dying)
        device.feed.left, device.feed.after_commit = count, after_commit
        try:
            device.exchange()
        except Killed:
            deaths += 1
            device = world.again(device)
        else:
            break
    assert deaths >= 3
    device.feed.__class__ = HeldBack
    at_peace(world, device)


def test_a_first_pull_that_is_cut_goes_on_where_it_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = world.centre
    marie = centre.user()
    rows: list[Record] = [
        {"id": f"{n:032x}", "number": str(n), "trade_name": secrets.token_hex(40), "rep_id": marie}
        for n in range(9_000)
    ]
    centre.load("account", *rows)
    device = world.device()
    received = 0
    for _ in range(3):
        _break(monkeypatch, device, 150_000)
        with pytest.raises(Trouble):
            device.exchange()
        monkeypatch.undo()
        now = int(str(device.value("SELECT count(*) FROM account")))
        assert now > received
        received = now
    assert device.exchange()[1] <= 9_000 - received + 2_000
    same_rows(centre, device, ("account",), marie)
    assert sums_agree(centre, device)


def test_a_place_that_the_centre_no_longer_knows_is_begun_anew(world: World) -> None:
    centre = world.centre
    marie = centre.user()
    centre.account(marie, contacts=3)
    device = world.device()
    with device.feed.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO sync_cursor (scope, seq, tag, phase, resume, state_sum) "
            "VALUES ('catalogue', 0, '', 'first', 'of another time', '')"
        )
    device.exchange()
    same_rows(centre, device, TABLES, marie)
    assert sums_agree(centre, device)


def test_the_switch_cuts_the_network_and_nothing_is_lost(world: World, worked: Worked) -> None:
    device, _ = worked
    courier = device.courier()
    courier.switch(on=False)
    with pytest.raises(Trouble, match="OFFLINE"):
        courier.exchange()
    assert (courier.is_online, courier.is_switched_off) == (False, True)
    assert device.states() == ["pending"] * 3
    assert device.courier().is_switched_off, "it stays off over a restart"
    courier.switch(on=True)
    assert courier.exchange().sent == 3
    assert courier.is_online
    at_peace(world, device)
