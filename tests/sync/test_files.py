"""Files arrive whole and right however often the line breaks, hold up no data, and go from here only once safe."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

import pytest

from app.domain.identifiers import AccountId
from app.ports.trouble import Trouble
from app.store.codec import Record
from app.store.file_jobs import SMALL, FileJob, FileJobs
from app.usecases.accounts.plan_task import PlanTask, plan_task
from sync.client.files import Files
from sync.client.lane import FileLane
from sync.protocol import transfer
from tests.sync.faulty_road import Ask, Fault, FaultyRoad
from tests.sync.test_courier import Told
from tests.sync.world import Device, World, an_id

PIECE = 20_000
on_one_database = pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
"""For what the centre's database has no part in."""


@pytest.fixture
def device(world: World) -> Device:
    world.centre.account(world.centre.user())
    made = world.device()
    made.exchange()
    return made


def paper(world: World, device: Device, content: bytes, kind: str = "order_form", size: int | None = None) -> str:
    """A document at the centre and on the device, whose file lies nowhere yet."""
    sha256 = hashlib.sha256(content).hexdigest()
    row: Record = {
        "id": an_id(),
        "account_id": str(device.value("SELECT id FROM account")),
        "proposal_id": an_id(),
        "kind": kind,
        "number": "1",
        "state": "signed_to_confirm",
        "sha256": sha256,
        "size": len(content) if size is None else size,
        "made_at": 1,
    }
    world.centre.load("document", row)
    device.engine.exchange()
    return sha256


def lies_here(device: Device, sha256: str, content: bytes) -> None:
    with device.feed.writing() as connection:
        connection.exec_driver_sql("INSERT INTO blob VALUES (?, ?, ?)", (sha256, len(content), content))


def lies_there(world: World, sha256: str, content: bytes) -> None:
    with world.centre.engines.writer.begin() as connection:
        holes = ", ".join(["%s" if connection.dialect.name == "postgresql" else "?"] * 4)
        values = (sha256, len(content), content, 1)
        connection.exec_driver_sql(f"INSERT INTO blob (sha256, size, content, at) VALUES ({holes})", values)
        named = f"SELECT sha256, account_id FROM document WHERE sha256 = {holes.split(',')[0]}"
        had = f"INSERT INTO blob_brought (sha256, account_id) {named} ON CONFLICT DO NOTHING"
        connection.exec_driver_sql(had, (sha256,))


def here(device: Device, sha256: str) -> list[bytes]:
    with device.feed.reading() as connection:
        found = connection.exec_driver_sql("SELECT content FROM blob WHERE sha256 = ?", (sha256,))
        return list(map(bytes, found.scalars()))


def state(device: Device, sha256: str) -> str:
    return str(device.value("SELECT state FROM blob_job WHERE sha256 = ?", sha256))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "PIECE", PIECE)


def noted(monkeypatch: pytest.MonkeyPatch, device: Device) -> list[tuple[str, str, int]]:
    """Note each request: method, what of the path is not the same for all, bytes of its body."""
    asked: list[tuple[str, str, int]] = []
    road = type(device.road)
    true: Callable[..., object] = road._once

    def once(self: object, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> object:
        asked.append((method, headers.get("Range") or headers.get("Upload-Offset") or path, len(body)))
        return true(self, method, path, body, headers)

    monkeypatch.setattr(road, "_once", once)
    return asked


@pytest.mark.expects_log
@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("way", ["up", "down"])
def test_a_file_cut_at_random_bytes_arrives_whole_and_no_byte_of_it_twice(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    chance = random.Random(f"{way} 3")
    content = chance.randbytes(10 * PIECE + 777)
    sha256 = paper(world, device, content)
    if way == "up":
        lies_here(device, sha256, content)
    else:
        lies_there(world, sha256, content)
    asked = noted(monkeypatch, device)
    cuts, reached = 0, 0
    with FaultyRoad(world.centre.url) as road:
        device.road.centre, road.fault = road.url, cut_somewhere(chance)
        for _ in range(200):
            try:
                device.files.carry()
            except Trouble:
                cuts += 1
            else:
                break
            now = int(str(device.value("SELECT coalesce(max(start + length(content)), 0) FROM blob_piece")))
            assert now >= reached, "what came stays"
            reached = now
        device.road.close()
        device.road.centre = world.centre.url
    assert cuts > 3
    if way == "up":
        assert world.centre.rows("SELECT sha256, size FROM blob") == [(sha256, len(content))]
        assert hashlib.sha256(blob_there(world)).hexdigest() == sha256
        sent = [size for method, _, size in asked if method == "PATCH"]
        assert sum(sent) - len(content) <= cuts * PIECE, "at most the piece that broke goes again"
    else:
        assert here(device, sha256) == [content]
        begins = [int(what.removeprefix("bytes=").split("-")[0]) for method, what, _ in asked if method == "GET"]
        assert begins == sorted(begins)
        assert any(begin % PIECE for begin in begins), "it goes on at the byte and not at the piece"
        assert device.value("SELECT count(*) FROM blob_piece") == 0
    assert state(device, sha256) == "done"


def cut_somewhere(chance: random.Random) -> Fault:
    """One request in four breaks on its way up, one in four answers on its way down, at whatever byte."""

    def fault(request: bytes, ask: Ask) -> Iterable[bytes]:
        fate = chance.randrange(4)
        if fate == 0:
            ask(request[: chance.randrange(len(request))])
            return
        answer = ask(request)
        yield answer[: chance.randrange(len(answer))] if fate == 1 else answer

    return fault


def blob_there(world: World) -> bytes:
    content = world.centre.value("SELECT content FROM blob")
    assert isinstance(content, bytes)
    return content


def test_two_devices_bring_one_file_at_a_time_and_another_fetches_it(world: World, device: Device) -> None:
    content = random.Random(5).randbytes(SMALL)
    first, second, third = device, world.device(), world.device()
    sha256 = paper(world, first, content)
    for one in (second, third):
        one.engine.exchange()
    for one in (first, second):
        lies_here(one, sha256, content)
    for one in (first, second):
        job = FileJobs(one.feed).next("", 1)
        assert job is not None
        path, _ = one.files._begin(job)
        one.files._bring(job, path, 0)
    assert world.centre.value("SELECT count(*) FROM blob_upload") == 2
    for one in (first, second, third):
        assert one.files.carry() == 1
    assert world.centre.value("SELECT count(*) FROM blob") == 1
    assert here(third, sha256) == [content]
    assert world.centre.value("SELECT count(*) FROM blob_piece") == 0


@on_one_database
def test_files_go_in_the_order_of_their_urgency(world: World, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(6)
    large, small = chance.randbytes(SMALL + 1), chance.randbytes(10)
    names = {
        "large down": paper(world, device, large + b"1"),
        "large up": paper(world, device, large + b"2"),
        "small down": paper(world, device, small + b"3"),
        "small up": paper(world, device, small + b"4"),
        "signed up": paper(world, device, large + b"5", "signed_order_form"),
    }
    for name, content in (("large up", large + b"2"), ("small up", small + b"4"), ("signed up", large + b"5")):
        lies_here(device, names[name], content)
    for name, content in (("large down", large + b"1"), ("small down", small + b"3")):
        lies_there(world, names[name], content)
    done: list[str] = []
    true = FileJobs.next

    def following(self: FileJobs, epoch: str, at: int) -> FileJob | None:
        job = true(self, epoch, at)
        if job is not None and (not done or done[-1] != job.sha256):
            done.append(job.sha256)
        return job

    monkeypatch.setattr(FileJobs, "next", following)
    assert device.files.carry() == 5
    wanted = ["signed up", "small up", "small down", "large up", "large down"]
    assert done == [names[name] for name in wanted]


@on_one_database
def test_a_signed_form_that_comes_meanwhile_goes_before_the_rest_of_a_large_file(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    large, form = chance.randbytes(SMALL + 1), chance.randbytes(100)
    big, signed = paper(world, device, large), paper(world, device, form, "signed_order_form")
    lies_there(world, big, large)
    before: list[bool] = []
    true = Files._piece

    def piece(self: Files, job: FileJob, wanted: int) -> int | None:
        done = true(self, job, wanted)
        if job.sha256 == big:
            before.append(bool(world.centre.rows("SELECT 1 FROM blob WHERE sha256 = :sha256", sha256=signed)))
            if not here(device, signed):
                lies_here(device, signed, form)
        return done

    monkeypatch.setattr(Files, "_piece", piece)
    assert device.files.carry() == 2
    assert before == [False, *[True] * (len(before) - 1)]
    assert len(before) > 3


# ---------------------------------------------------------------------------------------------- what is not right
@on_one_database
def test_a_file_that_is_another_one_there_is_not_kept_and_tried_again_later(world: World, device: Device) -> None:
    content = b"%PDF as it was"
    sha256 = paper(world, device, content)
    lies_there(world, sha256, b"%PDF replaced!")
    assert device.files.carry() == 0
    assert (here(device, sha256), state(device, sha256)) == ([], "damaged")
    assert device.value("SELECT count(*) FROM blob_piece") == 0
    device.clock.at += timedelta(minutes=6)
    with world.centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM blob")
    lies_there(world, sha256, content)
    assert device.files.carry() == 1
    assert here(device, sha256) == [content]


@on_one_database
def test_a_file_of_another_size_than_its_document_says_is_not_fetched(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"x" * 5_000
    sha256 = paper(world, device, content, size=10)
    lies_there(world, sha256, content)
    assert device.files.carry() == 0
    assert state(device, sha256) == "damaged"


@on_one_database
def test_a_file_that_rots_here_or_there_is_not_held_to_be_safe(world: World, device: Device) -> None:
    content = b"%PDF as it was"
    rotten, lost = paper(world, device, content), paper(world, device, content + b"2")
    lies_here(device, rotten, b"%PDF rotten...")
    lies_here(device, lost, content + b"2")
    lies_there(world, lost, content + b"3")
    assert device.files.carry() == 0
    assert {state(device, rotten), state(device, lost)} == {"refused", "damaged"}
    assert len(here(device, rotten)) == len(here(device, lost)) == 1


@on_one_database
def test_a_file_that_is_not_there_yet_comes_once_another_device_has_brought_it(world: World, device: Device) -> None:
    content = b"%PDF of another device"
    sha256 = paper(world, device, content)
    assert device.files.carry() == 0
    assert state(device, sha256) == "missing"
    lies_there(world, sha256, content)
    assert device.files.carry() == 0, "it is not asked for at every round"
    device.clock.at += timedelta(minutes=6)
    assert device.files.carry() == 1


@on_one_database
def test_an_upload_is_sent_nowhere_else_whatever_the_centre_says(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"%PDF signed"
    lies_here(device, paper(world, device, content), content)
    for prefix in ("/sync/v1/blobs/uploads/../../../etc", "http://elsewhere.example/x", ""):
        monkeypatch.setattr("sync.server.blobs.routes.PREFIX", prefix)
        with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
            device.files.carry()


# ---------------------------------------------------------------------------------------------- lanes
@pytest.fixture
def lane(device: Device) -> Iterator[FileLane]:
    made = FileLane(device.feed, device.road, device.clock.now)
    made.start()
    yield made
    made.stop()


def test_an_exchange_is_complete_while_a_large_file_is_stuck_on_its_way(
    world: World, device: Device, lane: FileLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytes(20_000_000)
    sha256 = paper(world, device, content)
    lies_there(world, sha256, content)
    goes_on, is_stuck = threading.Event(), threading.Event()
    true = Files._piece

    def piece(self: Files, job: FileJob, wanted: int) -> int | None:
        is_stuck.set()
        assert goes_on.wait(30)
        return true(self, job, wanted)

    monkeypatch.setattr(Files, "_piece", piece)
    lane.wake()
    assert is_stuck.wait(20)
    plan_task(PlanTask(device_account(device), "Rappeler", device.clock.today()), device.store.work)
    assert device.engine.exchange().sent == 1
    assert world.centre.value("SELECT count(*) FROM activity") == 1
    assert here(device, sha256) == []
    goes_on.set()


def device_account(device: Device) -> AccountId:
    return AccountId(str(device.value("SELECT id FROM account")))


@on_one_database
def test_a_courier_s_exchange_wakes_the_lane_and_its_switch_ends_it_at_once(world: World, device: Device) -> None:
    content = b"%PDF"
    sha256 = paper(world, device, content)
    lies_there(world, sha256, content)
    courier, told = device.courier(), Told()
    device.store.work.listen(lambda _tables: told())
    courier.switch(on=False)
    courier.start()
    assert here(device, sha256) == []
    courier.switch(on=True)
    told.until(lambda: here(device, sha256) != [])
    courier.stop()
