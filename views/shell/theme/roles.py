"""Roles by property: a widget says what it is, the style sheet says how that looks."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property the style sheet chooses by, and let the widget dress again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_role(label: QWidget, role: str) -> None:
    """Say what a label is.

    Roles: display, title, section, lead, lead-quiet, body, strong, medium, muted, quiet, link, small,
    small-quiet, caption, danger, ok, warn, kbd.
    """
    set_property(label, "role", role)


def set_kind(button: QWidget, kind: str) -> None:
    """A button's kind: fill (one a page), quiet, line, link, plain, danger."""
    set_property(button, "kind", kind)


def set_surface(frame: QWidget, surface: str) -> None:
    """Say what a frame is.

    Surfaces: ground, sheet, sunken, tile, card, raised, dialog, toast, notice-info, -ok, -warn, -danger.
    """
    set_property(frame, "surface", surface)
