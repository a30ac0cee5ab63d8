"""The first thing a person sees: the application's look, the door, and what is being made ready meanwhile.

Read in before all else, and light: the store, the pages and the network come in behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.ports.entrance import Entrance
from views.shell.background import Background, Lane
from views.shell.choices import FIRST_LANGUAGE, LANGUAGE_KEY, THEME_KEY
from views.shell.entrance_page import EntrancePage
from views.shell.memory import Memory
from views.shell.theme import SYSTEM, install, theme
from views.shell.waiting_page import WaitingPage

if TYPE_CHECKING:
    from views.shell.translations import Interpreter

T = TypeVar("T")
TURN_SECONDS = 0.0005
"""How long a thread computes before another has its turn: the window waits as long for each that works behind it."""


def application() -> QApplication:
    """Give the one application, in its look."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of application runs already")
    app.setApplicationName("Tournée")
    sys.setswitchinterval(TURN_SECONDS)
    install(app, SYSTEM)
    return app


def data_folder() -> Path:
    """Give the user's folder for the app's data, as the system wants it."""
    root = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(root) / "tournee"


def through_the_door(entrance: Entrance, memory: Memory) -> bool:
    """Show the door until the store is open or the door is closed; gives whether it is open.

    It wears the look and speaks the language that `memory` holds; a language chosen at the door is kept there.
    """
    application()
    theme().use(memory.get(THEME_KEY) or SYSTEM)
    door = Door(entrance, memory)
    loop = QEventLoop()
    door.left.connect(loop.quit)
    loop.exec()
    door.put_away()
    return door.is_open


class Door(QObject):
    """Keeps the door's page before a person, made anew where another language is asked for."""

    left = Signal()
    """The door was opened, or closed."""

    def __init__(self, entrance: Entrance, memory: Memory) -> None:
        super().__init__()
        self.is_open = False
        self._entrance, self._memory = entrance, memory
        self._interpreter: Interpreter | None = None
        self.page = self._made(memory.get(LANGUAGE_KEY) or FIRST_LANGUAGE)
        _present(self.page)

    def put_away(self) -> None:
        """End the page and what runs behind it."""
        self.page.close_threads()
        if self._interpreter is not None:
            self._interpreter.be_silent()

    def _made(self, language: str) -> EntrancePage:
        if language != FIRST_LANGUAGE or self._interpreter is not None:
            self._speak(language)
        page = EntrancePage(self._entrance, language)
        page.opened.connect(self._open)
        page.closed.connect(self.left)
        page.language_wanted.connect(self._use)
        return page

    def _speak(self, language: str) -> None:
        # Read in when another language than the source's is wanted: the door must not wait for it.
        from views.shell.translations import Interpreter

        if self._interpreter is None:
            self._interpreter = Interpreter(application())
        self._interpreter.speak(language)

    def _use(self, language: str) -> None:
        self._memory.put(LANGUAGE_KEY, language)
        before, self.page = self.page, self._made(language)
        self.page.setGeometry(before.geometry())
        self.page.show()
        before.closed.disconnect(self.left)
        before.close()
        before.close_threads()
        before.deleteLater()

    def _open(self) -> None:
        self.is_open = True
        self.page.close()


def while_the_training_base_is_made(do: Callable[[], T]) -> T | None:
    """Make it behind a page that says so; gives the answer of `do`, None when the page is closed meanwhile.

    Whatever `do` raises is raised here.
    """
    application()
    page = WaitingPage()
    loop = QEventLoop()
    background = Background()
    answers: list[T] = []
    failures: list[Exception] = []

    def answered(answer: T) -> None:
        answers.append(answer)
        loop.quit()

    def failed(error: Exception) -> None:
        failures.append(error)
        loop.quit()

    page.closed.connect(loop.quit)
    background.run(Lane.STORE, do, answered, failed)
    _present(page)
    loop.exec()
    background.close()
    page.hide()
    page.deleteLater()
    if failures:
        raise failures[0]
    return answers[0] if answers else None


def _present(page: QWidget) -> None:
    page.resize(theme().px("first_width"), theme().px("first_height"))
    page.show()
