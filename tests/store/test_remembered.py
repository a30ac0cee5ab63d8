"""What was read of the store is remembered until somebody writes, and never longer."""

from __future__ import annotations

from sqlalchemy import Connection, event

from app.store.engine import Engines
from app.store.feed import DeviceFeed
from app.store.quick_lists import QuickLists
from app.store.remembered import Remembered


def feed_of(engines: Engines) -> DeviceFeed:
    return DeviceFeed(engines, QuickLists(), lambda _tables: None)


def test_what_was_asked_once_costs_no_statement_until_something_is_written(engines: Engines) -> None:
    feed, statements = feed_of(engines), list[str]()
    event.listen(engines.reader, "checkout", lambda driver, *_: driver.set_trace_callback(statements.append))
    feed.remember({"name": "one"})
    assert [feed.recall("name"), feed.recall("name"), feed.recall("name")] == ["one"] * 3
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1
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
    remembered, told = Remembered(engines), iter((1, 2))

    def read(_connection: Connection) -> int:
        with engines.writer.begin():
            return next(told)

    assert remembered.of(read) == 1
    assert remembered.of(read) == 2


def test_what_was_asked_since_the_last_write_is_read_at_once_and_nothing_else(engines: Engines) -> None:
    remembered, reads = Remembered(engines), list[tuple[str, Connection]]()

    def first(connection: Connection) -> int:
        reads.append(("first", connection))
        return 1

    def second(connection: Connection) -> int:
        reads.append(("second", connection))
        return 2

    def write() -> None:
        reads.clear()
        with engines.writer.begin():
            pass

    assert (remembered.of(first), remembered.of(second)) == (1, 2)
    write()
    assert (remembered.of(second), remembered.of(second)) == (2, 2)
    assert [name for name, _ in reads] == ["first", "second"]
    assert reads[0][1] is reads[1][1]
    write()
    assert remembered.of(second) == 2
    assert [name for name, _ in reads] == ["second"]
