"""What the simulation says at the end of a run: one line of figures, and which seeded bug was found by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

Tell = Callable[[str, object], None]
"""Takes what was counted ("worlds", "strikes"…) with a number, or "bug" with a line."""
_NAMED = "simulation "


def summary(properties: Iterable[tuple[str, object]]) -> list[str]:
    """Give the lines for what the tests of a run told, from whatever process they ran in."""
    figures: Counter[str] = Counter()
    bugs: list[str] = []
    for name, value in properties:
        kind = name.removeprefix(_NAMED)
        if name.startswith(_NAMED) and kind == "bug":
            bugs.append(f"  {value}")
        elif name.startswith(_NAMED):
            figures[kind] += int(str(value))
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(figures.items()))
    return [
        *([f"simulation: {told} came to rest, every promise held"] if told else []),
        *([f"simulation: {len(bugs)} seeded bugs found", *sorted(bugs)] if bugs else []),
    ]
