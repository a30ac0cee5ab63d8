"""What was read of the store is remembered until somebody writes, and never longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from app.store.engine import Engines, open_encrypted
from app.store.feed import DeviceFeed
from app.store.opening import make_store
from app.store.quick_lists import QuickLists
from app.store.remembered import Remembered

KEY = bytes(range(32))


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    make_store(tmp_path / "store.db", KEY, "")
    opened = open_encrypted(tmp_path / "store.db", KEY)
    yield opened
    opened.dispose()


def feed_of(engines: Engines) -> DeviceFeed:
    return DeviceFeed(engines, QuickLists(), lambda _tables: None)


def test_what_was_asked_once_costs_no_statement_until_something_is_written(engines: Engines) -> None:
    feed, statements = feed_of(engines), []
    event.listen(engines.reader, "before_cursor_execute", lambda *told: statements.append(told[2]))
    feed.remember({"name": "one"})
    assert [feed.recall("name"), feed.recall("name"), feed.recall("name")] == ["one"] * 3
    assert len([statement for statement in statements if statement != "BEGIN"]) == 1
    feed.remember({"name": "two"})
    assert feed.recall("name") == "two"


def test_a_write_by_anybody_through_the_store_is_heard(engines: Engines) -> None:
    feed = feed_of(engines)
    assert feed.recall("name") is None
    with engines.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('name', 'theirs')")
    assert feed.recall("name") == "theirs"


def test_the_note_of_an_exchange_leaves_what_is_remembered(engines: Engines) -> None:
    feed = feed_of(engines)
    before = engines.writes.count
    feed.exchanged(1)
    assert engines.writes.count == before
    feed.remember({"name": "one"})
    assert engines.writes.count > before


def test_what_is_written_while_it_is_read_is_asked_again(engines: Engines) -> None:
    told = Remembered[str, int](engines.writes)

    def read() -> int:
        with engines.writer.begin():
            return 1

    assert told.of("it", read) == 1
    assert told.of("it", lambda: 2) == 2
