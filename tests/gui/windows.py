"""A session and a window on one rep's portfolio, and the few gestures that tests make on them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ports.loads import Loads
from app.ports.readers import Readers
from app.store.opening import Store, open_store
from tests.gui.fakes import COMPANY, ME, FakeCourier, FixedClock, NoPaper, NoSealer, readers_of
from tests.gui.one_rep import fill
from views.pages import PAGES
from views.shell.session import Ports, Session, make_ports
from views.shell.window import Window

KEY = bytes(range(32))


def make_portfolio(path: Path) -> None:
    """Write the store file of `one_rep`."""
    store = open_store(path, KEY, FixedClock(), ME)
    fill(store)
    store.close()


class Desk:
    """A store, a session on it, and a window when one is asked for; `close` ends it all."""

    def __init__(
        self, path: Path, courier: FakeCourier | None = None, language: str = "fr", loads: Loads | None = None
    ) -> None:
        self.clock = FixedClock()
        self.store: Store = open_store(path, KEY, self.clock, ME)
        self.readers = readers_of(self.store)
        self.courier = courier or FakeCourier()
        self.loads = loads
        self.session = Session(self.ports(self.readers), language)
        self.store.work.listen(lambda _tables: self.readers.totals.forget())
        self.store.work.listen(self.session.tell_touched)
        self.window: Window | None = None

    def ports(self, readers: Readers) -> Ports:
        """The ports of the session."""
        return make_ports(
            work=self.store.work,
            readers=readers,
            history=self.store.history,
            courier=self.courier,
            clock=self.clock,
            paper=NoPaper(),
            sealer=NoSealer(),
            company=COMPANY,
            loads=self.loads,
        )

    def show(self, page: str = "", width: int = 1366, height: int = 768, **where: str) -> Window:
        """Open the window at a page and wait until it shows all it reads."""
        return self.show_at(page, where, (width, height))

    def show_at(self, page: str, where: dict[str, str], size: tuple[int, int] = (1366, 768)) -> Window:
        """The same, with the place as a dict."""
        window = Window(self.session, PAGES)
        self.window = window
        window.resize(*size)
        window.show()
        if page:
            window.pages.go(page, **where)
        self.settle()
        return window

    def settle(self) -> None:
        """Wait until nothing is read, written or laid out any more."""
        for _ in range(3):
            self.session.background.wait_idle()
            QApplication.processEvents()

    def close(self) -> None:
        """End the window, the threads and the store."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        self.session.close()
        self.session.deleteLater()
        QApplication.processEvents()
        self.store.close()


def press(widget: QWidget, at: QPoint | None = None) -> None:
    """Press a widget with the mouse, in its middle unless told where."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at if at is not None else widget.rect().center())


def type_in(widget: QWidget, text: str) -> None:
    """Type a text, letter by letter."""
    QTest.keyClicks(widget, text)
