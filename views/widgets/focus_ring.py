"""The ring round what the keyboard is on; it shows for Tab and shortcuts, never for a press."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from views.shell.theme import paint_focus, theme

_FOLLOW = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QWidget):
    """One per window, made once; it paints 2 px outside whatever has the focus.

    Widgets that show their focus themselves (fields, lists, tabs) carry the property `ownFocus`.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._on: QWidget | None = None
        self._watched: list[QObject] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def target(self) -> QWidget | None:
        """What the ring is round, None when it does not show."""
        return self._on

    def show_round(self, widget: QWidget | None) -> None:
        """Put the ring round a widget of this window, or take it away."""
        for watched in self._watched:
            watched.removeEventFilter(self)
        self._watched = []
        self._on = widget
        if widget is None:
            self.hide()
            return
        step: QWidget | None = widget
        while step is not None and step is not self.window():
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget when it, or what it stands in, moves."""
        if event.type() in _FOLLOW:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        radius = look.px("radius.control") + look.px("border.focus") + look.px("border.focus_offset")
        paint_focus(QPainter(self), QRectF(self.rect()), radius)

    def _place(self) -> None:
        widget = self._on
        if widget is None or not widget.isVisible():
            self.hide()
            return
        look = theme()
        out = look.px("border.focus") + look.px("border.focus_offset")
        window = self.window()
        corner = widget.mapTo(window, QPoint(0, 0))
        self.setGeometry(corner.x() - out, corner.y() - out, widget.width() + 2 * out, widget.height() + 2 * out)
        self._cut(widget, window)
        self.show()
        self.raise_()

    def _cut(self, widget: QWidget, window: QWidget) -> None:
        """Inside something that scrolls, the ring ends where that ends."""
        step = widget.parentWidget()
        while step is not None and step is not window:
            area = step.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is step:
                seen = step.rect().translated(step.mapTo(window, QPoint(0, 0)) - self.pos())
                self.setMask(QRegion(seen & self.rect()))
                return
            step = area
        self.clearMask()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        window = self.window()
        if now is None or now.window() is not window:
            self.show_round(None)
            return
        # Qt sets this attribute for Tab, Backtab and shortcuts and leaves taking it back to us.
        by_keyboard = window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
        self.show_round(now if by_keyboard and not now.property("ownFocus") else None)
