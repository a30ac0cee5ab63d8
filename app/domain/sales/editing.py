"""What a rep does to the lines of a proposal: add, change, replace, cancel, take back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from app.domain.catalogue.product import Product, ProductRange
from app.domain.identifiers import LineId, ProposalId, SubOrderId
from app.domain.money import ZERO
from app.domain.refusal import Refusal
from app.domain.sales.payment_plan import replanned
from app.domain.sales.pricing import priced
from app.domain.sales.proposal import Action, Line, Proposal, ProposalKind, ProposalStatus, SubOrder

NewId = Callable[[], str]


def must_be_open(proposal: Proposal) -> None:
    """Raise Refusal PROPOSAL_FROZEN unless lines and plan may still change."""
    if not proposal.is_open:
        raise Refusal("PROPOSAL_FROZEN", {"proposal": proposal.name, "status": proposal.status.value})


def line_of(proposal: Proposal, line_id: LineId) -> tuple[SubOrder, Line]:
    """Find a line and the sub-order it stands in. Raises Refusal LINE_UNKNOWN."""
    for part in proposal.sub_orders:
        for line in part.lines:
            if line.id == line_id:
                return part, line
    raise Refusal("LINE_UNKNOWN", {"proposal": proposal.name})


def sub_order_of(proposal: Proposal, sub_order_id: SubOrderId) -> SubOrder:
    """Find a sub-order. Raises Refusal SUB_ORDER_UNKNOWN."""
    for part in proposal.sub_orders:
        if part.id == sub_order_id:
            return part
    raise Refusal("SUB_ORDER_UNKNOWN", {"proposal": proposal.name})


def with_sub_orders(proposal: Proposal, parts: Iterable[SubOrder]) -> Proposal:
    """Give the proposal with other sub-orders, in the order of their numbers, and its plan recomputed."""
    ordered = tuple(sorted(parts, key=lambda part: (part.number, part.amendment or "")))
    return replanned(replace(proposal, sub_orders=ordered))


def with_line(proposal: Proposal, changed: Line) -> Proposal:
    """Give the proposal with one line replaced by its new self, priced anew.

    Raises Refusal PROPOSAL_FROZEN, LINE_UNKNOWN, QUANTITY_OUT_OF_RANGE or DISCOUNT_OUT_OF_RANGE.
    """
    must_be_open(proposal)
    part, _ = line_of(proposal, changed.id)
    changed = priced(changed, in_amendment=part.amendment is not None)
    lines = tuple(changed if line.id == changed.id else line for line in part.lines)
    return _with_part(proposal, replace(part, lines=lines))


def _with_part(proposal: Proposal, changed: SubOrder) -> Proposal:
    return with_sub_orders(proposal, (changed if part.id == changed.id else part for part in proposal.sub_orders))


def changed_line(line: Line, *, quantity: int | None = None, discount: int | None = None) -> Line:
    """Give the line with another quantity or discount (basis points); what was renewed or kept is now modified."""
    return replace(
        line,
        quantity=line.quantity if quantity is None else quantity,
        discount=line.discount if discount is None else discount,
        action=Action.MODIFY if line.action in {Action.RENEW, Action.KEEP} else line.action,
    )


def replaced_line(line: Line, product: Product, edition: int) -> Line:
    """Give the line with another product in place of the one it had, at its price for the edition."""
    price = product.price_for(edition)
    return replace(
        line,
        product_id=product.id,
        product=product.code,
        label=product.name,
        vat_rate=product.vat_rate,
        unit_price=price.net,
        price_valid_until=price.valid_until,
        is_display=product.is_display,
        replaces=line.replaces or line.label,
        action=Action.ADD if line.action is Action.ADD else Action.MODIFY,
    )


def cancelled_line(line: Line) -> Line:
    """Give the line as cancelled, remembering what it was."""
    if line.is_cancelled:
        return line
    return replace(line, action=Action.CANCEL, before_cancel=line.action)


def restored_line(line: Line, *, in_amendment: bool) -> Line:
    """Give a cancelled line back as it was; one that came cancelled is kept in an amendment, renewed otherwise."""
    if not line.is_cancelled:
        return line
    usual = Action.KEEP if in_amendment else Action.RENEW
    return replace(line, action=line.before_cancel or usual, before_cancel=None)


def with_new_line(proposal: Proposal, product: Product, family: ProductRange, new_id: NewId, **where: str) -> Proposal:
    """Add a product from the catalogue, in the sub-order of its range, which is made when there is none yet.

    `where` gives the line's activity, area and period. Raises Refusal PROPOSAL_FROZEN or NO_PRICE.
    """
    must_be_open(proposal)
    price = product.price_for(proposal.edition)
    line = Line(
        id=LineId(new_id()),
        product_id=product.id,
        product=product.code,
        label=product.name,
        action=Action.ADD,
        net=ZERO,
        vat_rate=product.vat_rate,
        unit_price=price.net,
        price_valid_until=price.valid_until,
        is_display=product.is_display,
        activity=where.get("activity", ""),
        area=where.get("area", ""),
        period=where.get("period", ""),
    )
    part = next((part for part in proposal.sub_orders if part.number == family.number), None)
    if part is None:
        part = SubOrder(id=SubOrderId(new_id()), number=family.number, range_name=family.name)
        proposal = replace(proposal, sub_orders=(*proposal.sub_orders, part))
    line = priced(line, in_amendment=part.amendment is not None)
    return _with_part(proposal, replace(part, lines=(*part.lines, line)))


def without_line(proposal: Proposal, line_id: LineId) -> Proposal:
    """Take an added line out again; a sub-order left with no line leaves with it."""
    must_be_open(proposal)
    part, _ = line_of(proposal, line_id)
    part = replace(part, lines=tuple(line for line in part.lines if line.id != line_id))
    others = [other for other in proposal.sub_orders if other.id != part.id]
    return with_sub_orders(proposal, [*others, part] if part.lines else others)


def under_new_ids(part: SubOrder, new_id: NewId) -> SubOrder:
    """Give the same sub-order as rows of its own, for another proposal."""
    lines = tuple(replace(line, id=LineId(new_id())) for line in part.lines)
    return replace(part, id=SubOrderId(new_id()), lines=lines)


def duplicated(proposal: Proposal, name: str, new_id: NewId) -> Proposal:
    """Copy a proposal into a simulation: the same lines, plan and prices under new ids, open again (S11)."""
    parts = tuple(under_new_ids(part, new_id) for part in proposal.sub_orders)
    return replace(
        proposal,
        id=ProposalId(new_id()),
        name=name,
        kind=ProposalKind.SIMULATION,
        status=ProposalStatus.DRAFT,
        version=1,
        sub_orders=parts,
    )


def repriced(proposal: Proposal, line_id: LineId, product: Product, on: date) -> Proposal:
    """Put a line under the price list in force on a day, keeping quantity and discount.

    Raises Refusal PRICE_LIST_EXPIRED when no price of the edition is valid that day.
    """
    _, line = line_of(proposal, line_id)
    price = product.price_for(proposal.edition)
    if not price.valid_from <= on <= price.valid_until:
        raise Refusal("PRICE_LIST_EXPIRED", {"product": product.name, "until": price.valid_until})
    return with_line(proposal, replace(line, unit_price=price.net, price_valid_until=price.valid_until))
