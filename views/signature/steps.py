"""The three steps of the signature: read, sign, and the code that comes later."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from views.shell.theme import CENTRE, Ink, paint_icon, paint_text, text_width, theme
from views.signature.signing_model import Step

_CIRCLE = 30
_BAR = 40
_LINE = 2


class Steps(QWidget):
    """Done with a tick, now in a filled circle, later in a ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = (self.tr("Lire"), self.tr("Signer"), self.tr("Code SMS, plus tard"))
        self._now = 0
        self._last_done = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_step(Step.READ)

    def set_step(self, step: Step, *, confirmed: bool = False) -> None:
        """Show where it stands; `confirmed` once the code was given."""
        self._now = list(Step).index(step)
        self._last_done = confirmed
        words = self.tr("Étape {number} sur 3 : {step}").format(number=self._now + 1, step=self._words[self._now])
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        gap = look.px("notice_pad")
        wide = sum(self._wide(at) for at in range(3)) + 2 * (_BAR + 2 * gap)
        return QSize(round(wide) + 1, look.px("target"))

    def _ink(self, at: int) -> Ink:
        if self._is_done(at):
            return Ink("accent-text", "lead")
        return Ink("text", "lead", "strong") if at == self._now else Ink("text-3", "lead")

    def _is_done(self, at: int) -> bool:
        return at < self._now or (at == self._now == len(self._words) - 1 and self._last_done)

    def _wide(self, at: int) -> float:
        look = theme()
        mark = look.px("icon") if self._is_done(at) else _CIRCLE
        return mark + look.px("keypad_pad") + text_width(self._words[at], self._ink(at))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle, gap = 0.0, self.height() / 2, look.px("notice_pad")
        for at, words in enumerate(self._words):
            self._paint_mark(painter, left, middle, at)
            mark = look.px("icon") if self._is_done(at) else _CIRCLE
            box = QRectF(left + mark + look.px("keypad_pad"), 0, self.width(), self.height())
            paint_text(painter, box, words, self._ink(at))
            left += self._wide(at) + gap
            if at < len(self._words) - 1:
                colour = "accent" if self._is_done(at) else "hairline"
                painter.fillRect(QRectF(left, middle - _LINE / 2, _BAR, _LINE), look.c(colour))
                left += _BAR + gap

    def _paint_mark(self, painter: QPainter, left: float, middle: float, at: int) -> None:
        look = theme()
        if self._is_done(at):
            paint_icon(painter, QPointF(left, middle - look.px("icon") / 2), "check", "accent-text")
            return
        box = QRectF(left, middle - _CIRCLE / 2, _CIRCLE, _CIRCLE)
        now = at == self._now
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("accent"))
            painter.drawEllipse(box)
        else:
            painter.setPen(QPen(look.c("border"), look.tokens.size["icon_stroke"]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        ink = Ink("on-accent" if now else "text-3", weight="strong")
        paint_text(painter, box, str(at + 1), ink, CENTRE)
