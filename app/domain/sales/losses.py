"""Losses: what the customer does not renew, and which of the three kinds it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.domain.identifiers import AccountId, LineId, LossId, ProposalId
from app.domain.money import ZERO, Money, total
from app.domain.sales.editing import cancelled_line, line_of
from app.domain.sales.proposal import Proposal, SubOrder


class LossKind(StrEnum):
    """Total: the account (L1). Range: a whole sub-order (L2). Product: lines among others that stay (L3)."""

    TOTAL = "total"
    RANGE = "range"
    PRODUCT = "product"


class LossReason(StrEnum):
    """Why the customer drops it; chosen from a list, never free text on a person."""

    BUDGET = "budget"
    PRICE = "price"
    RESULTS = "results"
    COMPETITOR = "competitor"
    CLOSING = "closing"
    CHANGE_OF_OWNER = "change_of_owner"
    OTHER_PRODUCT = "other_product"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One loss: what was dropped, when, why, and the net amount per edition that goes with it."""

    id: LossId
    account_id: AccountId
    kind: LossKind
    reason: LossReason
    on: date
    net: Money
    edition: int
    proposal_id: ProposalId | None = None
    sub_order: str = ""
    range_name: str = ""
    product: str = ""
    revoked_at: datetime | None = None


def consequence_of_cancelling(proposal: Proposal, line_id: LineId) -> LossKind:
    """Say what cancelling a line amounts to: a product, with the last live line the range, with the last range all.

    Raises Refusal LINE_UNKNOWN.
    """
    part, line = line_of(proposal, line_id)
    lines = tuple(cancelled_line(other) if other.id == line.id else other for other in part.lines)
    if not replace(part, lines=lines).is_lost:
        return LossKind.PRODUCT
    return consequence_of_dropping(proposal, part)


def consequence_of_dropping(proposal: Proposal, part: SubOrder) -> LossKind:
    """Say what dropping a whole sub-order amounts to: the range, or everything when no other sub-order stays."""
    others = (other for other in proposal.sub_orders if other.id != part.id and not other.is_lost)
    return LossKind.RANGE if any(others) else LossKind.TOTAL


def lost_net(part: SubOrder) -> Money:
    """Give what the customer paid for a sub-order until now: the amount that is lost with it."""
    return total(line.previous_net or ZERO for line in part.lines)
