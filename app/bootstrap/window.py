"""The window put on a device: application, look, session, pages."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QStandardPaths
from PySide6.QtWidgets import QApplication

from app.bootstrap.device import Device
from app.ports.entrance import Entrance
from views.pages import PAGES
from views.shell.entrance_page import EntrancePage
from views.shell.menu import LANGUAGE_KEY, THEME_KEY
from views.shell.session import Session
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


def session_on(device: Device) -> Session:
    """Give a session that hears what the store and the courier touch."""
    ports = device.ports()
    session = Session(ports, ports.memory.get(LANGUAGE_KEY) or "fr")
    device.store.work.listen(session.tell_touched)
    return session


def window_on(session: Session, *, training: bool) -> Window:
    """Give the window; it comes back to where it was left."""
    theme().use(session.memory.get(THEME_KEY) or SYSTEM)
    return Window(session, PAGES, training=training)


def run_window(device: Device, *, training: bool) -> int:
    """Show the window until it is closed; then everything ends in order. Gives the exit code."""
    app = application()
    session = session_on(device)
    try:
        window = window_on(session, training=training)
        device.courier.start()
        window.show()
        return app.exec()
    finally:
        session.close()
        device.close()


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
