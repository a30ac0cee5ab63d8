"""Makes ready, bit by bit while nobody waits, what the first rows would have to wait for: letters and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtGui import QPainter, QPixmap

from resources.wording import wording
from views.shell.theme import Ink, paint_text, text_width, theme

INKS = tuple(
    Ink(size=size, weight=weight)
    for size, weights in {
        "body": ("strong", "regular", "medium", "thin"),
        "small": ("regular", "medium", "strong"),
        "lead": ("regular", "strong"),
        "title": ("strong",),
        "display": ("strong", "thin"),
    }.items()
    for weight in weights
)
"""The letters that pages are written in, those of lists first."""
LETTERS = "".join(
    map(chr, (*range(0x21, 0x7F), 0xA0, 0xAB, 0xB7, 0xBB, *range(0xE0, 0xFD), 0x2013, 0x2019, 0x2026, 0x20AC))
)
"""Latin letters with their accents, figures, and the signs beside them."""
EVERY_MS = 20
"""Between two bits, each of which takes one or two milliseconds: a tap has its turn in between."""

_done: set[tuple[Ink, float]] = set()
"""The letters that were drawn once, by the density of the screen: Qt keeps them."""


class Warming(QObject):
    """Draws each letter once where nobody sees it, and reads in the words of a language; then it ends."""

    def __init__(self, language: str, density: float, parent: QObject | None = None) -> None:
        """`density` is how many device pixels a logical pixel of the screen is."""
        super().__init__(parent)
        self._bits = _bits(language, density)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    @property
    def is_over(self) -> bool:
        """Whether all is ready."""
        return not self._timer.isActive()

    def _next(self) -> None:
        bit = next(self._bits, None)
        if bit is None:
            self._timer.stop()
        else:
            bit()


def _bits(language: str, density: float) -> Iterator[Callable[[], object]]:
    yield partial(wording, language)
    for ink in INKS:
        if (ink, density) not in _done:
            _done.add((ink, density))
            yield partial(_draw, ink, density)


def _draw(ink: Ink, density: float) -> None:
    box = QRectF(0, 0, text_width(LETTERS, ink) + 1, theme().line(ink.size))
    paper = QPixmap(round(box.width() * density), round(box.height() * density))
    paper.setDevicePixelRatio(density)
    paper.fill(theme().c("sheet"))
    painter = QPainter(paper)
    paint_text(painter, box, LETTERS, ink)
    painter.end()
