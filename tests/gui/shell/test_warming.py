"""What the first rows need is made ready behind the window that shows, a bit at a turn, once."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from resources.wording import wording
from tests.gui.windows import Desk
from views.shell.theme import Theme
from views.shell.warming import INKS, Warming, _done


def _ready(density: float) -> int:
    return sum(drawn == density for _, drawn in _done)


def test_letters_and_words_are_made_ready_a_bit_at_a_turn(look: Theme, qtbot: QtBot) -> None:
    assert look.line("body")
    wording.cache_clear()
    turns: list[int] = []
    warming = Warming("fr", 7.0)  # a density that no window of another test has
    warming._timer.setInterval(0)
    warming._timer.timeout.connect(lambda: turns.append(_ready(7.0)))
    qtbot.waitUntil(lambda: warming.is_over)
    assert turns == [*range(len(INKS) + 1), len(INKS)], "the words first, and then one ink at a turn"
    assert wording.cache_info().currsize > 0


def test_what_is_ready_is_not_made_again(look: Theme, qtbot: QtBot) -> None:
    assert look.line("body")
    _done.update((ink, 9.0) for ink in INKS)
    turns: list[None] = []
    warming = Warming("fr", 9.0)
    warming._timer.setInterval(0)
    warming._timer.timeout.connect(lambda: turns.append(None))
    qtbot.waitUntil(lambda: warming.is_over)
    assert len(turns) == 2, "the words, which are read in already, and the end"


def test_a_window_that_shows_begins(desk: Desk) -> None:
    window = desk.show("today")
    assert window._warming is not None
    assert window._warming.findChildren(QTimer)
