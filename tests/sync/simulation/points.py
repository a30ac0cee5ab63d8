"""Every commit and every step of a request as a labelled point, at any of which a run can be struck down."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import FrameType

from app.store.unit_of_work import SqlTransaction

PRODUCT = tuple(f"{Path(__file__).parents[3] / part}/" for part in ("app", "sync"))
BETWEEN = {"writing", "in_one_write", "write", "whole", "begin", "step", "commit", "work", "wrapper"}
"""Functions that only carry a transaction for another one, which the point is named after."""


class Strike(StrEnum):
    """What happens at a point."""

    DEVICE_DIES = "device dies"
    CENTRE_DIES = "centre dies"
    CUT = "connection breaks"
    DARK = "network is gone for good"


AT_STEP = {
    "sent": (Strike.CUT, Strike.DARK, Strike.DEVICE_DIES),
    "received": (Strike.CENTRE_DIES,),
    "answered": (Strike.CUT, Strike.DARK, Strike.DEVICE_DIES, Strike.CENTRE_DIES),
    "piece": (Strike.CUT, Strike.DARK, Strike.DEVICE_DIES),
    "closed": (Strike.DEVICE_DIES,),
}
"""What can happen at a step of a request; at a commit its own side dies."""
ALIKE, ONE_IN = 100, 25
"""How many points of one name are all struck, and one in how many of those that follow."""


@dataclass(frozen=True, slots=True, order=True)
class Blow:
    """One strike at one point: "marie1.commit:answer#2: device dies"."""

    point: str
    strike: Strike

    def __str__(self) -> str:
        return f"{self.point}: {self.strike}"

    @classmethod
    def parse(cls, text: str) -> Blow:
        point, _, strike = text.partition(": ")
        return cls(point, Strike(strike))


@dataclass
class Points:
    """Counts the points that a run passes while it is open, and says when the one comes at which it is struck."""

    blow: Blow | None = None
    is_open: bool = False
    is_struck: bool = False
    passed: list[str] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def at(self, label: str) -> Strike | None:
        """Pass a point; gives what happens at it."""
        if not self.is_open:
            return None
        self._counts[label] += 1
        name = f"{label}#{self._counts[label]}"
        self.passed.append(name)
        if self.blow is None or self.is_struck or self.blow.point != name:
            return None
        self.is_struck = True
        return self.blow.strike

    def at_commit(self, who: str) -> Strike | None:
        return self.at(f"{who}.commit:{committing()}") if self.is_open else None

    def blows(self) -> list[Blow]:
        """Give every strike at every point that was passed, in their order; of very many that are alike some."""
        return [Blow(name, strike) for name in self.passed if not _is_one_of_many(name) for strike in strikes_at(name)]


def _is_one_of_many(name: str) -> bool:
    """Say whether hundreds like it were struck: of a thousand answers the first hundred are, then one in 25."""
    number = int(name.rpartition("#")[2])
    return number > ALIKE and number % ONE_IN != 0


def strikes_at(name: str) -> tuple[Strike, ...]:
    who, _, step = name.partition(":")[0].rpartition(".")
    if step == "commit":
        return (Strike.CENTRE_DIES if who == "centre" else Strike.DEVICE_DIES,)
    return AT_STEP[step]


def committing() -> str:
    """Name what is being committed: the action of a unit of work, else the product's function that opened it."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_name
        if frame.f_code.co_filename.startswith(PRODUCT):
            owner = frame.f_locals.get("self")
            if name == "commit" and isinstance(owner, SqlTransaction):
                return owner._name
            if name not in BETWEEN and not name.startswith("<"):
                return name.strip("_")
        frame = frame.f_back
    return "test"
