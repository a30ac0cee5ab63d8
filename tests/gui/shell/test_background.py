"""Work away from the window: answers arrive on its thread, stale ones do not, failures are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication

from views.shell.background import Background, Lane


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def unexpected(error: Exception) -> None:
    raise error


def test_an_answer_arrives_on_the_windows_thread(background: Background, qapp: QApplication) -> None:
    seen: list[tuple[int, bool]] = []
    worked_on: list[int] = []

    def work() -> int:
        worked_on.append(threading.get_ident())
        return 42

    background.run(
        Lane.STORE, work, lambda answer: seen.append((answer, QThread.currentThread() is qapp.thread())), unexpected
    )
    background.wait_idle()
    assert seen == [(42, True)]
    assert worked_on != [threading.get_ident()]


def test_jobs_of_one_lane_run_one_after_the_other_and_lanes_side_by_side(background: Background) -> None:
    order: list[str] = []
    gate = threading.Event()

    def first() -> None:
        assert gate.wait(10)
        order.append("first write")

    background.run(Lane.STORE, first, None, unexpected)
    background.run(Lane.STORE, lambda: order.append("second write"), None, unexpected)
    background.run(Lane.READING, lambda: order.append("read"), lambda _: gate.set(), unexpected)
    background.wait_idle()
    assert order == ["read", "first write", "second write"]


def test_only_the_latest_of_several_reads_is_heard(background: Background) -> None:
    heard: list[str] = []
    gate = threading.Event()
    background.run(Lane.READING, lambda: gate.wait(10), None, unexpected)
    for typed in ("r", "ro", "ros", "rose"):
        background.run(Lane.READING, partial(str, typed), heard.append, unexpected, latest="search")
    gate.set()
    background.wait_idle()
    assert heard == ["rose"]


def test_a_failure_is_told_even_when_the_answer_is_no_longer_wanted(background: Background) -> None:
    told: list[str] = []
    started, gate = threading.Event(), threading.Event()

    def fail() -> None:
        started.set()
        assert gate.wait(10)
        raise ValueError("the disk is full")

    job = background.run(Lane.STORE, fail, None, lambda error: told.append(str(error)))
    assert started.wait(10)
    job.cancel()
    gate.set()
    background.wait_idle()
    assert told == ["the disk is full"]


def test_an_answer_for_a_widget_that_is_gone_is_dropped(background: Background, qapp: QApplication) -> None:
    class Listener(QObject):
        heard: ClassVar[list[int]] = []

        def hear(self, answer: int) -> None:
            self.heard.append(answer)

    from shiboken6 import delete

    gate = threading.Event()
    listener = Listener()
    background.run(Lane.READING, lambda: int(gate.wait(10)), listener.hear, unexpected)
    delete(listener)
    gate.set()
    background.wait_idle()
    assert Listener.heard == []


def test_waiting_for_what_never_ends_says_what_it_is(background: Background) -> None:
    gate = threading.Event()
    background.run(Lane.STORE, lambda: gate.wait(10), None, unexpected, label="Dissociation")
    with pytest.raises(TimeoutError, match="Dissociation"):
        background.wait_idle(50)
    gate.set()
    background.wait_idle()


def test_what_writes_is_finished_when_the_window_closes(qapp: QApplication) -> None:
    background = Background()
    written: list[int] = []
    for number in range(20):
        background.run(Lane.STORE, partial(written.append, number), None, unexpected)
    background.close()
    assert written == list(range(20))
