"""The first thing a person sees: the application's look, the door, and what is being made ready meanwhile.

Read in before all else, and light: the store, the pages and the network come in behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QStandardPaths
from PySide6.QtWidgets import QApplication, QWidget

from app.ports.entrance import Entrance
from views.shell.background import Background, Lane
from views.shell.entrance_page import EntrancePage, WaitingPage
from views.shell.theme import SYSTEM, install, theme

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


def through_the_door(entrance: Entrance) -> bool:
    """Show the door until the store is open or the door is closed; gives whether it is open."""
    application()
    page = EntrancePage(entrance)
    loop = QEventLoop()
    opened: list[bool] = []

    def open_up() -> None:
        opened.append(True)
        page.close()

    page.opened.connect(open_up)
    page.closed.connect(loop.quit)
    _present(page)
    loop.exec()
    page.close_threads()
    return bool(opened)


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
