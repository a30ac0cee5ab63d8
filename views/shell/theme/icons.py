"""The icons: thin drawings that take the colour of the words beside them."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from views.shell.theme.tokens import RESOURCES

_DENSITIES = (1.0, 2.0)
_pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}


@cache
def _source(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon_names() -> tuple[str, ...]:
    """Every icon there is, in alphabetical order."""
    return tuple(sorted(file.stem for file in (RESOURCES / "icons").glob("*.svg")))


def tinted(name: str, colour: QColor, px: int, density: float) -> QPixmap:
    """The icon `name` in `colour`, `px` logical pixels wide, drawn for that screen density and kept.

    Raises FileNotFoundError for an icon that does not exist.
    """
    key = (name, colour.rgba(), px, density)
    found = _pixmaps.get(key)
    if found is None:
        # QSvgRenderer knows no currentColor: the stroke is put in before it reads the drawing.
        source = _source(name).replace("currentColor", colour.name(QColor.NameFormat.HexRgb))
        found = QPixmap(round(px * density), round(px * density))
        found.setDevicePixelRatio(density)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setOpacity(colour.alphaF())
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, px, px))
        painter.end()
        _pixmaps[key] = found
    return found


def tinted_icon(name: str, colour: QColor, px: int) -> QIcon:
    """The same as a QIcon, with a pixmap for each density in use."""
    made = QIcon()
    for density in {*_DENSITIES, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}:
        made.addPixmap(tinted(name, colour, px, density))
    return made
