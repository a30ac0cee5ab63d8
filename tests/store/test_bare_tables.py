"""A table is filled without its indexes, gets them back whatever comes, and is sorted in bounded memory."""

from __future__ import annotations

import pytest

from app.store import bare_tables
from app.store.bare_tables import WORTH_IT
from app.store.feed import DeviceFeed
from app.store.lots import Lots
from app.store.opening import Store
from app.store.pulled import Batch, Pulled
from app.store.quick_lists import QuickLists
from app.store.rows import SYNCED
from app.store.settling import settle
from sync.protocol.changeset import Value
from sync.protocol.frames import Columns, Mark, Rows
from sync.protocol.sums import sum_of_all

SCOPE = f"rep:{'e' * 32}"
COLUMNS = tuple(column.name for column in SYNCED.tables["activity"].columns)
OF_ALL, OF_FEW = {"ix_activity_account_id_at", "ix_activity_kind_at"}, {"ix_activity_open_task"}


def _id(number: int) -> str:
    return f"{number:032x}"


def _row(n: int) -> tuple[Value, ...]:
    """A task; one in three has an end, so that the column is empty in some lots and not in others."""
    said: dict[str, Value] = {"id": _id(n), "ver": 2**40 + n, "account_id": _id(n % 7), "kind": "task", "at": n}
    said |= {"subject": f"Tâche {n}", "detail": "", "seconds": 0, "place": "", "author": "marie"}
    if n >= 5_000 and n % 3 == 0:
        said["due_on"] = "2026-12-01"
    return tuple(said.get(name) for name in COLUMNS)


def _batch(first: int, *, is_ready: bool = False) -> Batch:
    batch = Batch()
    batch.take(Columns(table="activity", columns=COLUMNS))
    for start in (first, first + WORTH_IT):
        batch.take(Rows(table="activity", rows=[_row(n) for n in range(start, start + WORTH_IT)]))
    if is_ready:
        batch.make_ready(Lots())
    return batch


def _apply(store: Store, batch: Batch, resume: str | None) -> None:
    pulled = Pulled(DeviceFeed(store.engine, QuickLists(), store.work.tell))
    pulled.apply(batch, Mark(scope=SCOPE, seq=9, tag="a" * 16, check="", resume=resume, more=resume is not None))


def _indexes(store: Store) -> set[str]:
    with store.engine.reader.connect() as connection:
        wanted = {str(index.name) for index in SYNCED.tables["activity"].indexes}
        assert wanted == OF_ALL | OF_FEW
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars()
        return wanted.intersection(names)


def _sum(store: Store) -> str:
    with store.engine.reader.connect() as connection:
        return str(connection.exec_driver_sql("SELECT state_sum FROM sync_cursor").scalar_one())


def test_a_table_is_filled_without_the_indexes_of_all_its_rows(store: Store) -> None:
    _apply(store, _batch(0), "1")
    assert _indexes(store) == OF_FEW
    settle(store.engine)  # as the next start does, should the app die here
    assert _indexes(store) == OF_ALL | OF_FEW
    _apply(store, _batch(5_000), "2")
    assert _indexes(store) == OF_ALL | OF_FEW, "what is not empty keeps its indexes"


def test_a_table_that_grew_large_gets_its_indexes_before_more_comes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bare_tables, "MOST_BARE", 4 * WORTH_IT)
    for number in range(2):
        _apply(store, _batch(number * 5_000), str(number + 1))
        assert _indexes(store) == OF_FEW
    _apply(store, _batch(10_000), "3")
    assert _indexes(store) == OF_ALL | OF_FEW
    with store.engine.reader.connect() as connection:
        assert not bare_tables.bare_tables(connection)
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        found = "SELECT count(*) FROM activity INDEXED BY ix_activity_kind_at WHERE kind = 'task'"
        assert connection.exec_driver_sql(found).scalar_one() == 6 * WORTH_IT


def test_a_sum_that_was_added_up_ahead_is_the_same(store: Store) -> None:
    batch = _batch(0, is_ready=True)
    told = [(frame.table, str(row[0]), int(row[1] or 0)) for frame in batch.rows for row in frame.rows]
    _apply(store, batch, "1")
    assert _sum(store) == sum_of_all(told)


def test_a_sum_that_was_added_up_ahead_of_other_rows_does_not_count(store: Store) -> None:
    batch = _batch(0, is_ready=True)
    del batch.rows[1]  # as rows with edits on their way are kept on another way
    told = [(frame.table, str(row[0]), int(row[1] or 0)) for frame in batch.rows for row in frame.rows]
    _apply(store, batch, "1")
    assert _sum(store) == sum_of_all(told)


def test_what_was_added_up_goes_along_with_its_rows() -> None:
    whole, part = _batch(0, is_ready=True), _batch(5_000, is_ready=True)
    both = Batch()
    both.take_over(_batch(0, is_ready=True))
    both.take_over(part)
    assert both.ready["activity"].rows == 4 * WORTH_IT
    assert both.ready["activity"].sum != whole.ready["activity"].sum
    assert not part.ready
