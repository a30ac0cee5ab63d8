"""Fields to type in: a line of text, a choice, a search, each with its label, its hint and its error."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from views.shell.theme import paint_icon, set_property, set_role, theme
from views.widgets.announce import announce
from views.widgets.buttons import IconButton
from views.widgets.labels import label


@runtime_checkable
class TellsItsError(Protocol):
    """A field that reads what is typed and says itself what is wrong with it."""

    @property
    def error_changed(self) -> SignalInstance:
        """Goes out with the words of the error, or with nothing when it is mended."""
        ...


class TextField(QLineEdit):
    """One line of text, 44 high; may show an icon at its right; `state` is empty, error or ok."""

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
        *,
        trailing: str | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._trailing = trailing
        self.setPlaceholderText(placeholder)
        self.setProperty("state", "")
        self.setProperty("ownFocus", True)
        self._make_room()

    @property
    def state(self) -> str:
        """Empty, error or ok."""
        return str(self.property("state"))

    def set_state(self, state: str) -> None:
        """Show it as wrong (error), right (ok) or neither."""
        set_property(self, "state", state)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("target"), theme().px("field"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        name, colour = ("check", "ok") if self.state == "ok" else (self._trailing, "text")
        if name:
            look = theme()
            left = self.width() - look.px("field_pad") - look.px("icon")
            paint_icon(QPainter(self), QPointF(left, (self.height() - look.px("icon")) / 2), name, colour)

    def _make_room(self) -> None:
        look = theme()
        taken = look.px("icon") + look.space(2) if self._trailing or self.state == "ok" else 0
        self.setTextMargins(0, 0, taken, 0)


class SearchField(TextField):
    """A field that answers while one types: `asked` goes out with the text at every change."""

    asked = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", placeholder, parent)
        self.setProperty("kind", "search")
        self.setAccessibleName(placeholder)
        self._clear = IconButton("x", self.tr("Effacer la recherche"), "bare", self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._clear.clicked.connect(self.clear)
        self.textChanged.connect(self._tell)
        self._tell_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = theme().px("target")
        self._clear.setGeometry(self.width() - side, 0, side, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties it; a second one is for whoever holds the field."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        at = QPointF(look.px("field_pad") + 2, (self.height() - look.px("icon")) / 2)
        paint_icon(QPainter(self), at, "search", "text-2")

    def _make_room(self) -> None:
        """Its margins are its own."""

    def _tell_room(self) -> None:
        look = theme()
        cross = look.px("target") - look.px("field_pad") if self.text() else 0
        self.setTextMargins(look.px("icon") + look.space(2) + 2, 0, cross, 0)

    def _tell(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._tell_room()
        self.asked.emit(text)


class SelectField(QComboBox):
    """A choice among a few: the chosen one in words and a chevron; the list below has rows of 44."""

    def __init__(self, choices: list[str] | tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems(list(choices))
        self.setProperty("state", "")
        self.setProperty("ownFocus", True)
        # Without a delegate of its own the list ignores the style sheet's row height.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_state(self, state: str) -> None:
        """Show it as wrong (error) or not."""
        set_property(self, "state", state)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        side = look.px("icon_small")
        at = QPointF(self.width() - look.px("field_pad") - side, (self.height() - side) / 2)
        ink = "text" if self.isEnabled() else "text-disabled"
        paint_icon(QPainter(self), at, "down", ink, side)


class LabelledField(QWidget):
    """A field under its label, over one line for a hint, an error or an all-right."""

    def __init__(self, name: str, editor: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        """`editor` may be any widget; one that tells its errors (`error_changed`) shows them here."""
        super().__init__(parent)
        look = theme()
        self._editor = editor
        self._hint = hint
        self._label = label(name, "small", self)
        self._label.setBuddy(editor)
        self._icon = _SmallIcon("alert", "danger", self)
        self._message = label(hint, "small-quiet", self)
        editor.setAccessibleName(name)
        below = QHBoxLayout()
        below.setContentsMargins(0, look.px("border.focus") + 1, 0, 0)
        below.setSpacing(look.px("chip_gap"))
        below.addWidget(self._icon)
        below.addWidget(self._message, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addSpacing(look.space(1))
        column.addWidget(editor)
        column.addLayout(below)
        self._show("small-quiet", hint)
        if isinstance(editor, TellsItsError):
            editor.error_changed.connect(self.set_error)

    @property
    def editor(self) -> QWidget:
        """What one types in."""
        return self._editor

    def message(self) -> str:
        """The line below: error, all-right or hint."""
        return self._message.text()

    def set_hint(self, hint: str) -> None:
        """What the line below says when there is nothing else to say."""
        self._hint = hint
        self._show("small-quiet", hint)

    def set_error(self, words: str | None) -> None:
        """Say what is wrong in words under the field, or that nothing is (None or empty)."""
        self._mark("error" if words else "")
        announce(self, words or "")
        self._show("danger" if words else "small-quiet", words or self._hint)

    def set_ok(self, words: str | None) -> None:
        """Say that what was typed is right, or say nothing."""
        self._mark("ok" if words else "")
        self._show("ok" if words else "small-quiet", words or self._hint)

    def _mark(self, state: str) -> None:
        if isinstance(self._editor, TextField | SelectField):
            self._editor.set_state(state)

    def _show(self, role: str, words: str) -> None:
        self._icon.setVisible(role == "danger")
        self._message.setText(words)
        set_role(self._message, role)
        self._editor.setAccessibleDescription(words)


class _SmallIcon(QWidget):
    def __init__(self, name: str, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = (name, colour)
        side = theme().px("icon_small")
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QPointF(0, 0), *self._icon, theme().px("icon_small"))
