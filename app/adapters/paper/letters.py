"""The letters of the forms, embedded in each file: Source Sans 3 in four weights, Noto Sans SC for Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

_FOLDER = Path(resources.__file__).parent / "fonts"


class Weight(StrEnum):
    """How heavy letters are; the value is the font file's name."""

    THIN = "SourceSans3_300Light"
    REGULAR = "SourceSans3_400Regular"
    MEDIUM = "SourceSans3_500Medium"
    STRONG = "SourceSans3_600SemiBold"


CHINESE = "NotoSansSC_400Regular"
# One weight of Chinese is shipped: heavier letters are the same ones with an outline, in parts of their size.
OUTLINE = {Weight.MEDIUM: 0.014, Weight.STRONG: 0.026}


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks: weight, size and height of the line in points, colour as #RRGGBB."""

    weight: Weight
    size: float
    leading: float
    colour: str

    def but(self, *, weight: Weight | None = None, size: float | None = None, colour: str | None = None) -> Style:
        """Give the same style with another weight, size or colour."""
        return replace(self, weight=weight or self.weight, size=size or self.size, colour=colour or self.colour)

    @property
    def baseline(self) -> float:
        """How far under the top of its line the letters stand, in points."""
        return self.leading / 2 + 0.33 * self.size


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style; several make a line."""

    text: str
    style: Style


_registering = Lock()


@cache
def font(name: str) -> TTFont:
    """Register a font file with the PDF library, once, and give it."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    with _registering:
        made = ttfonts.TTFont(name, str(_FOLDER / f"{name}.ttf"))
        pdfmetrics.registerFont(made)
    return made


def pieces(text: str, weight: Weight) -> Iterator[tuple[str, str]]:
    """Cut a text into (font name, piece): what Source Sans 3 does not have is written in Noto Sans SC."""
    latin = font(weight.value).face.charToGlyph
    start, name = 0, ""
    for at, sign in enumerate(text):
        wanted = weight.value if ord(sign) in latin else CHINESE
        if name and wanted != name:
            yield name, text[start:at]
            start = at
        name = wanted
    if text:
        yield name, text[start:]


@cache
def _advance(name: str, sign: str) -> float:
    return float(font(name).stringWidth(sign, 1))


def width(text: str, style: Style) -> float:
    """Measure a text in points."""
    return style.size * sum(_advance(name, sign) for name, piece in pieces(text, style.weight) for sign in piece)


_CJK = "\u2e80-\u303f\u3041-\u33ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_OPENING = "（《「『【〈"
_CLOSING = "，。、；：！？）》」』】〉％"
# Where a line may be broken: around spaces (never the no-break one) and between Chinese signs, not before what
# closes nor after what opens.
_WORDS = re.compile(
    f"\n| +|[{_OPENING}]*(?:[^ \n{_CJK}]+|(?![{_OPENING}])[{_CJK}])[{_CLOSING}]*|[{_OPENING}]+",
)


def wrapped(text: str, style: Style, room: float) -> list[str]:
    """Break a text into lines of at most `room` points; a word that is longer than a line is cut.

    An empty text has no line; a line feed begins a new one.
    """
    lines: list[str] = []
    line = ""
    for word in _WORDS.findall(text):
        if word == "\n":
            lines.append(line.rstrip(" "))
            line = ""
        elif width((line + word).rstrip(" "), style) <= room:
            line = (line + word).lstrip(" ") if not line else line + word
        else:
            if line.strip(" "):
                lines.append(line.rstrip(" "))
            *full, line = _cut(word.lstrip(" "), style, room)
            lines.extend(full)
    if line.strip(" "):
        lines.append(line.rstrip(" "))
    return lines


def _cut(word: str, style: Style, room: float) -> list[str]:
    parts = [""]
    for sign in word:
        if parts[-1] and width(parts[-1] + sign, style) > room:
            kept, rest = _parted(parts[-1])
            parts[-1:] = [kept, rest]
        parts[-1] += sign
    return parts


def _parted(word: str) -> tuple[str, str]:
    """Cut an address or a long compound where it is jointed, in its second half; elsewhere at its end."""
    joint = max(word.rfind(sign) + (sign != "@") for sign in "@-._/")
    return (word[:joint], word[joint:]) if joint > len(word) // 2 else (word, "")
