"""What a hand wrote, as points with pressure and time; never as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class StrokePoint:
    """Where the pen was: x and y from 0 to 1 of the pad, pressure from 0 to 1, milliseconds since the first point."""

    x: float
    y: float
    pressure: float
    t_ms: int


Stroke = tuple[StrokePoint, ...]
Place = tuple[float, float]


def smooth(points: list[Place]) -> Iterator[tuple[Place, ...]]:
    """The pieces of a smooth line through the points: a start (1 place), curves (control, end), an end (1 place).

    Each written point bends the line as the control of a curve that runs from middle to middle.
    """
    yield (points[0],)
    for control, following in pairwise(points[1:]):
        yield control, ((control[0] + following[0]) / 2, (control[1] + following[1]) / 2)
    # A dot is a line of no length, which a round pen shows.
    yield (points[-1],)


def svg_path(strokes: Iterable[Stroke], aspect: float, width: float = 1000.0) -> str:
    """The strokes as the `d` of an SVG path on a pad of `width` by `width / aspect`; empty for no stroke."""
    height = width / aspect
    pieces: list[str] = []
    for stroke in strokes:
        places = [(point.x * width, point.y * height) for point in stroke]
        for at, piece in enumerate(smooth(places)):
            letter = "M" if at == 0 else "Q" if len(piece) > 1 else "L"
            pieces.append(letter + " ".join(f"{x:.2f} {y:.2f}" for x, y in piece))
    return "".join(pieces)
