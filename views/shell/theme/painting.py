"""Small things painted the same everywhere: a chip, an amount with its thin sign, a cut text, a ring."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from views.shell.theme.theme import theme

STATUSES = ("plain", "accent", "info", "ok", "warn", "danger")
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
_FLAGS = {
    align: int(align | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
    for align in (LEFT, RIGHT, CENTRE)
}

Run = tuple[str, bool]
"""A piece of an amount: its text, and whether it is the currency, which is drawn thin."""


class Chip(NamedTuple):
    """A state in one word: text, status (plain, accent, info, ok, warn, danger) and perhaps an icon.

    `short` says it where the whole text has no room; an icon then says what it is about.
    """

    text: str
    status: str = "plain"
    icon: str | None = None
    short: str = ""


class Ink(NamedTuple):
    """How words are written: a colour token, a size and weight of the type scale, struck through or not."""

    colour: str = "text"
    size: str = "body"
    weight: str = "regular"
    struck: bool = False
    scale: float = 1


BODY = Ink()
MUTED = Ink("text-2")
STRONG = Ink(weight="strong")
MEDIUM = Ink(weight="medium")
SMALL = Ink("text-2", "small")
SMALL_QUIET = Ink("text-3", "small")
_CHIP = Ink("text-2", "small", "medium")
_CHIP_INKS = {
    "plain": _CHIP,
    "accent": _CHIP._replace(colour="accent-text"),
    **{status: _CHIP._replace(colour=status) for status in ("info", "ok", "warn", "danger")},
}


def density(painter: QPainter) -> float:
    """How many device pixels a logical pixel of this painter's surface is."""
    return painter.device().devicePixelRatio()


def text_width(text: str, ink: Ink = BODY) -> float:
    """The width of one line, in logical pixels."""
    return theme().metrics(ink.size, ink.weight, ink.scale).horizontalAdvance(text)


def paint_text(painter: QPainter, rect: QRectF, text: str, ink: Ink = BODY, align: Qt.AlignmentFlag = LEFT) -> None:
    """Write one line, centred on the height of `rect`."""
    painter.setFont(_font(ink))
    painter.setPen(theme().c(ink.colour))
    painter.drawText(rect, _FLAGS[align], text)


def paint_elided(painter: QPainter, rect: QRectF, text: str, ink: Ink = BODY) -> float:
    """Write one line at the left, cut with … where it does not fit; return the width it took."""
    measures = theme().metrics(ink.size, ink.weight, ink.scale)
    shown = measures.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    paint_text(painter, rect, shown, ink)
    return measures.horizontalAdvance(shown)


@cache
def _font(ink: Ink) -> QFont:
    """The letters of an ink; the colour has no part in it, but few inks differ in colour alone."""
    font = theme().font(ink.size, ink.weight, ink.scale)
    font.setStrikeOut(ink.struck)
    return font


@cache
def _thin(ink: Ink) -> Ink:
    return ink._replace(weight="thin")


@cache
def _baseline(ink: Ink) -> float:
    """How far under the middle of its line the letters stand."""
    full = theme().metrics(ink.size, ink.weight, ink.scale)
    return (full.ascent() - full.descent()) / 2


def runs_width(runs: Sequence[Run], ink: Ink = MEDIUM) -> float:
    """The width of an amount, in logical pixels."""
    thin = _thin(ink)
    return sum(text_width(text, thin if is_currency else ink) for text, is_currency in runs)


def paint_amount(
    painter: QPainter,
    rect: QRectF,
    runs: Sequence[Run],
    ink: Ink = MEDIUM,
    align: Qt.AlignmentFlag = RIGHT,
) -> None:
    """Write an amount on one line with its currency sign thin; `runs` come from `views.formats`."""
    thin = _thin(ink)
    left = rect.left() if align == LEFT else rect.right() - runs_width(runs, ink)
    baseline = rect.center().y() + _baseline(ink)
    painter.setPen(theme().c(ink.colour))
    for text, is_currency in runs:
        kind = thin if is_currency else ink
        painter.setFont(_font(kind))
        painter.drawText(QPointF(left, baseline), text)
        left += text_width(text, kind)


def chip_width(chip: Chip) -> float:
    """The width of a chip, in logical pixels."""
    look = theme()
    words = text_width(chip.text, _CHIP)
    icon = look.px("icon_small") + look.px("chip_gap") if chip.icon else 0
    return 2 * look.px("chip_pad") + words + icon


def paint_chip(painter: QPainter, rect: QRectF, chip: Chip) -> None:
    """Fill `rect`, 24 high, with the chip's colour, icon and word."""
    look = theme()
    ink = _CHIP_INKS[chip.status]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look.c("chip" if chip.status == "plain" else f"{chip.status}-quiet"))
    painter.setPen(QPen(look.c("hairline"), 1) if look.is_contrast else Qt.PenStyle.NoPen)
    half = 0.5 if look.is_contrast else 0
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), look.px("radius.chip"), look.px("radius.chip"))
    words = QRectF(rect).adjusted(look.px("chip_pad"), 0, -look.px("chip_pad"), 0)
    if chip.icon:
        side = look.px("icon_small")
        paint_icon(painter, QPointF(words.left(), rect.center().y() - side / 2), chip.icon, ink.colour, side)
        words.setLeft(words.left() + side + look.px("chip_gap"))
    paint_text(painter, words, chip.text, ink)


def paint_icon(painter: QPainter, at: QPointF, name: str, colour: str, px: int | None = None) -> None:
    """Draw an icon with its top left corner at `at`."""
    painter.drawPixmap(at, theme().pixmap(name, colour, px, density(painter)))


def paint_focus(painter: QPainter, rect: QRectF, radius: float) -> None:
    """Draw the focus ring just inside `rect`."""
    look = theme()
    width = look.px("border.focus")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.c("focus"), width))
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)
    painter.restore()
