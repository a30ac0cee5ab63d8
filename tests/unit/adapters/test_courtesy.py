"""While the window is at work the others wait, but never for long, never for themselves, never in another's way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.adapters.courtesy import Courtesy

LIMIT = 10.0
LONG = 60.0
"""A patience that no test waits for."""


@contextmanager
def behind(work: Callable[[], object]) -> Iterator[threading.Event]:
    """Do it on another thread; gives what tells that it is done. It is done by the end of the block."""
    done = threading.Event()

    def run() -> None:
        work()
        done.set()

    thread = threading.Thread(target=run)
    thread.start()
    yield done
    thread.join(LIMIT)
    assert done.is_set()


class Asks:
    """Says whether to go on, and lets a test wait until it was asked."""

    def __init__(self) -> None:
        self.goes_on = False
        self.asked = threading.Semaphore(0)

    def __call__(self) -> bool:
        self.asked.release()
        return self.goes_on


def test_while_the_window_rests_nobody_waits() -> None:
    courtesy = Courtesy(LONG)
    with behind(courtesy.give_way) as done:
        assert done.wait(LIMIT)


def test_a_thread_waits_while_the_window_is_at_work_and_goes_on_when_it_rests() -> None:
    courtesy, asks = Courtesy(LONG), Asks()
    courtesy.__enter__()
    with behind(lambda: courtesy.give_way(asks)) as done:
        for _ in range(3):
            assert asks.asked.acquire(timeout=LIMIT)  # it looks around while it waits
        assert not done.is_set()
        courtesy.__exit__()


def test_a_window_at_work_within_its_work_rests_once_all_of_it_is_done() -> None:
    courtesy, asks = Courtesy(LONG), Asks()
    with behind(lambda: None), courtesy:
        with courtesy:
            pass
        with behind(lambda: courtesy.give_way(asks)) as done:
            for _ in range(3):
                assert asks.asked.acquire(timeout=LIMIT)
            assert not done.is_set()
            asks.goes_on = True


def test_whoever_holds_what_another_waits_for_goes_on_at_once() -> None:
    courtesy, asks = Courtesy(LONG), Asks()
    asks.goes_on = True
    with courtesy, behind(lambda: courtesy.give_way(asks)) as done:
        assert done.wait(LIMIT)


def test_a_window_that_does_not_rest_holds_a_thread_up_once_and_no_more_until_it_has_rested() -> None:
    courtesy, asks, told = Courtesy(0.01), Asks(), list[int]()

    def looks() -> int:
        before = 0
        while asks.asked.acquire(blocking=False):
            before += 1
        return before

    def work() -> None:
        for _ in range(3):
            courtesy.give_way(asks)
            told.append(looks())

    with courtesy, behind(work) as done:
        assert done.wait(LIMIT)
    assert told[0] > 0
    assert told[1:] == [0, 0]
    with courtesy, behind(work):
        pass
    assert told[3] > 0, "another stretch of work is waited for again"


def test_the_window_does_not_wait_for_itself() -> None:
    courtesy = Courtesy(LONG)
    with courtesy:
        courtesy.give_way()
