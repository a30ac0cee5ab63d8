"""What floats over the page casts a shadow; nothing that scrolls or repaints while one types ever does."""

from __future__ import annotations

from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from views.shell.theme import theme


def lift(widget: QWidget, level: int) -> None:
    """Put the shadow of that level (2 or 3) under a dialog, palette, keypad, toast or cover."""
    shadow = theme().elevation(level)
    if shadow is None:
        return
    effect = QGraphicsDropShadowEffect(widget)
    effect.setBlurRadius(shadow[0])
    effect.setOffset(0, shadow[1])
    effect.setColor(shadow[2])
    widget.setGraphicsEffect(effect)
