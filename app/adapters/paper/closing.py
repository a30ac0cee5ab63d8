"""What closes a form: totals, payment plan, conditions, and the box that waits for the signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, pairwise

from app.adapters.paper.flow import Block
from app.adapters.paper.letters import Style, Weight, wrapped
from app.adapters.paper.pen import Pen, ink
from app.adapters.paper.sheet import (
    AMOUNT,
    BODY,
    CAPTION,
    GRAND,
    HEADING,
    LEFT,
    QUIET,
    RADIUS,
    RIGHT,
    Form,
)
from app.adapters.paper.signature_box import BOX_HEIGHT, BOX_WIDTH, captions
from app.adapters.paper.texts import Condition
from app.domain.money import ZERO, Money
from app.domain.sales.proposal import Instalment

_TOTALS_LEFT = RIGHT - 300
_PLAN_COLUMNS = 4
_MOST_CONDITION_COLUMNS = 3
_Paragraph = list[tuple[str, Style]]
_FINE = Style(Weight.REGULAR, 7.6, 9.6, ink("text-2"))


def totals(form: Form) -> list[Block]:
    """Give the totals of the whole document, as one block: net, VAT by rate, the one rounding line, gross."""
    proposal, words = form.content.proposal, form.words
    sums = proposal.totals
    rows: list[tuple[str, Money]] = [(words.total_net, sums.net)]
    for rate, vat in sums.vat_by_rate.items():
        percent = form.formats.percent(rate.basis_points)
        rows.append((words.total_vat.format(rate=percent, net=form.euro(sums.net_by_rate[rate])), vat))
    rounding = ""
    if proposal.rounding != ZERO:
        difference = form.formats.amount_euro(proposal.rounding, signed=True)
        rounding = words.rounding.format(difference=difference)
    notes = wrapped(rounding, _FINE, RIGHT - _TOTALS_LEFT)
    line = BODY.leading + 2.5

    def draw(pen: Pen, top: float) -> None:
        pen.rule(LEFT, RIGHT, top, ink("border"))
        y = top + 6
        for label, amount in rows:
            pen.text(_TOTALS_LEFT, y, label, QUIET)
            pen.runs(RIGHT, y, form.amount(amount, AMOUNT), AMOUNT, "right")
            y += line
        for note in notes:
            pen.text(_TOTALS_LEFT, y - 2, note, _FINE)
            y += _FINE.leading
        y += 2
        pen.text(_TOTALS_LEFT, y, words.total_gross, GRAND.but(size=15))
        pen.runs(RIGHT, y, form.amount(sums.gross, GRAND), GRAND, "right")

    return [Block(8 + line * len(rows) + _FINE.leading * len(notes) + GRAND.leading, draw, before=10)]


def payment_plan(form: Form) -> list[Block]:
    """Give the instalments, four to a row."""
    plan, words = form.content.proposal.payment_plan, form.words
    title = _title(words.plan, before=13)
    if not plan:
        is_due = form.content.proposal.totals.gross > ZERO
        return [title, _paragraph(words.plan_open if is_due else words.no_payment)]
    again = (_title(words.plan_continued, before=0),)
    rows = [_instalments(form, plan[at : at + _PLAN_COLUMNS], at) for at in range(0, len(plan), _PLAN_COLUMNS)]
    # A quote ends with its conditions: they take the last instalments along rather than stand alone on a page.
    rows[-1] = replace(rows[-1], keeps_next=not form.is_order)
    return [title, *(replace(row, on_top=again) for row in rows)]


def _title(text: str, before: float) -> Block:
    def draw(pen: Pen, top: float) -> None:
        pen.text(LEFT, top, text, HEADING)

    return Block(HEADING.leading + 4, draw, before=before, keeps_next=True)


def _paragraph(text: str) -> Block:
    lines = wrapped(text, QUIET, RIGHT - LEFT)

    def draw(pen: Pen, top: float) -> None:
        for line in lines:
            pen.text(LEFT, top, line, QUIET)
            top += QUIET.leading

    return Block(QUIET.leading * len(lines), draw)


def _instalments(form: Form, row: Sequence[Instalment], first: int) -> Block:
    gap = 8.0
    wide = (RIGHT - LEFT - gap * (_PLAN_COLUMNS - 1)) / _PLAN_COLUMNS
    high = 32.0

    def draw(pen: Pen, top: float) -> None:
        for at, instalment in enumerate(row):
            x = LEFT + at * (wide + gap)
            pen.box(x, top, wide, high, RADIUS - 2, fill=ink("ground"))
            number, day = str(first + at + 1), form.formats.date_long(instalment.due_on)
            pen.text(x + 9, top + 5, day, CAPTION)
            pen.text(x + wide - 9, top + 5, number, CAPTION, "right")
            pen.runs(x + 9, top + 14.5, form.amount(instalment.gross, AMOUNT), AMOUNT)

    return Block(high, draw, before=0 if first == 0 else 6)


def conditions(form: Form) -> list[Block]:
    """Give the conditions as one block in up to three columns."""
    words = form.words
    texts = words.order_conditions if form.is_order else words.quote_conditions
    gap = 20.0
    count = min(_MOST_CONDITION_COLUMNS, len(texts))
    wide = (RIGHT - LEFT - gap * (count - 1)) / count
    columns = _balanced([_condition(text, wide) for text in texts], count)

    def draw(pen: Pen, top: float) -> None:
        for at, column in enumerate(columns):
            x, y = LEFT + at * (wide + gap), top
            for paragraph in column:
                for text, style in paragraph:
                    pen.text(x, y, text, style)
                    y += style.leading
                y += 5

    body = Block(max(_high(column) for column in columns), draw, keeps_next=form.is_order)
    return [_title(words.conditions, before=12), body]


def _balanced(paragraphs: Sequence[_Paragraph], count: int) -> Sequence[Sequence[_Paragraph]]:
    """Spread paragraphs over the columns, in their order, so that the tallest column is as short as can be."""
    end = len(paragraphs)
    cuts = combinations_with_replacement(range(end + 1), count - 1)
    ways = ([paragraphs[a:b] for a, b in pairwise((0, *cut, end))] for cut in cuts)
    return min(ways, key=lambda columns: max(map(_high, columns)))


def _condition(condition: Condition, wide: float) -> _Paragraph:
    title = _FINE.but(weight=Weight.STRONG, colour=ink("text"))
    return [(condition.title, title), *((line, _FINE) for line in wrapped(condition.text, _FINE, wide))]


def _high(paragraphs: Sequence[_Paragraph]) -> float:
    return sum(5 + sum(style.leading for _, style in paragraph) for paragraph in paragraphs)


def signature(form: Form, pages: int) -> list[Block]:
    """Give the agreement and, beside it, the box that the seal fills: base line, name, place and date."""
    words, content = form.words, form.content
    left = BOX_LEFT - 26 - LEFT
    customer = content.account.legal_name or content.account.trade_name
    counted = words.one_page if pages == 1 else words.several_pages.format(count=pages)
    sentence = words.agreement if content.signatory else words.agreement_unnamed
    name = content.signatory.name if content.signatory else ""
    lines = wrapped(sentence.format(signatory=name, customer=customer, pages=counted), BODY, left)
    head = HEADING.but(colour=ink("accent"))

    def draw(pen: Pen, top: float) -> None:
        pen.text(LEFT, top + 8, words.signature, head)
        for at, line in enumerate(lines):
            pen.text(LEFT, top + 27 + at * BODY.leading, line, BODY)
        pen.box(BOX_LEFT, top, BOX_WIDTH, BOX_HEIGHT, RADIUS, edge=ink("accent"))
        captions(pen, BOX_LEFT, top, words)

    return [Block(max(BOX_HEIGHT, 27 + BODY.leading * len(lines)), draw, before=10)]


BOX_LEFT = RIGHT - BOX_WIDTH
"""Where the signature box begins; it ends at the right margin."""
