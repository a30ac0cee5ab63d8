"""The window says when it is at work: while it passes on what was told, takes answers and paints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.windows import Desk
from views.pages import PAGES
from views.shell.session import Session
from views.shell.window import Window


class AtWork(AbstractContextManager[None]):
    """How often it was entered and not yet left."""

    depth = 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *_: object) -> None:
        self.depth -= 1


class Painted(QWidget):
    """Takes down whether the window said that it is at work while this is painted."""

    def __init__(self, parent: QWidget, at_work: AtWork) -> None:
        super().__init__(parent)
        self._at_work = at_work
        self.seen: list[int] = []

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.seen.append(self._at_work.depth)


@pytest.fixture
def at_work() -> AtWork:
    return AtWork()


@pytest.fixture
def session(desk: Desk, at_work: AtWork) -> Iterator[Session]:
    made = Session(replace(desk.ports(desk.readers), at_work=at_work))
    yield made
    made.close()


def test_while_an_answer_is_taken_the_window_is_at_work(session: Session, at_work: AtWork) -> None:
    seen: list[int] = []
    session.read(lambda: at_work.depth, lambda behind: seen.extend((behind, at_work.depth)))
    session.background.wait_idle()
    assert seen == [0, 1]
    assert at_work.depth == 0


def test_while_what_was_touched_is_passed_on_the_window_is_at_work(
    session: Session, at_work: AtWork, qtbot: QtBot
) -> None:
    seen: list[int] = []
    session.touched.connect(lambda _tables: seen.append(at_work.depth))
    with qtbot.waitSignal(session.touched):
        session.tell_touched(frozenset({"account"}))
    assert seen == [1]
    session.background.wait_idle()
    assert at_work.depth == 0


def test_while_it_paints_the_window_is_at_work(session: Session, at_work: AtWork, qtbot: QtBot) -> None:
    window = Window(session, PAGES)
    painted = Painted(window, at_work)
    painted.resize(20, 20)
    with qtbot.waitExposed(window):
        window.show()
    session.background.wait_idle()
    painted.seen.clear()
    painted.raise_()
    painted.update()
    qtbot.waitUntil(lambda: bool(painted.seen))
    assert set(painted.seen) == {1}
    window.close()
    assert at_work.depth == 0
