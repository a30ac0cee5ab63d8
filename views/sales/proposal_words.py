"""What a proposal's lines and sub-orders say of themselves: what changed, where it appears, what it cost before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.money import ZERO, Money, total
from app.domain.sales.anomalies import Anomaly, AnomalyCode
from app.domain.sales.proposal import Action, Line, PlanTemplate, Proposal, SubOrder
from views.formats import NBSP, formats
from views.shell.theme import Chip

translate = QCoreApplication.translate

COUNTED = frozenset({Action.RENEW, Action.ADD, Action.MODIFY})
"""The actions of a line that is bought in this proposal, so that its discount counts."""


def line_chip(line: Line, *, in_amendment: bool) -> Chip | None:
    """What changed in a line, as a chip; None for what did not change, which stays silent."""
    if line.action is Action.ADD:
        return Chip(translate("ProposalWords", "ajouté"), "accent")
    if line.action is Action.CANCEL:
        return Chip(translate("ProposalWords", "annulé"), "danger")
    if line.action is Action.MODIFY:
        word = translate("ProposalWords", "modifié") if in_amendment else translate("ProposalWords", "changé")
        return Chip(word, "info")
    return None


def quiet_word(line: Line) -> str:
    """The grey word of a line that did not change."""
    if line.action is Action.KEEP:
        return translate("ProposalWords", "inchangé")
    return translate("ProposalWords", "reconduit") if line.action is Action.RENEW else ""


def line_where(line: Line) -> str:
    """Under a line's name: what it replaces or when it appears, then where."""
    first = line.period or line.activity
    if line.replaces:
        first = translate("ProposalWords", "au lieu de {product}").format(product=line.replaces)
    return " · ".join(filter(None, (first, line.area)))


def under_amount(line: Line, edition: int) -> str:
    """Under a line's amount: what it cost last edition, or what it would cost without its discount."""
    if line.discount and line.action in COUNTED and line.list_net.less(line.discount) == line.net:
        return translate("ProposalWords", "au lieu de {amount}").format(amount=formats().amount(line.list_net))
    if line.previous_net is None:
        return ""
    return translate("ProposalWords", "{amount} en {year}").format(
        amount=formats().amount(line.previous_net), year=edition - 1
    )


def amendment_name(part: SubOrder) -> str:
    """`MO 101-02`, or nothing for a renewal."""
    if part.amendment is None:
        return ""
    return translate("ProposalWords", "MO {number}-{amendment}").format(number=part.number, amendment=part.amendment)


def part_note(part: SubOrder) -> str:
    """Beside a sub-order's name: its amendment, and that details changed."""
    details = ""
    if part.details_changed:
        only = part.amendment is not None and part.changes_nothing
        details = (
            translate("ProposalWords", "coordonnées seulement")
            if only
            else translate("ProposalWords", "coordonnées changées")
        )
    return " · ".join(filter(None, (amendment_name(part), details)))


def part_chip(part: SubOrder, broken: Iterable[Anomaly]) -> Chip | None:
    """What is wrong with a sub-order, in a word."""
    codes = {a.code for a in broken if (a.sub_order, a.amendment) == (part.number, part.amendment)}
    if AnomalyCode.SUBORDER_LOST in codes:
        return Chip(translate("ProposalWords", "abandonnée"), "danger")
    if AnomalyCode.NEGATIVE_SUBORDER in codes:
        return Chip(translate("ProposalWords", "négative"), "danger")
    if AnomalyCode.NOTHING_CHANGES in codes:
        return Chip(translate("ProposalWords", "rien ne change"), "warn")
    return None


def deducted(proposal: Proposal) -> Money:
    """What the discounts take off, net: zero or below."""
    counted = (line for line in proposal.lines if line.action in COUNTED and line.discount)
    return total(line.list_net.less(line.discount) - line.list_net for line in counted)


def renewed_before(proposal: Proposal) -> Money:
    """What the renewed sub-orders cost last edition, net; amendments are differences and have no before."""
    parts = (part for part in proposal.sub_orders if part.amendment is None)
    return total(line.previous_net or ZERO for part in parts for line in part.lines)


def change_on_last_edition(proposal: Proposal) -> int | None:
    """How much more (or less) the proposal comes to than its renewed sub-orders did: basis points, by tens."""
    before = renewed_before(proposal).cents
    if before <= 0:
        return None
    more = proposal.totals.net.cents - before
    # Rounded to a tenth of a per cent, half away from zero: a headline, not an amount.
    tenths = (abs(more) * 2000 + before) // (2 * before)
    return tenths * 10 if more >= 0 else -tenths * 10


def plan_words(proposal: Proposal) -> str:
    """How the proposal is paid, in two or three words."""
    count = len(proposal.payment_plan)
    if proposal.plan_template is None or count == 0:
        return translate("ProposalWords", "sans plan")
    if proposal.plan_template is PlanTemplate.BY_HAND:
        return translate("ProposalWords", "à la main")
    if count == 1:
        return translate("ProposalWords", "comptant")
    return translate("ProposalWords", "en {count} fois").format(count=count)


def instalments_words(proposal: Proposal) -> str:
    """`4 × 1 755,60 €`; with the first one apart where it takes the rounding; empty without a plan."""
    amounts = [instalment.gross for instalment in proposal.payment_plan]
    if not amounts:
        return ""
    write = formats().amount_euro
    if len(set(amounts)) == 1:
        return f"{len(amounts)}{NBSP}×{NBSP}{write(amounts[0])}"
    if len(set(amounts[1:])) == 1:
        return f"{write(amounts[0])} + {len(amounts) - 1}{NBSP}×{NBSP}{write(amounts[1])}"
    return translate("ProposalWords", "{count} échéances").format(count=len(amounts))


def in_a_row(words: Sequence[str]) -> str:
    """`101`, `101 et 301`, `101, 201 et 301`."""
    if len(words) < 2:
        return "".join(words)
    return translate("ProposalWords", "{others} et {last}").format(others=", ".join(words[:-1]), last=words[-1])
