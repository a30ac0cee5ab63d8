"""The sync engine may bring parts before their owners; every other write is checked, whatever came before it."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError

from app.store.engine import Engines
from app.store.feed import DeviceFeed
from app.store.guard import Writer, writing
from app.store.quick_lists import QuickLists


@pytest.fixture
def feed(engines: Engines) -> DeviceFeed:
    return DeviceFeed(engines, QuickLists(), lambda _tables: None)


def part_without_owner(connection: Connection, name: str) -> None:
    connection.exec_driver_sql(
        "INSERT INTO contact (id, ver, account_id, position, name, is_signatory) VALUES (?, 1, 'nobody', 0, 'Ada', 0)",
        (name,),
    )


def refuses_parts_without_owner(engines: Engines) -> bool:
    try:
        with engines.writer.begin() as connection, writing(connection, Writer.UNIT_OF_WORK):
            part_without_owner(connection, "refused")
    except IntegrityError as error:
        return "FOREIGN KEY" in str(error)
    return False


def test_what_the_engine_may_bring_in_any_order_a_unit_of_work_may_not(engines: Engines, feed: DeviceFeed) -> None:
    assert refuses_parts_without_owner(engines)
    for name in ("one", "two"):
        with feed.writing() as connection:
            part_without_owner(connection, name)
        assert refuses_parts_without_owner(engines)


def test_a_write_is_checked_after_one_of_the_engine_that_failed(engines: Engines, feed: DeviceFeed) -> None:
    def broken() -> None:
        with feed.writing() as connection:
            part_without_owner(connection, "half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert refuses_parts_without_owner(engines)


def test_writes_of_the_engine_in_a_row_turn_the_switch_once(engines: Engines, feed: DeviceFeed) -> None:
    statements: list[str] = []
    event.listen(engines.writer, "checkout", lambda driver, *_: driver.set_trace_callback(statements.append))
    for name in ("one", "two", "three"):
        with feed.writing() as connection:
            part_without_owner(connection, name)
    assert refuses_parts_without_owner(engines)
    turned = [statement for statement in statements if statement.startswith("PRAGMA foreign_keys=")]
    assert turned == ["PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"]


def test_a_connection_made_anew_checks_from_the_beginning(engines: Engines, feed: DeviceFeed) -> None:
    with feed.writing() as connection:
        part_without_owner(connection, "one")
    engines.writer.dispose()
    assert refuses_parts_without_owner(engines)
    with feed.writing() as connection:
        part_without_owner(connection, "two")
