"""The true window on a true device while sync works behind it: a process of its own, for the bench.

A heart beats in its event loop: what keeps a beat from coming would keep a tap or a key waiting.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from app.adapters.clock import SystemClock
from app.adapters.keyring import InAppSecrets
from app.bootstrap.device import Device, enrolled
from app.bootstrap.window import warm_up
from app.ports.entrance import Enrolment
from app.store.rows import SYNCED
from tests.bench.at_work import at_work
from tests.bench.sync.centre import PASSWORD
from tests.bench.sync.rows import TABLE
from tests.bench.sync.window_waiting import BEAT_MS, Beats, words_of
from views.shell import application, start
from views.shell.session import Session

QUIET_SECONDS = 2.0
TAIL_SECONDS = 0.2
"""How long is listened on when all has arrived: what the window still does about it counts too."""
PATIENCE_SECONDS = 120.0
DELTAS = 5
_EDITED = SYNCED.tables[TABLE]


class Heart(QObject):
    """Beats in the window's loop and takes the beats down."""

    def __init__(self) -> None:
        super().__init__()
        self.beats = Beats()
        self._waiting = _waiting_for_processor()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        self.beats.at.append(time.perf_counter() * 1000)
        self.beats.waited.append(self._waiting())

    def listened(self, live: Callable[[], None]) -> Beats:
        """Give the beats while `live` lets the loop live."""
        self.beats = found = Beats()
        live()
        self.beats = Beats()  # what comes after this phase is none of it
        return found


def _waiting_for_processor() -> Callable[[], float]:
    """Give what tells how long this thread has waited for a processor so far (milliseconds); 0 where nobody counts."""
    counted = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    if not counted.exists():
        return lambda: 0.0
    file = os.open(counted, os.O_RDONLY)
    return lambda: int(os.pread(file, 100, 0).split()[1]) / 1e6


class Until(QObject):
    """Lets the loop live until other threads have brought something about; asked on theirs, when it moves."""

    _true = Signal()

    def __init__(self, is_true: Callable[[], bool]) -> None:
        super().__init__()
        self._is_true = is_true
        self._found = threading.Event()
        self._loop = QEventLoop()
        self._true.connect(self._loop.quit, Qt.ConnectionType.QueuedConnection)

    def ask(self, _tables: object = None) -> None:
        """Something moved."""
        if not self._found.is_set() and self._is_true():
            self._found.set()
            self._true.emit()

    def live(self) -> None:
        """Wait for it. Raises TimeoutError."""
        QTimer.singleShot(round(PATIENCE_SECONDS * 1000), self._loop, self._loop.quit)
        if not self._found.is_set():
            self._loop.exec()
        if not self._found.is_set():
            raise TimeoutError("sync did not come to its end")


def live_for(seconds: float) -> None:
    """Let the loop live."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    loop.exec()


class Stage:
    """A window on a device, and what happens behind it."""

    def __init__(self, device: Device, session: Session, edits: Sequence[str], delta: int) -> None:
        self.device = device
        self.session = session
        self.edits = edits
        self.changed = delta
        self.heart = Heart()

    def until(self, is_true: Callable[[], bool]) -> Until:
        """Wait for something that moves with the store or the courier."""
        waiting = Until(is_true)
        self.device.store.work.listen(waiting.ask)
        self.device.courier.listen(waiting.ask)
        return waiting

    def while_lasts(self, waiting: Until, do: Callable[[], object]) -> Beats:
        """Listen from the moment that `do` begins it until it is true and the window has come to rest."""

        def live() -> None:
            do()
            waiting.live()
            self.session.background.wait_idle()
            live_for(TAIL_SECONDS)

        return self.heart.listened(live)

    def first_pull(self) -> Beats:
        """All that the centre holds for this rep arrives."""
        courier = self.device.courier
        whole = self.until(
            lambda: courier.road.progress is None and courier.is_online and self._count() >= len(self.edits)
        )
        return self.while_lasts(whole, self.device.start)

    def push(self) -> Beats:
        """What was done without the network leaves, an action each."""
        self.session.switch_network(on=False)
        self.session.act(self._edit)
        self.session.background.wait_idle(round(PATIENCE_SECONDS * 1000))
        live_for(TAIL_SECONDS)
        empty = self.until(lambda: self.device.feed.waiting().count == 0)
        return self.while_lasts(empty, lambda: self.session.switch_network(on=True))

    def delta(self) -> Beats:
        """Rows that changed at the centre arrive, several times."""
        found = Beats()
        for number in range(DELTAS):
            words = words_of(number)
            threading.Thread(target=self._wake_when_told, daemon=True).start()
            beats = self.while_lasts(self.until(partial(self._has_arrived, words)), partial(_tell, {}))
            found.at += beats.at
            found.waited += beats.waited
        return found

    def _edit(self) -> None:
        for row in self.edits:
            with self.device.store.work.begin("edit_contact") as tx:
                tx.rows.row(_EDITED, row)
                tx.rows.put(_EDITED, {"id": row, "detail": f"noted {row[-6:]}"})
                tx.commit()

    def _wake_when_told(self) -> None:
        if sys.stdin.readline():
            self.device.courier.wake()

    def _has_arrived(self, words: str) -> bool:
        return self._count("WHERE detail = ?", words) == self.changed

    def _count(self, which: str = "", *values: str) -> int:
        with self.device.store.engine.reader.connect() as connection:
            counted = connection.exec_driver_sql(f"SELECT count(*) FROM {TABLE} {which}", values)
            return int(counted.scalar_one())


def _tell(line: Mapping[str, Beats]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.flush()


class Asked(msgspec.Struct):
    """What the window's process is told."""

    centre: str
    login: str
    code: str
    folder: str
    page: str
    edits: list[str]
    delta: int


def main() -> int:
    """Reads what is asked as JSON; tells {} when the centre is to change rows, and at the end the beats by phase."""
    asked = msgspec.json.decode(sys.stdin.readline(), type=Asked)
    start.application()
    folder = Path(asked.folder)
    enrolment = Enrolment(
        centre=asked.centre, login=asked.login, password=PASSWORD, code=asked.code, passphrase="long enough a phrase"
    )
    device = enrolled(folder / "device", InAppSecrets(folder / "secrets.json"), SystemClock(), enrolment)
    with at_work(device) as (session, window):
        application.put_before(window, 1366, 768)
        window.pages.go(asked.page, **({"view": "all"} if asked.page == "accounts" else {}))
        session.background.wait_idle()
        warm_up()
        stage = Stage(device, session, asked.edits, asked.delta)
        live_for(QUIET_SECONDS)
        quiet = stage.heart.listened(lambda: live_for(QUIET_SECONDS))
        found = {"quiet": quiet, "first_pull": stage.first_pull(), "push": stage.push(), "delta": stage.delta()}
        _tell(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
