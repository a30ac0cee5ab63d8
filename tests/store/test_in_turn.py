"""Who writes goes in the order in which it was asked: the sync engine at work does not keep the rep's write waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.store.engine import Engines, open_plain
from app.store.in_turn import InTurn, Turns

PATIENCE = 20.0


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    opened = open_plain(tmp_path / "store.db")
    yield opened
    opened.dispose()


def _until_one_waits(engines: Engines) -> None:
    pool = engines.writer.pool
    assert isinstance(pool, InTurn)
    until, pause = time.monotonic() + PATIENCE, threading.Event()
    while pool.who_waits() == 0:
        assert time.monotonic() < until
        pause.wait(0.001)


def test_who_waits_to_write_goes_before_the_one_who_just_wrote(engines: Engines) -> None:
    order: list[str] = []

    def write_once() -> None:
        with engines.writer.begin():
            order.append("the rep")

    rep = threading.Thread(target=write_once)
    for number in range(3):
        with engines.writer.begin():
            order.append(f"sync {number}")
            if number == 0:
                rep.start()
                _until_one_waits(engines)
    rep.join(PATIENCE)
    assert order == ["sync 0", "the rep", "sync 1", "sync 2"]


def test_a_turn_goes_on_after_a_write_that_failed_and_after_one_who_gave_up_waiting(engines: Engines) -> None:
    gave_up: list[bool] = []
    turns = Turns()
    assert turns.take(0)
    waits = threading.Thread(target=lambda: gave_up.append(not turns.take(0.01)))
    waits.start()
    waits.join(PATIENCE)
    assert gave_up == [True]
    turns.give()
    assert turns.take(0)
    with pytest.raises(ZeroDivisionError), engines.writer.begin():
        raise ZeroDivisionError
    with engines.writer.begin() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1


def test_who_waits_too_long_hears_that_the_store_is_busy(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines.writer.pool, "_timeout", 0.01)
    with engines.writer.connect(), pytest.raises(PoolTimeout):
        engines.writer.connect()
