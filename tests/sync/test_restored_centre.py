"""A centre put back from a true copy: it finds out by itself, devices send again what it lacks, nothing is doubled."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.store.engine import open_url
from sync.client.engine import Engine
from sync.server.__main__ import main
from sync.server.database import in_one_write
from sync.server.facts import find
from sync.server.watermark import WATERMARK, Watermark, file_of, watching
from tests.postgres import PostgresServer
from tests.sync.world import Centre, Device, World, sums_agree

pytestmark = pytest.mark.expects_log


class Copies:
    """Makes a copy of a closed centre's database, and puts it back under the same address."""

    def __init__(self, centre: Centre, folder: Path, server: Callable[[], PostgresServer]) -> None:
        self._url = centre.database
        self._kept = folder / "copy.db"
        self._server = server
        self.mark = folder / "centre.watermark"

    @property
    def _path(self) -> Path | None:
        return Path(self._url.removeprefix("sqlite:///")) if self._url.startswith("sqlite") else None

    def make(self) -> None:
        if self._path is not None:
            shutil.copy(self._path, self._kept)
            return
        self._copy = self._server().create(self._url.rpartition("/")[2])

    def put_back(self) -> None:
        if self._path is not None:
            shutil.copy(self._kept, self._path)
            for ending in ("-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            return
        name, server = self._url.rpartition("/")[2], self._server()
        server.drop(name)
        server.create(self._copy, name)
        server.drop(self._copy)

    def look(self) -> bool:
        """What the centre does at its start, and from time to time."""
        engines = open_url(self._url)
        try:
            return Watermark(engines, self.mark).look()
        finally:
            engines.dispose()


@pytest.fixture
def copies(centre: Centre, tmp_path: Path, request: pytest.FixtureRequest) -> Copies:
    return Copies(centre, tmp_path, lambda: request.getfixturevalue("postgres_server"))


class Day:
    """Two reps' devices, and a centre that is stopped, copied, put back and started."""

    def __init__(self, world: World, copies: Copies) -> None:
        self.world = world
        self.copies = copies
        self.devices: list[Device] = []
        for login in ("marie", "paul"):
            world.centre.account(world.centre.user(login), contacts=2)
            self.devices.append(world.device(login))
        for device in self.devices:
            device.exchange()

    @property
    def centre(self) -> Centre:
        return self.world.centre

    def edit(self, device: Device, place: int, **changes: str) -> None:
        contact = device.rows("SELECT id, account_id FROM contact ORDER BY position")[place]
        device.rename(str(contact["id"]), str(contact["account_id"]), **changes)

    def stopped(self, meanwhile: Callable[[], object]) -> None:
        """Stop the centre, do something, start it again on another port."""
        database = self.centre.database
        self.centre.close()
        meanwhile()
        self.world.centre = Centre(database)
        for device in self.devices:
            device.road.centre = self.centre.url

    def all_agree(self) -> None:
        for _ in range(3):
            for device in self.devices:
                device.exchange()
        mids = sorted(str(row["mid"]) for device in self.devices for row in device.rows("SELECT mid FROM changeset"))
        assert sorted(str(mid) for (mid,) in self.centre.rows("SELECT mid FROM sync_applied")) == mids
        assert sums_agree(self.centre, *self.devices)
        for device in self.devices:
            assert set(device.states()) == {"applied"}


@pytest.fixture
def day(world: World, centre: Centre, copies: Copies) -> Iterator[Day]:
    yield Day(world, copies)
    if world.centre is not centre:
        world.centre.close()


def worked(day: Day) -> None:
    """Before the copy each rep does one thing, after it two, one of them on the same row again."""
    marie, paul = day.devices
    for device in (marie, paul):
        day.edit(device, 0, phone="1")
        device.exchange()
    day.copies.look()
    day.stopped(day.copies.make)
    day.edit(marie, 0, phone="2")
    day.edit(marie, 1, email="m@example.org")
    day.edit(paul, 1, role="Gérant")
    for device in (marie, paul):
        device.exchange()
    day.copies.look()
    day.edit(paul, 0, email="waits@example.org")


def what_stands(day: Day) -> list[tuple[object, ...]]:
    return day.centre.rows(
        "SELECT u.login, c.phone, c.email, c.role FROM contact c JOIN account a ON a.id = c.account_id "
        "JOIN centre_user u ON u.rep_id = a.rep_id ORDER BY u.login, c.position"
    )


ALL = [
    ("marie", "2", "rose@example.org", ""),
    ("marie", "", "m@example.org", ""),
    ("paul", "1", "waits@example.org", ""),
    ("paul", "", "rose@example.org", "Gérant"),
]


def test_a_centre_put_back_finds_out_by_its_mark_and_gets_back_all_that_was_done(day: Day) -> None:
    worked(day)
    epoch = day.centre.value("SELECT value FROM sync_meta WHERE name = 'epoch'")
    day.stopped(day.copies.put_back)
    assert what_stands(day) != ALL
    assert day.copies.look(), "the mark is ahead of the database"
    assert not day.copies.look(), "and is level again"
    assert day.centre.value("SELECT value FROM sync_meta WHERE name = 'epoch'") != epoch
    day.all_agree()
    assert what_stands(day) == ALL


def test_a_centre_put_back_with_nobody_looking_gets_back_all_the_same(day: Day) -> None:
    worked(day)
    day.stopped(day.copies.put_back)
    day.all_agree()
    assert what_stands(day) == ALL


def test_the_command_says_that_it_was_put_back(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(day)
    monkeypatch.setenv(WATERMARK, str(day.copies.mark))
    day.stopped(day.copies.put_back)
    assert main(["restored", "--database", day.centre.database]) == 0
    epoch = day.centre.value("SELECT value FROM sync_meta WHERE name = 'epoch'")
    assert f"Epoch {epoch} begins" in capsys.readouterr().out
    assert day.centre.value("SELECT count(*) FROM device_nonce") == 0
    assert not day.copies.look(), "it is said already"
    assert day.centre.value("SELECT value FROM sync_meta WHERE name = 'epoch'") == epoch
    day.all_agree()
    assert what_stands(day) == ALL


def test_another_server_under_the_database_is_another_history(day: Day) -> None:
    assert not day.copies.look()
    if not day.centre.database.startswith("postgres"):
        assert day.centre.value("SELECT value FROM sync_meta WHERE name = 'server'") == ""
        return
    engines = day.centre.engines
    moved = "UPDATE sync_meta SET value = '1 1' WHERE name = 'server'"
    in_one_write(engines, lambda connection: connection.exec_driver_sql(moved))
    assert Watermark(engines, None).look()
    assert not Watermark(engines, None).look()


def test_an_idle_centre_writes_nothing_and_a_working_one_raises_its_mark(day: Day) -> None:
    day.copies.look()
    before = day.copies.mark.read_bytes()
    day.copies.look()
    assert day.copies.mark.read_bytes() == before
    day.edit(day.devices[0], 0, phone="7")
    day.devices[0].exchange()
    assert not day.copies.look()
    assert day.copies.mark.read_bytes() != before


def test_a_mark_that_cannot_be_read_or_is_of_another_centre_is_written_anew(day: Day) -> None:
    for content in (b"", b"{}", b'{"centre":"another","epoch":"e","counter":99999}'):
        day.copies.mark.write_bytes(content)
        assert not day.copies.look()
        assert day.copies.mark.read_bytes() != content


def test_while_it_serves_the_mark_is_kept_beside_the_database(day: Day, tmp_path: Path) -> None:
    engines = day.centre.engines
    path = tmp_path / "served.watermark"
    with watching(engines, path):
        assert path.is_file()
    with engines.reader.connect() as connection:
        assert f'"counter":{find(connection, "watermark")}'.encode() in path.read_bytes()


def test_where_the_mark_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WATERMARK, raising=False)
    assert file_of("sqlite:////data/centre.db") == Path("/data/centre.db.watermark")
    assert file_of("postgresql+psycopg://u@h/centre") is None
    monkeypatch.setenv(WATERMARK, "/var/mark")
    assert file_of("postgresql+psycopg://u@h/centre") == Path("/var/mark")


@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
@pytest.mark.parametrize("known", [0, 1], ids=["the centre knows nothing of it", "the centre knows its beginning"])
def test_what_is_kept_nowhere_any_more_is_told_and_the_rest_goes_on(day: Day, known: int) -> None:
    """The copy is older than the outbox goes back: nothing can fill the gap, and nobody waits for it."""
    device, other = day.devices
    for number in range(known):
        day.edit(device, 1, phone=f"023711111{number}")
    device.exchange()
    day.stopped(day.copies.make)
    for number in range(4):
        day.edit(device, 0, **{"role" if number < 2 else "phone": f"023700000{number}"})
    device.exchange()
    kept: list[int] = []
    engine = Engine(
        device.feed, device.road, device.clock.now, secrets=device.keyring, keep_copy=lambda: kept.append(1)
    )
    pruned = known + 2
    with device.feed.writing() as connection:  # as after ninety days
        of = "SELECT mid FROM changeset WHERE n <= ?"
        connection.exec_driver_sql(f"DELETE FROM changeset_entry WHERE mid IN ({of})", (pruned,))
        connection.exec_driver_sql("DELETE FROM changeset WHERE n <= ?", (pruned,))
    day.edit(device, 1, phone="0237222222")  # done since, and not sent yet
    day.stopped(day.copies.put_back)
    engine.exchange()
    assert kept == [1], "the store is copied before it is read anew"
    numbers = [row["n"] for row in device.rows("SELECT n FROM changeset ORDER BY n")]
    assert numbers == [pruned + 1, pruned + 2, pruned + 3]
    assert set(device.states()) <= {"applied", "merged"}
    told = device.rows("SELECT code, parameters FROM problem")
    assert told == [{"code": "CENTRE_WENT_BACK", "parameters": '{"count":"2"}'}]
    engine.exchange()
    other.exchange()
    assert kept == [1]
    assert sums_agree(day.centre, device, other)
    first, second = device.rows("SELECT role, phone FROM contact ORDER BY position")
    assert (first["role"], first["phone"], second["phone"]) == ("", "0237000003", "0237222222")


@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
def test_one_that_was_spared_among_those_kept_no_more_hides_none_of_them(day: Day) -> None:
    """An old action that a problem asks about, or whose row nobody named, stays when its neighbours go."""
    device, other = day.devices
    day.stopped(day.copies.make)
    for number, column in enumerate(("role", "email", "email", "phone")):
        day.edit(device, 0, **{column: f"{column}{number}@example.org"})
    device.exchange()
    with device.feed.writing() as connection:
        gone = "SELECT mid FROM changeset WHERE n IN (2, 3)"
        connection.exec_driver_sql(f"DELETE FROM changeset_entry WHERE mid IN ({gone})")
        connection.exec_driver_sql("DELETE FROM changeset WHERE n IN (2, 3)")
    day.stopped(day.copies.put_back)
    device.exchange()
    assert set(device.states()) <= {"applied", "merged"}
    told = device.rows("SELECT code, parameters FROM problem")
    assert told == [{"code": "CENTRE_WENT_BACK", "parameters": '{"count":"2"}'}]
    device.exchange()
    other.exchange()
    assert sums_agree(day.centre, device, other)
    (first, _) = device.rows("SELECT role, phone FROM contact ORDER BY position")
    assert (first["role"], first["phone"]) == ("role0@example.org", "phone3@example.org")
