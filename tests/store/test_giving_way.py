"""Who gives way to the window: readings and the sync engine, between statements, unless somebody waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from app.store.engine import open_url
from app.store.feed import DeviceFeed
from app.store.giving_way import let_give_way
from app.store.opening import Store
from app.store.quick_lists import QuickLists
from tests.store import trade

LIMIT = 10.0


class Asked:
    """Takes down at each asking whether somebody waits for who asks."""

    def __init__(self) -> None:
        self.waited_for: list[bool] = []

    def __call__(self, unless: Callable[[], bool] | None = None) -> None:
        assert unless is not None
        self.waited_for.append(unless())


@pytest.fixture
def asked(store: Store) -> Asked:
    made = Asked()
    let_give_way(store.engine, made)
    return made


@pytest.fixture
def feed(store: Store) -> DeviceFeed:
    return DeviceFeed(store.engine, QuickLists(), store.work.tell)


def test_a_reading_asks_before_each_statement(store: Store, asked: Asked) -> None:
    with store.engine.reader.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        connection.exec_driver_sql("SELECT 2")
    assert asked.waited_for == [False, False, False], "with the one that begins"


def test_a_reading_that_holds_the_last_connection_waits_for_nothing(store: Store, asked: Asked) -> None:
    with store.engine.reader.connect() as one, store.engine.reader.connect() as other:
        one.exec_driver_sql("SELECT 1")
        other.exec_driver_sql("SELECT 1")
    assert asked.waited_for == [True] * 4


def test_a_write_of_the_sync_engine_asks_and_waits_for_nothing_once_another_waits_to_write(
    feed: DeviceFeed, asked: Asked
) -> None:
    let_go = threading.Event()

    def write() -> None:
        feed.remember({"other": "1"})
        let_go.set()

    rep = threading.Thread(target=write)
    with feed.writing() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE name = 'nothing'")
        assert asked.waited_for == [False]
        rep.start()
        for _ in range(10_000):
            connection.exec_driver_sql("DELETE FROM meta WHERE name = 'nothing'")
            if asked.waited_for[-1]:
                break
    assert let_go.wait(LIMIT)
    rep.join(LIMIT)
    assert asked.waited_for.count(True) == 1


def test_what_the_rep_does_never_gives_way(store: Store, asked: Asked) -> None:
    with store.work.begin("create_account") as tx:
        tx.accounts.save(trade.account())
        tx.commit()
    assert asked.waited_for == []


def test_a_centre_s_database_has_no_window_before_it(asked: Asked) -> None:
    engines = open_url("postgresql://nobody@localhost/nothing")
    with pytest.raises(TypeError):
        let_give_way(engines, asked)
    engines.dispose()
