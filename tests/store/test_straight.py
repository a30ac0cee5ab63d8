"""Small questions told straight to the driver are answered and refused as the library's own."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from app.store.engine import Engines
from app.store.straight import plain_rows

NAMES = "SELECT name FROM meta WHERE name LIKE ? ORDER BY name"


def note(engines: Engines, name: str) -> None:
    with engines.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES (?, '')", (name,))


def test_what_is_asked_through_one_connection_is_of_one_moment(engines: Engines) -> None:
    note(engines, "small one")
    with engines.reader.connect() as connection:
        assert plain_rows(connection, NAMES, ("small%",)) == [("small one",)]
        note(engines, "small two")
        assert plain_rows(connection, NAMES, ("small%",)) == [("small one",)]
    with engines.reader.connect() as connection:
        assert plain_rows(connection, NAMES, ("small%",)) == [("small one",), ("small two",)]


def test_what_was_written_in_a_transaction_is_seen_within_it_and_gone_with_it(engines: Engines) -> None:
    with engines.writer.connect() as connection:
        connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('small', '')")
        assert plain_rows(connection, NAMES, ("small%",)) == [("small",)]
    with engines.reader.connect() as connection:
        assert plain_rows(connection, NAMES, ("small%",)) == []


def test_what_the_driver_refuses_is_raised_as_the_library_s_own_error(engines: Engines) -> None:
    with engines.reader.connect() as connection:
        with pytest.raises(OperationalError, match="no such table"):
            plain_rows(connection, "SELECT 1 FROM nowhere")
        with pytest.raises(OperationalError, match="readonly"):
            plain_rows(connection, "DELETE FROM meta")
