"""A store opens durably or not at all, and says why not."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.ports.trouble import Trouble
from app.store.engine import Engines, open_encrypted, open_plain, open_url
from app.store.opening import Store, open_store
from tests.store import trade
from tests.store.samples import KEY, ME, FixedClock


def _pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


@pytest.mark.parametrize("kind", ["encrypted", "plain"])
def test_every_connection_is_durable_and_checks_what_belongs_together(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "store.db"
    engines = open_encrypted(path, KEY) if kind == "encrypted" else open_url(f"sqlite:///{path}")
    for engine in (engines.writer, engines.reader):
        with engine.connect() as connection:
            found = [
                _pragma(connection, name) for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")
            ]
            assert found == ["wal", 2, 1, 2]
    engines.dispose()
    assert path.read_bytes().startswith(b"SQLite format 3") == (kind == "plain")


@pytest.mark.parametrize("address", ["postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"])
def test_postgresql_is_met_by_the_one_driver_that_ships_whatever_its_address_says(address: str) -> None:
    engines = open_url(f"{address}://someone@127.0.0.1/base")

    assert (engines.writer.dialect.name, engines.writer.driver) == ("postgresql", "psycopg")


@pytest.mark.parametrize("address", ["mysql://127.0.0.1/base", "foo://x", "sqlite:///", "sqlite://", "centre.db"])
def test_an_address_of_no_store_is_refused_before_anything_is_loaded(address: str) -> None:
    with pytest.raises(ArgumentError):
        open_url(address)


def test_a_disk_that_cannot_keep_a_write_ahead_log_is_refused() -> None:
    with pytest.raises(Trouble) as trouble:
        open_plain(Path(":memory:"))
    assert trouble.value.code == "STORE_NOT_DURABLE"


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 40, 1), (2, 8, 0)])
def test_a_sqlite_that_can_lose_work_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    monkeypatch.setattr(sqlcipher3.dbapi2, "sqlite_version_info", version)
    with pytest.raises(Trouble) as trouble:
        open_encrypted(tmp_path / "store.db", KEY)
    assert trouble.value.code == "SQLITE_TOO_OLD"
    assert not (tmp_path / "store.db").exists()


def test_the_sqlite_that_ships_is_young_enough() -> None:
    assert sqlcipher3.dbapi2.sqlite_version_info >= (3, 51, 3)


def test_a_folder_that_is_not_there_is_no_damaged_store(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        open_encrypted(tmp_path / "nowhere" / "store.db", KEY)
    assert trouble.value.code == "DISK_FAILS"


def test_another_key_opens_nothing_and_harms_nothing(store_path: Path) -> None:
    before = store_path.read_bytes()
    with pytest.raises(Trouble) as trouble:
        open_encrypted(store_path, bytes(32))
    assert trouble.value.code == "STORE_UNREADABLE"
    assert store_path.read_bytes() == before


def test_a_key_of_another_length_is_a_fault_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_encrypted(tmp_path / "store.db", b"short")


def test_tables_made_in_a_transaction_that_fails_are_not_there(store: Store) -> None:
    def make(engines: Engines) -> None:
        with engines.writer.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE halfway (x)")
            connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(DBAPIError):
        make(store.engine)
    with store.engine.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'halfway'").first() is None


def test_a_read_lasts_while_another_writes(store: Store) -> None:
    """One picture is of one moment, though the writer commits in between, and never waits for it."""
    with store.engine.reader.connect() as connection:
        count = "SELECT count(*) FROM account"
        assert connection.exec_driver_sql(count).scalar_one() == 0
        with store.work.begin("edit_account") as tx:
            tx.accounts.save(trade.account())
            tx.commit()
        assert connection.exec_driver_sql(count).scalar_one() == 0
    with store.engine.reader.connect() as connection:
        assert connection.exec_driver_sql(count).scalar_one() == 1


def test_actions_of_several_threads_take_turns(store: Store) -> None:
    begin = threading.Barrier(4)

    def act() -> None:
        begin.wait(timeout=10)
        for _ in range(5):
            with store.work.begin("edit_account") as tx:
                tx.accounts.save(trade.account())
                tx.commit()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with store.engine.reader.connect() as connection:
        numbers = connection.exec_driver_sql("SELECT n FROM changeset ORDER BY n").scalars().all()
    assert list(numbers) == list(range(1, 21))


def test_damage_met_while_reading_is_told_as_damage(store_path: Path, clock: FixedClock) -> None:
    store = open_store(store_path, KEY, clock, ME)
    of = trade.account()
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(of)
        tx.commit()
    with store.engine.reader.connect() as connection:
        page = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'account'").scalar_one()
    store.close()
    content = bytearray(store_path.read_bytes())
    content[(page - 1) * 4096 + 500] ^= 1
    store_path.write_bytes(content)
    store = open_store(store_path, KEY, clock, ME)
    with pytest.raises(Trouble) as trouble:
        store.readers.account(of.id)
    assert trouble.value.code == "STORE_DAMAGED"
    with pytest.raises(Trouble) as trouble, store.work.begin("edit_account") as tx:
        tx.accounts.get(of.id)
    assert trouble.value.code == "STORE_DAMAGED"
    store.close()


def test_a_store_in_use_elsewhere_is_told_as_busy(
    store_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.engine.BUSY_MS", 10)
    store = open_store(store_path, KEY, clock, ME)
    other = open_store(store_path, KEY, clock, ME)
    with store.work.begin("edit_account") as tx:
        with pytest.raises(Trouble) as trouble, other.work.begin("edit_account"):
            pass
        assert trouble.value.code == "STORE_BUSY"
        tx.accounts.save(trade.account())
        tx.commit()
    with other.work.begin("edit_account") as tx:
        tx.accounts.save(trade.account())
        tx.commit()
    other.close()
    store.close()
