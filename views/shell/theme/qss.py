"""The style sheet, written once with holes that the tokens fill."""

from __future__ import annotations

import re

from views.shell.theme.tokens import THEMES, Tokens

# A hole is {name} or {name -2}; the sheet's own braces hold a colon, so they stay as they are.
_HOLE = re.compile(r"\{([a-z][a-z0-9_.-]*)(?: ([+-]\d+))?\}")


def style_sheet(tokens: Tokens, name: str) -> str:
    """The sheet of the theme `name`; raises KeyError when the template names a token that does not exist."""
    values = _values(tokens, name)

    def fill(hole: re.Match[str]) -> str:
        value = values[hole[1]]
        if hole[2] is None:
            return str(value)
        if isinstance(value, str):
            message = f"{hole[1]} is no length"
            raise TypeError(message)
        return str(value + int(hole[2]))

    return _HOLE.sub(fill, (THEMES / "tournee.qss").read_text(encoding="utf-8"))


def _values(tokens: Tokens, name: str) -> dict[str, str | int]:
    values: dict[str, str | int] = {key: _rgba(text) for key, text in tokens.color[name].items()}
    # Only high contrast draws a line round chips, cards and quiet buttons.
    values["outline"] = values["hairline"] if name == "contrast" else "transparent"
    values["track"] = values["chip" if name == "contrast" else "sunken"]
    values["family"] = ", ".join(f'"{family}"' for family in (tokens.type.family, *tokens.type.fallback))
    values |= {f"size.{key}": round(value) for key, value in tokens.size.items()}
    values |= {f"space.{key}": value for key, value in tokens.space.items()}
    values |= {f"radius.{key}": value for key, value in tokens.radius.items()}
    values |= {f"font.{key}": value.px for key, value in tokens.type.size.items()}
    values |= {f"line.{key}": value.line for key, value in tokens.type.size.items()}
    values |= {f"weight.{key}": value for key, value in tokens.type.weight.items()}
    return values


def _rgba(text: str) -> str:
    red, green, blue = (int(text[at : at + 2], 16) for at in (1, 3, 5))
    alpha = int(text[7:9], 16) if len(text) == len("#RRGGBBAA") else 255
    return f"rgba({red}, {green}, {blue}, {alpha})"
