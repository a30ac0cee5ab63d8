"""The window on a session: shown, put before a person, put away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from views.pages import PAGES
from views.shell.choices import FIRST_LANGUAGE, LANGUAGE_KEY, THEME_KEY
from views.shell.session import Ports, Session
from views.shell.start import application
from views.shell.theme import SYSTEM, theme
from views.shell.window import Window


def session_with(ports: Ports) -> Session:
    """Give a session that speaks the language that was chosen last."""
    return Session(ports, ports.memory.get(LANGUAGE_KEY) or FIRST_LANGUAGE)


def window_on(session: Session, *, training: bool) -> Window:
    """Give the window in the look that was chosen last; it comes back to where it was left."""
    theme().use(session.memory.get(THEME_KEY) or SYSTEM)
    return Window(session, PAGES, training=training)


def run(window: Window) -> int:
    """Show the window until it is closed; gives the exit code."""
    window.show()
    return application().exec()


class _Bell(QObject):
    """Rings from any thread, is heard on the window's."""

    rang = Signal()


def closer(window: Window) -> Callable[[], None]:
    """Give what closes a window from any thread."""
    bell = _Bell(window)
    bell.rang.connect(window.close, Qt.ConnectionType.QueuedConnection)
    return bell.rang.emit


def put_before(window: Window, width: int, height: int) -> None:
    """Show the window at a size in logical pixels and give it the keyboard, as before a person."""
    from PySide6.QtTest import QTest

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
