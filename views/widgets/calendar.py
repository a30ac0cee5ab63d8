"""A month to pick a day from: squares of 44, arrows to go about, today in a ring."""

from __future__ import annotations

from calendar import Calendar as Weeks
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from views.formats import formats
from views.shell.theme import CENTRE, SMALL_QUIET, Ink, paint_text, set_role, set_surface, theme
from views.widgets.buttons import IconButton
from views.widgets.labels import label
from views.widgets.lift import lift
from views.widgets.popover import place_beside

_STEPS = {
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
    Qt.Key.Key_Up: timedelta(days=-7),
    Qt.Key.Key_Down: timedelta(days=7),
}
_ROWS = 6


class Month(QWidget):
    """Six weeks of a month, Monday first."""

    picked = Signal(object)
    """The date somebody picked."""
    moved = Signal(object)
    """The date the keyboard is on."""

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day, self._today = day, today
        self._over: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setMouseTracking(True)
        self._say()

    @property
    def day(self) -> date:
        """The day it is on."""
        return self._day

    def go(self, day: date) -> None:
        """Be on another day, in whatever month."""
        self._day = day
        self._say()
        self.moved.emit(day)
        self.update()

    def go_months(self, count: int) -> None:
        """Be the same day so many months on, or the last of a shorter month."""
        month = self._day.year * 12 + self._day.month - 1 + count
        year, number = divmod(month, 12)
        for last in (self._day.day, 30, 29, 28):
            try:
                self.go(date(year, number + 1, last))
            except ValueError:
                continue
            return

    def days(self) -> list[date]:
        """The forty-two days in sight."""
        first = next(iter(Weeks().itermonthdates(self._day.year, self._day.month)))
        return [first + timedelta(days=at) for at in range(_ROWS * 7)]

    def box(self, at: int) -> QRectF:
        """The square of a day in sight."""
        side, head = theme().px("target"), theme().line("body")
        return QRectF(at % 7 * side, head + at // 7 * side, side, side)

    def sizeHint(self) -> QSize:
        side = theme().px("target")
        return QSize(7 * side, theme().line("body") + _ROWS * side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for column in range(7):
            head = QRectF(self.box(column).left(), 0, look.px("target"), look.line("body"))
            paint_text(painter, head, formats().weekday_initial(column), SMALL_QUIET, CENTRE)
        for at, day in enumerate(self.days()):
            self._paint_day(painter, self.box(at), day)

    def _paint_day(self, painter: QPainter, box: QRectF, day: date) -> None:
        look = theme()
        chosen = day == self._day
        disc = box.adjusted(3, 3, -3, -3)
        painter.setPen(QPen(look.c("accent"), 1) if day == self._today else Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(look.c("accent"))
        else:
            painter.setBrush(look.c("hover") if day == self._over else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        this_month = day.month == self._day.month
        colour = "on-accent" if chosen else "text" if this_month else "text-3"
        paint_text(painter, box, str(day.day), Ink(colour, weight="strong" if chosen else "regular"), CENTRE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go(self._day + _STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_months(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._at(event)
        if day is not None:
            self.go(day)
            self.picked.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event)
        if over != self._over:
            self._over = over
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = None
        self.update()

    def _at(self, event: QMouseEvent) -> date | None:
        days = self.days()
        return next((day for at, day in enumerate(days) if self.box(at).contains(event.position())), None)

    def _say(self) -> None:
        self.setAccessibleName(formats().date_day(self._day, year=True))


class CalendarPanel(QFrame):
    """A month beside its field; goes when a day is picked, the focus leaves, or by Escape."""

    picked = Signal(object)
    """The date somebody picked."""
    gone = Signal()
    """It closed."""

    def __init__(self, field: QWidget, day: date, today: date) -> None:
        """Shows itself beside `field`, on `day`, and takes the focus."""
        super().__init__(field.window())
        look = theme()
        self._field = field
        set_surface(self, "raised")
        self.month = Month(day, today, self)
        self._name = label("", "strong", self)
        set_role(self._name, "strong")
        self.earlier = IconButton("left", self.tr("Mois précédent"), "plain", self)
        self.later = IconButton("right", self.tr("Mois suivant"), "plain", self)
        for button, step in ((self.earlier, -1), (self.later, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, step=step: self.month.go_months(step))
        head = QHBoxLayout()
        head.addWidget(self.earlier)
        head.addWidget(self._name, 1, Qt.AlignmentFlag.AlignCenter)
        head.addWidget(self.later)
        column = QVBoxLayout(self)
        pad = look.px("keypad_pad")
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(look.space(1))
        column.addLayout(head)
        column.addWidget(self.month)
        self.month.moved.connect(self._show_name)
        self.month.picked.connect(self._pick)
        self.month.installEventFilter(self)
        self._show_name(day)
        lift(self, 2)
        place_beside(self, field)
        self.show()
        self.raise_()
        self.month.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape closes it; so does going elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._close()
            return True
        window = Qt.FocusReason.ActiveWindowFocusReason
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() != window:
            self._leave()
        return False

    def _show_name(self, day: date) -> None:
        name = formats().month_year(day)
        self._name.setText(name[0].upper() + name[1:])

    def _pick(self, day: date) -> None:
        self._close()
        self.picked.emit(day)

    def _close(self) -> None:
        self._leave()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        if self.isHidden():
            return
        self.month.removeEventFilter(self)
        self.hide()
        self.gone.emit()
        self.deleteLater()
