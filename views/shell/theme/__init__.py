"""The look: colours, measures, letters and icons, asked for by name.

>>> install(app, "light")                     # once, before the first widget
>>> theme().c("accent")                       # QColor
>>> theme().px("target"), theme().space(4)    # 44, 16
>>> theme().font("body", "medium")            # QFont
>>> theme().pixmap("split", "on-accent", 20, painter_density)
>>> set_role(label, "title")                  # a property the style sheet knows
"""

from views.shell.theme.icons import icon_names
from views.shell.theme.painting import (
    BODY,
    CENTRE,
    LEFT,
    MEDIUM,
    MUTED,
    RIGHT,
    SMALL,
    SMALL_QUIET,
    STRONG,
    Chip,
    Ink,
    Run,
    chip_width,
    density,
    paint_amount,
    paint_chip,
    paint_elided,
    paint_focus,
    paint_icon,
    paint_text,
    runs_width,
    text_width,
)
from views.shell.theme.roles import set_kind, set_property, set_role, set_surface
from views.shell.theme.theme import SYSTEM, Theme, install, theme
from views.shell.theme.tokens import NAMES, RESOURCES

__all__ = [
    "BODY",
    "CENTRE",
    "LEFT",
    "MEDIUM",
    "MUTED",
    "NAMES",
    "RESOURCES",
    "RIGHT",
    "SMALL",
    "SMALL_QUIET",
    "STRONG",
    "SYSTEM",
    "Chip",
    "Ink",
    "Run",
    "Theme",
    "chip_width",
    "density",
    "icon_names",
    "install",
    "paint_amount",
    "paint_chip",
    "paint_elided",
    "paint_focus",
    "paint_icon",
    "paint_text",
    "runs_width",
    "set_kind",
    "set_property",
    "set_role",
    "set_surface",
    "text_width",
    "theme",
]
