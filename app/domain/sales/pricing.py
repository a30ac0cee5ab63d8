"""What a line costs: price list, quantity and discount in a renewal; the difference it makes in an amendment."""

from __future__ import annotations

from dataclasses import replace

from app.domain.money import BASIS, ZERO, Money
from app.domain.refusal import Refusal
from app.domain.sales.proposal import Action, Line

MOST_PIECES = 9_999


def net_of(line: Line, *, in_amendment: bool) -> Money:
    """Give what a line adds to its sub-order, in cents.

    In a renewal: price × quantity less the discount; nothing when cancelled or kept. In an amendment: the difference
    to what runs now, so a cancelled line takes its whole amount away and a kept one adds nothing.
    """
    price = line.list_net.less(line.discount)
    before = line.previous_net or ZERO
    if line.action is Action.KEEP:
        return ZERO
    if line.action is Action.CANCEL:
        return -before if in_amendment else ZERO
    if in_amendment and line.action is Action.MODIFY:
        return price - before
    return price


def priced(line: Line, *, in_amendment: bool) -> Line:
    """Give the line with its net amount computed anew; the only place where a line's amount is made.

    Raises Refusal QUANTITY_OUT_OF_RANGE or DISCOUNT_OUT_OF_RANGE.
    """
    if not 1 <= line.quantity <= MOST_PIECES:
        raise Refusal("QUANTITY_OUT_OF_RANGE", {"quantity": line.quantity, "most": MOST_PIECES}, "quantity")
    if not 0 <= line.discount <= BASIS:
        raise Refusal("DISCOUNT_OUT_OF_RANGE", {"discount": line.discount}, "discount")
    return replace(line, net=net_of(line, in_amendment=in_amendment))
