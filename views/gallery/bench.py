"""What a sheet of the bench is made of: named parts in columns, and widgets held still in a state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHoverEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.focus_ring import FocusRing
from views.widgets.labels import label

THEME_WORDS = {"light": "thème clair", "dark": "thème sombre", "contrast": "contraste élevé"}


class Sheet(QWidget):
    """One picture of the bench; a subclass fills the columns and says what is held in which state."""

    WIDTH = "sheet_width"

    def __init__(self, theme_name: str) -> None:
        super().__init__()
        look = theme()
        self.theme_name = theme_name
        self._later: list[Callable[[], object]] = []
        self._ringed: list[QWidget] = []
        self.setFixedWidth(look.px(self.WIDTH))
        self.page = QVBoxLayout(self)
        side = look.space(8) + look.space(1)
        self.page.setContentsMargins(side, look.px("leading_circle"), side, look.px("leading_circle"))
        self.page.setSpacing(look.space(6))
        self.fill()

    def fill(self) -> None:
        """Put the parts on the sheet."""
        raise NotImplementedError

    def when_shown(self, action: Callable[[], object]) -> None:
        """Do something once the sheet has its true size, as giving the focus."""
        self._later.append(action)

    def hold(self, widget: QWidget, state: str) -> QWidget:
        """Keep a widget as it is under the pointer, pressed, focused by Tab, disabled or busy."""
        if state == "hover":
            self.when_shown(lambda: come_near(widget))
        elif state == "focus":
            self._ringed.append(widget)
        elif state == "disabled":
            widget.setEnabled(False)
        elif isinstance(widget, Button) and state == "pressed":
            widget.setDown(True)
        elif isinstance(widget, Button) and state == "busy":
            widget.set_busy("Envoi…")
        return widget

    def draw(self, picture: Path) -> None:
        """Show the sheet, let it settle, and write the picture."""
        self.show()
        self.activateWindow()
        for _ in range(3):
            QApplication.processEvents()
            self.resize(self.width(), self.sizeHint().height())
        for action in self._later:
            action()
        for widget in self._ringed:
            FocusRing(self).show_round(widget)
        for _ in range(2):
            QApplication.processEvents()
        self.grab().save(str(picture))


def come_near(widget: QWidget, at: QPointF | None = None) -> None:
    """Put the pointer on a widget."""
    place = at or QPointF(widget.rect().center())
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QApplication.sendEvent(widget, QHoverEvent(QEvent.Type.HoverMove, place, place, place))
    QApplication.sendEvent(widget, move)


def part(name: str, content: QWidget | QLayout) -> QVBoxLayout:
    """A named part of the sheet."""
    column = QVBoxLayout()
    column.setSpacing(theme().px("keypad_pad"))
    column.addWidget(label(name, "caption"))
    if isinstance(content, QWidget):
        column.addWidget(content)
    else:
        column.addLayout(content)
    return column


def beside(items: Sequence[QWidget | QLayout | None], gap: int = 2) -> QHBoxLayout:
    """Widgets in a row with a step of space between; None is the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(theme().space(gap))
    for item in items:
        if item is None:
            row.addStretch(1)
        elif isinstance(item, QWidget):
            row.addWidget(item)
        else:
            row.addLayout(item)
    return row


def below(items: Sequence[QWidget | QLayout | None], gap: int = 2) -> QVBoxLayout:
    """Widgets in a column with a step of space between; None is the room that is left."""
    column = QVBoxLayout()
    column.setSpacing(theme().space(gap))
    for item in items:
        if item is None:
            column.addStretch(1)
        elif isinstance(item, QWidget):
            column.addWidget(item)
        else:
            column.addLayout(item)
    return column
