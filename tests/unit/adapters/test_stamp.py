"""The stroke is drawn into the box as it was on the pad, in vectors."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from app.adapters.paper.signature_box import BOX_HEIGHT, BOX_WIDTH
from app.adapters.seal.stamp import stamp
from app.domain.signature.ceremony import HandStroke, Point


def _vectors(made: bytes) -> list[tuple[float, ...]]:
    """The segments of a stamp: width, x0, y0, x1, y1 in points from the bottom left corner."""
    page = PdfFileReader(BytesIO(made)).root["/Pages"]["/Kids"][0]
    drawn = page["/Contents"].data.decode("latin-1")
    segments, wide = [], 0.0
    for row in drawn.splitlines():
        for match in re.finditer(r"([\d.]+) w|n ([\d.-]+) ([\d.-]+) m ([\d.-]+) ([\d.-]+) l S", row):
            if match[1]:
                wide = float(match[1])
            else:
                segments.append((wide, *(float(match[at]) for at in range(2, 6))))
    return segments


def test_the_stroke_is_drawn_as_vectors_wider_where_the_pen_pressed() -> None:
    rising = tuple(Point(0.1 + at / 50, 0.5, at / 30, at * 8) for at in range(31))
    segments = _vectors(stamp(HandStroke(strokes=(rising,), ratio=1.65), "", "", ""))
    widths = [segment[0] for segment in segments]
    assert len(segments) >= 30
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]


def test_the_stroke_keeps_its_proportions() -> None:
    corners = [Point(0.2, 0.2, 0.5, 0), Point(0.6, 0.2, 0.5, 9), Point(0.6, 0.7, 0.5, 18), Point(0.2, 0.7, 0.5, 27)]
    sides = tuple((one, other) for one, other in zip(corners, [*corners[1:], corners[0]], strict=True))
    segments = _vectors(stamp(HandStroke(strokes=sides, ratio=2.0), "", "", ""))
    wide = max(segment[3] for segment in segments) - min(segment[1] for segment in segments)
    high = max(segment[2] for segment in segments) - min(segment[4] for segment in segments)
    assert wide / high == pytest.approx(2.0 * 0.4 / 0.5, rel=0.01)


def test_a_dot_is_drawn() -> None:
    dot = HandStroke(strokes=((Point(0.5, 0.5, 0.5, 0),),), ratio=1.5)
    assert len(_vectors(stamp(dot, "", "", ""))) == 1


NUMBERS = st.floats(allow_nan=True, allow_infinity=True, width=32) | st.floats(0, 1)
POINTS = st.builds(Point, NUMBERS, NUMBERS, NUMBERS, st.integers(0, 10_000))


@settings(max_examples=60)
@given(
    strokes=st.lists(st.lists(POINTS, max_size=12).map(tuple), max_size=4).map(tuple),
    ratio=st.floats(allow_nan=True, allow_infinity=True) | st.floats(0.2, 5),
)
def test_whatever_the_pad_sends_the_ink_stays_in_the_box(strokes: tuple[tuple[Point, ...], ...], ratio: float) -> None:
    inside = tuple(
        tuple(Point(min(1, max(0, p.x)), min(1, max(0, p.y)), p.pressure, p.at_ms) for p in points)
        for points in strokes
    )
    for _, x0, y0, x1, y1 in _vectors(stamp(HandStroke(strokes=inside, ratio=ratio), "N", "P", "M")):
        assert -12 <= min(x0, x1) <= max(x0, x1) <= BOX_WIDTH + 12
        assert -12 <= min(y0, y1) <= max(y0, y1) <= BOX_HEIGHT + 12
    stamp(HandStroke(strokes=strokes, ratio=ratio), "N", "P", "M")
