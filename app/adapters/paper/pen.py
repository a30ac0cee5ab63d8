"""The pen that draws on a page: text, rules, boxes and chips, measured in points from the top left corner."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import resources
from app.adapters.paper.letters import CHINESE, OUTLINE, Run, Style, Weight, font, pieces, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Align = Literal["left", "right"]


@cache
def ink(name: str) -> str:
    """Give a colour of the design's light theme by its name, as #RRGGBB."""
    tokens = json.loads((Path(resources.__file__).parent / "themes" / "tokens.json").read_bytes())
    return str(tokens["color"]["light"][name])[:7]


def runs_width(runs: Sequence[Run]) -> float:
    """Measure a line of several pieces, in points."""
    return sum(width(run.text, run.style) for run in runs)


def blank(file: BytesIO, wide: float, high: float, language: str = "") -> Canvas:
    """Open a PDF of pages of a size in points; the same drawing on it gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    return Canvas(
        file,
        pagesize=(wide, high),
        pageCompression=1,
        invariant=1,
        lang=language or None,
        # Its own letters from the first: else each page names a font that is not embedded. (The stub says float.)
        initialFontName=cast("float", font(Weight.REGULAR.value).fontName),
    )


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on the canvas's present page, `height` points high; y grows downwards."""

    canvas: Canvas
    height: float

    def text(self, x: float, top: float, text: str, style: Style, align: Align = "left") -> None:
        """Write one line whose upper edge is at `top`; x is its left or right end."""
        self.runs(x, top, (Run(text, style),), style, align)

    def runs(self, x: float, top: float, runs: Sequence[Run], line: Style, align: Align = "left") -> None:
        """Write one line of several pieces on the base line that the style `line` gives."""
        if align == "right":
            x -= runs_width(runs)
        for run in runs:
            self._run(x, self.height - top - line.baseline, run)
            x += width(run.text, run.style)

    def _run(self, x: float, y: float, run: Run) -> None:
        # No letter pair is set closer: the shipped fonts' figures have one width and small text does not need it.
        style = run.style
        made = self.canvas.beginText(x, y)
        made.setFillColor(style.colour)
        for name, piece in pieces(run.text, style.weight):
            font(name)
            made.setFont(name, style.size)
            is_outlined = name == CHINESE and style.weight in OUTLINE
            if is_outlined:
                self.canvas.setLineWidth(style.size * OUTLINE[style.weight])
                made.setStrokeColor(style.colour)
            made.setTextRenderMode(2 if is_outlined else 0)
            made.textOut(piece)
        made.setTextRenderMode(0)
        self.canvas.drawText(made)

    def rule(self, left: float, right: float, y: float, colour: str, thickness: float = 0.6) -> None:
        """Draw a horizontal line."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(left, self.height - y, right, self.height - y)

    def dashes(self, left: float, right: float, y: float, colour: str) -> None:
        """Draw a dashed horizontal line, to write on."""
        self.canvas.saveState()
        self.canvas.setDash(2.4, 2)
        self.rule(left, right, y, colour)
        self.canvas.restoreState()

    def box(
        self, left: float, top: float, wide: float, high: float, radius: float, *, fill: str = "", edge: str = ""
    ) -> None:
        """Draw a rectangle with round corners, filled, edged or both."""
        self.canvas.setLineWidth(0.8)
        if fill:
            self.canvas.setFillColor(fill)
        if edge:
            self.canvas.setStrokeColor(edge)
        bottom = self.height - top - high
        self.canvas.roundRect(left, bottom, wide, high, radius, stroke=int(bool(edge)), fill=int(bool(fill)))
