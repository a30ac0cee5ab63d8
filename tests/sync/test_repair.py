"""However a device comes to hold other rows than the centre: it is found where, that alone travels, and is mended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.ports.trouble import Trouble
from app.store.codec import Record
from app.store.repairing import Repaired, Repairs
from app.store.rows import REVISION
from sync.protocol.buckets import COUNT, bucket_of
from sync.protocol.frames import Columns, Differing, FrameWriter, Mark, Rows, Verify, read_all
from sync.protocol.handshake import PROTOCOL
from sync.server.__main__ import main
from tests.sync.world import Device, World, an_id, same_rows, sums_agree

pytestmark = pytest.mark.expects_log

TABLES = ("account", "contact", "activity")
CONTACTS = 40
on_one_database = pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
"""For what the centre's database has no part in."""


@pytest.fixture
def device(world: World) -> Device:
    world.centre.account(world.centre.user(), contacts=CONTACTS)
    made = world.device()
    made.exchange()
    return made


def damage(device: Device, *statements: str) -> None:
    """Do to the store what only a fault can."""
    with device.feed.writing() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def summed_anew(device: Device) -> None:
    """Let the device keep the sum of what it holds, as it would have come to be with the rows themselves."""
    scope = f"rep:{device.me}"
    total = 0
    for part in Repairs(device.feed).sums(scope):
        total ^= int(part or "0", 16)
    damage(device, f"UPDATE sync_cursor SET state_sum = '{total:016x}' WHERE scope = '{scope}'")


def counted(device: Device, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what goes over the road."""
    asked: list[str] = []
    true: Callable[..., object] = type(device.road)._once

    def once(road: object, method: str, path: str, *rest: object) -> object:
        asked.append(path)
        return true(road, method, path, *rest)

    monkeypatch.setattr(type(device.road), "_once", once)
    return asked


FIRST = "(SELECT min(id) FROM contact)"
COPY = "INSERT INTO contact (id, ver, account_id, position, name)"
DAMAGES: dict[str, tuple[str, ...]] = {
    "a row is missing": (f"DELETE FROM contact WHERE id = {FIRST}",),
    "a row and its membership are missing": (
        f"DELETE FROM sync_member WHERE row_id = {FIRST}",
        f"DELETE FROM contact WHERE id = {FIRST}",
    ),
    "a membership is missing": (f"DELETE FROM sync_member WHERE row_id = {FIRST}",),
    "a row is too many": (
        f"{COPY} SELECT '{{extra}}', 7, account_id, 99, name FROM contact WHERE id = {FIRST}",
        f"INSERT INTO sync_member SELECT scope, 'contact', '{{extra}}' FROM sync_member WHERE row_id = {FIRST}",
    ),
    "a version is too low and the row an older one": (f"UPDATE contact SET ver = 0, name = 'x' WHERE id = {FIRST}",),
    "a version is too high": (f"UPDATE contact SET ver = 90, name = 'x' WHERE id = {FIRST}",),
    "a version alone is off": (f"UPDATE contact SET ver = 4 WHERE id = {FIRST}",),
    "several at once": (
        "DELETE FROM contact WHERE id IN (SELECT id FROM contact ORDER BY id LIMIT 5)",
        "UPDATE contact SET ver = ver + 3, email = 'x' WHERE id IN (SELECT id FROM contact ORDER BY id DESC LIMIT 5)",
        "DELETE FROM sync_member WHERE table_name = 'account'",
    ),
}


def test_whatever_is_damaged_is_mended_by_the_next_round(
    world: World, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    for count, (name, statements) in enumerate(DAMAGES.items(), 1):
        extra = an_id()
        damage(device, *(statement.replace("{extra}", extra) for statement in statements))
        summed_anew(device)
        assert not sums_agree(world.centre, device), name
        device.exchange()
        assert sums_agree(world.centre, device), name
        same_rows(world.centre, device, TABLES, device.me)
        members = device.value("SELECT count(*) FROM sync_member WHERE scope = ?", f"rep:{device.me}")
        assert members == CONTACTS + 1, name
        assert device.feed.recall("repairs") == str(count)
        assert "is repaired in" in caplog.text
        assert device.exchange() == (0, 0, 0)
        caplog.clear()


@on_one_database
def test_a_repair_that_died_half_way_is_made_in_the_next_round(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(device, f"DELETE FROM contact WHERE id = {FIRST}")
    summed_anew(device)

    def die(*_arguments: object, **_named: object) -> Repaired:
        raise KeyboardInterrupt

    monkeypatch.setattr(Repairs, "apply", die)
    with pytest.raises(KeyboardInterrupt):
        device.exchange()
    monkeypatch.undo()
    again = world.again(device)
    again.exchange()
    assert sums_agree(world.centre, again)
    same_rows(world.centre, again, TABLES, again.me)


@on_one_database
def test_only_the_buckets_that_differ_travel(world: World, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    row = str(device.value(f"SELECT {FIRST}"))
    place = bucket_of("contact", row)
    contacts = [str(found["id"]) for found in device.rows("SELECT id FROM contact")]
    together = [found for found in contacts if bucket_of("contact", found) == place]
    asked = counted(device, monkeypatch)
    damage(device, f"DELETE FROM contact WHERE id = '{row}'")
    summed_anew(device)
    account_too = bucket_of("account", str(device.value("SELECT id FROM account"))) == place
    assert device.exchange()[1] == len(together) + account_too
    assert asked.count("/sync/v1/repair") == 1
    device.exchange()
    assert asked.count("/sync/v1/repair") == 1


@on_one_database
def test_a_kept_sum_that_is_wrong_here_is_worked_out_anew_without_a_single_row(world: World, device: Device) -> None:
    damage(device, "UPDATE sync_cursor SET state_sum = '0123456789abcdef'")
    assert device.exchange()[1] == 0
    assert sums_agree(world.centre, device)


def test_edits_on_their_way_stay_on_top_of_a_row_that_is_mended(world: World, device: Device) -> None:
    row, account = str(device.value(f"SELECT {FIRST}")), str(device.value("SELECT id FROM account"))
    device.rename(row, account, phone="0102030405")
    damage(device, f"UPDATE contact SET ver = 9, email = 'x' WHERE id = '{row}'")
    damage(device, f"UPDATE changeset_entry SET base_ver = 9 WHERE row_id = '{row}'")
    summed_anew(device)
    device.pull()
    found = device.row("contact", row)
    assert (found["phone"], found["email"], found["ver"]) == ("0102030405", "rose@example.org", 1)
    assert device.states() == ["pending"]
    device.exchange()
    assert device.states()[0] in {"applied", "merged"}
    assert world.centre.value("SELECT phone FROM contact WHERE id = :row", row=row) == "0102030405"
    assert sums_agree(world.centre, device)
    same_rows(world.centre, device, TABLES, device.me)


@on_one_database
def test_a_row_with_edits_that_the_centre_does_not_hold_waits_for_their_answer(world: World, device: Device) -> None:
    row, account = an_id(), str(device.value("SELECT id FROM account"))
    damage(
        device,
        f"{COPY} SELECT '{row}', 7, account_id, 99, name FROM contact WHERE id = {FIRST}",
        f"INSERT INTO sync_member VALUES ('rep:{device.me}', 'contact', '{row}')",
    )
    device.rename(row, account, phone="0102030405")
    summed_anew(device)
    device.pull()
    assert device.row("contact", row)["phone"] == "0102030405"
    device.exchange()
    assert device.states() == ["rejected"]
    assert len(device.store.readers.sync().problems) == 1
    assert device.rows("SELECT * FROM contact WHERE id = ?", row) == []
    assert sums_agree(world.centre, device)


def test_a_centre_whose_kept_sum_is_wrong_is_asked_once_a_day_and_mended_by_its_command(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    centre, asked = world.centre, counted(device, monkeypatch)
    with centre.engines.writer.begin() as connection:
        connection.execute(
            text("UPDATE sync_scope SET state_sum = '0123456789abcdef' WHERE scope = :scope"),
            {"scope": f"rep:{device.me}"},
        )
    for _ in range(3):
        device.exchange()
    assert asked.count("/sync/v1/repair") == 1
    device.clock.at += timedelta(days=1, seconds=1)
    device.exchange()
    assert asked.count("/sync/v1/repair") == 2
    assert main(["check-sums", "--database", centre.database]) == 1
    assert f"rep:{device.me}: kept 0123456789abcdef, true " in capsys.readouterr().out
    assert main(["check-sums", "--mend", "--database", centre.database]) == 0
    assert main(["check-sums", "--database", centre.database]) == 0
    device.exchange()
    assert asked.count("/sync/v1/repair") == 2
    assert sums_agree(centre, device)
    same_rows(centre, device, TABLES, device.me)


def test_many_buckets_are_told_in_parts(world: World, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.server.exchange.repairing.MOST", 10)
    asked = counted(device, monkeypatch)
    damage(device, "UPDATE contact SET ver = 5, name = 'x'")
    summed_anew(device)
    assert device.exchange()[1] >= CONTACTS
    assert asked.count("/sync/v1/repair") > 3
    assert sums_agree(world.centre, device)
    same_rows(world.centre, device, TABLES, device.me)


@on_one_database
def test_a_repair_that_would_drop_many_rows_waits_for_the_rep_s_yes(
    world: World, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    damage(
        device,
        f"{COPY} SELECT lower(hex(randomblob(16))), 1, account_id, position, name FROM contact",
        f"INSERT OR IGNORE INTO sync_member SELECT 'rep:{device.me}', 'contact', id FROM contact",
    )
    summed_anew(device)
    for _ in range(2):
        device.exchange()
    assert device.value("SELECT count(*) FROM contact") == 2 * CONTACTS
    assert caplog.text.count("is not repaired") == 1
    courier = device.courier()
    (stopped,) = courier.road.stopped_deletions
    assert (stopped.count, stopped.total) == (CONTACTS, 2 * CONTACTS + 1)
    courier.allow_deletions(stopped.scope)
    device.exchange()
    assert courier.road.stopped_deletions == ()
    assert sums_agree(world.centre, device)
    same_rows(world.centre, device, TABLES, device.me)


# ---------------------------------------------------------------------------------------------- who may ask, and lies
def verify(device: Device, scope: str, epoch: str | None = None) -> bytes:
    writer = FrameWriter()
    known = device.feed.recall("sync_epoch") if epoch is None else epoch
    asked = Verify(protocol=PROTOCOL, revision=REVISION, epoch=known or "", scope=scope, buckets=("",) * COUNT)
    return writer.line(asked) + writer.end()


@on_one_database
def test_another_s_scope_is_not_told_and_another_epoch_is_reset(world: World, device: Device) -> None:
    world.centre.account(world.centre.user("paul", "sud"))
    for scope in (f"rep:{world.centre.value('SELECT rep_id FROM centre_user WHERE login = :l', l='paul')}", "team:sud"):
        with pytest.raises(Exception, match="OUT_OF_SCOPE"):
            device.road.document("POST", "/sync/v1/repair", verify(device, scope))
    data = device.road.document("POST", "/sync/v1/repair", verify(device, "catalogue", "another"))
    _, mark, _ = read_all(data)
    assert isinstance(mark, Mark)
    assert mark.reset
    for unsound in (b"", FrameWriter().end(), b"{}\n", verify(device, "catalogue")[:-1]):
        with pytest.raises(Exception, match="MESSAGE_UNSOUND"):
            device.road.document("POST", "/sync/v1/repair", unsound)


def lies(device: Device) -> Iterator[tuple[str, Callable[[FrameWriter], bytes]]]:
    scope = f"rep:{device.me}"
    all_of_them = Differing(scope=scope, buckets=tuple(range(COUNT)))

    def told(*frames: Differing | Columns | Rows, check: str | None = None) -> Callable[[FrameWriter], bytes]:
        def lines(writer: FrameWriter) -> bytes:
            data = writer.lines(frames)
            return data + writer.line(Mark(scope=scope, seq=1, tag="t", check=check or writer.check, sum=""))

        return lines

    header = Columns(table="contact", columns=("id", "ver", "name"))
    row: Record = {"id": "f" * 32}
    yield "an unknown table", told(all_of_them, Columns(table="changeset", columns=("id", "ver")))
    yield (
        "a table of another scope",
        told(all_of_them, Columns(table="rep", columns=("id", "ver")), Rows(table="rep", rows=[(row["id"], 1)])),
    )
    yield (
        "a row of another bucket",
        told(Differing(scope=scope, buckets=()), header, Rows(table="contact", rows=[(row["id"], 1, "x")])),
    )
    yield "a version that is none", told(all_of_them, header, Rows(table="contact", rows=[(row["id"], 0, "x")]))
    yield "an id that is none", told(all_of_them, header, Rows(table="contact", rows=[(3, 1, "x")]))
    yield "a broken check", told(all_of_them, check="0" * 32)
    yield "another scope", told(Differing(scope="catalogue", buckets=()))
    yield "rows before the buckets", told(header, all_of_them)
    yield "nothing", lambda writer: b""


@on_one_database
def test_an_answer_that_cannot_be_changes_nothing(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(device, f"UPDATE contact SET ver = 4 WHERE id = {FIRST}")
    summed_anew(device)
    before = [device.rows(f"SELECT * FROM {table}") for table in (*TABLES, "sync_member", "sync_cursor")]
    true: Callable[..., object] = type(device.road).lines
    for name, lines in lies(device):
        writer = FrameWriter()
        lie = lines(writer) + writer.end()

        def lied(road: object, method: str, path: str, body: bytes = b"", *, lie: bytes = lie) -> object:
            return Said(lie) if path.endswith("/repair") else true(device.road, method, path, body)

        monkeypatch.setattr(type(device.road), "lines", lied)
        with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
            device.exchange()
        now = [device.rows(f"SELECT * FROM {table}") for table in (*TABLES, "sync_member", "sync_cursor")]
        assert now == before, name
        device.clock.at += timedelta(days=2)
    monkeypatch.undo()
    device.clock.at += timedelta(days=2)
    device.exchange()
    assert sums_agree(world.centre, device)


class Said:
    """An answer as it comes over the road."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self) -> Iterator[bytes]:
        return iter((self._data,))

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
