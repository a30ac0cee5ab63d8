"""The look in force: light, dark or high contrast, and everything drawn with it."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEasingCurve, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from views.shell.theme import fonts, icons
from views.shell.theme.qss import style_sheet
from views.shell.theme.tokens import NAMES, Tokens, as_colour, load_tokens

SYSTEM = "system"
_PALETTE = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text-3",
    QPalette.ColorRole.Button: "sheet",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Link: "accent-text",
    QPalette.ColorRole.LinkVisited: "accent-text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Mid: "hairline",
    QPalette.ColorRole.Dark: "border",
    QPalette.ColorRole.Accent: "accent",
}


class Theme(QObject):
    """Answers every question of look; `changed` goes out once after another theme was put on."""

    changed = Signal()

    def __init__(self, app: QApplication, name: str) -> None:
        """Keep the application that the look is put on; nothing shows before `use`."""
        super().__init__(app)
        self._app = app
        self._tokens = load_tokens()
        self._wish = name
        self._name = ""
        self._colours: dict[str, QColor] = {}
        self._moves = _motion_is_welcome(app)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def name(self) -> str:
        """The theme that shows: light, dark or contrast."""
        return self._name

    @property
    def wish(self) -> str:
        """What was asked for: a theme's name, or `system`."""
        return self._wish

    @property
    def is_contrast(self) -> bool:
        """Whether chips, cards and quiet buttons wear an outline."""
        return self._name == "contrast"

    @property
    def moves(self) -> bool:
        """Whether things may move; false when the system asks for less motion and in tests."""
        return self._moves

    def set_moves(self, moves: bool) -> None:
        """Let things move, or keep them still."""
        self._moves = moves

    def use(self, name: str) -> None:
        """Put on light, dark, contrast or system; raises ValueError for any other name."""
        if name not in (*NAMES, SYSTEM):
            message = f"no theme is called {name!r}"
            raise ValueError(message)
        self._wish = name
        shown = self._system_choice() if name == SYSTEM else name
        if shown == self._name:
            return
        self._name = shown
        self._colours = {key: as_colour(text) for key, text in self._tokens.color[shown].items()}
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(style_sheet(self._tokens, shown))
        self.changed.emit()

    def c(self, name: str) -> QColor:
        """The colour of a token, as `accent` or `text-2`; raises KeyError when there is none."""
        return self._colours[name]

    def px(self, name: str) -> int:
        """A size in logical pixels, as `target`, or `radius.card`, `border.focus`, `line.body`."""
        kind, _, key = name.rpartition(".")
        if kind == "radius":
            return self._tokens.radius[key]
        if kind == "border":
            return self._tokens.border[key]
        if kind == "line":
            return self._tokens.type.size[key].line
        return round(self._tokens.size[name])

    def space(self, step: int) -> int:
        """The space of a step, in logical pixels: 1 is 4, 2 is 8, 4 is 16, 8 is 32."""
        return self._tokens.space[str(step)]

    def font(self, size: str = "body", weight: str = "regular", scale: float = 1) -> QFont:
        """A font of the scale (small, body, lead, title, display × thin, regular, medium, strong)."""
        return fonts.font(size, weight, scale)

    def metrics(self, size: str = "body", weight: str = "regular", scale: float = 1) -> QFontMetricsF:
        """The measures of that font."""
        return fonts.metrics(size, weight, scale)

    def line(self, size: str = "body") -> int:
        """The height of a line of that size, in logical pixels."""
        return self._tokens.type.size[size].line

    def duration(self, name: str) -> int:
        """Milliseconds: `quick`, `move` and `enter` are 0 when motion is reduced; `toast` and others stay."""
        milliseconds = self._tokens.duration[name]
        return milliseconds if self._moves or name not in ("quick", "move", "enter") else 0

    @property
    def easing(self) -> QEasingCurve:
        """How a thing that moves slows down."""
        return QEasingCurve(QEasingCurve.Type.OutCubic)

    def icon(self, name: str, colour: str = "text", px: int | None = None) -> QIcon:
        """A tinted icon; `colour` is a token."""
        return icons.tinted_icon(name, self.c(colour), px or self.px("icon"))

    def pixmap(self, name: str, colour: str, px: int | None = None, density: float = 1.0) -> QPixmap:
        """The tinted icon as a pixmap for a screen density."""
        return icons.tinted(name, self.c(colour), px or self.px("icon"), density)

    def elevation(self, level: int) -> tuple[int, int, QColor] | None:
        """Blur, drop and colour of the shadow of that level, or None where a border does it."""
        shadow = self._tokens.elevation[str(level)]
        if shadow is None or shadow.kind != "shadow":
            return None
        return shadow.blur, shadow.dy, self.c(shadow.color)

    @property
    def tokens(self) -> Tokens:
        """All tokens, for the gallery."""
        return self._tokens

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.c(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.c("text-disabled"))
        return palette

    def _system_choice(self) -> str:
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _follow_system(self) -> None:
        if self._wish == SYSTEM:
            self.use(SYSTEM)


def _motion_is_welcome(app: QApplication) -> bool:
    said = os.environ.get("TOURNEE_MOTION")
    if said is not None:
        return said != "0"
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return False
    # Only Windows and macOS tell Qt about "show animations"; elsewhere no answer means yes.
    return sys.platform not in ("win32", "darwin") or app.isEffectEnabled(Qt.UIEffect.UI_General)


class _Worn:
    theme: Theme | None = None


def install(app: QApplication, name: str = SYSTEM, *, chinese_now: bool = False) -> Theme:
    """Load the letters and put the look on the application; call once, before the first widget is made.

    `chinese_now` loads the Chinese letters at once instead of right after the window shows.
    Called again for the same application it only changes the theme.
    """
    worn = _Worn.theme
    if worn is None or worn.parent() is not app:
        fonts.load_fonts(chinese=chinese_now)
        if not chinese_now:
            QTimer.singleShot(0, app, fonts.load_fonts)
        app.setStyle("Fusion")
        app.setFont(fonts.font())
        worn = Theme(app, name)
        _Worn.theme = worn
    worn.use(name)
    return worn


def theme() -> Theme:
    """The look in force; raises RuntimeError before `install`."""
    if _Worn.theme is None:
        message = "install(app) puts the look on first"
        raise RuntimeError(message)
    return _Worn.theme
