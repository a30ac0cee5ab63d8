"""A connection that was just used is used again unasked; one that lay idle, or whose like broke, is looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, QueuePool, create_engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from app.store.trusted_lines import TRUSTED_SECONDS, look_before_use


class Watched:
    """An engine with two connections, a clock that is set, and what was asked of its connections."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 100.0
        self.looked = 0
        self.is_gone = False
        self.made = 0
        self.engine: Engine = create_engine("sqlite://", poolclass=QueuePool, pool_size=2, creator=self._make)
        look_before_use(self.engine, lambda: self.at)
        monkeypatch.setattr(self.engine.dialect, "do_ping", self._look)

    def _make(self) -> sqlite3.Connection:
        self.made += 1
        return sqlite3.connect(":memory:", check_same_thread=False)

    def _look(self, _: DBAPIConnection) -> bool:
        self.looked += 1
        if self.is_gone:
            self.is_gone = False
            raise sqlite3.OperationalError("gone")
        return True

    def use(self) -> None:
        with self.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
        self.at += TRUSTED_SECONDS / 4


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    made = Watched(monkeypatch)
    made.use()  # the library asks a few things of its own at the first use
    made.looked = 0
    yield made
    made.engine.dispose()


def test_what_was_used_a_moment_ago_is_trusted_and_what_lay_idle_is_looked_at(watched: Watched) -> None:
    watched.use()
    watched.use()
    assert watched.looked == 0
    watched.at += TRUSTED_SECONDS
    watched.use()
    assert (watched.looked, watched.made) == (1, 1)


def test_one_that_is_gone_is_made_anew_before_it_is_used(watched: Watched) -> None:
    watched.at += TRUSTED_SECONDS
    watched.is_gone = True
    watched.use()
    assert watched.made == 2


def test_once_any_broke_the_others_are_looked_at(watched: Watched) -> None:
    with watched.engine.connect(), watched.engine.connect():
        assert watched.made == 2
    watched.at += TRUSTED_SECONDS / 4
    broken = watched.engine.raw_connection()
    broken.invalidate(sqlite3.OperationalError("broken"))
    watched.at += TRUSTED_SECONDS / 4
    assert watched.looked == 0
    with watched.engine.connect(), watched.engine.connect():
        assert (watched.looked, watched.made) == (1, 3), "the one that is left, and a fresh one in the other's place"
    broken.close()
