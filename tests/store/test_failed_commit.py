"""A commit of the sync engine that fails leaves the store as it was, with all its safeguards turned on again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from app.store.engine import open_encrypted
from app.store.feed import DeviceFeed
from app.store.opening import make_store
from app.store.quick_lists import QuickLists

KEY = bytes(range(32))


class CommitFailed(Exception):
    pass


def test_a_commit_that_fails_leaves_the_safeguards_on(tmp_path: Path) -> None:
    make_store(tmp_path / "store.db", KEY, "")
    engines = open_encrypted(tmp_path / "store.db", KEY)
    feed = DeviceFeed(engines, QuickLists(), lambda _tables: None)

    def fail(_connection: Connection) -> None:
        raise CommitFailed

    event.listen(engines.writer, "commit", fail, once=True)
    with pytest.raises(CommitFailed), feed.writing(is_durable=False) as connection:
        connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('half', 'written')")
    with engines.writer.connect() as connection:
        asked = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("foreign_keys", "synchronous")]
    assert asked == [1, 2]
    assert feed.recall("half") is None
    feed.remember({"whole": "written"})
    assert feed.recall("whole") == "written"
    engines.dispose()
