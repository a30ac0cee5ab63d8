"""The smallest window that PySide6 can show, timed from the moment its process was asked for."""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class Watch(QObject):
    """Says when a window has been painted once and its loop takes the next event."""

    def __init__(self, app: QApplication, window: QMainWindow, began: float) -> None:
        super().__init__(window)
        self._app, self._began = app, began
        self._is_painted = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._say)
        return False

    def _say(self) -> None:
        print(json.dumps({"interactive": (time.monotonic() - self._began) * 1000}), flush=True)
        self._app.quit()


def main() -> int:
    """Shows it and ends; `sys.argv[1]` is the moment, on the monotonic clock of this machine."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Bonjour"))
    window.resize(1366, 768)
    watch = Watch(app, window, float(sys.argv[1]))
    window.show()
    code = app.exec()
    watch.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
