"""An app of an older revision goes on pushing; what it sends is brought to the present one, once, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.store.aside import READ_AS
from app.store.rows import REVISION
from sync.client import greeting, turn
from sync.protocol.changeset import Changeset
from sync.server.exchange.revisions import Converted, Window, as_sent
from tests.sync.world import Centre, Device, World

OLD = "0"


def converted(changeset: Changeset) -> Changeset:
    """In the invented older revision a mobile was called a phone."""
    entries = tuple(
        msgspec.structs.replace(
            entry,
            old={"mobile" if name == "phone" else name: value for name, value in entry.old.items()},
            new={"mobile" if name == "phone" else name: value for name, value in entry.new.items()},
        )
        for entry in changeset.entries
    )
    return msgspec.structs.replace(changeset, entries=entries)


@pytest.fixture
def older(centre: Centre, tmp_path: Path, empty_store: Path) -> Iterator[World]:
    """A centre that takes changesets of an older revision too."""
    opened = Centre(centre.database, Window(steps={OLD: (REVISION, converted)}))
    made = World(opened, tmp_path, empty_store)
    yield made
    made.close()
    opened.close()


def of_the_old(device: Device) -> None:
    """What waits on a device was made by the older app."""
    with device.feed.writing() as connection:
        connection.exec_driver_sql("UPDATE changeset SET revision = ?", (OLD,))


def test_an_older_app_pushes_and_is_told_to_renew_itself(older: World, monkeypatch: pytest.MonkeyPatch) -> None:
    older.centre.account(older.centre.user())
    device = older.device()
    device.exchange()
    for module in (greeting, turn):
        monkeypatch.setattr(module, "REVISION", OLD)
    device = older.again(device)
    courier = device.courier()
    contact, account = (str(device.value(f"SELECT id FROM {table}")) for table in ("contact", "account"))
    before = str(device.value("SELECT mobile FROM contact"))
    device.rename(contact, account, phone="0700000000")
    with device.feed.writing() as connection:  # as that app would have read it
        connection.exec_driver_sql("UPDATE changeset_entry SET old = json_object('phone', ?)", (before,))
    of_the_old(device)
    assert courier.exchange().sent == 1
    assert courier.road.must_update
    assert device.states() == ["applied"]
    assert older.centre.rows("SELECT phone, mobile FROM contact") == [("", "0700000000")]
    older.centre.change("contact", contact, role="Patron")
    assert courier.exchange().received == 0, "it is too old to read"
    device.rename(contact, account, email="still@example.org")
    of_the_old(device)
    assert courier.exchange().sent == 1, "and goes on working"
    for module in (greeting, turn):
        monkeypatch.setattr(module, "REVISION", REVISION)
    again = older.again(device)
    again.exchange()
    assert not again.courier().road.must_update
    assert again.value("SELECT role FROM contact") == "Patron"
    courier.stop()


def test_an_updated_app_reads_anew_what_it_may_not_have_understood(older: World) -> None:
    older.centre.account(older.centre.user())
    device = older.device()
    device.exchange()
    assert device.feed.recall(READ_AS) == REVISION
    with device.feed.writing() as connection:  # the older app had no such column, its migration made it empty
        connection.exec_driver_sql("UPDATE contact SET email = ''")
    device.feed.remember({READ_AS: OLD})
    contact, account = (str(device.value(f"SELECT id FROM {table}")) for table in ("contact", "account"))
    device.rename(contact, account, phone="1")
    again = older.again(device)
    again.exchange()
    assert again.rows("SELECT email, phone FROM contact") == [{"email": "rose@example.org", "phone": "1"}]
    assert again.states() == ["applied"]


def test_what_was_made_before_an_update_goes_out_under_its_own_revision_and_once(older: World) -> None:
    older.centre.account(older.centre.user())
    device = older.device()
    device.exchange()
    contact, account = (str(device.value(f"SELECT id FROM {table}")) for table in ("contact", "account"))
    device.rename(contact, account, email="old@example.org")
    of_the_old(device)
    (sent,) = device.feed.pending(10, 1_000_000)
    assert sent.revision == OLD
    device.exchange()
    with device.feed.writing() as connection:
        connection.exec_driver_sql("UPDATE changeset SET state = 'pending'")
    device.exchange()
    assert device.states() == ["applied"], "known by what was sent, not by what it was brought to"
    assert older.centre.value("SELECT count(*) FROM sync_applied") == 1


def test_steps_are_chained_and_what_was_sent_is_kept() -> None:
    def named(name: str) -> Changeset:
        return Changeset(n=1, mid="0" * 32, name=name, at=1, revision=name)

    window = Window(
        present="c",
        steps={
            "a": ("b", lambda old: msgspec.structs.replace(old, name=old.name + "b")),
            "b": ("c", lambda old: msgspec.structs.replace(old, name=old.name + "c")),
        },
    )
    there = window.to_present(named("a"))
    assert isinstance(there, Converted)
    assert (there.name, there.revision, as_sent(there)) == ("abc", "c", named("a"))
    assert window.to_present(named("c")) == as_sent(named("c")) == named("c")
    assert window.to_present(named("z")) == named("z"), "beyond the window it is refused as it came"
    assert (window.takes("a"), window.takes("c"), window.takes("z")) == (True, True, False)
    assert window.pushable == {"a", "b"}
