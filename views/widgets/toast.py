"""What was just done, in a sentence, with six seconds to take it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from views.shell.theme import Ink, set_surface, theme
from views.widgets.announce import announce
from views.widgets.buttons import Button
from views.widgets.labels import ElidedLabel
from views.widgets.lift import lift
from views.widgets.notice import IconLabel


class Toast(QFrame):
    """A dark bar at the foot of the window; it waits while the pointer is on it or its button has the focus."""

    undo_asked = Signal()
    """Annuler was pressed."""
    gone = Signal()
    """It went away, by itself or by Annuler."""

    def __init__(self, window: QWidget, text: str, *, undo: bool = True, icon: str = "check") -> None:
        """Shows itself in `window` at once; a toast already there goes."""
        super().__init__(window)
        self._window = window
        for other in window.findChildren(Toast):
            if other is not self:
                other.dismiss()
        look = theme()
        set_surface(self, "toast")
        self.setAccessibleName(text)
        self._text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px("button_pad"), 0, look.px("keypad_gap") if undo else look.px("button_pad"), 0)
        row.setSpacing(look.space(3))
        row.addWidget(IconLabel(icon, "sheet"))
        row.addWidget(ElidedLabel(text, Ink("sheet")), 1)
        self.undo: Button | None = None
        if undo:
            self.undo = Button(self.tr("Annuler"), "on-toast", "undo")
            self.undo.clicked.connect(self._take_back)
            row.addWidget(self.undo)
        lift(self, 2)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(look.duration("toast"))
        self._timer.timeout.connect(self._time_is_up)
        window.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()
        announce(self, text)
        self._timer.start()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def place(self) -> None:
        """Stand centred over the foot of the window."""
        look = theme()
        window = self._window
        room = window.width() - 2 * look.px("content_pad_portrait")
        width = min(room, max(look.px("toast_max"), self.sizeHint().width()))
        height = look.px("toast")
        below = look.px("rail_bottom") if window.width() < look.px("fold") else 0
        top = window.height() - below - height - look.px("content_pad_portrait")
        self.setGeometry((window.width() - width) // 2, top, width, height)

    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.gone.emit()
        self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def _take_back(self) -> None:
        self.undo_asked.emit()
        self.dismiss()

    def _time_is_up(self) -> None:
        if self.undo is not None and self.undo.hasFocus():
            self._timer.start()
        else:
            self.dismiss()


def say_done(window: QWidget, text: str, *, undo: bool = True) -> Toast:
    """Show what was just done; connect `undo_asked` to take it back."""
    toast = Toast(window, text, undo=undo)
    toast.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return toast
