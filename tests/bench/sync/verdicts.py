"""Sets what was measured against the gates and goals that the specification of sync gives."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.figures import median_ratio

Line = Mapping[str, float | int | str]


@dataclass(frozen=True)
class Verdict:
    """One measure; less is better. `goal` may depend on a peer: None where that one was left out."""

    what: str
    value: float
    unit: str
    gate: float
    goal: float | None

    @property
    def word(self) -> str:
        """Goal reached, gate passed, or gate missed."""
        if self.value > self.gate:
            return "GATE MISSED"
        if self.goal is None:
            return "gate passed"
        return "goal reached" if self.value <= self.goal else "gate passed, goal missed"


def verdicts(
    ours: Line, pulls: Sequence[float], floors: Sequence[float], write_ratio: float, peers: Mapping[str, Line]
) -> list[Verdict]:
    """Judge the product's line; `pulls` and `floors` are its first pulls and F of the same rounds (milliseconds)."""
    anki = peers.get("anki")
    delta_goal = 10.0 if anki is None else min(10.0, _number(anki, "pull_100"))
    push_goal = None if anki is None else 2 * _number(anki, "push_1000")
    rows = _number(ours, "records")
    return [
        Verdict(f"first pull of {rows:,.0f} rows", median_ratio(pulls, floors), "× F", 2.5, 1.9),
        Verdict("delta pull of 100 rows", _number(ours, "pull_100"), "ms", 15.0, delta_goal),
        Verdict("push of 1,000 patches, an action each", _number(ours, "push_1000"), "ms", 250.0, push_goal),
        Verdict(
            "push of 1,000 patches in one action", _number(ours, "push_1000_as_one_action"), "ms", 250.0, push_goal
        ),
        Verdict(
            "empty exchange against nothing", _number(ours, "empty_at_rest") / _number(ours, "nothing"), "×", 2.0, 1.3
        ),
        Verdict("bytes per row on the wire", _number(ours, "bytes_per_row"), "B", 65.0, 52.0),
        Verdict("local write with its outbox entry", write_ratio, "×", 2.0, 1.5),
        Verdict("memory of a first pull over base", _number(ours, "memory_mb"), "MB", 60.0, 30.0),
        Verdict("window blocked by sync, p99 of the worst phase", _number(ours, "window_blocked_p99"), "ms", 16.0, 8.0),
        Verdict("resent after a cut, worst", _number(ours, "resent_frames"), "frames", 1.0, 1.0),
    ]


def against_peers(ours: Line, peers: Mapping[str, Line], keys: Sequence[str]) -> list[str]:
    """How many times our milliseconds each peer takes, a line each (over 1: we are quicker)."""
    return [
        f"{name}: " + ", ".join(f"{key} {_number(peer, key) / _number(ours, key):.2f} ×" for key in keys if key in peer)
        for name, peer in peers.items()
    ]


def median_line(lines: Sequence[Line]) -> dict[str, float | int | str]:
    """One line of several: the median of each figure."""
    first = lines[0]
    return {
        key: value if isinstance(value, str) else statistics.median(_number(one, key) for one in lines)
        for key, value in first.items()
    }


def table(found: Sequence[Verdict]) -> str:
    """All verdicts for people."""
    rows = [("measure", "seen", "gate", "goal", "")]
    rows += [
        (
            one.what,
            f"{one.value:.2f} {one.unit}",
            f"≤ {one.gate:g}",
            "–" if one.goal is None else f"≤ {one.goal:.4g}",
            one.word,
        )
        for one in found
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _number(line: Line, key: str) -> float:
    value = line[key]
    if isinstance(value, str):
        raise TypeError(f"{key} is no number: {value}")
    return float(value)
