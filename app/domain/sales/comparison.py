"""Simulations side by side: line by line and in total, against each other and against last edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.money import ZERO, Money
from app.domain.sales.proposal import Line, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    """One product across the simulations; None where a simulation does not hold it (cancelled counts as not held)."""

    label: str
    where: str
    previous_net: Money | None
    nets: tuple[Money | None, ...]

    @property
    def difference(self) -> Money:
        """What the last simulation adds to the first."""
        return (self.nets[-1] or ZERO) - (self.nets[0] or ZERO)

    @property
    def is_same(self) -> bool:
        """Whether every simulation holds it at the same amount."""
        return len(set(self.nets)) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPart:
    """One sub-order across the simulations."""

    number: str
    range_name: str
    lines: tuple[ComparedLine, ...]
    nets: tuple[Money, ...]
    previous_net: Money


def compare(proposals: Sequence[Proposal]) -> tuple[ComparedPart, ...]:
    """Lay simulations of one account side by side; the first is the one the others are held against."""
    numbers = sorted({part.number: part.range_name for proposal in proposals for part in proposal.sub_orders}.items())
    return tuple(_part(number, range_name, proposals) for number, range_name in numbers)


def _part(number: str, range_name: str, proposals: Sequence[Proposal]) -> ComparedPart:
    keyed = [_keyed(proposal, number) for proposal in proposals]
    keys = dict.fromkeys(key for lines in keyed for key in lines)
    rows = []
    for key in keys:
        found = [lines.get(key) for lines in keyed]
        known = next(line for line in found if line is not None)
        nets = tuple(None if line is None or _is_out(line) else line.net for line in found)
        where = " · ".join(filter(None, (known.activity, known.area, known.period)))
        rows.append(ComparedLine(label=known.label, where=where, previous_net=known.previous_net, nets=nets))
    sums = tuple(Money(sum(line.net.cents for line in lines.values())) for lines in keyed)
    before = Money(sum(row.previous_net.cents for row in rows if row.previous_net is not None))
    return ComparedPart(number=number, range_name=range_name, lines=tuple(rows), nets=sums, previous_net=before)


def _is_out(line: Line) -> bool:
    return line.is_cancelled and line.net == ZERO


def _keyed(proposal: Proposal, number: str) -> dict[tuple[str, str, str, int], Line]:
    keyed: dict[tuple[str, str, str, int], Line] = {}
    for part in proposal.sub_orders:
        for line in part.lines if part.number == number else ():
            key = (line.product, line.activity, line.area, 0)
            while key in keyed:
                key = (*key[:3], key[3] + 1)
            keyed[key] = line
    return keyed
