"""The comparison line by line: names, one amount a simulation, and what the last adds to the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.money import ZERO, Money
from views.formats import DASH, amount_runs
from views.shell.theme import (
    BODY,
    MEDIUM,
    RIGHT,
    SMALL,
    SMALL_QUIET,
    STRONG,
    Ink,
    Run,
    paint_amount,
    paint_elided,
    paint_text,
    text_width,
    theme,
)

_QUIET = Ink("text-3")
_MORE = Ink("accent-text", weight="strong")


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands in one column: an amount, or a word where there is none; perhaps a smaller line under it."""

    runs: tuple[Run, ...] = ()
    word: str = ""
    ink: Ink = BODY
    sub: str = ""

    def spoken(self) -> str:
        """The figure as it is read aloud."""
        return " ".join(filter(None, ("".join(text for text, _ in self.runs), self.word, self.sub)))


def amount(money: Money | None, ink: Ink = BODY, sub: str = "") -> Figure:
    """A column's amount; a dash where the simulation does not hold the line."""
    return Figure(word=DASH, ink=_QUIET) if money is None else Figure(amount_runs(money), ink=ink, sub=sub)


def difference(money: Money, ink: Ink | None = None) -> Figure:
    """What the last adds to the first: more in the accent, less in plain ink, the same quietly."""
    if not money:
        return Figure(word="=", ink=_QUIET)
    colour = "accent-text" if money > ZERO else "text"
    return Figure(amount_runs(money, signed=True), ink=(ink or _MORE)._replace(colour=colour))


class CompareRow(QWidget):
    """A row of the comparison; where something differs it stands out."""

    def __init__(
        self,
        title: str,
        figures: Sequence[Figure],
        *,
        kind: str = "line",
        sub: str = "",
        number: str = "",
        marked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`kind` is head, part, line, total or sum."""
        super().__init__(parent)
        self._title, self._sub, self._number = title, sub, number
        self._figures, self._kind, self._marked = tuple(figures), kind, marked
        look = theme()
        heights = {
            "head": look.px("target") + look.space(2),
            "part": look.px("row_sub_order"),
            "line": look.px("row_line") + look.px("search_gap"),
            "total": look.px("target") + look.px("notice_pad"),
            "sum": look.px("row"),
        }
        # A name that the column cannot hold goes on in a second line.
        self._long = kind == "head" and any(
            text_width(figure.word, figure.ink) > self._wanted() - look.space(3) for figure in figures
        )
        self.setFixedHeight(heights[kind] + (look.line("lead") if self._long else 0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = ", ".join(filter(None, (number, title, sub, *(figure.spoken() for figure in figures))))
        self.setAccessibleName(spoken)

    @property
    def spoken(self) -> str:
        """The row as it is read aloud."""
        return self.accessibleName()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        out, thin = look.px("row_out"), look.px("border.hairline")
        box = QRectF(self.rect())
        if self._marked:
            painter.setPen(look.c("hairline") if look.is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.c("selected"))
            painter.drawRoundedRect(box, look.px("radius.control"), look.px("radius.control"))
        inner = box.adjusted(out, 0, -out, 0)
        if self._kind == "head":
            painter.fillRect(QRectF(inner.left(), box.bottom() - thin, inner.width(), thin), look.c("hairline"))
            inner.adjust(0, 0, 0, -look.px("keypad_pad"))
        elif self._kind == "total":
            top = look.px("notice_pad")
            painter.fillRect(QRectF(inner.left(), top, inner.width(), thin), look.c("hairline"))
            inner.adjust(0, top + look.px("keypad_gap"), 0, 0)
        elif self._kind == "part":
            inner.adjust(0, look.px("keypad_pad"), 0, 0)
        wide = self._column_width(inner.width())
        words = QRectF(inner)
        words.setRight(inner.right() - wide * len(self._figures))
        self._paint_words(painter, words)
        for at, figure in enumerate(self._figures):
            left = words.right() + at * wide
            self._paint_figure(painter, QRectF(left, inner.top(), wide, inner.height()), figure)

    def _column_width(self, room: float) -> float:
        """As in the drawing, or narrower where many simulations stand side by side."""
        names = theme().px("panel_right") / 2
        return min(self._wanted(), max(0.0, room - names) / max(1, len(self._figures)))

    @staticmethod
    def _wanted() -> float:
        look = theme()
        return float(look.px("amount_column") + 2 * look.space(3) + look.space(2) - 2)

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        look = theme()
        if self._kind == "head":
            low = QRectF(box.left(), box.bottom() - look.line("body"), box.width(), look.line("body"))
            paint_text(painter, low, self._title, SMALL_QUIET)
            return
        if self._kind == "part":
            paint_text(painter, box, self._number, _MORE)
            box.setLeft(box.left() + text_width(self._number, _MORE) + look.px("keypad_pad"))
            paint_elided(painter, box, self._title, STRONG)
            return
        if self._kind == "line":
            box.setLeft(box.left() + look.space(6))
        ink = BODY if self._kind == "line" else STRONG
        upper, lower = _two(box, bool(self._sub))
        paint_elided(painter, upper, self._title, ink)
        if self._sub:
            paint_elided(painter, lower, self._sub, SMALL)

    def _paint_figure(self, painter: QPainter, box: QRectF, figure: Figure) -> None:
        look = theme()
        if self._kind == "head":
            low = QRectF(box.left(), box.bottom() - look.line("lead"), box.width(), look.line("lead"))
            first, second = _in_two(figure.word, figure.ink, box.width() - look.space(3))
            if second and self._long:
                _paint_right(painter, low, second, figure.ink)
                low.translate(0, -look.line("lead"))
                _paint_right(painter, low, first, figure.ink)
            else:
                _paint_right(painter, low, figure.word, figure.ink)
            over = QRectF(box.left(), low.top() - look.line("small"), box.width(), look.line("small"))
            _paint_right(painter, over, figure.sub, SMALL)
            return
        upper, lower = _two(box, bool(figure.sub), look.line(figure.ink.size))
        if figure.runs:
            paint_amount(painter, upper, figure.runs, figure.ink)
        else:
            paint_text(painter, upper, figure.word, figure.ink, RIGHT)
        if figure.sub:
            paint_text(painter, lower, figure.sub, SMALL, RIGHT)


def _two(box: QRectF, two: bool, upper: int = 0) -> tuple[QRectF, QRectF]:
    if not two:
        return box, box
    line = theme().px("caption")
    high = max(upper, line)
    top = box.center().y() - (high + line) / 2
    first = QRectF(box.left(), top, box.width(), high)
    return first, QRectF(box.left(), first.bottom(), box.width(), line)


def _in_two(text: str, ink: Ink, room: float) -> tuple[str, str]:
    """What fits in a first line of whole words, and what goes on below; nothing below when all fits."""
    if text_width(text, ink) <= room or " " not in text:
        return text, ""
    first, *rest = text.split(" ")
    while len(rest) > 1 and text_width(f"{first} {rest[0]}", ink) <= room:
        first = f"{first} {rest.pop(0)}"
    return first, " ".join(rest)


def _paint_right(painter: QPainter, box: QRectF, text: str, ink: Ink) -> None:
    box = box.adjusted(theme().space(3), 0, 0, 0)
    shown = theme().metrics(ink.size, ink.weight, ink.scale).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    paint_text(painter, box, shown, ink, RIGHT)


HEAD = Ink(size="lead", weight="strong")
SUM = Ink(size="title", weight="strong")
SUM_LAST = SUM._replace(colour="accent-text")
SUM_DIFFERENCE = Ink(size="lead", weight="strong")
TOTAL = MEDIUM
