"""A day, typed as one likes or picked from a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from views.formats import NotUnderstood, formats
from views.shell.theme import theme
from views.widgets.calendar import CalendarPanel
from views.widgets.fields import TextField


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


class DateField(TextField):
    """21/11/2026, 21.11.26, 21112026 or 2026-11-21; the month opens by its icon, Alt+Down or F4, arrows go by days."""

    day_changed = Signal(object)
    """The day that was typed or picked, None for an empty field."""
    error_changed = Signal(str)
    """What is wrong, in words, when the field is left; empty when it is mended."""

    def __init__(
        self,
        day: date | None = None,
        parent: QWidget | None = None,
        *,
        earliest: date | None = None,
        today: Callable[[], date] = _today,
    ) -> None:
        """`earliest` is the first day allowed; `today` says what day it is."""
        super().__init__("", formats().date_short(today()), parent, trailing="cal")
        self._day: date | None = None
        self._typed_day: date | None = None
        self._problem = ""
        self._shown = ""
        self._earliest, self._today = earliest, today
        self.panel: CalendarPanel | None = None
        self.textEdited.connect(self._typed)
        self.set_day(day)

    def day(self) -> date | None:
        """The last day that was understood, None for an empty field."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a day; nothing goes out."""
        self._day = self._typed_day = day
        self._problem = ""
        self.setText("" if day is None else formats().date_short(day))
        self._show_problem()

    @property
    def is_valid(self) -> bool:
        """Whether what stands in the field is a day that is allowed."""
        return not self._problem

    def commit(self) -> bool:
        """Write the day the way it should look, or say what is wrong; whether all is well."""
        if not self._problem and self._typed_day != self._day:
            self._hear(self._typed_day)
        if not self._problem:
            self.setText("" if self._day is None else formats().date_short(self._day))
        self._show_problem()
        return not self._problem

    def open_month(self) -> CalendarPanel:
        """Show the month beside the field; the one already there, if there is one."""
        if self.panel is None:
            self.panel = CalendarPanel(self, self._day or self._today(), self._today())
            self.panel.picked.connect(self._take)
            self.panel.gone.connect(self._month_gone)
        return self.panel

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.position().x() >= self.width() - theme().px("target") and self.isEnabled() and not self.isReadOnly():
            self.open_month()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        opens = event.key() == Qt.Key.Key_F4 or (step == -1 and event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if opens:
            self.open_month()
        elif step is not None and self._day is not None:
            self._take(self._day + timedelta(days=step))
        else:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.commit()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.commit()

    def _typed(self, text: str) -> None:
        self._problem = ""
        self._typed_day = self._day
        try:
            day = formats().read_date(text)
        except NotUnderstood:
            self._problem = self.tr("Un jour, comme %1").replace("%1", formats().date_short(self._today()))
        else:
            # 21/11/20 may be on its way to 2027: a short year counts when the field is left.
            self._typed_day = day
            if day is None or str(day.year) in text:
                self._hear(day)
        if self._shown and not self._problem:
            self._show_problem()

    def _take(self, day: date) -> None:
        self._hear(day)
        self.setText(formats().date_short(day))
        self._show_problem()

    def _hear(self, day: date | None) -> None:
        self._problem = ""
        if day is not None and self._earliest is not None and day < self._earliest:
            self._problem = self.tr("Pas avant le %1").replace("%1", formats().date_short(self._earliest))
        elif day != self._day:
            self._day = self._typed_day = day
            self.day_changed.emit(day)

    def _show_problem(self) -> None:
        if self._problem != self._shown:
            self._shown = self._problem
            self.set_state("error" if self._problem else "")
            self.error_changed.emit(self._problem)

    def _month_gone(self) -> None:
        self.panel = None
