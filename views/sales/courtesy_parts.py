"""What the courtesy screen is made of: round buttons, dots, the great figures, the cover and its picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.money import Money
from views.formats import amount_runs
from views.sales.courtesy_art import COVER, Trade, cover, motif
from views.shell.theme import (
    CENTRE,
    LEFT,
    Ink,
    density,
    paint_amount,
    paint_elided,
    paint_focus,
    paint_icon,
    paint_text,
    runs_width,
    text_width,
    theme,
)

BIG = 2.0
"""The courtesy screen is drawn at twice the size of the others."""
LESS = 1.5
"""And at one and a half times where the window is small."""

_HIGH = 64
_PILL_PAD, _PILL_GAP = 32, 14
_DOT, _DOT_ON, _DOT_GAP = 10, 28, 12
_SPINE = 0.16


class RoundButton(QAbstractButton):
    """A circle of 64 with an icon, or of 56 beside a figure."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None, *, side: int = _HIGH) -> None:
        super().__init__(parent)
        self._icon_name, self._side = icon, side
        self.setAccessibleName(name)
        self.set_side(side)
        self.setProperty("ownFocus", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_side(self, side: int) -> None:
        """Be that wide, in logical pixels; never under what a finger needs."""
        self._side = max(side, theme().px("target"))
        self.setFixedSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.c("hairline") if look.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.c("hover" if self.underMouse() and self.isEnabled() else "sunken"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        icon = look.px("icon_rail")
        at = QPointF((self.width() - icon) / 2, (self.height() - icon) / 2)
        paint_icon(painter, at, self._icon_name, "text" if self.isEnabled() else "text-disabled", icon)
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            paint_focus(painter, QRectF(self.rect()), self._side / 2)


class GoButton(QAbstractButton):
    """The one filled button: where to go from here, with an arrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ownFocus", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._scale = BIG
        self._ink = Ink("on-accent", "small", "strong", scale=BIG)

    def set_scale(self, scale: float) -> None:
        """Be drawn larger or smaller."""
        self._scale = scale
        self._ink = self._ink._replace(scale=scale)
        self.resize(self.sizeHint())

    def set_words(self, words: str) -> None:
        """Say where it leads."""
        self.setText(words)
        self.setAccessibleName(words)
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        half = self._scale / BIG
        wide = (2 * _PILL_PAD + _PILL_GAP) * half + text_width(self.text(), self._ink) + theme().px("icon_rail")
        return QSize(round(wide), round(_HIGH * half))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        state = "accent-press" if self.isDown() else "accent-hover" if self.underMouse() else "accent"
        painter.setBrush(look.c(state))
        box = QRectF(self.rect())
        radius = self.height() / 2
        painter.drawRoundedRect(box, radius, radius)
        pad = _PILL_PAD * self._scale / BIG
        paint_text(painter, box.adjusted(pad, 0, 0, -2), self.text(), self._ink, LEFT)
        icon = look.px("icon_rail")
        at = QPointF(box.right() - pad - icon, (self.height() - icon) / 2)
        paint_icon(painter, at, "arrow", "on-accent", icon)
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            inset = look.space(1)
            paint_focus(painter, box.adjusted(inset, inset, -inset, -inset), radius - inset)


class Dots(QWidget):
    """One dot a scene, the present one long; each is 44 to the finger."""

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._current = count, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.resize(self.sizeHint())

    def set_current(self, current: int) -> None:
        """Light another one."""
        self._current = current
        self.setAccessibleName(self.tr("Page {page} sur {pages}").format(page=current + 1, pages=self._count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._count * (_DOT + _DOT_GAP) - _DOT_GAP + _DOT_ON - _DOT, theme().px("target"))

    def _boxes(self) -> list[QRectF]:
        boxes, left = [], 0.0
        for at in range(self._count):
            wide = _DOT_ON if at == self._current else _DOT
            boxes.append(QRectF(left, (self.height() - _DOT) / 2, wide, _DOT))
            left += wide + _DOT_GAP
        return boxes

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        half = _DOT_GAP / 2
        x = event.position().x()
        at = next((at for at, box in enumerate(self._boxes()) if box.left() - half <= x <= box.right() + half), None)
        if at is not None:
            self.chosen.emit(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, box in enumerate(self._boxes()):
            painter.setBrush(look.c("accent" if at == self._current else "chart-base"))
            painter.drawRoundedRect(box, _DOT / 2, _DOT / 2)


class GreatAmount(QWidget):
    """The amount that matters, with words after it; a change counts up to the new one."""

    def __init__(
        self, words: str = "", parent: QWidget | None = None, *, scale: float = BIG, right: bool = False
    ) -> None:
        super().__init__(parent)
        self._cents = self._shown = self._from = 0
        self._known = False
        self._words, self._right = words, right
        self._ink = Ink(size="title", weight="strong", scale=scale)
        self._beside = Ink("text-2", "small", scale=scale)
        self._count = QVariantAnimation(self)
        self._count.setEasingCurve(theme().easing)
        self._count.valueChanged.connect(self._step)
        self._count.finished.connect(self._arrive)
        self.setFixedHeight(round(theme().line("title") * scale))

    def text(self) -> str:
        """What stands there once the counting is over."""
        figure = "".join(text for text, _ in amount_runs(self._cents))
        return f"{figure} {self._words}".strip()

    def set_amount(self, amount: Money) -> None:
        """Show another amount."""
        before, self._cents = self._shown, amount.cents
        self.setAccessibleName(self.text())
        duration = theme().duration("move")
        if not self._known or not duration or before == self._cents:
            self._known, self._shown = True, self._cents
            self.updateGeometry()
            self.update()
            return
        self._count.stop()
        # As parts of a thousand: an amount may be larger than what an animation counts in.
        self._from = before
        self._count.setStartValue(0.0)
        self._count.setEndValue(1.0)
        self._count.setDuration(duration)
        self._count.start()

    def sizeHint(self) -> QSize:
        return QSize(round(self._wide()) + 2, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _wide(self) -> float:
        beside = _PILL_GAP + text_width(self._words, self._beside) if self._words else 0
        return runs_width(amount_runs(self._shown), self._ink) + beside

    def _step(self, part: object) -> None:
        if isinstance(part, float):
            self._shown = round(self._from + (self._cents - self._from) * part)
            self.update()

    def _arrive(self) -> None:
        self._shown = self._cents
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        runs = amount_runs(self._shown)
        left = box.right() - self._wide() if self._right else box.left()
        paint_amount(painter, box.adjusted(left, 0, 0, 0), runs, self._ink, LEFT)
        if self._words:
            beside = box.adjusted(left + runs_width(runs, self._ink) + _PILL_GAP, 0, 0, 0)
            # The smaller words stand on the figure's own line.
            look = theme()
            high = look.metrics("title", "strong", self._ink.scale)
            low = look.metrics("small", "regular", self._ink.scale)
            beside.translate(0, (high.ascent() - high.descent() - low.ascent() + low.descent()) / 2)
            paint_text(painter, beside, self._words, self._beside, LEFT)


class CoverView(QWidget):
    """A cover that bears the customer's name, lying on the coloured half of the screen with its shadow."""

    def __init__(self, trade: Trade, title: str, below: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trade, self._title, self._below = trade, title, below
        self._kept: tuple[tuple[int, int, float, str], QPixmap] | None = None
        self.setAccessibleName(f"{title}, {below}")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), look.c("accent-quiet"))
        box = self._cover_box()
        scale = box.width() / COVER[0]
        radius = look.px("row_radius")
        self._paint_shadow(painter, box, radius)
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        painter.save()
        painter.setClipPath(shape)
        painter.drawPixmap(box.topLeft(), self._picture(box, density(painter)))
        spine = QColor(look.c("scrim"))
        spine.setAlphaF(_SPINE)
        painter.fillRect(QRectF(box.left(), box.top(), 8 * scale, box.height()), spine)
        painter.restore()
        pad = 36 * scale
        title = Ink("art-paper", "display", "strong", scale=38 / 32 * scale)
        below = Ink("art-paper", "lead", scale=19 / 18 * scale)
        words = QRectF(box.left() + pad, box.top() + 424 * scale, box.width() - pad - 20 * scale, 52 * scale)
        paint_elided(painter, words, self._title, title)
        paint_elided(painter, words.translated(0, 40 * scale), self._below, below)

    def _cover_box(self) -> QRectF:
        """As in the drawing: 424 wide of 560, or as large as there is room."""
        high = min(self.height() * 572 / 768, self.width() * 424 / 560 * COVER[1] / COVER[0])
        if self.height() < self.width():
            high = self.height() * 500 / 590
        wide = high * COVER[0] / COVER[1]
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def _picture(self, box: QRectF, screen: float) -> QPixmap:
        key = (round(box.width()), round(box.height()), screen, theme().name)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, cover(self._trade, key[0], key[1], screen))
        return self._kept[1]

    @staticmethod
    def _paint_shadow(painter: QPainter, box: QRectF, radius: float) -> None:
        """Soft rings instead of an effect: a turned screen shows no effects."""
        lift = theme().elevation(3)
        if lift is None:
            return
        blur, drop, ink = lift
        painter.setPen(Qt.PenStyle.NoPen)
        rings = 16
        colour = QColor(ink)
        # The rings lie over one another: together they are as dark as the shadow is to be near the cover.
        colour.setAlphaF(1 - (1 - colour.alphaF()) ** (1.7 / rings))
        painter.setBrush(colour)
        for ring in range(rings):
            out = blur * (rings - ring) / rings / 2
            around = box.translated(0, drop).adjusted(-out, -out, out, out)
            painter.drawRoundedRect(around, radius + out, radius + out)


class MotifView(QWidget):
    """One thing of the trade, alone on the coloured half of the screen."""

    def __init__(self, trade: Trade, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trade = trade
        self._kept: tuple[tuple[int, float, str], QPixmap] | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.c("accent-quiet"))
        side = round(min(self.width(), self.height()) * 0.82)
        key = (side, density(painter), look.name)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, motif(self._trade, side, key[1]))
        painter.drawPixmap(QPointF((self.width() - side) / 2, (self.height() - side) / 2), self._kept[1])


class GreatBars(QWidget):
    """The comparison as the customer sees it: a few wide bars, the one that is presented in the accent."""

    def __init__(self, scale: float = BIG, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._bars: tuple[tuple[str, int, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_bars(self, bars: tuple[tuple[str, int, str, str], ...]) -> None:
        """Each bar: its name, its value, the value as written, its colour."""
        self._bars = bars
        self.setAccessibleName(", ".join(f"{name} {written}" for name, _, written, _ in bars))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = look.line("small") * self._scale
        room = self.width() / len(self._bars)
        names = [self._name_lines(name, colour, room) for name, _, _, colour in self._bars]
        floor = self.height() - line * max(map(len, names)) - look.space(3)
        top = line + look.space(3)
        highest = max(value for _, value, _, _ in self._bars) or 1
        wide = min(room * 0.62, look.px("panel_right") / 2)
        radius = look.px("radius.control")
        for at, (_, value, written, colour) in enumerate(self._bars):
            middle = room * (at + 0.5)
            high = max(0.0, (floor - top) * value / highest)
            bar = QRectF(middle - wide / 2, floor - high, wide, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c(colour))
            painter.drawRoundedRect(bar, radius, radius)
            strong = Ink(size="small", weight="strong", scale=self._scale)
            over = QRectF(middle - room / 2, bar.top() - line - look.space(1), room, line)
            paint_text(painter, over, written, strong, CENTRE)
            for row, part in enumerate(names[at]):
                below = QRectF(middle - room / 2, floor + look.space(2) + row * line, room, line)
                paint_text(painter, below, part, self._name_ink(colour), CENTRE)
        painter.fillRect(QRectF(0, floor, self.width(), 2), look.c("hairline"))

    def _name_ink(self, colour: str) -> Ink:
        shown = colour == "accent"
        return Ink("text" if shown else "text-2", "small", "strong" if shown else "regular", scale=self._scale)

    def _name_lines(self, name: str, colour: str, room: float) -> list[str]:
        """A name on one line, or broken between two words on two."""
        ink = self._name_ink(colour)
        words = name.split()
        measures = theme().metrics(ink.size, ink.weight, self._scale)
        if text_width(name, ink) <= room or len(words) < 2:
            return [measures.elidedText(name, Qt.TextElideMode.ElideRight, room)]
        fits = [at for at in range(1, len(words)) if text_width(" ".join(words[:at]), ink) <= room]
        cut = max(fits, default=1)
        rest = " ".join(words[cut:])
        return [" ".join(words[:cut]), measures.elidedText(rest, Qt.TextElideMode.ElideRight, room)]
