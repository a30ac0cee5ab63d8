"""An action that the centre took as it was made changes nothing here, unless anything else stands in its rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from app.store.engine import Engines, open_encrypted
from app.store.guard import Writer, writing
from app.store.opening import make_store
from app.store.standing import standing_after

KEY = bytes(range(32))
ONE, TWO, GONE = "1" * 32, "2" * 32, "3" * 32


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    path = tmp_path_factory.mktemp("standing") / "store.db"
    make_store(path, KEY, "")
    opened = open_encrypted(path, KEY)
    with opened.writer.begin() as connection, writing(connection, Writer.SYNC):
        for row in (ONE, TWO):
            made = "INSERT INTO product_range (id, ver, number, name) VALUES (?, 7, '1', 'x')"
            connection.exec_driver_sql(made, (row,))
    yield opened
    opened.dispose()


@pytest.fixture
def store(engines: Engines) -> Iterator[Connection]:
    with engines.writer.connect() as connection:
        yield connection
        connection.rollback()


def waits(store: Connection, mid: str, *entries: tuple[str, str, int], state: str = "sent") -> None:
    """An action with entries (row, op, the version it was made on)."""
    made = "INSERT INTO changeset (mid, name, at, revision, facts, final, state) VALUES (?, 'x', 1, '2', '{}', 0, ?)"
    store.exec_driver_sql(made, (mid, state))
    for position, (row, op, base) in enumerate(entries):
        kept = "INSERT INTO changeset_entry (mid, position, table_name, row_id, op, base_ver, old, new) "
        store.exec_driver_sql(
            f"{kept} VALUES (?, ?, 'product_range', ?, ?, ?, '{{}}', '{{}}')", (mid, position, row, op, base)
        )


def test_edits_of_rows_that_nothing_else_touches_stand(store: Connection) -> None:
    waits(store, "a", (ONE, "update", 7), (ONE, "update", 7))
    waits(store, "b", (TWO, "update", 6))
    waits(store, "before", (TWO, "update", 5), state="applied")
    assert standing_after(store, ["a", "b"]) == {"a", "b"}
    assert standing_after(store, []) == set()


@pytest.mark.parametrize("entry", [(TWO, "update", 8), (TWO, "delete", 7), (GONE, "create", 0), (GONE, "update", 1)])
def test_a_row_that_is_gone_older_made_or_taken_away_does_not_stand(
    store: Connection, entry: tuple[str, str, int]
) -> None:
    waits(store, "a", (ONE, "update", 7))
    waits(store, "b", (ONE if entry[0] == GONE else TWO, "update", 1), entry)
    assert "b" not in standing_after(store, ["a", "b"])


def test_two_actions_on_one_row_are_settled_one_by_one_also_where_the_other_is_not_answered(store: Connection) -> None:
    waits(store, "a", (ONE, "update", 7))
    waits(store, "b", (TWO, "update", 7))
    waits(store, "later", (TWO, "update", 7), state="pending")
    assert standing_after(store, ["a", "b"]) == {"a"}


@pytest.mark.parametrize(
    "table", ["sync_shadow (table_name, row_id, base_ver, base)", "quarantine (table_name, row_id, at)"]
)
def test_nothing_stands_by_itself_while_the_centre_has_any_row_otherwise(store: Connection, table: str) -> None:
    waits(store, "a", (ONE, "update", 7))
    values = "('product_range', 'x', 1, 'null')" if "shadow" in table else "('product_range', 'x', 1)"
    store.exec_driver_sql(f"INSERT INTO {table} VALUES {values}")
    assert standing_after(store, ["a"]) == set()
