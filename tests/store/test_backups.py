"""Copies of the store: made in time, checked, few; and what is put back where the store is damaged."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.ports.trouble import Trouble
from app.store import putting_back
from app.store.backups import KEPT, Backups
from app.store.device_files import READY_FILE
from app.store.engine import Engines, open_encrypted
from app.store.failures import told_as_trouble
from app.store.guard import Writer, writing
from app.store.migrating import keyed
from app.store.opening import STORE_ID, Store, make_store, open_store
from app.store.putting_back import PUT_BACK, finish, put_back
from app.store.rows.accounts import RepRow
from app.store.rows.base import table_of
from app.usecases.accounts.plan_task import PlanTask, plan_task
from tests.store import trade
from tests.store.samples import KEY, ME, FixedClock

CLOCK = FixedClock()
STORE = "5" * 32
ACCOUNT = trade.account()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one account in it."""
    path = tmp_path / "store.db"
    make_store(path, KEY, STORE)
    store = opened(path)
    rep = {"id": ME, "ver": 1, "login": "jl", "name": "Julie", "email": "", "team": "", "discount_limit": 0}
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.execute(table_of(RepRow).insert(), rep)
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(ACCOUNT)
        tx.commit()
    store.close()
    return path


def opened(path: Path) -> Store:
    return open_store(path, KEY, CLOCK, ME, STORE)


def task(store: Store, subject: str) -> None:
    plan_task(PlanTask(ACCOUNT.id, subject, CLOCK.today()), store.work)


def subjects(path: Path) -> tuple[set[str], list[str]]:
    """What the store shows, and the outbox: tasks by their subject, actions by their name."""
    store = opened(path)
    try:
        with told_as_trouble(), store.engine.reader.connect() as connection:
            shown = set(connection.exec_driver_sql("SELECT subject FROM activity").scalars())
            waiting = connection.exec_driver_sql("SELECT name FROM changeset ORDER BY n").scalars().all()
            problems = [
                *connection.exec_driver_sql("PRAGMA integrity_check").scalars(),
                *connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars(),
            ]
        assert problems == ["ok"]
        assert store.readers.search("rose", 5)
        return shown, list(waiting)
    finally:
        store.close()


def test_a_copy_is_due_sooner_while_something_is_not_sent(path: Path) -> None:
    backups = Backups(path, KEY)
    now = CLOCK.now()
    assert backups.is_due(now, has_unsent=False), "there is none yet"
    backups.make(now)
    assert not backups.is_due(now + timedelta(minutes=9), has_unsent=True)
    assert backups.is_due(now + timedelta(minutes=11), has_unsent=True)
    assert not backups.is_due(now + timedelta(hours=23), has_unsent=False)
    assert backups.is_due(now + timedelta(hours=25), has_unsent=False)
    assert backups.is_due(now - timedelta(days=365), has_unsent=False), "the clock was set back"


def test_few_copies_are_kept_and_none_can_be_read_without_the_key(path: Path) -> None:
    backups = Backups(path, KEY)
    for hour in range(KEPT + 2):
        backups.make(CLOCK.now() + timedelta(hours=hour))
    copies = backups.copies()
    assert [copy.at for copy in copies] == [CLOCK.now() + timedelta(hours=hour) for hour in range(KEPT + 1, 1, -1)]
    assert {file.name for file in backups.folder.iterdir()} == {copy.path.name for copy in copies}
    assert not any(b"SQLite format" in copy.path.read_bytes() or b"Rose" in copy.path.read_bytes() for copy in copies)
    assert KEY.hex() not in repr(backups)


def test_a_damaged_store_gives_no_copy_and_the_copies_stay(path: Path) -> None:
    backups = Backups(path, KEY)
    made = backups.make(CLOCK.now())
    path.write_bytes(path.read_bytes()[:8_192] + bytes(4_096) + path.read_bytes()[12_288:])
    with pytest.raises(Trouble):
        backups.make(CLOCK.now() + timedelta(hours=1))
    assert [copy.path for copy in backups.copies()] == [made]


def test_what_was_done_after_the_copy_is_read_from_the_damaged_store(path: Path) -> None:
    store = opened(path)
    task(store, "before")
    store.backups.make(CLOCK.now())
    task(store, "after")
    store.close()
    content = bytearray(path.read_bytes())
    content[:4_096] = content[:16] + bytes(4_080)  # the first page: nothing opens it any more
    whole = path.read_bytes()
    path.write_bytes(content)
    with pytest.raises(Trouble, match="STORE_DAMAGED"):
        opened(path)
    lost = put_back(Backups(path, KEY), STORE, CLOCK.now())
    assert (lost.salvaged, lost.copy_at) == (0, CLOCK.now())
    assert subjects(path) == ({"before"}, ["edit_account", "plan_task"])
    assert lost.aside is not None
    assert (lost.aside / path.name).read_bytes() == bytes(content), "the damaged one is kept"
    # The same store with its head sound: all that was done is there again, shown and waiting.
    path.write_bytes(whole)
    found = put_back(Backups(path, KEY), STORE, CLOCK.now() + timedelta(seconds=1))
    assert (found.salvaged, found.lost) == (1, ())
    assert subjects(path) == ({"before", "after"}, ["edit_account", "plan_task", "plan_task"])


def test_a_crash_while_putting_back_leaves_one_or_the_other(path: Path) -> None:
    store = opened(path)
    store.backups.make(CLOCK.now())
    task(store, "after")
    store.close()
    copy = Backups(path, KEY).copies()[0].path.read_bytes()
    path.with_name(READY_FILE).write_bytes(copy)
    path.with_name("store.db-wal").write_bytes(b"the log of the damaged store")
    finish(path)
    assert not path.with_name(READY_FILE).exists()
    assert subjects(path) == (set(), ["edit_account"])


def test_a_copy_kept_for_support_is_none_of_those_that_give_way(path: Path) -> None:
    store = opened(path)
    task(store, "before")
    kept = store.backups.keep(CLOCK.now())
    assert store.backups.keep(CLOCK.now()) == kept
    assert store.backups.copies() == []
    store.close()
    kept.replace(path)
    assert subjects(path) == ({"before"}, ["edit_account", "plan_task"])


def test_a_store_that_is_gone_gets_its_copy_and_nothing_is_left_aside(path: Path) -> None:
    store = opened(path)
    task(store, "before")
    store.backups.make(CLOCK.now())
    task(store, "after")
    store.close()
    path.unlink()
    done = put_back(Backups(path, KEY), STORE, CLOCK.now())
    assert (done.salvaged, done.lost, done.knows_all, done.aside) == (0, (), False, None)
    assert subjects(path) == ({"before"}, ["edit_account", "plan_task"])
    assert list(path.parent.glob("damaged-*")) == []


def test_what_is_laid_on_a_copy_comes_along_where_its_log_stayed_beside_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails as the copy is closed leaves the log; so does another who has it open, which is the same."""
    store = opened(path)
    store.backups.make(CLOCK.now())
    task(store, "after")
    store.close()
    with ExitStack() as others:

        def open_twice(making: Path, key: bytes) -> Engines:
            engines = open_encrypted(making, key)
            other = others.enter_context(closing(keyed(making, key)))
            other.execute("SELECT count(*) FROM meta").fetchone()
            return engines

        monkeypatch.setattr(putting_back, "open_encrypted", open_twice)
        done = put_back(Backups(path, KEY), STORE, CLOCK.now())
    assert done.salvaged == 1
    assert subjects(path) == ({"after"}, ["edit_account", "plan_task"])


def test_without_a_sound_copy_nothing_is_put_back(path: Path) -> None:
    store = opened(path)
    made = store.backups.make(CLOCK.now())
    store.close()
    made.write_bytes(made.read_bytes()[:20_000])
    before = path.read_bytes()
    with pytest.raises(Trouble, match="STORE_DAMAGED"):
        put_back(Backups(path, KEY), STORE, CLOCK.now())
    assert path.read_bytes() == before


def _flip(content: bytearray, rng: random.Random) -> None:
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def _truncate(content: bytearray, rng: random.Random) -> None:
    del content[rng.randrange(1, len(content)) :]


def _zero(content: bytearray, rng: random.Random) -> None:
    page = rng.randrange(len(content) // 4_096) * 4_096
    content[page : page + 4_096] = bytes(4_096)


def _swap(content: bytearray, rng: random.Random) -> None:
    one, other = (rng.randrange(len(content) // 4_096) * 4_096 for _ in range(2))
    content[one : one + 4_096], content[other : other + 4_096] = (
        content[other : other + 4_096],
        content[one : one + 4_096],
    )


DAMAGES: dict[str, Callable[[bytearray, random.Random], None]] = {
    "flip": _flip,
    "truncate": _truncate,
    "zero": _zero,
    "swap": _swap,
}
TIMES = 500 if os.environ.get("TOURNEE_SOAK") == "1" else 25


@pytest.mark.timeout(1_800 if TIMES > 25 else 120)
@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_or_harmless_and_nothing_of_the_outbox_is_lost_silently(
    path: Path, name: str, rng: random.Random
) -> None:
    store = opened(path)
    for number in range(5):
        task(store, f"before {number}")
    store.backups.make(CLOCK.now())
    for number in range(5):
        task(store, f"after {number}")
    store.close()
    sound, (shown, waiting) = path.read_bytes(), subjects(path)
    found = 0
    for time in range(TIMES):
        content = bytearray(sound)
        DAMAGES[name](content, rng)
        path.write_bytes(content)
        try:
            assert subjects(path) == (shown, waiting)
        except (Trouble, AssertionError):
            found += 1
            done = put_back(Backups(path, KEY), STORE, CLOCK.now() + timedelta(seconds=time + 1))
            again, outbox = subjects(path)
            assert {f"before {number}" for number in range(5)} <= again <= shown
            assert len(outbox) == 6 + done.salvaged
            assert len(again) == 5 + done.salvaged
            store = opened(path)
            with store.engine.reader.connect() as connection:
                wanted = f"SELECT value FROM meta WHERE name IN ('{STORE_ID}', '{PUT_BACK}') ORDER BY name"
                assert connection.exec_driver_sql(wanted).scalars().all()[1] == STORE
            store.close()
    assert found > TIMES // 2
