"""A centre that is ahead: an older app keeps aside what it does not know, and takes it in once it is updated."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, Table, Text, text

from app.store import aside as aside_module
from app.store import feed as feed_module
from app.store.aside import READ_AS, take_in
from app.store.codec import Record
from app.store.pulled import Batch, Pulled
from app.store.repairing import Repairs
from app.store.rows import REVISION, SYNCED
from sync.client.greeting import MUST_UPDATE
from sync.protocol import sums
from sync.protocol.buckets import bucket_of
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.frames import Answer, Columns, Damaged, Departure, Differing, Gone, Mark, Rows
from sync.protocol.results import Conflict
from sync.server.exchange.push import take
from sync.server.exchange.revisions import Converted, unsaid_by
from sync.server.feed import Feed, write
from sync.server.grants.rights import Caller
from tests.sync.later import COLUMN, LATER, MORE, WINDOW, later_tables, of_the_later_revision
from tests.sync.world import Centre, Device, World, an_id, sums_agree


@pytest.fixture
def ahead(tmp_path: Path, migrated_file: Path, empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A centre of a later revision, whose contacts have a nickname; the device's app knows none."""
    path = tmp_path / "centre.db"
    shutil.copy(migrated_file, path)
    with of_the_later_revision(monkeypatch, "sync.server"):
        centre = Centre(f"sqlite:///{path}", WINDOW)
        with centre.engines.writer.begin() as connection:
            connection.execute(text(MORE))
        world = World(centre, tmp_path, empty_store)
        yield world
        world.close()
        centre.close()


def aside(device: Device) -> list[Record]:
    return device.rows("SELECT table_name, row_id, is_row, columns FROM sync_aside ORDER BY row_id")


def updated(world: World, device: Device) -> Device:
    """The device after its app was updated: the migration first, as `open_store` does it."""
    with device.store.engine.writer.begin() as connection:
        connection.exec_driver_sql(MORE)
    return world.again(device)


def nicknames(device: Device) -> dict[str, str]:
    return {str(row["id"]): str(row[COLUMN]) for row in device.rows(f"SELECT id, {COLUMN} FROM contact")}


def test_an_older_app_reads_on_and_takes_in_what_lay_aside_once_it_is_updated(
    ahead: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = ahead.centre
    account = centre.account(centre.user(), contacts=4)
    rose, lys, iris, gone = (str(row[0]) for row in centre.rows("SELECT id FROM contact ORDER BY position"))
    centre.change("contact", rose, **{COLUMN: "Rosette"})
    device = ahead.device()
    device.exchange()
    assert device.feed.recall(MUST_UPDATE) in (None, "0")
    centre.change("contact", lys, role="Gérante", **{COLUMN: "Lison"})
    centre.change("contact", gone, **{COLUMN: "Partie"})
    device.exchange()
    assert device.row("contact", lys)["role"] == "Gérante", "the log is followed too"
    assert sums_agree(centre, device)
    told = {row["row_id"]: row["columns"] for row in aside(device)}
    assert told == {
        rose: '{"nickname":"Rosette"}',
        lys: '{"nickname":"Lison"}',
        iris: '{"nickname":""}',
        gone: told[gone],
    }
    # Its edits are patches by field: what it does not know stays.
    device.rename(rose, account, phone="0237000001")
    device.rename(lys, account, phone="0237000002")
    device.exchange()
    assert device.states() == ["applied", "applied"]
    assert centre.rows(f"SELECT phone, {COLUMN} FROM contact WHERE id = :row", row=rose) == [("0237000001", "Rosette")]
    assert sums_agree(centre, device)
    device.rename(iris, account, phone="0237000003")  # on its way while the app is updated
    with of_the_later_revision(monkeypatch, "app.store", "sync.client"):
        again = updated(ahead, device)
        assert nicknames(again) == {rose: "Rosette", lys: "Lison", iris: "", gone: "Partie"}, "before any exchange"
        assert aside(again) == []
        _, received, _ = again.exchange()
        assert received <= 1, "nothing is read anew but what it just sent"
        assert again.feed.recall(READ_AS) == LATER
        assert again.states() == ["applied"] * 3
        assert sums_agree(centre, again)
        centre.change("contact", iris, **{COLUMN: "Iris"})
        again.exchange()
        assert nicknames(again)[iris] == "Iris"
        assert aside(again) == []


def test_what_lay_aside_goes_with_its_row(ahead: World) -> None:
    centre = ahead.centre
    rep, other = centre.user(), centre.user("paul")
    stays, leaves = centre.account(rep, contacts=2), centre.account(rep, "Lys", contacts=2)
    device = ahead.device()
    device.exchange()
    assert len(aside(device)) == 4
    centre.change("account", leaves, rep_id=other)
    device.exchange()
    kept = {str(row[0]) for row in centre.rows("SELECT id FROM contact WHERE account_id = :a", a=stays)}
    assert {row["row_id"] for row in aside(device)} == kept
    assert sums_agree(centre, device)


def test_what_a_refusal_puts_back_after_the_update_is_whole(ahead: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One contact is deleted here, one changed under an edit; both are refused once the app is updated."""
    centre = ahead.centre
    account = centre.account(centre.user(), contacts=2)
    rose, lys = (str(row[0]) for row in centre.rows("SELECT id FROM contact ORDER BY position"))
    centre.change("contact", lys, **{COLUMN: "Lison"})
    device = ahead.device()
    device.exchange()
    with device.store.work.begin("remove_contact") as tx:
        tx.rows.remove(SYNCED.tables["contact"], lys)
        tx.commit()
    device.rename(rose, account, phone="0237000001")
    centre.change("contact", rose, **{COLUMN: "Rosette"})
    device.pull()
    with device.feed.writing() as connection:  # an app so old that the centre does not understand it
        connection.exec_driver_sql("UPDATE changeset SET revision = '0'")
    with of_the_later_revision(monkeypatch, "app.store", "sync.client"):
        again = updated(ahead, device)
        again.exchange()
        assert again.states() == ["rejected", "rejected"]
        assert nicknames(again) == {rose: "Rosette", lys: "Lison"}
        assert again.row("contact", rose)["phone"] == ""
        assert sums_agree(centre, again)


def test_an_older_app_that_makes_a_row_which_is_there_wipes_nothing(ahead: World) -> None:
    """Two devices make the same part of an account: its id is the account's, so that both mean one row."""
    centre = ahead.centre
    centre.account(centre.user())
    contact = str(centre.value("SELECT id FROM contact"))
    centre.change("contact", contact, role="Gérante", **{COLUMN: "Rosette"})
    device = ahead.device()
    device.exchange()
    told = {name: value for name, value in device.row("contact", contact).items() if name not in {"id", "ver"}}
    entry = Entry(table="contact", row=contact, op=Op.CREATE, new={**told, "role": "Patronne"})
    sent = Changeset(n=1, mid="a" * 32, name="x", at=1, revision=REVISION, entries=(entry,))
    converted = WINDOW.to_present(sent)
    assert isinstance(converted, Converted)
    assert converted.entries[0].new[COLUMN] == "", "a row that is new gets what nobody said"
    assert unsaid_by(converted, entry) == {COLUMN}
    assert unsaid_by(sent, entry) == frozenset()
    assert device.road.identity is not None
    caller = Caller(device=device.road.identity.device, login="marie", rep_id=device.me, team="nord")
    reply = take(centre.engines, caller, converted)
    assert isinstance(reply, Answer)
    assert isinstance(reply.result, Conflict)
    assert [field.column for field in reply.result.fields] == ["role"], (
        "what its app does not know is none of its words"
    )
    assert centre.rows(f"SELECT role, {COLUMN} FROM contact") == [("Gérante", "Rosette")]
    device.exchange()
    assert sums_agree(centre, device)


def test_what_an_older_app_deletes_and_brings_back_keeps_what_it_does_not_know(
    ahead: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = ahead.centre
    centre.account(centre.user(), contacts=2)
    kept, other = (str(row[0]) for row in centre.rows("SELECT id FROM contact ORDER BY position DESC"))
    for contact in (kept, other):
        centre.change("contact", contact, **{COLUMN: "Rosette"})
    device = ahead.device()
    device.exchange()
    with device.store.work.begin("edit_contact") as tx:
        tx.rows.remove(SYNCED.tables["contact"], kept)
        tx.commit()
    device.exchange()
    assert centre.rows("SELECT id FROM contact") == [(other,)]
    device.store.history.undo()
    device.exchange()
    assert set(centre.rows(f"SELECT id, {COLUMN} FROM contact")) == {(kept, "Rosette"), (other, "Rosette")}
    assert set(device.states()) == {"applied"}
    device.exchange()
    assert sums_agree(centre, device)
    with of_the_later_revision(monkeypatch, "app.store", "sync.client"):
        assert nicknames(updated(ahead, device)) == {kept: "Rosette", other: "Rosette"}


@pytest.mark.parametrize("is_sent", [True, False])
def test_what_an_older_app_deletes_and_its_update_brings_back_keeps_what_it_did_not_know(
    ahead: World, monkeypatch: pytest.MonkeyPatch, *, is_sent: bool
) -> None:
    centre = ahead.centre
    centre.account(centre.user(), contacts=2)
    contact = str(centre.rows("SELECT id FROM contact ORDER BY position DESC")[0][0])
    centre.change("contact", contact, **{COLUMN: "Rosette"})
    device = ahead.device()
    device.exchange()
    with device.store.work.begin("edit_contact") as tx:
        tx.rows.remove(SYNCED.tables["contact"], contact)
        tx.commit()
    if is_sent:
        device.exchange()
    with of_the_later_revision(monkeypatch, "app.store", "sync.client"):
        again = updated(ahead, device)
        again.store.history.undo()
        again.exchange()
        assert centre.rows(f"SELECT {COLUMN} FROM contact WHERE id = :row", row=contact) == [("Rosette",)]
        assert nicknames(again)[contact] == "Rosette"
        # From here on the app says what it means, of this column too.
        again.store.history.redo()
        again.store.history.undo()
        with again.store.work.begin("edit_contact") as tx:
            tx.rows.put(later_tables().tables["contact"], {"id": contact, COLUMN: "Lison"})
            tx.commit()
        again.exchange()
        assert set(again.states()) == {"applied"}
        assert centre.rows(f"SELECT {COLUMN} FROM contact WHERE id = :row", row=contact) == [("Lison",)]
        assert sums_agree(centre, again)


def test_what_another_s_deleted_row_held_is_not_brought_back_by_a_stranger(ahead: World) -> None:
    centre = ahead.centre
    centre.account(centre.user())
    mine = centre.account(centre.user("paul", "sud"))
    theirs = str(centre.value("SELECT id FROM contact WHERE account_id != :mine", mine=mine))
    centre.change("contact", theirs, **{COLUMN: "Rosette"})

    def delete(connection: Connection, feed: Feed) -> None:
        (row,) = connection.execute(text("SELECT * FROM contact WHERE id = :row"), {"row": theirs}).mappings()
        connection.execute(text("DELETE FROM contact WHERE id = :row"), {"row": theirs})
        feed.touch("contact", [theirs])
        feed.bury("a" * 32, [(("contact", theirs), dict(row))], 1)

    write(centre.engines, delete)
    device = ahead.device("paul")
    device.exchange()
    told = device.rows("SELECT * FROM contact")[0]
    new = {name: value for name, value in told.items() if name not in {"id", "ver"}}
    entry = Entry(table="contact", row=theirs, op=Op.CREATE, new=new)
    sent = Changeset(n=1, mid="b" * 32, name="x", at=1, revision=REVISION, undoes="c" * 32, entries=(entry,))
    assert device.road.identity is not None
    caller = Caller(device=device.road.identity.device, login="paul", rep_id=device.me, team="sud")
    assert isinstance(take(centre.engines, caller, WINDOW.to_present(sent)), Answer)
    assert centre.value(f"SELECT {COLUMN} FROM contact WHERE id = :row", row=theirs) == ""


# ------------------------------------------------------------------------------------------ tables
on_one_database = pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
TABLE = "visit_report"
SCOPE = "rep:" + "a" * 32


def frames(*rows: tuple[str, int, str]) -> tuple[Columns, Rows]:
    return Columns(table=TABLE, columns=("id", "ver", "words")), Rows(table=TABLE, rows=list(rows))


def kept(device: Device, seq: int, *told: Columns | Rows | Gone, expected: str, scope: str = SCOPE) -> bool:
    batch = Batch()
    for frame in told:
        batch.take(frame)
    mark = Mark(scope=scope, seq=seq, tag="t", check="", sum=expected)
    return Pulled(device.feed).apply(batch, mark)


@on_one_database
def test_rows_of_a_table_that_is_not_known_lie_aside_whole_and_count_in_the_sum(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.centre.user()
    device = world.device()
    a, b, c = (an_id() for _ in range(3))
    total = sums.sum_of_all([(TABLE, a, 1), (TABLE, b, 1), (TABLE, c, 1)])
    assert kept(device, 1, *frames((a, 1, "one"), (b, 1, "two"), (c, 1, "three")), expected=total)
    later = sums.sum_of_all([(TABLE, a, 2), (TABLE, b, 1)])
    gone = Gone(table=TABLE, rows=((c, 2, Departure.DELETED),))
    assert kept(device, 2, *frames((a, 2, "uno")), gone, expected=later)
    assert kept(device, 2, *frames((a, 2, "uno")), gone, expected=later), "told twice it counts once"
    assert [row["columns"] for row in aside(device)] == ['{"words":"uno"}', '{"words":"two"}']
    # Another scope tells of the same row, later: the first one's sum goes along.
    assert kept(device, 1, *frames((a, 3, "eins")), expected=sums.sum_of_all([(TABLE, a, 3)]), scope="load:x")
    (first,) = device.rows("SELECT state_sum FROM sync_cursor WHERE scope = ?", SCOPE)
    assert first["state_sum"] == sums.sum_of_all([(TABLE, a, 3), (TABLE, b, 1)])
    # A repair finds them by their buckets, drops what is not told, and takes what is.
    repairs, batch = Repairs(device.feed), Batch()
    for frame in frames((a, 4, "un")):
        batch.take(frame)
    mark = Mark(scope=SCOPE, seq=3, tag="t", check="", sum=sums.sum_of_all([(TABLE, a, 4)]))
    places = tuple(sorted({bucket_of(TABLE, a), bucket_of(TABLE, b)}))
    done = repairs.apply(batch, Differing(scope=SCOPE, buckets=places), mark, 0)
    assert (done.rows, done.dropped, done.is_right) == (1, 1, True)
    # Updated, the app has the table, with its row.
    tables = later_tables()
    Table(TABLE, tables, Column("id", Text()), Column("ver", Integer()), Column("words", Text()))
    with device.store.engine.writer.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE {TABLE} (id TEXT PRIMARY KEY, ver INTEGER, words TEXT)")
    device.feed.remember({READ_AS: "0"})
    for module in (aside_module, feed_module):
        monkeypatch.setattr(module, "SYNCED", tables)
    take_in(device.store.engine)
    take_in(device.store.engine)
    assert device.rows(f"SELECT * FROM {TABLE}") == [{"id": a, "ver": 4, "words": "un"}]
    assert aside(device) == []
    Pulled(device.feed).leave("load:x")


@on_one_database
def test_a_scope_that_is_left_takes_along_what_lay_aside(world: World) -> None:
    world.centre.user()
    device = world.device()
    row = an_id()
    assert kept(device, 1, *frames((row, 1, "one")), expected=sums.sum_of_all([(TABLE, row, 1)]))
    Pulled(device.feed).begin_again(SCOPE)
    assert kept(device, 1, *frames(), expected=""), "read anew, it is not named again"
    assert aside(device) == []
    assert kept(device, 2, *frames((row, 2, "one")), expected=sums.sum_of_all([(TABLE, row, 2)]))
    Pulled(device.feed).leave(SCOPE)
    assert aside(device) == []


@pytest.mark.parametrize("name", ["changeset", "sqlite_master", "Grand", "x; DROP TABLE contact", ""])
def test_no_app_will_ever_know_a_table_of_such_a_name(name: str) -> None:
    with pytest.raises(Damaged):
        Batch().take(Columns(table=name, columns=("id", "ver", "words")))
