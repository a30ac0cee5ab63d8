"""What is new at the centre arrives by itself, soon; and a device that waits for it can always be called or stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import msgspec
import pytest

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.cursors import Phase
from app.store.pulled import Pulled
from app.store.rows import REVISION
from sync.client.greeting import EPOCH
from sync.client.listening import Listener
from sync.client.transport import Road
from sync.protocol.frames import Ask, Frame, FrameWriter, Mark, Told, read_all
from sync.protocol.handshake import PROTOCOL, Cursor
from sync.server.database import in_one_write
from sync.server.exchange import waiting
from sync.server.grants.devices import revoke
from sync.server.waking import hub_of
from tests.sync.test_courier import Told as Until
from tests.sync.test_hostile_centre import Impostor
from tests.sync.world import Centre, Device, World

PATIENCE = 60.0


def until(true: Callable[[], bool]) -> None:
    """Look again and again until something is so."""
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        pause.wait(0.01)


@pytest.fixture
def device(world: World) -> Device:
    world.centre.account(world.centre.user())
    made = world.device()
    made.exchange()
    return made


class Poll:
    """A device that waits at the centre once, on a road and a thread of its own."""

    def __init__(self, device: Device, epoch: str | None = None, at: str | None = None) -> None:
        self.road = Road(at or device.road.centre, device.clock.now, device.road.identity)
        live = [c for c in Pulled(device.feed).cursors().values() if c.phase is Phase.LIVE]
        cursors = tuple(Cursor(scope=c.scope, seq=c.seq, tag=c.tag) for c in live)
        known = device.feed.recall(EPOCH) or "" if epoch is None else epoch
        writer = FrameWriter()
        ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch=known, cursors=cursors, first=1)
        self.body = writer.line(ask) + writer.end()
        self.frames: list[Frame] = []
        self.fault: Exception | None = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            with self.road.lines("POST", "/sync/v1/pull", self.body) as pieces:
                self.frames = read_all(b"".join(pieces))
        except (Trouble, Refusal) as fault:
            self.fault = fault
        finally:
            self.road.close()

    def marks(self) -> list[Mark]:
        """What it was told, once it was told something."""
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()
        if self.fault is not None:
            raise self.fault
        assert isinstance(self.frames[0], Told)
        return [frame for frame in self.frames if isinstance(frame, Mark)]


def waits(centre: Centre, count: int = 1) -> None:
    until(lambda: hub_of(centre.engines).count == count)


def test_what_one_device_does_is_on_the_other_without_anybody_asking(world: World, device: Device) -> None:
    other = world.device()
    couriers = (device.courier(), other.courier())
    try:
        told = Until()
        couriers[1].listen(told)
        for courier in couriers:
            courier.start()
        waits(world.centre, 2)
        contact, account = (str(device.value(f"SELECT id FROM {table}")) for table in ("contact", "account"))
        began = time.monotonic()
        device.rename(contact, account, email="new@example.org")
        told.until(lambda: other.rows("SELECT 1 FROM contact WHERE email = 'new@example.org'") != [])
        assert time.monotonic() - began < 15  # the rhythm alone would take half a minute at least
        waits(world.centre, 2)
    finally:
        for courier in couriers:
            courier.stop()
    waits(world.centre, 0)  # who has gone away waits no longer


def test_a_device_that_is_behind_is_answered_at_once_and_told_how_far_its_scopes_go(
    world: World, device: Device
) -> None:
    account = str(device.value("SELECT id FROM account"))
    world.centre.change("account", account, city="Chartres")
    (mark,) = Poll(device).marks()
    scope = f"rep:{device.me}"
    assert (mark.scope, mark.more) == (scope, True)
    assert [(mark.seq, mark.tag)] == world.centre.rows(
        "SELECT head, head_tag FROM sync_scope WHERE scope = :scope", scope=scope
    )
    (again,) = Poll(device, epoch="another").marks()
    assert again.seq == mark.seq


def test_a_waiting_device_hears_of_its_own_scopes_alone(world: World, device: Device) -> None:
    poll = Poll(device)
    waits(world.centre)
    stranger = world.centre.user("paul", "sud")
    world.centre.account(stranger)
    account = world.centre.account(device.me, "Muguet", contacts=0)
    (mark,) = poll.marks()
    assert mark.scope == f"rep:{device.me}"
    assert world.centre.value("SELECT seq FROM sync_entry WHERE row_id = :row", row=account) == mark.seq
    waits(world.centre, 0)


def test_who_waits_in_vain_is_sent_away_with_nothing(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "LONGEST_SECONDS", 0.05)
    assert Poll(device).marks() == []


def test_what_was_written_without_a_word_is_seen_when_the_time_is_over(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = hub_of(world.centre.engines)
    monkeypatch.setattr(hub, "told", lambda _: None)
    monkeypatch.setattr(hub, "elsewhere", None)
    poll = Poll(device)
    waits(world.centre)
    world.centre.account(device.me)
    hub.everybody()  # as after a channel that was broken
    assert len(poll.marks()) == 1


def test_a_device_waits_in_one_place_and_nowhere_once_it_is_shut_out(world: World, device: Device) -> None:
    first = Poll(device)
    waits(world.centre)
    second = Poll(device)
    assert first.marks() == []
    waits(world.centre)
    assert device.enrolled is not None
    shut = device.enrolled.identity.device
    in_one_write(world.centre.engines, lambda connection: revoke(connection, shut))
    with pytest.raises(Trouble, match="CENTRE_REFUSES"):
        second.marks()


def test_a_centre_that_stops_lets_nobody_wait(world: World, device: Device) -> None:
    poll = Poll(device)
    waits(world.centre)
    began = time.monotonic()
    world.centre._server.should_exit = True
    assert poll.marks() == []
    world.centre._thread.join()
    assert time.monotonic() - began < waiting.LONGEST_SECONDS / 2


@pytest.mark.parametrize("body", [b"", b"{}\n", b"x"])
def test_what_is_no_question_is_refused(world: World, device: Device, body: bytes) -> None:
    with pytest.raises(Refusal, match="MESSAGE_UNSOUND"), device.road.lines("POST", "/sync/v1/pull", body) as pieces:
        b"".join(pieces)


def test_the_switch_and_the_end_cut_a_wait_at_once(world: World, device: Device) -> None:
    courier = device.courier()
    courier.start()
    try:
        waits(world.centre)
        began = time.monotonic()
        courier.switch(on=False)
        until(lambda: not courier.is_online)
        courier.switch(on=True)
        until(lambda: courier.is_online)
    finally:
        courier.stop()
    assert time.monotonic() - began < waiting.LONGEST_SECONDS / 2


def test_an_older_centre_that_knows_no_long_poll_is_asked_once(device: Device) -> None:
    impostor = Impostor()
    asked = threading.Event()
    woken: list[bool] = []
    road = Road(impostor.url, device.clock.now, device.road.identity)
    listener = Listener(device.feed, road, threading.Lock(), lambda: woken.append(True))
    listener.start()
    try:
        listener.at_ease()
        until(lambda: impostor.asked == ["/sync/v1/pull"] and not listener._may.is_set())
        listener.at_ease()
        assert not asked.wait(0.05)
        assert (impostor.asked, woken) == (["/sync/v1/pull"], [])
        listener.rest()  # it was away: it may be a newer one by now
        listener.at_ease()
        until(lambda: len(impostor.asked) == 2)
    finally:
        listener.stop()
        road.close()
        impostor.close()


def test_it_ends_also_when_it_was_just_about_to_rest(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    impostor = Impostor()
    road = Road(impostor.url, device.clock.now, device.road.identity)
    listener = Listener(device.feed, road, threading.Lock(), lambda: None)
    answered, go_on = threading.Event(), threading.Event()
    after = listener._after

    def late(fault: Exception) -> float:
        answered.set()
        assert go_on.wait(PATIENCE)
        return after(fault)

    monkeypatch.setattr(listener, "_after", late)
    listener.start()
    listener.at_ease()
    assert answered.wait(PATIENCE)
    stopping = threading.Thread(target=listener.stop)
    stopping.start()
    until(listener._stops.is_set)
    until(listener._may.is_set)
    go_on.set()  # it takes the leave to wait away, after it was told to end
    stopping.join(PATIENCE)
    assert not stopping.is_alive()
    road.close()
    impostor.close()


def test_a_refusal_wakes_the_courier_who_will_hear_more(device: Device) -> None:
    impostor = Impostor()
    refused = msgspec.json.encode({"code": "TOKEN_UNKNOWN", "at": 0, "parameters": {}})
    impostor.answers["/sync/v1/pull"] = (401, {}, refused)
    woken = threading.Event()
    road = Road(impostor.url, device.clock.now, device.road.identity)
    listener = Listener(device.feed, road, threading.Lock(), woken.set)
    listener.start()
    try:
        listener.at_ease()
        assert woken.wait(PATIENCE)
    finally:
        listener.stop()
        road.close()
        impostor.close()
