"""The box that waits for the signature: its size, its captions, and the stroke with name, place and date in it."""

from __future__ import annotations

from app.adapters.paper.letters import Style, Weight, wrapped
from app.adapters.paper.pen import Pen, ink
from app.adapters.paper.texts import Words

FIELD = "CustomerSignature"
"""The name of the one signature field of an order form; it covers the box."""
BOX_WIDTH, BOX_HEIGHT = 290.0, 112.0
PAD = 14.0
BASE_LINE = 70.0
"""How far under the top of the box the base line of the stroke lies."""
_CAPTION_TOP = 75.0
_VALUE_TOP = 84.0
_VALUE_LINES = 2
# Where name, place and date begin and how wide they are, as parts of the box between its paddings.
_COLUMNS = ((0.0, 0.36), (0.38, 0.26), (0.66, 0.34))
_CAPTION = Style(Weight.REGULAR, 7.4, 9, ink("text-3"))
_VALUE = Style(Weight.MEDIUM, 9, 11, ink("text"))
_SMALLEST = 4.5


def captions(pen: Pen, left: float, top: float, words: Words) -> None:
    """Draw what the empty box says: where to sign, and the places for name, place and date."""
    pen.dashes(left + PAD, left + BOX_WIDTH - PAD, top + BASE_LINE, ink("border"))
    inner = BOX_WIDTH - 2 * PAD
    for (start, _), text in zip(_COLUMNS, (words.signed_name, words.signed_place, words.signed_on), strict=True):
        pen.text(left + PAD + start * inner, top + _CAPTION_TOP, text, _CAPTION)


def values(pen: Pen, name: str, place: str, moment: str) -> None:
    """Write name, place and moment under their captions, on a page that is the box; long ones smaller, never cut."""
    inner = BOX_WIDTH - 2 * PAD
    for (start, share), text in zip(_COLUMNS, (name, place, moment), strict=True):
        style, lines = _fitted(text, share * inner)
        for at, line in enumerate(lines):
            pen.text(PAD + start * inner, _VALUE_TOP + at * style.leading, line, style)


def _fitted(text: str, room: float) -> tuple[Style, list[str]]:
    style = _VALUE
    high = _VALUE_LINES * _VALUE.leading
    lines = wrapped(text, style, room)
    while len(lines) * style.leading > high and style.size > _SMALLEST:
        size = style.size - 0.5
        style = Style(style.weight, size, size * 1.2, style.colour)
        lines = wrapped(text, style, room)
    return style, lines
