"""What moves while the road and the queue are read is seen by one more reading, also where the reading failed."""

from __future__ import annotations

import threading

import pytest

from app.ports.readers import SyncPicture
from app.ports.trouble import Trouble
from tests.gui.windows import Desk
from views.shell.sync_watch import SyncWatch


@pytest.mark.parametrize("fails", [False, True])
def test_however_often_it_moves_meanwhile_one_more_reading_sees_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    session = desk.session
    session.background.wait_idle()
    looked: list[SyncPicture] = []
    failed: list[Exception] = []
    gate = threading.Event()
    whole = session.readers.sync

    def sync() -> SyncPicture:
        looked.append(whole())
        if len(looked) == 1:
            assert gate.wait(10)
            if fails:
                raise Trouble("STORE_BUSY")
        return looked[-1]

    monkeypatch.setattr(session.readers, "sync", sync)
    watch = SyncWatch(session.background, session.courier, session.readers, failed.append)
    for _ in range(4):
        watch.look()
    gate.set()
    session.background.wait_idle()
    assert len(looked) == 2
    assert len(failed) == int(fails)
    assert watch.standing is not None
    assert watch.standing.queue is looked[-1]
