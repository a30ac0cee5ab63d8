"""Work away from the window: one thread writes the store, one reads it, one speaks with the centre."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from app.ports.courtesy import AtWork

T = TypeVar("T")


class Lane(StrEnum):
    """A thread of its own: jobs of one lane run one after the other, lanes run side by side."""

    STORE = "store"
    READING = "reading"
    NETWORK = "network"


class Job:
    """One piece of work under way; its answer or its failure arrives on the window's thread."""

    def __init__(
        self,
        do: Callable[[], Callable[[], None]],
        failed: Callable[[Exception], object],
        label: str,
        latest: str,
        *,
        is_read: bool = False,
    ) -> None:
        """`do` works on its lane and gives what is to be called with the answer on the window's thread."""
        self._do = do
        self._failed = failed
        self.label = label
        self.latest = latest
        self.is_read = is_read
        self.is_wanted = True
        self._answer: Callable[[], None] | None = None
        self._error: Exception | None = None

    def cancel(self) -> None:
        """Want no answer any more: what has not begun never will, what has begun ends unheard."""
        self.is_wanted = False

    def run(self) -> None:
        """Do the work, on the lane's thread."""
        if self.is_wanted:
            try:
                self._answer = self._do()
            except Exception as error:  # noqa: BLE001 - carried over to the window's thread and shown there
                self._error = error

    def deliver(self) -> None:
        """Hand over the answer or the failure, on the window's thread, unless nobody wants it any more."""
        if self._error is not None:
            # A failure is told even if nobody waits for the answer: nothing goes wrong in silence.
            self._failed(self._error)
        elif self.is_wanted and self._answer is not None:
            self._answer()


def _hand_over(answer: T, then: Callable[[T], object] | None) -> None:
    if then is not None and _is_there(then):
        then(answer)


def _is_there(callback: Callable[..., object]) -> bool:
    """Whether the widget that waits for the answer has not been closed meanwhile."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class Background(QObject):
    """Runs jobs on their lanes and delivers their answers; `idle` goes out when nothing is under way."""

    idle = Signal()
    moved = Signal()
    """The list of jobs under way has changed."""
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None, at_work: AtWork | None = None) -> None:
        super().__init__(parent)
        self._at_work = at_work or nullcontext()
        self._lanes = {lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"tournee-{lane}") for lane in Lane}
        self._under_way: list[Job] = []
        self._latest: dict[str, Job] = {}
        self._is_closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def under_way(self) -> tuple[Job, ...]:
        """Every job that is queued, runs, or whose answer is on its way."""
        return tuple(self._under_way)

    def run(
        self,
        lane: Lane,
        do: Callable[[], T],
        then: Callable[[T], object] | None,
        failed: Callable[[Exception], object],
        *,
        label: str = "",
        latest: str = "",
    ) -> Job:
        """Queue `do` on a lane; a newer job with the same `latest` makes this one's answer unwanted."""

        def work() -> Callable[[], None]:
            answer = do()
            return lambda: _hand_over(answer, then)

        job = Job(work, failed, label, latest, is_read=lane is Lane.READING)
        if self._is_closed:
            job.cancel()
            return job
        if latest:
            if latest in self._latest:
                self._latest[latest].cancel()
            self._latest[latest] = job
        self._under_way.append(job)
        self._lanes[lane].submit(self._work, job)
        self.moved.emit()
        return job

    def _work(self, job: Job) -> None:
        job.run()
        self._finished.emit(job)

    @Slot(object)
    def _deliver(self, job: Job) -> None:
        if job not in self._under_way:
            return
        try:
            with self._at_work:
                job.deliver()
        finally:
            self._under_way.remove(job)
            if self._latest.get(job.latest) is job:
                del self._latest[job.latest]
            self.moved.emit()
            if not self._under_way:
                self.idle.emit()

    def wait_idle(self, milliseconds: int = 10_000) -> None:
        """Let the window live until every job is answered; raises TimeoutError. For tests and for closing."""
        clock = QElapsedTimer()
        clock.start()
        while self._under_way:
            left = milliseconds - clock.elapsed()
            if left <= 0:
                message = f"still under way: {[job.label or job.latest for job in self._under_way]}"
                raise TimeoutError(message)
            loop = QEventLoop()
            self.idle.connect(loop.quit)
            QTimer.singleShot(int(left), loop, loop.quit)
            loop.exec()
            self.idle.disconnect(loop.quit)

    def close(self) -> None:
        """End the lanes: what writes is finished, reads that have not begun are dropped."""
        self._is_closed = True
        for job in self._under_way:
            if job.is_read:
                job.cancel()
        for executor in self._lanes.values():
            executor.shutdown(wait=True)
        self._under_way.clear()
        self._latest.clear()
