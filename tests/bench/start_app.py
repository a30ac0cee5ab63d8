"""The app on a device that was left yesterday, timed from the moment its process was asked for."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

BEGAN = float(sys.argv[1])


def main() -> int:
    """Opens the store and the window as `tournee --training` does, but for the centre, which is not there."""
    stamps: dict[str, float] = {}

    def stamp(name: str) -> None:
        stamps[name] = (time.monotonic() - BEGAN) * 1000

    stamp("python")
    from PySide6.QtCore import QEventLoop, QTimer

    from app.bootstrap.training import TrainingBase
    from tests.bench.at_work import at_work
    from views.shell import start

    stamp("imports")
    app = start.application()
    stamp("application")
    device = TrainingBase(Path(sys.argv[2])).open_device("http://127.0.0.1:9", "")
    stamp("store")
    with at_work(device, training=True) as (session, window):
        stamp("window")
        window.resize(1366, 768)
        window.show()
        # Interactive: the first page has its content, it is painted, and the loop takes the next event.
        while session.background.under_way:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        app.processEvents()
        QTimer.singleShot(0, app.quit)
        app.exec()
        stamp("interactive")
        print(json.dumps(stamps), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
