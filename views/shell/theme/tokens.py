"""The measures, colours and type of the look, read from the design's files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from PySide6.QtGui import QColor

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
THEMES = RESOURCES / "themes"
NAMES = ("light", "dark", "contrast")


class TypeSize(msgspec.Struct, frozen=True):
    """One step of the type scale: height of the letters and of the line, in logical pixels."""

    px: int
    line: int


class Type(msgspec.Struct, frozen=True):
    """The family, its sizes and weights."""

    family: str
    fallback: list[str]
    size: dict[str, TypeSize]
    weight: dict[str, int]
    courtesy_scale: int


class Shadow(msgspec.Struct, frozen=True):
    """What lifts a surface off the page: a border (level 1) or a shadow (levels 2 and 3)."""

    kind: str
    color: str
    width: int = 0
    blur: int = 0
    dx: int = 0
    dy: int = 0


class Tokens(msgspec.Struct, frozen=True):
    """Everything the design fixed once, by name; lengths in logical pixels, durations in milliseconds."""

    color: dict[str, dict[str, str]]
    type: Type
    space: dict[str, int]
    radius: dict[str, int]
    border: dict[str, int]
    elevation: dict[str, Shadow | None]
    size: dict[str, float]
    duration: dict[str, int]


class _Measures(msgspec.Struct, frozen=True):
    size: dict[str, float]


@cache
def load_tokens() -> Tokens:
    """Read tokens.json and the measures beside it, once; raises msgspec.ValidationError on a damaged file."""
    tokens = msgspec.json.decode((THEMES / "tokens.json").read_bytes(), type=Tokens)
    measures = msgspec.json.decode((THEMES / "measures.json").read_bytes(), type=_Measures)
    return msgspec.structs.replace(tokens, size={**measures.size, **tokens.size})


def as_colour(text: str) -> QColor:
    """Turn `#RRGGBB` or `#RRGGBBAA` into a colour; Qt itself would read the alpha first."""
    red, green, blue = (int(text[at : at + 2], 16) for at in (1, 3, 5))
    alpha = int(text[7:9], 16) if len(text) == len("#RRGGBBAA") else 255
    return QColor(red, green, blue, alpha)
