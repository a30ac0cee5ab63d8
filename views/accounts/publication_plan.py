"""The publication plan: what ran in each edition, what runs now, and what the proposal plans for the next."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.money import ZERO, Money
from app.domain.sales.proposal import Proposal
from app.ports.readers import AccountPicture
from views.accounts.preview_model import RUNS
from views.widgets.span_rows import Span, SpanRow

MOST_EDITIONS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """Editions as columns, the current column, and a row for each product."""

    editions: tuple[int, ...]
    current: int
    rows: tuple[SpanRow, ...]


def publication_plan(
    picture: AccountPicture,
    planned: Proposal | None,
    reduced: str,
    most: int = MOST_EDITIONS,
    *,
    only_live: bool = False,
) -> Plan:
    """Lay products against editions; `reduced` is the word beside what the proposal makes smaller.

    `only_live` leaves out what neither runs now nor is planned.
    """
    ran: dict[str, dict[int, Money]] = {}
    for order in picture.orders:
        if order.status not in RUNS:
            continue
        for part in order.sub_orders:
            for line in part.lines:
                editions = ran.setdefault(line.label, {})
                editions[order.edition] = editions.get(order.edition, ZERO) + line.net
    wanted = _planned(planned)
    years = {year for editions in ran.values() for year in editions} | ({planned.edition} if planned else set())
    shown = tuple(sorted(years)[-most:])
    if not shown:
        return Plan((), -1, ())
    now = max((year for editions in ran.values() for year in editions), default=shown[-1])
    rows = []
    for label in dict.fromkeys((*ran, *wanted)):
        spans = [
            Span(at, at + 1, "now" if year == now else "past")
            for at, year in enumerate(shown)
            if year in ran.get(label, {})
        ]
        if planned is not None and label in wanted and planned.edition in shown:
            at = shown.index(planned.edition)
            before = ran.get(label, {}).get(now)
            is_less = before is not None and wanted[label] < before
            spans.append(Span(at, at + 0.5, "reduced", reduced) if is_less else Span(at, at + 1, "planned"))
        is_live = now in ran.get(label, {}) or label in wanted
        if spans and (is_live or not only_live):
            rows.append(SpanRow(label, tuple(spans)))
    current = shown.index(planned.edition) if planned is not None and planned.edition in shown else shown.index(now)
    return Plan(shown, current, tuple(rows))


def _planned(proposal: Proposal | None) -> dict[str, Money]:
    """What each product costs in a proposal; what is cancelled is not planned."""
    wanted: dict[str, Money] = {}
    for line in proposal.lines if proposal is not None else ():
        if not line.is_cancelled:
            wanted[line.label] = wanted.get(line.label, ZERO) + line.net
    return wanted
