"""All that the customer sees in front of the screen, and nothing else: made once, so that nothing internal slips in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.accounts.account import Account
from app.domain.catalogue.product import Product
from app.domain.identifiers import LineId, ProductId, ProposalId
from app.domain.money import ZERO, Money
from app.domain.sales.order import Order
from app.domain.sales.proposal import Action, Instalment, Line, Proposal
from views.sales.proposal_words import line_where, renewed_before

translate = QCoreApplication.translate

MOST_BARS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One thing the customer buys, in the customer's words."""

    id: LineId
    label: str
    where: str
    quantity: int
    net: Money
    was: Money | None
    """The price without the discount, where one is given."""
    can_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """One thing the customer has now."""

    label: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """What is worth a picture: a headline on one or two lines, and a sentence."""

    headline: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One column of the comparison, net."""

    name: str
    net: Money
    is_shown: bool = False
    is_past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesy:
    """What is put before the customer."""

    proposal_id: ProposalId
    name: str
    trade: str
    address: str
    edition: int
    today: tuple[Today, ...]
    novelty: Novelty
    lines: tuple[ShownLine, ...]
    bars: tuple[Bar, ...]
    net: Money
    gross: Money
    plan: tuple[Instalment, ...]
    is_frozen: bool


def courtesy(
    account: Account,
    orders: Sequence[Order],
    proposal: Proposal,
    others: Sequence[Proposal],
    products: Mapping[ProductId, Product],
    not_granted: Collection[LineId] = (),
) -> Courtesy:
    """Take from the file what a customer may see of it; `others` are the simulations to hold against this one.

    Of the lines that are `not_granted` the limited place is not theirs yet: that is said, and nothing more of it.
    """
    live = [line for line in proposal.lines if not line.is_cancelled]
    edition = max((order.edition for order in orders), default=None)
    parts = [part for order in orders if order.edition == edition for part in order.sub_orders]
    running = [line for part in sorted(parts, key=lambda part: part.number) for line in part.lines]
    amended = {line.id for part in proposal.sub_orders if part.amendment is not None for line in part.lines}
    return Courtesy(
        proposal_id=proposal.id,
        name=account.trade_name,
        trade=account.activity,
        address=", ".join(filter(None, (account.address.street, account.address.city))),
        edition=proposal.edition,
        today=tuple(
            Today(label=line.label, where=" · ".join(filter(None, (line.period, line.area)))) for line in running
        ),
        novelty=_novelty(account, live, products, not_granted),
        lines=tuple(
            _shown(line, can_change=proposal.is_open and line.id not in amended, is_sure=line.id not in not_granted)
            for line in live
        ),
        bars=_bars(proposal, others),
        net=proposal.totals.net,
        gross=proposal.totals.gross,
        plan=proposal.payment_plan,
        is_frozen=not proposal.is_open,
    )


def _shown(line: Line, *, can_change: bool, is_sure: bool) -> ShownLine:
    discounted = line.discount > 0 and line.list_net.less(line.discount) == line.net
    return ShownLine(
        id=line.id,
        label=line.label,
        where=" · ".join(filter(None, (line_where(line), "" if is_sure else _on_condition()))),
        quantity=line.quantity,
        net=line.net,
        was=line.list_net if discounted else None,
        can_change=can_change,
    )


def _bars(proposal: Proposal, others: Sequence[Proposal]) -> tuple[Bar, ...]:
    before = renewed_before(proposal)
    past = Bar(name=translate("Courtesy", "Édition {year}").format(year=proposal.edition - 1), net=before, is_past=True)
    room = MOST_BARS - 1 - (before > ZERO)
    beside = [other for other in others if other.id != proposal.id and other.totals.net > ZERO][:room]
    bars = [Bar(name=other.name, net=other.totals.net) for other in beside]
    shown = Bar(name=proposal.name, net=proposal.totals.net, is_shown=True)
    return (*([past] if before > ZERO else []), *bars, shown)


def _on_condition() -> str:
    return translate("Courtesy", "sous réserve d’emplacement")


def _novelty(
    account: Account, live: Sequence[Line], products: Mapping[ProductId, Product], not_granted: Collection[LineId]
) -> Novelty:
    line = max(live, key=_worth, default=None)
    if line is None:
        return Novelty(headline=(account.trade_name,), text="")
    product = products.get(line.product_id) if line.product_id else None
    if line.is_display and "couverture" in line.label.casefold():
        headline: tuple[str, ...] = (_trade_words(account), translate("Courtesy", "en couverture."))
    else:
        headline = (f"{line.label.split(',')[0]}.",)
    where = " · ".join(filter(None, (line.period, line.area)))
    text = product.pitch if product and product.pitch else where
    if line.id in not_granted:
        text = " ".join(filter(None, (text, translate("Courtesy", "Sous réserve d’emplacement."))))
    return Novelty(headline=headline, text=text)


def _worth(line: Line) -> tuple[bool, int]:
    """What is new comes first, then what changed, by amount."""
    is_new = line.action is Action.ADD
    more = line.net.cents - (line.previous_net.cents if line.previous_net and not is_new else 0)
    return is_new, more if is_new or line.action is Action.MODIFY else min(more, 0)


def _trade_words(account: Account) -> str:
    """What the trade shows on a cover; the company's own name where the trade has no word of its own."""
    words = {
        "fleur": translate("Courtesy", "Vos fleurs"),
        "couv": translate("Courtesy", "Vos toits"),
        "toit": translate("Courtesy", "Vos toits"),
        "opti": translate("Courtesy", "Vos montures"),
        "boulang": translate("Courtesy", "Vos pains"),
        "restaur": translate("Courtesy", "Votre table"),
        "coiff": translate("Courtesy", "Votre salon"),
        "auto": translate("Courtesy", "Votre atelier"),
    }
    trade = account.activity.casefold()
    return next((said for stem, said in words.items() if stem in trade), account.trade_name)
