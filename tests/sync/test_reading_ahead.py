"""What is made on another thread comes in order, with what was raised at its place, and ends when nobody wants it."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from contextlib import closing

import pytest

from sync.client.ahead import MOST, ahead

PATIENCE_SECONDS = 10.0


def _no_thread_is_left() -> bool:
    return all(thread.name != "first pull" for thread in threading.enumerate())


def test_all_comes_in_order_from_a_thread_of_its_own() -> None:
    def make() -> Generator[tuple[int, int], None, None]:
        for number in range(3 * MOST):
            yield number, threading.get_ident()

    found = list(ahead(make(), lambda: None))
    assert [number for number, _ in found] == list(range(3 * MOST))
    assert {thread for _, thread in found}.isdisjoint({threading.get_ident()})
    assert _no_thread_is_left()


def test_what_came_before_a_fault_is_given_before_it() -> None:
    def make() -> Generator[int, None, None]:
        yield 1
        yield 2
        raise ConnectionResetError("cut")

    found: list[int] = []

    def take() -> None:
        found.extend(ahead(make(), lambda: None))

    with pytest.raises(ConnectionResetError):
        take()
    assert found == [1, 2]
    assert _no_thread_is_left()


def test_no_more_is_made_than_was_agreed() -> None:
    made: list[int] = []
    is_full = threading.Event()

    def make() -> Generator[int, None, None]:
        for number in range(100):
            made.append(number)
            if number == MOST + 1:
                is_full.set()
            yield number

    with closing(ahead(make(), lambda: None)) as coming:
        assert next(coming) == 0
        assert is_full.wait(PATIENCE_SECONDS)
        assert len(made) <= MOST + 3, "what is used, what waits, what is at hand"


@pytest.mark.parametrize("taken", [1, MOST])
def test_closed_early_it_wakes_what_waits_and_ends(taken: int) -> None:
    given_up, closed = threading.Event(), threading.Event()

    def make() -> Iterator[int]:
        try:
            yield from range(MOST)
            assert given_up.wait(PATIENCE_SECONDS), "nobody gave up what is waited for"
            raise ConnectionResetError("cut")
        finally:
            closed.set()

    def making() -> Generator[int, None, None]:
        yield from make()

    with closing(ahead(making(), given_up.set)) as coming:
        assert [next(coming) for _ in range(taken)] == list(range(taken))
    assert closed.is_set()
    assert _no_thread_is_left()
