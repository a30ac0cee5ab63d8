"""A proposal as the rows of a tree: each sub-order with its lines, what changed in words, what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from app.domain.identifiers import LineId
from app.domain.sales.anomalies import Anomaly, AnomalyCode
from app.domain.sales.proposal import Action, Line, Proposal, SubOrder
from views.formats import DASH, amount_runs, percent
from views.sales.proposal_words import line_chip, line_where, part_chip, part_note, quiet_word, under_amount
from views.shell.theme import Chip
from views.widgets.tree_rows import Branch, Cell, Column, TreeRow

translate = QCoreApplication.translate

QUANTITY, DISCOUNT = "quantity", "discount"
NO_PLACES: Mapping[LineId, Chip] = MappingProxyType({})


def columns(edition: int) -> tuple[Column, ...]:
    """The columns of the tree; the quantity gives way on a narrow page."""
    return (
        Column("product", translate("ProposalRows", "Produit")),
        Column("state", width="tree_state"),
        Column(QUANTITY, translate("ProposalRows", "Qté"), width="tree_quantity", editor="stepper", stays=False),
        Column(DISCOUNT, translate("ProposalRows", "Remise"), width="percent_field", editor="percent"),
        Column("net", translate("ProposalRows", "HT {edition}").format(edition=edition)),
    )


def branches(
    proposal: Proposal, broken: Iterable[Anomaly], places: Mapping[LineId, Chip] = NO_PLACES
) -> tuple[Branch, ...]:
    """The sub-orders with their lines; cells can be edited while the proposal is a draft.

    `places` says of each line that depends on a limited place how it stands.
    """
    found = tuple(broken)
    return tuple(_branch(proposal, part, found, places) for part in proposal.sub_orders)


def _branch(proposal: Proposal, part: SubOrder, broken: tuple[Anomaly, ...], places: Mapping[LineId, Chip]) -> Branch:
    chip = part_chip(part, broken)
    is_negative = any(
        anomaly.code is AnomalyCode.NEGATIVE_SUBORDER and anomaly.sub_order == part.number for anomaly in broken
    )
    row = TreeRow(
        title=part.range_name,
        number=part.number,
        note=part_note(part),
        chips=(chip,) if chip else (),
        cells=(
            Cell(),
            Cell(),
            Cell(),
            Cell(runs=amount_runs(part.net), colour="danger" if is_negative else "text"),
        ),
        key=part.id,
    )
    return Branch(row, tuple(_line(proposal, part, line, places.get(line.id)) for line in part.lines))


def _line(proposal: Proposal, part: SubOrder, line: Line, place: Chip | None) -> TreeRow:
    in_amendment = part.amendment is not None
    chip = line_chip(line, in_amendment=in_amendment)
    state = Cell(chip=chip) if chip else Cell(text=quiet_word(line), colour="text-3", size="small")
    can_edit = proposal.is_open and not line.is_cancelled
    kept = line.action is Action.KEEP
    discount = percent(line.discount) if line.discount and not kept else DASH
    return TreeRow(
        title=line.label,
        subtitle=line_where(line),
        chips=(place,) if place is not None else (),
        cells=(
            state,
            Cell(text=str(line.quantity), colour="text-2", value=line.quantity if can_edit else None),
            Cell(text=discount, value=line.discount if can_edit else None),
            Cell(runs=amount_runs(line.net), sub=under_amount(line, proposal.edition)),
        ),
        key=line.id,
        struck=line.is_cancelled,
    )
