"""The app on a device that was left yesterday, up to its door: the first window a person can type into."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

BEGAN = float(sys.argv[1])


def main() -> int:
    """Shows the door as `tournee` does and ends once its loop takes the next event after its first painting."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from app.bootstrap.entrance import DeviceEntrance
    from views.shell import start
    from views.shell.entrance_page import EntrancePage

    app = start.application()
    page = EntrancePage(DeviceEntrance(Path(sys.argv[2])))

    class Watch(QObject):
        is_painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint and not self.is_painted:
                self.is_painted = True
                QTimer.singleShot(0, say)
            return False

    def say() -> None:
        print(json.dumps({"interactive": (time.monotonic() - BEGAN) * 1000}), flush=True)
        app.quit()

    watch = Watch(page)
    page.installEventFilter(watch)
    page.resize(1366, 768)
    page.show()
    app.exec()
    page.close_threads()
    return 0


if __name__ == "__main__":
    sys.exit(main())
