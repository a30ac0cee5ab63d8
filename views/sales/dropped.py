"""What is about to be dropped: a product, a range or the whole account, and what the customer paid for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.identifiers import LineId
from app.domain.money import ZERO, Money, total
from app.domain.sales.editing import line_of
from app.domain.sales.losses import (
    LossKind,
    consequence_of_cancelling,
    consequence_of_dropping,
    lost_net,
)
from app.domain.sales.order import Order, OrderStatus
from app.domain.sales.proposal import Action, Proposal, SubOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What goes: which loss it is, its name, its sub-order's number, and what it cost until now (net)."""

    kind: LossKind
    what: str
    number: str
    net: Money
    is_line: bool = False
    is_only_added: bool = False
    """Whether it was only added in this proposal: taking it out is no loss."""


def dropping_line(proposal: Proposal, line_id: LineId) -> Dropped:
    """Say what cancelling a line amounts to. Raises Refusal LINE_UNKNOWN."""
    part, line = line_of(proposal, line_id)
    kind = consequence_of_cancelling(proposal, line.id)
    if kind is LossKind.PRODUCT:
        added = line.action is Action.ADD
        before = ZERO if added else line.previous_net or ZERO
        return Dropped(kind=kind, what=line.label, number=part.number, net=before, is_line=True, is_only_added=added)
    return Dropped(kind=kind, what=part.range_name, number=part.number, net=lost_net(part), is_line=True)


def dropping_part(proposal: Proposal, part: SubOrder) -> Dropped:
    """Say what dropping a whole sub-order amounts to."""
    kind = consequence_of_dropping(proposal, part)
    return Dropped(kind=kind, what=part.range_name, number=part.number, net=lost_net(part))


def dropping_account(orders: Sequence[Order], account_name: str) -> Dropped:
    """Say what losing the account amounts to: everything that runs."""
    running = total(order.totals.net for order in orders if order.status is OrderStatus.IN_PRODUCTION)
    return Dropped(kind=LossKind.TOTAL, what=account_name, number="", net=running)
