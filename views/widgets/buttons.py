"""Buttons: one filled a page, the others quieter; each says what it does in words or to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from views.shell.theme import (
    CENTRE,
    MUTED,
    SMALL,
    paint_elided,
    paint_icon,
    paint_text,
    set_kind,
    set_property,
    text_width,
    theme,
)

INK = {
    "fill": "on-accent",
    "quiet": "accent-text",
    "line": "text",
    "link": "accent-text",
    "plain": "text-2",
    "danger": "danger",
    "danger-plain": "danger",
    "bare": "text-2",
    "detail": "text-2",
    "key": "text",
    "key-fn": "text",
    "key-ok": "on-accent",
    "on-toast": "sheet",
}
_LETTERS = {
    "detail": ("small", "regular"),
    "key": ("title", "regular"),
    "key-fn": ("lead", "regular"),
    "key-ok": ("lead", "strong"),
}
_NARROW = ("plain", "link", "danger-plain", "detail", "on-toast")
_TURN = 360
_SIXTEENTHS = 16
_ARC = 270


class Button(QPushButton):
    """A button of a kind: fill, quiet, line, link, plain, danger, danger-plain; 44 high, or 56 when large.

    It draws its own words so that icon and word stand 8 px apart, which Qt cannot be told.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "line",
        icon: str | None = None,
        parent: QWidget | None = None,
        *,
        large: bool = False,
        trailing: str | None = None,
    ) -> None:
        """`icon` stands before the word, `trailing` after it; both are icon names."""
        super().__init__(text, parent)
        self._icon_name = icon
        self._trailing = trailing
        self._busy_word: str | None = None
        self._turn = QVariantAnimation(self)
        self._turn.setStartValue(0)
        self._turn.setEndValue(_TURN)
        self._turn.setLoopCount(-1)
        self._turn.valueChanged.connect(self.update)
        self._large = large
        if large:
            self.setProperty("size", "large")
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def kind(self) -> str:
        """Which of the kinds it is."""
        return str(self.property("kind"))

    def set_kind(self, kind: str) -> None:
        """Make it another kind: the filled button moves to the next thing to do."""
        set_kind(self, kind)
        self.updateGeometry()

    def set_icon_name(self, name: str | None) -> None:
        """Change or remove the icon before the word."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    @property
    def is_busy(self) -> bool:
        """Whether it is at work and takes no click."""
        return self._busy_word is not None

    def set_busy(self, word: str | None) -> None:
        """Show `word` ("Envoi…") beside a turning arc and take no click; None ends it."""
        if word == self._busy_word:
            return
        self._busy_word = word
        set_property(self, "busy", "no" if word is None else "yes")
        self.setEnabled(word is None)
        self.setAccessibleDescription(word or "")
        if word is not None and theme().moves:
            self._turn.setDuration(theme().px("pulse"))
            self._turn.start()
        else:
            self._turn.stop()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon, word and padding; 44 or 56 high."""
        look = theme()
        self.ensurePolished()
        pad = look.px("button_pad_large" if self._large else "button_pad")
        if self.kind in _NARROW:
            pad = look.px("button_pad_plain")
        width = round(self._content_width() + 0.5) + 2 * pad
        height = "keypad_key" if self.kind.startswith("key") else "button_large" if self._large else "button"
        return QSize(width, look.px(height))

    def minimumSizeHint(self) -> QSize:
        """The same: a button's word is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the style sheet paint the shape, then draw arc or icon, word, and trailing icon."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme()
        ink = INK[self.kind] if self.isEnabled() or self.is_busy else "text-disabled"
        # A word that a narrow place cannot hold ends in …, and begins where it can be read.
        room = self.width() - 2 * look.px("button_pad_plain")
        over = max(0.0, self._content_width() - room) if self._word() else 0.0
        left = (self.width() - self._content_width() + over) / 2
        middle = self.height() / 2
        side = look.px("icon")
        if self.is_busy:
            self._paint_arc(painter, QRectF(left, middle - side / 2, side, side), ink)
        elif self._icon_name:
            paint_icon(painter, QPointF(left, middle - side / 2), self._icon_name, ink)
        if self.is_busy or self._icon_name:
            left += side + (look.space(2) if self._word() else 0)
        metrics = look.metrics(*self._type())
        word = self._word()
        if over:
            whole = metrics.horizontalAdvance(word)
            word = metrics.elidedText(word, Qt.TextElideMode.ElideRight, max(0, int(whole - over)))
        advance = metrics.horizontalAdvance(word)
        painter.setFont(look.font(*self._type()))
        painter.setPen(look.c(ink))
        box = QRectF(left, 0, advance + 1, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic, word)
        if self._trailing and not self.is_busy:
            small = look.px("icon_small")
            at = QPointF(left + advance + look.space(2), middle - small / 2)
            paint_icon(painter, at, self._trailing, ink, small)

    def _type(self) -> tuple[str, str]:
        return _LETTERS.get(self.kind, ("lead" if self._large else "body", "strong"))

    def _word(self) -> str:
        return self._busy_word if self._busy_word is not None else self.text()

    def _content_width(self) -> float:
        look = theme()
        width = look.metrics(*self._type()).horizontalAdvance(self._word())
        if self.is_busy or self._icon_name:
            width += look.px("icon") + (look.space(2) if self._word() else 0)
        if self._trailing and not self.is_busy:
            width += look.px("icon_small") + look.space(2)
        return width

    def _paint_arc(self, painter: QPainter, box: QRectF, ink: str) -> None:
        look = theme()
        inset = box.width() / 6
        turn = self._turn.currentValue() if self._turn.state() == QVariantAnimation.State.Running else 0
        painter.setPen(QPen(look.c(ink), look.tokens.size["icon_stroke"], c=Qt.PenCapStyle.RoundCap))
        painter.drawArc(
            box.adjusted(inset, inset, -inset, -inset),
            (_ARC // 3 - int(turn or 0)) * _SIXTEENTHS,
            -_ARC * _SIXTEENTHS,
        )


class IconButton(Button):
    """A square button with an icon alone; its name is for the screen reader and the tip."""

    def __init__(self, icon: str, name: str, kind: str = "plain", parent: QWidget | None = None) -> None:
        """`icon` is the drawing, `name` what the button does, in words."""
        super().__init__("", kind, icon, parent)
        self.setProperty("square", "yes")
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Change what the screen reader and the tip say."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """44 by 44."""
        side = theme().px("target")
        return QSize(side, side)


class AddBar(QPushButton):
    """A dashed bar as wide as its list: what one may add there, and the keys that do it."""

    def __init__(self, text: str, keys: str = "", parent: QWidget | None = None) -> None:
        """`keys` is a shortcut as Qt writes it, as Ctrl+L; it works wherever the bar is in sight."""
        super().__init__(text, parent)
        self._keys = keys
        if keys:
            self.setShortcut(keys)
        self.setProperty("kind", "add")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px("list_min"), look.px("target"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.c("border"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([look.px("quiet_dot"), look.px("quiet_dot")])
        painter.setPen(pen)
        near = self.underMouse() or self.isDown()
        painter.setBrush(look.c("hover") if near else Qt.BrushStyle.NoBrush)
        radius = look.px("radius.control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        left, side = look.px("notice_pad"), look.px("icon")
        paint_icon(painter, QPointF(left, (self.height() - side) / 2), "plus", "text-2")
        words = QRectF(self.rect()).adjusted(left + side + look.space(3), 0, -left, 0)
        if self._keys:
            words.setRight(paint_keys(painter, words, self._keys.replace("+", " ")) - look.space(2))
        paint_elided(painter, words, self.text(), MUTED)


def paint_keys(painter: QPainter, rect: QRectF, keys: str) -> float:
    """Draw a key cap at the right of `rect`; return where it begins."""
    look = theme()
    wide = text_width(keys, SMALL) + 2 * look.px("keypad_gap") + 2
    high = look.px("kbd")
    box = QRectF(rect.right() - wide, rect.center().y() - high / 2, wide, high)
    painter.setPen(QPen(look.c("hairline"), 1))
    painter.setBrush(look.c("sheet"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px("kbd_radius"), look.px("kbd_radius"))
    paint_text(painter, box, keys, SMALL, CENTRE)
    return box.left()


def hit_rect(drawn: QRect) -> QRect:
    """The rectangle a finger may touch for something drawn smaller: never under 44 by 44."""
    side = theme().px("target")
    wide, high = max(0, side - drawn.width()), max(0, side - drawn.height())
    return drawn.adjusted(-(wide // 2), -(high // 2), wide - wide // 2, high - high // 2)
