"""What lies over the page for a moment: a veil over the window, a raised frame, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from views.shell.theme import MUTED, Ink, set_surface, theme
from views.widgets.buttons import Button, IconButton
from views.widgets.labels import Paragraph, rule
from views.widgets.lift import lift


class Overlay(QWidget):
    """A child that fills the window, holds the focus while it is open and gives it back when it closes."""

    closed = Signal()
    """It closed, however that came."""

    def __init__(self, window: QWidget, *, width: int, top: int) -> None:
        """`width` and `top` of the frame in logical pixels; a narrow window gets all of its width."""
        super().__init__(window)
        self._window = window
        self._width, self._top = width, top
        self._before: QWidget | None = None
        self.frame = QFrame(self)
        set_surface(self.frame, "dialog")
        lift(self.frame, 3)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it lies over the page."""
        return not self.isHidden()

    def open(self) -> None:
        """Lie over the page and take the focus; the first field or button gets it."""
        window = self._window
        self._before = QApplication.focusWidget()
        window.installEventFilter(self)
        self.show()
        self.raise_()
        self.place()
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fade_in()

    def close_overlay(self) -> None:
        """Go, and give the focus back to where it was."""
        if self.isHidden():
            return
        self._window.removeEventFilter(self)
        self.hide()
        # The widget may have gone with what the dialog did.
        before = self._before
        self._before = None
        if before is not None and _still_there(before, self._window):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def first_focus(self) -> QWidget | None:
        """What gets the focus at the start: the first thing in the frame that takes it."""
        return next((child for child in self._focusable() if child.isEnabled()), None)

    def place(self) -> None:
        """Fill the window; the frame stands at its top, or takes the whole width of a narrow one."""
        window = self._window
        self.setGeometry(window.rect())
        margin = theme().px("content_pad_portrait")
        narrow = window.width() < self._width + 2 * margin
        width = window.width() - 2 * margin if narrow else self._width
        top = margin if narrow else self._top
        layout = self.frame.layout()
        if layout is not None and layout.hasHeightForWidth():
            wanted = layout.totalHeightForWidth(width)
        else:
            wanted = self.frame.sizeHint().height()
        height = min(wanted, window.height() - top - margin)
        self.frame.setGeometry((window.width() - width) // 2, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def event(self, event: QEvent) -> bool:
        """Grow or shrink with what the frame holds."""
        if event.type() == QEvent.Type.LayoutRequest and not self.isHidden():
            self.place()
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the frame."""
        inside = [child for child in self._focusable() if child.isEnabled()]
        if not inside:
            return True
        now = QApplication.focusWidget()
        at = inside.index(now) if now in inside else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the frame does nothing to the page under it."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().c("scrim"))

    def _focusable(self) -> list[QWidget]:
        found: list[QWidget] = []
        child = self.frame.nextInFocusChain()
        while child is not self.frame and child is not None:
            takes = bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes and child.isVisible() and self.frame.isAncestorOf(child):
                found.append(child)
            child = child.nextInFocusChain()
        return found

    def _fade_in(self) -> None:
        duration = theme().duration("enter")
        if not duration:
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", self)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.setDuration(duration)
        # An effect left in place would repaint the whole veil at every keystroke.
        fade.finished.connect(effect.deleteLater)
        fade.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)


def _still_there(widget: QWidget, window: QWidget) -> bool:
    return widget is window or widget in window.findChildren(QWidget)


class Dialog(Overlay):
    """A title, a sentence, a body and a foot with buttons; Escape and × close it and change nothing."""

    def __init__(self, window: QWidget, title: str, words: str = "", *, width: int | None = None) -> None:
        """`width` in logical pixels, 880 unless told; put widgets in `body`, buttons by `add_button`."""
        look = theme()
        super().__init__(window, width=width or look.px("dialog"), top=look.px("dialog_top"))
        self.setAccessibleName(title)
        self.frame.setAccessibleName(title)
        small = width is not None and width < look.px("palette")
        pad = look.space(6 if small else 8)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(0, look.space(5), 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(pad, 0, pad - look.space(3) if not small else pad, 0)
        names = QVBoxLayout()
        names.setContentsMargins(0, look.space(1), 0, 0)
        names.setSpacing(look.space(1))
        self.title = Paragraph(title, Ink(size="lead" if small else "title", weight="strong"))
        names.addWidget(self.title)
        self.words = Paragraph(words, MUTED, self.frame)
        self.words.setVisible(bool(words))
        names.addWidget(self.words)
        head.addLayout(names, 1)
        self.close_button = IconButton("x", self.tr("Fermer"), parent=self.frame)
        self.close_button.clicked.connect(self.close_overlay)
        self.close_button.setVisible(not small)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(pad, look.space(2) if small else look.space(5), pad, look.space(2))
        self.body.setSpacing(look.space(3))
        column.addLayout(self.body, 1)
        self._line = rule(self.frame)
        self._line.setVisible(not small)
        column.addWidget(self._line)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(pad, look.space(4), pad, look.space(6) if small else look.space(5))
        self.foot.setSpacing(look.space(3))
        self._room = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding)
        self.foot.addItem(self._room)
        column.addLayout(self.foot)

    def add_button(self, button: Button) -> Button:
        """Put a button at the right of the foot; the filled one comes last."""
        self.foot.addWidget(button)
        return button

    def add_foot(self, item: QWidget | QLayout) -> None:
        """Put something at the left of the foot, before the buttons; it gets all the room there is."""
        self._room.changeSize(0, 0)
        if isinstance(item, QWidget):
            self.foot.insertWidget(0, item, 1)
        else:
            self.foot.insertLayout(0, item, 1)

    def first_focus(self) -> QWidget | None:
        """The first field or button of the body or the foot; the × only when there is nothing else."""
        inside = [child for child in self._focusable() if child.isEnabled()]
        return next((child for child in inside if child is not self.close_button), self.close_button)
