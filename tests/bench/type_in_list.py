"""Types into the list of 100,000 accounts, in the true window on the true store, and times each key to its repaint."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.adapters.clock import SystemClock
from app.adapters.keyring import InAppSecrets
from app.bootstrap.device import _put_together
from app.domain.identifiers import RepId
from app.store.opening import open_store
from tests.bench import large_portfolio
from tests.bench.at_work import at_work
from views.accounts.accounts_page import AccountsPage
from views.shell import application, start
from views.shell.session import Session

# What reps type: the beginning of a name, a town, a family, two words, a number; upper case and accents as they come.
TYPED = [
    "fleurs de la rose",
    "chartres",
    "martin",
    "Boul moreau",
    "etude petit",
    "28-0",
    "Électricité",
    "opticien tours",
]


class Painted(QObject):
    """Sees that a list was painted after its model had the answer."""

    def __init__(self, page: AccountsPage) -> None:
        super().__init__()
        self.is_answered = self.is_painted = False
        page.model.counted.connect(self._answered)
        page.list.viewport().installEventFilter(self)

    def _answered(self) -> None:
        self.is_answered = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self.is_answered:
            self.is_painted = True
        return False


def _key(app: QApplication, field: QWidget, painted: Painted, letter: str) -> float:
    painted.is_answered = painted.is_painted = False
    began = time.perf_counter()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    while not painted.is_painted:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    # The filter saw the event before the list did; by now, with the loop's turn over, the list has painted.
    return (time.perf_counter() - began) * 1000


def _settle(app: QApplication, session: Session) -> None:
    """What follows a key (the card beside the list) has its time before the next one, as with a person."""
    while session.background.under_way:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()


def main() -> int:
    """Prints the milliseconds of every key as one JSON list; `sys.argv[1]` is a folder with the portfolio's store."""
    folder = Path(sys.argv[1])
    app = start.application()
    clock = SystemClock()
    store = open_store(folder / "store.db", large_portfolio.KEY, clock, RepId(large_portfolio.REP))
    device = _put_together(folder, store, InAppSecrets(folder / "secrets.json"), clock, "http://127.0.0.1:9")
    with at_work(device) as (session, window):
        application.put_before(window, 1366, 768)
        window.pages.go("accounts", view="all")
        _settle(app, session)
        page = window.pages.page
        if not isinstance(page, AccountsPage):
            raise TypeError(f"the window shows {page}")
        painted = Painted(page)
        taken: list[float] = []
        for round_number in range(3):
            for words in TYPED:
                page.search.clear()
                _settle(app, session)
                for letter in words:
                    spent = _key(app, page.search, painted, letter)
                    _settle(app, session)
                    if round_number:  # the first round warms the store's cache
                        taken.append(spent)
        print(json.dumps({"rows": page.model.count, "milliseconds": taken}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
