"""The one application of the process: its look, its loop, its door, and where the system wants its data."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QStandardPaths
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ports.entrance import Entrance
from views.pages import PAGES
from views.shell.entrance_page import EntrancePage
from views.shell.menu import LANGUAGE_KEY, THEME_KEY
from views.shell.session import Ports, Session
from views.shell.theme import SYSTEM, install, theme
from views.shell.window import Window


def application() -> QApplication:
    """Give the one application, in its look."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of application runs already")
    app.setApplicationName("Tournée")
    install(app, SYSTEM)
    return app


def session_with(ports: Ports) -> Session:
    """Give a session that speaks the language that was chosen last."""
    return Session(ports, ports.memory.get(LANGUAGE_KEY) or "fr")


def window_on(session: Session, *, training: bool) -> Window:
    """Give the window in the look that was chosen last; it comes back to where it was left."""
    theme().use(session.memory.get(THEME_KEY) or SYSTEM)
    return Window(session, PAGES, training=training)


def run(window: Window) -> int:
    """Show the window until it is closed; gives the exit code."""
    window.show()
    return application().exec()


def put_before(window: Window, width: int, height: int) -> None:
    """Show the window at a size in logical pixels and give it the keyboard, as before a person."""
    window.resize(width, height)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)


def put_away(window: Window) -> None:
    """Close a window and let it end."""
    window.close()
    window.deleteLater()
    QApplication.processEvents()


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
    page.resize(theme().px("first_width"), theme().px("first_height"))
    page.show()
    loop.exec()
    page.close_threads()
    return bool(opened)


def data_folder() -> Path:
    """Give the user's folder for the app's data, as the system wants it."""
    root = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(root) / "tournee"
