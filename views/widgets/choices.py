"""Ways to choose: a box to tick, a circle to check off, one of several, on or off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from views.shell.theme import BODY, Ink, paint_icon, paint_text, text_width, theme


def _width(button: QAbstractButton, mark: int) -> int:
    look = theme()
    words = text_width(button.text()) + look.px("keypad_pad") if button.text() else 0
    return max(look.px("target"), round(mark + words + 1))


def _words(button: QAbstractButton, painter: QPainter, mark: int) -> None:
    left = mark + theme().px("keypad_pad")
    ink = BODY if button.isEnabled() else Ink("text-disabled")
    paint_text(painter, QRectF(left, 0, button.width() - left, button.height()), button.text(), ink)


def _outline(colour: str) -> QPen:
    look = theme()
    return QPen(look.c(colour), look.tokens.size["icon_stroke"])


class CheckBox(QCheckBox):
    """A box of 22 with its words, 44 to the finger; may be half ticked."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, checked: bool = False) -> None:
        super().__init__(text, parent)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(_width(self, theme().px("check")), theme().px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: object) -> bool:
        """The whole row is for the finger."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px("check")
        box = QRectF(0, (self.height() - side) / 2, side, side)
        marked = self.checkState() != Qt.CheckState.Unchecked
        colour = "accent" if marked else "border"
        painter.setPen(_outline(colour if self.isEnabled() else "text-disabled"))
        painter.setBrush(look.c("accent" if marked else "raised"))
        radius = look.px("check_box_radius")
        painter.drawRoundedRect(box.adjusted(0.875, 0.875, -0.875, -0.875), radius - 1, radius - 1)
        if marked:
            icon = look.px("icon_small")
            name = "check" if self.isChecked() and self.checkState() == Qt.CheckState.Checked else "minus"
            at = QPointF(box.center().x() - icon / 2, box.center().y() - icon / 2)
            paint_icon(painter, at, name, "on-accent", icon)
        _words(self, painter, side)


class CheckCircle(QCheckBox):
    """A circle to check off a thing to do: empty, or quietly done."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, checked: bool = False) -> None:
        super().__init__(text, parent)
        self.setChecked(checked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._near = False

    def sizeHint(self) -> QSize:
        return QSize(_width(self, theme().px("check")), theme().px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: object) -> bool:
        """The whole square is for the finger."""
        return True

    def enterEvent(self, event: QEnterEvent) -> None:
        self._near = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._near = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme().px("check")
        painter = QPainter(self)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        paint_check_circle(painter, box, done=self.isChecked(), near=self._near)
        _words(self, painter, side)


def paint_check_circle(painter: QPainter, box: QRectF, *, done: bool, near: bool = False) -> None:
    """Draw the circle of a thing to do; delegates draw the same."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if done:
        painter.setPen(QPen(look.c("hairline"), 1) if look.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.c("accent-quiet"))
        painter.drawEllipse(box)
    else:
        painter.setPen(QPen(look.c("accent" if near else "border"), look.tokens.size["icon_stroke"]))
        painter.setBrush(look.c("raised"))
        painter.drawEllipse(box.adjusted(0.875, 0.875, -0.875, -0.875))
    if done or near:
        icon = look.px("icon_small")
        at = QPointF(box.center().x() - icon / 2, box.center().y() - icon / 2)
        paint_icon(painter, at, "check", "accent-text", icon)
    painter.restore()


def paint_radio(painter: QPainter, box: QRectF, *, chosen: bool, enabled: bool = True) -> None:
    """Draw the mark of one of several; rows draw the same."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c("accent" if enabled else "text-disabled"))
        painter.drawEllipse(box)
        dot = look.px("choice_dot") / 2
        painter.setBrush(look.c("raised"))
        painter.drawEllipse(box.center(), dot, dot)
    else:
        painter.setPen(_outline("border" if enabled else "text-disabled"))
        painter.setBrush(look.c("raised"))
        painter.drawEllipse(box.adjusted(0.875, 0.875, -0.875, -0.875))
    painter.restore()


class Radio(QRadioButton):
    """One of several, with its words."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, checked: bool = False) -> None:
        super().__init__(text, parent)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(_width(self, theme().px("check")), theme().px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: object) -> bool:
        """The whole row is for the finger."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme().px("check")
        painter = QPainter(self)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        paint_radio(painter, box, chosen=self.isChecked(), enabled=self.isEnabled())
        _words(self, painter, side)


class Switch(QCheckBox):
    """On or off, at once."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, checked: bool = False) -> None:
        super().__init__(text, parent)
        self._slide = QVariantAnimation(self)
        self._slide.valueChanged.connect(self.update)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._move)

    def sizeHint(self) -> QSize:
        return QSize(_width(self, theme().px("switch_width")), theme().px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: object) -> bool:
        """The whole row is for the finger."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = look.px("switch_width"), look.px("switch")
        track = QRectF(0, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = "accent" if self.isChecked() else "border"
        painter.setBrush(look.c(colour if self.isEnabled() else "text-disabled"))
        painter.drawRoundedRect(track, height / 2, height / 2)
        inset = 3
        radius = height / 2 - inset
        sliding = self._slide.state() == QVariantAnimation.State.Running
        along = float(self._slide.currentValue()) if sliding else float(self.isChecked())
        centre = track.left() + inset + radius + along * (width - height)
        painter.setBrush(look.c("raised"))
        painter.drawEllipse(QPointF(centre, track.center().y()), radius, radius)
        _words(self, painter, width)

    def _move(self, on: bool) -> None:
        duration = theme().duration("quick")
        if duration and self.isVisible():
            self._slide.stop()
            self._slide.setStartValue(0.0 if on else 1.0)
            self._slide.setEndValue(1.0 if on else 0.0)
            self._slide.setDuration(duration)
            self._slide.setEasingCurve(theme().easing)
            self._slide.start()
