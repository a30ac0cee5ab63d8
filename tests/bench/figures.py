"""How speed is taken down: medians of interleaved runs, a goal beside each, the same JSON line every time."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One measured figure. `value` and `goal` are in `unit`; what it was set against stands in `details`."""

    name: str
    what: str
    value: float
    goal: float
    unit: str
    details: Mapping[str, float | int | str] = field(default_factory=dict)

    @property
    def is_reached(self) -> bool:
        """Whether the goal is met; less is better for every figure here."""
        return self.value <= self.goal

    def as_json(self) -> str:
        """The figure as one line."""
        line = {"bench": self.name, "value": round(self.value, 3), "unit": self.unit, "goal": self.goal}
        rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in self.details.items()}
        return json.dumps({**line, "reached": self.is_reached, **rounded}, ensure_ascii=False)


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes, once."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def interleaved(works: Mapping[str, Callable[[], object]], times: int, warm: int = 3) -> dict[str, list[float]]:
    """Runs the works in turn, `times` rounds after `warm` ones that do not count; milliseconds of each run.

    In turn, since the machine's mood changes by the second: what is compared must share it.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for round_number in range(warm + times):
        for name, work in works.items():
            gc.collect()
            spent = milliseconds(work)
            if round_number >= warm:
                taken[name].append(spent)
    return taken


def median_ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the ratios round by round: what one round shared, it shared on both sides."""
    return statistics.median(one / other for one, other in zip(above, below, strict=True))


def p95(values: Sequence[float]) -> float:
    """The value that nineteen of twenty stay under."""
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """All figures for people."""
    rows = [("figure", "measured", "goal", "")]
    rows += [
        (
            one.what,
            f"{one.value:.2f} {one.unit}",
            f"≤ {one.goal:g} {one.unit}",
            "reached" if one.is_reached else "MISSED",
        )
        for one in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
