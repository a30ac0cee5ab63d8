"""What the seal draws into the signature box: the stroke as it was drawn, with name, place and date under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import ceil, hypot, isfinite

from app.adapters.paper.pen import Pen, blank, ink
from app.adapters.paper.signature_box import BASE_LINE, BOX_HEIGHT, BOX_WIDTH, PAD, values
from app.domain.signature.ceremony import HandStroke, Point

# Where the stroke may lie in the box, in points from its top left corner; descenders cross the base line.
_AREA = (PAD + 8, 8.0, BOX_WIDTH - 2 * PAD - 16, BASE_LINE - 6)
# How many times its natural size (the pad in the box) a small signature may grow.
_MOST_GROWTH = 1.8
_PEN = 1.45
_LIGHTEST, _BY_PRESSURE = 0.55, 0.9
_STEP = 1.2
_MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class _Dab:
    """A point of the pen on the box: where, in points, and how wide it draws."""

    x: float
    y: float
    wide: float


def stamp(stroke: HandStroke, name: str, place: str, moment: str) -> bytes:
    """Draw the filled box as a PDF page of the box's size, in vectors."""
    file = BytesIO()
    canvas = blank(file, BOX_WIDTH, BOX_HEIGHT)
    pen = Pen(canvas, BOX_HEIGHT)
    values(pen, name, place, moment)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeColor(ink("text"))
    for dabs in _placed(stroke):
        for one, other in pairwise(_smooth(dabs)):
            canvas.setLineWidth(round((one.wide + other.wide) / 2, 2))
            canvas.line(one.x, BOX_HEIGHT - one.y, other.x, BOX_HEIGHT - other.y)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _placed(stroke: HandStroke) -> list[list[_Dab]]:
    """Scale the ink into its area, keeping its proportions; points that are no numbers are no ink."""
    ratio = stroke.ratio if isfinite(stroke.ratio) and stroke.ratio > 0 else 1.0
    drawn = [[point for point in points if isfinite(point.x) and isfinite(point.y)] for points in stroke.strokes]
    inked = [point for points in drawn for point in points]
    if not inked:
        return []
    left, top, wide, high = _AREA
    x0, x1 = min(point.x for point in inked) * ratio, max(point.x for point in inked) * ratio
    y0, y1 = min(point.y for point in inked), max(point.y for point in inked)
    natural = min(wide / ratio, high)
    scale = min(
        wide / (x1 - x0) if x1 > x0 else natural,
        high / (y1 - y0) if y1 > y0 else natural,
        natural * _MOST_GROWTH,
    )
    down = top + high - (y1 - y0) * scale
    return [
        [_Dab(left + (point.x * ratio - x0) * scale, down + (point.y - y0) * scale, _width(point)) for point in points]
        for points in drawn
        if points
    ]


def _width(point: Point) -> float:
    pressure = min(1.0, max(0.0, point.pressure)) if isfinite(point.pressure) else 0.5
    return _PEN * (_LIGHTEST + _BY_PRESSURE * pressure)


def _smooth(dabs: Sequence[_Dab]) -> Iterator[_Dab]:
    """Walk along a curve through all points (Catmull-Rom), in steps short enough to look round.

    A single point is a dot.
    """
    yield dabs[0]
    if len(dabs) == 1:
        yield dabs[0]
    padded = (dabs[0], *dabs, dabs[-1])
    for before, one, other, after in zip(padded, dabs, dabs[1:], padded[3:], strict=False):
        steps = min(_MOST_STEPS, max(1, ceil(hypot(other.x - one.x, other.y - one.y) / _STEP)))
        for step in range(1, steps + 1):
            t = step / steps
            yield _Dab(
                _curve(before.x, one.x, other.x, after.x, t),
                _curve(before.y, one.y, other.y, after.y, t),
                one.wide + (other.wide - one.wide) * t,
            )


def _curve(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
