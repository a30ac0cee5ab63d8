"""Where a small panel stands that belongs to a field: under it, or above where there is no room, never over it."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from views.shell.theme import theme


def place_beside(panel: QWidget, field: QWidget) -> None:
    """Move the panel, a child of the field's window, beside the field and inside the window."""
    gap = theme().space(2)
    window = field.window()
    panel.adjustSize()
    corner = field.mapTo(window, QPoint(0, 0))
    below = corner.y() + field.height() + gap
    above = corner.y() - gap - panel.height()
    fits = below + panel.height() <= window.height() or above < 0
    left = max(0, min(corner.x(), window.width() - panel.width()))
    panel.move(left, below if fits else above)
