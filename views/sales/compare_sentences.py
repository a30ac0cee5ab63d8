"""What tells two simulations apart, in three plain sentences made from their differences."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.money import ZERO
from app.domain.sales.comparison import ComparedLine, compare
from app.domain.sales.proposal import Proposal
from views.formats import formats
from views.sales.proposal_words import instalments_words

translate = QCoreApplication.translate
MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with its icon (plus, minus, equal, quote)."""

    icon: str
    text: str


def sentences(first: Proposal, last: Proposal) -> tuple[Sentence, ...]:
    """Say what the last simulation adds to the first one, takes off it, and comes to; the largest first."""
    lines = [line for part in compare((first, last)) for line in part.lines if not line.is_same]
    lines.sort(key=lambda line: -abs(line.difference.cents))
    more = [_of_line(line) for line in lines if line.difference > ZERO]
    less = [_of_line(line) for line in lines if line.difference < ZERO]
    chosen = [*more[:1], *less[:1]]
    if len(chosen) < MOST - 1:
        chosen += [*more[1:], *less[1:]][: MOST - 1 - len(chosen)]
    return (*chosen, _of_total(first, last))[:MOST]


def _of_line(line: ComparedLine) -> Sentence:
    write = formats().amount_euro
    what = ", ".join((line.label, *filter(None, line.where.split(" · "))))
    if line.nets[0] is None and line.difference > ZERO:
        return Sentence(icon="plus", text=translate("Compare", "En plus : {what}").format(what=what))
    if line.nets[-1] is None and line.difference < ZERO:
        return Sentence(icon="minus", text=translate("Compare", "En moins : {what}").format(what=what))
    amount = write(abs(line.difference.cents))
    if line.difference > ZERO:
        said = translate("Compare", "{amount} de plus sur « {product} »")
    else:
        said = translate("Compare", "{amount} de moins sur « {product} »")
    icon = "plus" if line.difference > ZERO else "minus"
    return Sentence(icon=icon, text=said.format(amount=amount, product=line.label))


def _of_total(first: Proposal, last: Proposal) -> Sentence:
    difference = last.totals.gross - first.totals.gross
    if not difference:
        return Sentence(icon="check", text=translate("Compare", "Le même total, toutes taxes comprises"))
    amount = formats().amount_euro(abs(difference.cents))
    if difference > ZERO:
        text = translate("Compare", "{amount} TTC de plus en tout").format(amount=amount)
    else:
        text = translate("Compare", "{amount} TTC de moins en tout").format(amount=amount)
    plan = instalments_words(last)
    if plan:
        text = translate("Compare", "{text}, soit {plan}").format(text=text, plan=plan)
    return Sentence(icon="quote", text=text)
