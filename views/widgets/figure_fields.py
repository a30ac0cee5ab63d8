"""Fields for amounts and rates: comma or point as one likes, and never a figure lost or guessed."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPointingDevice
from PySide6.QtWidgets import QWidget

from views.formats import EURO, MINUS, NotUnderstood, formats
from views.shell.theme import RIGHT, Ink, paint_text, theme
from views.widgets.fields import TextField
from views.widgets.keypad import Keypad

_BY_HAND = (QPointingDevice.PointerType.Finger, QPointingDevice.PointerType.Pen)


class FigureField(TextField):
    """A field that reads a figure; what it cannot read stays as typed, and says why.

    `value_changed` goes out with the new value (None for an empty field) at every keystroke that makes another
    value; `error_changed` with the words of what is wrong, or nothing, when the field is left or mended.
    """

    value_changed = Signal(object)
    error_changed = Signal(str)
    read_again = Signal()
    """What stands in the field was read anew, whether it was understood or not."""

    def __init__(self, parent: QWidget | None = None, *, lowest: int | None = None, highest: int | None = None) -> None:
        """`lowest` and `highest` bound the value, in the unit of the field."""
        super().__init__("", "", parent)
        self._value: int | None = None
        self._problem = ""
        self._shown_problem = ""
        self._lowest, self._highest = lowest, highest
        self._keypad: Keypad | None = None
        self.textEdited.connect(self._typed)

    # --------------------------------------------------------------------------------------- the figure
    @abstractmethod
    def read(self, text: str) -> int | None:
        """The value of a text; raises NotUnderstood."""

    @abstractmethod
    def write(self, value: int) -> str:
        """The text of a value."""

    @property
    @abstractmethod
    def unit(self) -> str:
        """The sign at the right of the figure."""

    def value(self) -> int | None:
        """The last value that was understood, None for an empty field."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a value; nothing goes out, for nobody typed it."""
        self._value = value
        self._problem = ""
        self.setText("" if value is None else self.write(value))
        self._show_problem()

    @property
    def is_valid(self) -> bool:
        """Whether what stands in the field is understood and within bounds."""
        return not self._problem

    def problem(self) -> str:
        """What is wrong with what stands in the field, in words; empty when nothing is."""
        return self._problem

    def commit(self) -> bool:
        """Write the figure the way it should look, or say what is wrong; whether all is well."""
        if self._problem:
            self._show_problem()
            return False
        self.setText("" if self._value is None else self.write(self._value))
        self._show_problem()
        return True

    def _typed(self, text: str) -> None:
        try:
            value = self.read(text)
        except NotUnderstood as refusal:
            self._problem = self._words(refusal.kind)
        else:
            self._problem = self._out_of_bounds(value)
            if not self._problem and value != self._value:
                self._value = value
                self.value_changed.emit(value)
        if self._shown_problem and not self._problem:
            self._show_problem()
        self.read_again.emit()

    def _out_of_bounds(self, value: int | None) -> str:
        if value is None:
            return ""
        if self._lowest is not None and value < self._lowest:
            return self.tr("Pas moins de %1").replace("%1", self.write(self._lowest))
        if self._highest is not None and value > self._highest:
            return self.tr("Pas plus de %1").replace("%1", self.write(self._highest))
        return ""

    def _words(self, kind: str) -> str:
        return {
            "characters": self.tr("Des chiffres, une virgule ou un point"),
            "separators": self.tr("Une seule virgule, comme 1\u00a0234,56"),
            "decimals": self.tr("Deux décimales au plus"),
            "range": self.tr("Trop grand"),
        }[kind]

    def _show_problem(self) -> None:
        if self._problem != self._shown_problem:
            self._shown_problem = self._problem
            self.set_state("error" if self._problem else "")
            self.error_changed.emit(self._problem)

    # --------------------------------------------------------------------------------------- the keypad
    def press(self, key: str) -> None:
        """Do what a key of the keypad says: a figure, `,`, `00`, `back`, `clear` or `sign`."""
        text = self.text()
        if key == "back":
            self.backspace()
        elif key == "clear":
            self.selectAll()
            self.insert("")
        elif key == "sign":
            bare = text.lstrip(MINUS + "-")
            self.setText(bare if bare != text else MINUS + text)
            self._typed(self.text())
            return
        else:
            self.insert(formats().decimal_mark if key == "," else key)
        self._typed(self.text())

    def open_keypad(self) -> Keypad:
        """Show the keypad beside the field; the one already there, if there is one."""
        if self._keypad is None:
            self._keypad = Keypad(self)
            self._keypad.pressed.connect(self.press)
            self._keypad.accepted.connect(self.commit)
            self._keypad.destroyed.connect(self._keypad_gone)
        return self._keypad

    def _keypad_gone(self) -> None:
        self._keypad = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.pointerType() in _BY_HAND:
            self.open_keypad()

    # --------------------------------------------------------------------------------------- manners
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        box = QRectF(self.rect()).adjusted(0, 0, -look.px("field_pad"), 0)
        ink = Ink("text-3" if self.isEnabled() else "text-disabled")
        paint_text(QPainter(self), box, self.unit, ink, RIGHT)

    def _make_room(self) -> None:
        look = theme()
        self.setTextMargins(0, 0, round(look.metrics().horizontalAdvance(self.unit)) + look.space(1), 0)


class MoneyField(FigureField):
    """An amount in cents."""

    def __init__(
        self,
        cents: int | None = None,
        parent: QWidget | None = None,
        *,
        lowest: int | None = None,
        highest: int | None = None,
        compact: bool = False,
    ) -> None:
        """`compact` writes it in body size, for a row of a table."""
        super().__init__(parent, lowest=lowest, highest=highest)
        if not compact:
            self.setProperty("kind", "money")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_value(cents)

    def cents(self) -> int | None:
        """The amount in cents, None when empty."""
        return self.value()

    def set_cents(self, cents: int | None) -> None:
        """Show an amount."""
        self.set_value(cents)

    def read(self, text: str) -> int | None:
        return formats().read_amount(text)

    def write(self, value: int) -> str:
        return formats().amount(value)

    @property
    def unit(self) -> str:
        return EURO


class PercentField(FigureField):
    """A rate in basis points: 8 % is 800."""

    def __init__(
        self,
        basis_points: int | None = None,
        parent: QWidget | None = None,
        *,
        lowest: int | None = 0,
        highest: int | None = 10000,
    ) -> None:
        super().__init__(parent, lowest=lowest, highest=highest)
        self.set_value(basis_points)

    def basis_points(self) -> int | None:
        """The rate in basis points, None when empty."""
        return self.value()

    def set_basis_points(self, basis_points: int | None) -> None:
        """Show a rate."""
        self.set_value(basis_points)

    def read(self, text: str) -> int | None:
        return formats().read_percent(text)

    def write(self, value: int) -> str:
        return formats().percent(value).rstrip("%\u00a0")

    @property
    def unit(self) -> str:
        return "%"
