"""The letters: Source Sans 3 in four weights, and Noto Sans SC for Chinese."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from views.shell.theme.tokens import RESOURCES, load_tokens

_LATIN = "SourceSans3_*.ttf"
_CHINESE = "NotoSansSC_*.ttf"
_loaded: set[str] = set()
_fonts: dict[tuple[str, str, float], QFont] = {}
_metrics: dict[tuple[str, str, float], QFontMetricsF] = {}
_TIGHTER_FROM = 32
_TIGHTER_BY = -0.2


def load_fonts(*, chinese: bool = True) -> None:
    """Hand the shipped font files to Qt, each at most once; Chinese costs 15 ms more."""
    for pattern in (_LATIN, _CHINESE) if chinese else (_LATIN,):
        for file in sorted((RESOURCES / "fonts").glob(pattern)):
            if file.name not in _loaded:
                QFontDatabase.addApplicationFont(str(file))
                _loaded.add(file.name)


def font(size: str = "body", weight: str = "regular", scale: float = 1) -> QFont:
    """A font of the scale: size small, body, lead, title, display; weight thin, regular, medium, strong."""
    key = (size, weight, scale)
    found = _fonts.get(key)
    if found is None:
        found = _make(size, weight, scale)
        _fonts[key] = found
    return QFont(found)


def metrics(size: str = "body", weight: str = "regular", scale: float = 1) -> QFontMetricsF:
    """The measures of that font, kept so that painting does not make them again."""
    key = (size, weight, scale)
    found = _metrics.get(key)
    if found is None:
        found = QFontMetricsF(font(size, weight, scale))
        _metrics[key] = found
    return found


def _make(size: str, weight: str, scale: float) -> QFont:
    kind = load_tokens().type
    made = QFont()
    made.setFamilies([kind.family, *kind.fallback])
    pixels = round(kind.size[size].px * scale)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(kind.weight[weight]))
    if pixels >= _TIGHTER_FROM:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _TIGHTER_BY * scale)
    return made
