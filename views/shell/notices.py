"""What the window tells: a toast of what was just done, a notice of what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notice: what happened (bold), what is kept or to do, the technical part, and perhaps a button.

    `kind` is info, ok, warn or danger.
    """

    what: str
    kept: str = ""
    technical: str = ""
    kind: str = "info"
    action: str = ""
    do: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A toast of six seconds; `can_undo` puts « Annuler » beside it."""

    text: str
    can_undo: bool = False
