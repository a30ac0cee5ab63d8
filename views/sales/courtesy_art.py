"""The pictures of the courtesy screen: drawn from a few figures in the colours of the look, one kind for each trade."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from math import cos, pi, sin

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from views.shell.theme import theme

COVER = (400, 540)
"""The field a cover is drawn on; its lower quarter is left for the name."""
MOTIF = (400, 400)
_INKS = ("art-rose", "art-rose-2", "art-rose-3", "art-leaf", "art-paper", "art-ink")


class Trade(StrEnum):
    """What there is to draw."""

    FLOWERS = "flowers"
    ROOFS = "roofs"
    GLASSES = "glasses"
    OTHER = "other"


def trade_of(activity: str) -> Trade:
    """Find what to draw for a trade by its heading."""
    said = activity.casefold()
    stems = {
        "fleur": Trade.FLOWERS,
        "couv": Trade.ROOFS,
        "toit": Trade.ROOFS,
        "étanch": Trade.ROOFS,
        "opti": Trade.GLASSES,
    }
    return next((trade for stem, trade in stems.items() if stem in said), Trade.OTHER)


def cover(trade: Trade, width: int, height: int, density: float) -> QPixmap:
    """The picture of a cover, in logical pixels, for a screen density."""
    return _drawn("".join(_COVERS[trade]()), COVER, width, height, density)


def motif(trade: Trade, side: int, density: float) -> QPixmap:
    """One thing of the trade, alone on a clear ground."""
    return _drawn("".join(_MOTIFS[trade]()), MOTIF, side, side, density)


def _drawn(body: str, field: tuple[int, int], width: int, height: int, density: float) -> QPixmap:
    source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {field[0]} {field[1]}">{body}</svg>'
    # QSvgRenderer knows no variables: the look's colours are put in before it reads the drawing.
    for ink in sorted(_INKS, reverse=True):
        source = source.replace(f"{{{ink}}}", theme().c(ink).name(QColor.NameFormat.HexRgb))
    made = QPixmap(round(width * density), round(height * density))
    made.setDevicePixelRatio(density)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return made


def _placed(body: str, x: float, y: float, turn: float = 0, scale: float = 1) -> str:
    return f'<g transform="translate({x} {y}) rotate({turn}) scale({scale})">{body}</g>'


def _ground() -> str:
    return f'<rect width="{COVER[0]}" height="{COVER[1]}" fill="{{art-ink}}"/>'


# ---------------------------------------------------------------------------------------------- flowers
# Rings of petals from the outside in: how many, how far out, half width, half height, first turn, fill, edge.
_PETALS = (
    (6, 36, 32, 27, 0, "art-rose", "art-rose-2"),
    (6, 25, 26, 22, 30, "art-rose-2", "art-rose-3"),
    (5, 16, 19, 16, 12, "art-rose", "art-rose-2"),
    (5, 9, 13, 11, 44, "art-rose-2", "art-rose-3"),
    (3, 5, 8, 7, 0, "art-rose-3", "art-rose-3"),
)


def _rose() -> str:
    petals = "".join(
        f'<ellipse cx="0" cy="{-out}" rx="{wide}" ry="{high}" transform="rotate({first + turn * 360 / count})" '
        f'fill="{{{fill}}}" stroke="{{{edge}}}" stroke-width="1.3"/>'
        for count, out, wide, high, first, fill, edge in _PETALS
        for turn in range(count)
    )
    heart = '<path d="M-5 2C-6 -6 5 -7 5 0C5 5 -2 5 -2 1" fill="none" stroke="{art-rose}" stroke-width="1.8"/>'
    return petals + heart


def _leaf() -> str:
    return (
        '<path d="M0 0C22 -34 66 -36 100 0C66 28 24 28 0 0z" fill="{art-leaf}"/>'
        '<path d="M4 0C34 -4 60 -4 84 0" stroke="{art-ink}" stroke-width="2" fill="none" stroke-linecap="round"/>'
    )


def _flower_cover() -> Iterator[str]:
    yield _ground()
    for x, y, turn, scale in ((205, 262, 72, 1.35), (318, 318, 30, 1.2), (228, 30, -8, 0.9), (20, 60, -52, 1.15)):
        yield _placed(_leaf(), x, y, turn, scale)
    for x, y, turn, scale in (
        (330, 96, 14, 1.7),
        (108, 168, 0, 2.05),
        (292, 262, 32, 1.35),
        (38, 330, 8, 1.05),
        (178, 20, 50, 0.85),
    ):
        yield _placed(_rose(), x, y, turn, scale)


def _flower_motif() -> Iterator[str]:
    for x, y, turn, scale in ((240, 250, 38, 1.3), (150, 245, 128, 1.2), (120, 120, -140, 1.05)):
        yield _placed(_leaf(), x, y, turn, scale)
    yield _placed(_rose(), 200, 190, 0, 2.3)


# ---------------------------------------------------------------------------------------------- roofs
def _house(roof: str, wall: str, window: str) -> str:
    """A gable 100 wide with its foot at 0: wall, roof with an edge, a window and its cross."""
    return (
        f'<path d="M-42 0V-62H42V0z" fill="{{{wall}}}"/>'
        f'<path d="M-56 -56L0 -112L56 -56z" fill="{{{roof}}}"/>'
        f'<path d="M-56 -56L0 -112L56 -56" fill="none" stroke="{{art-rose-3}}" stroke-width="4" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
        f'<rect x="-13" y="-44" width="26" height="30" rx="13" fill="{{{window}}}"/>'
        '<path d="M0 -44V-14M-13 -28H13" stroke="{art-ink}" stroke-width="2"/>'
    )


def _roof_cover() -> Iterator[str]:
    yield _ground()
    yield '<circle cx="302" cy="92" r="46" fill="{art-paper}" opacity=".92"/>'
    rows = (
        (250, 0.95, ("art-rose-3", "art-leaf", "art-paper"), (28, 138, 250, 360)),
        (330, 1.25, ("art-rose-2", "art-paper", "art-ink"), (-20, 112, 256, 400)),
        (420, 1.55, ("art-rose", "art-paper", "art-ink"), (60, 226, 392)),
    )
    for foot, scale, (roof, wall, window), places in rows:
        for x in places:
            yield _placed(_house(roof, wall, window), x, foot, 0, scale)
    yield '<rect y="418" width="400" height="122" fill="{art-ink}"/>'


def _roof_motif() -> Iterator[str]:
    yield '<circle cx="290" cy="112" r="44" fill="{art-rose}"/>'
    yield _placed(_house("art-rose-3", "art-leaf", "art-paper"), 118, 318, 0, 1.4)
    yield _placed(_house("art-rose-2", "art-ink", "art-paper"), 250, 330, 0, 1.9)


# ---------------------------------------------------------------------------------------------- glasses
def _glasses(rim: str, lens: str) -> str:
    """A pair of round glasses 200 wide, centred on its bridge."""
    lenses = "".join(
        f'<circle cx="{x}" cy="0" r="44" fill="{{{lens}}}" fill-opacity=".75" stroke="{{{rim}}}" stroke-width="9"/>'
        f'<path d="M{x - 24} -14a30 30 0 0 1 20 -16" fill="none" stroke="{{art-paper}}" stroke-width="5" '
        'stroke-linecap="round" opacity=".8"/>'
        for x in (-58, 58)
    )
    frame = (
        f'<path d="M-17 -8a20 20 0 0 1 34 0M-102 -8l-22 -10M102 -8l22 -10" fill="none" stroke="{{{rim}}}" '
        'stroke-width="9" stroke-linecap="round"/>'
    )
    return lenses + frame


def _glasses_cover() -> Iterator[str]:
    yield _ground()
    for x, y, turn, scale, rim, lens in (
        (300, 60, -14, 0.85, "art-leaf", "art-rose-3"),
        (86, 118, 12, 0.95, "art-rose-3", "art-leaf"),
        (250, 208, -8, 1.2, "art-rose", "art-rose-3"),
        (110, 320, 10, 1.05, "art-paper", "art-rose-2"),
        (352, 352, 18, 0.8, "art-rose-2", "art-leaf"),
    ):
        yield _placed(_glasses(rim, lens), x, y, turn, scale)


def _glasses_motif() -> Iterator[str]:
    yield '<circle cx="200" cy="200" r="150" fill="{art-rose}" opacity=".35"/>'
    yield _placed(_glasses("art-ink", "art-rose-2"), 200, 200, -8, 1.5)


# ---------------------------------------------------------------------------------------------- any other trade
def _sun(x: float, y: float, radius: float) -> str:
    """Rings of light, the widest first."""
    rings = ((1.0, "art-rose-3"), (0.76, "art-rose-2"), (0.52, "art-rose"), (0.26, "art-paper"))
    return "".join(f'<circle cx="{x}" cy="{y}" r="{radius * part}" fill="{{{ink}}}"/>' for part, ink in rings)


def _plain_cover() -> Iterator[str]:
    yield _ground()
    yield _sun(236, 176, 150)
    for x, y, turn, scale in ((52, 318, -64, 1.5), (58, 320, -108, 1.2), (66, 322, -22, 1.1)):
        yield _placed(_leaf(), x, y, turn, scale)
    yield '<path d="M0 300C90 236 190 330 400 250V420H0z" fill="{art-leaf}"/>'
    yield '<path d="M0 352C130 300 250 392 400 330V430H0z" fill="{art-rose-3}"/>'
    yield '<path d="M0 396C120 372 280 420 400 388V540H0z" fill="{art-ink}"/>'


def _plain_motif() -> Iterator[str]:
    yield _sun(200, 180, 130)
    for turn in range(12):
        angle = turn * pi / 6
        x, y = 200 + 152 * cos(angle), 180 + 152 * sin(angle)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{{art-rose-2}}"/>'
    yield _placed(_leaf(), 200, 330, -150, 1)
    yield _placed(_leaf(), 200, 330, -30, 1)


_Drawing = Callable[[], Iterator[str]]
_COVERS: dict[Trade, _Drawing] = {
    Trade.FLOWERS: _flower_cover,
    Trade.ROOFS: _roof_cover,
    Trade.GLASSES: _glasses_cover,
    Trade.OTHER: _plain_cover,
}
_MOTIFS: dict[Trade, _Drawing] = {
    Trade.FLOWERS: _flower_motif,
    Trade.ROOFS: _roof_motif,
    Trade.GLASSES: _glasses_motif,
    Trade.OTHER: _plain_motif,
}
