"""A keypad of our own for amounts and rates, opened by finger or pen, never over the field it writes in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from views.formats import MINUS, formats
from views.shell.theme import set_surface, theme
from views.widgets.buttons import Button
from views.widgets.lift import lift
from views.widgets.popover import place_beside

_KEYS = (
    ("7", "8", "9", "back"),
    ("4", "5", "6", "sign"),
    ("1", "2", "3", "clear"),
    ("0", "00", ",", "ok"),
)
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class Keypad(QFrame):
    """Sixteen keys of 56; the focus stays in the field; gone when the field is left, by OK or by Escape."""

    pressed = Signal(str)
    """A key: a figure, `00`, `,`, `back`, `sign` or `clear`."""
    accepted = Signal()
    """OK was pressed."""

    def __init__(self, field: QWidget) -> None:
        """Shows itself beside `field`, as a child of its window, and goes when the field is left."""
        super().__init__(field.window())
        look = theme()
        self._field = field
        self.keys: dict[str, Button] = {}
        set_surface(self, "raised")
        self.setAccessibleName(self.tr("Pavé de chiffres"))
        grid = QGridLayout(self)
        pad = look.px("keypad_pad")
        grid.setContentsMargins(pad, pad, pad, pad)
        grid.setSpacing(look.px("keypad_gap"))
        for row, keys in enumerate(_KEYS):
            grid.setColumnStretch(row, 1)
            for column, key in enumerate(keys):
                grid.addWidget(self._make(key), row, column)
        self.setFixedWidth(look.px("keypad_width"))
        lift(self, 2)
        field.installEventFilter(self)
        field.window().installEventFilter(self)
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Stand under the field, or above it where there is no room, inside the window."""
        place_beside(self, self._field)

    def dismiss(self) -> None:
        """Go away."""
        self._field.removeEventFilter(self)
        self._field.window().removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the field: moved with the window, gone with the focus, closed by Escape."""
        kind = event.type()
        if watched is not self._field:
            if kind == QEvent.Type.Resize:
                self.place()
            return False
        if isinstance(event, QFocusEvent) and kind == QEvent.Type.FocusOut:
            if event.reason() not in _STAYS:
                self.dismiss()
        elif kind == QEvent.Type.Hide:
            self.dismiss()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return True
        return False

    def _make(self, key: str) -> Button:
        words = {
            "back": ("", "key-fn", self.tr("Effacer le dernier chiffre")),
            "sign": (MINUS, "key-fn", self.tr("Changer le signe")),
            "clear": ("C", "key-fn", self.tr("Tout effacer")),
            "ok": (self.tr("OK"), "key-ok", self.tr("OK")),
            ",": (formats().decimal_mark, "key", self.tr("Virgule")),
        }
        text, kind, name = words.get(key, (key, "key", key))
        made = Button(text, kind, "back" if key == "back" else None, self)
        made.setAccessibleName(name)
        # The focus stays in the field: a key is only ever pressed.
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if key == "ok":
            made.clicked.connect(self._accept)
        else:
            made.clicked.connect(lambda: self.pressed.emit(key))
        self.keys[key] = made
        return made

    def _accept(self) -> None:
        self.accepted.emit()
        self.dismiss()
