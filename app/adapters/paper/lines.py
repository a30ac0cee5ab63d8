"""The table of a form: sub-orders with their lines, and what each sub-order comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.adapters.paper.flow import Block, Draw, tied
from app.adapters.paper.letters import width, wrapped
from app.adapters.paper.pen import Pen, ink
from app.adapters.paper.sheet import (
    AMOUNT,
    BODY,
    CAPTION,
    CHIP,
    HEADING,
    LEFT,
    QUIET,
    RIGHT,
    SMALL,
    SUM,
    Form,
    room,
)
from app.domain.money import ZERO
from app.domain.sales.proposal import Action, Line, SubOrder


class _Ends(NamedTuple):
    """The right ends of the table's columns of figures."""

    quantity: float = RIGHT - 258
    unit_price: float = RIGHT - 178
    discount: float = RIGHT - 128
    vat: float = RIGHT - 84
    net: float = RIGHT


_ENDS = _Ends()
_LABEL_ROOM = _ENDS.quantity - 34 - LEFT
_BELOW_ROOM = _ENDS.discount - 30 - LEFT
_ROW_GAP = 4.5
# A label beyond this many lines goes on in a row of its own: no row is ever taller than a page.
_MOST_LABEL_LINES = 40
# How much of a long last sub-order moves to the page of the totals; a short one moves there whole.
_FEWEST_LINES_WITH_TOTALS = 3
_WHOLE_WITH_TOTALS = 0.45


def table(form: Form) -> list[Block]:
    """Give the rows of all sub-orders; the last of them is tied to what follows: totals never stand alone."""
    captions = _captions(form)
    parts = form.content.proposal.sub_orders
    blocks = [replace(captions, before=16)] if parts else []
    for part in parts:
        is_last = part is parts[-1]
        rows = _part(form, part, captions, is_last=is_last)
        blocks += _tied_to_totals(rows) if is_last else rows
    return blocks


def _tied_to_totals(rows: Sequence[Block]) -> list[Block]:
    high = sum(row.before + row.height for row in rows)
    if high <= room(1) * _WHOLE_WITH_TOTALS:
        return tied(rows, to_next=True)
    kept = _FEWEST_LINES_WITH_TOTALS + 1  # the subtotal
    return [*rows[:-kept], *tied(rows[-kept:], to_next=True)]


def _captions(form: Form) -> Block:
    words = form.words
    figures = (
        (_ENDS.quantity, words.quantity),
        (_ENDS.unit_price, words.unit_price),
        (_ENDS.discount, words.discount),
        (_ENDS.vat, words.vat),
        (_ENDS.net, words.net),
    )

    def draw(pen: Pen, top: float) -> None:
        pen.text(LEFT, top, words.label, CAPTION)
        for end, text in figures:
            pen.text(end, top, text, CAPTION, "right")
        pen.rule(LEFT, RIGHT, top + CAPTION.leading + 3, ink("border"))

    return Block(CAPTION.leading + 8, draw, keeps_next=True)


def _part(form: Form, part: SubOrder, captions: Block, *, is_last: bool) -> list[Block]:
    title = form.words.sub_order.format(number=part.number, range=part.range_name)
    again = (captions, _title(form, form.words.continued.format(heading=title), part))
    rows = [replace(row, on_top=again) for line in part.lines for row in _rows(form, line)]
    if rows:
        rows[-1] = replace(rows[-1], keeps_next=True)
        if len(rows) > 2:  # no line of a long sub-order is left alone with its title
            rows[0] = replace(rows[0], keeps_next=True)
    head = [_title(form, title, part), *_notes(form, part)]
    head = tied(head, to_next=True)
    head[0] = replace(head[0], on_top=(captions,))
    return [*head, *rows, replace(_subtotal(form, part, is_last=is_last), on_top=again)]


def _title(form: Form, title: str, part: SubOrder) -> Block:
    lines = wrapped(title, HEADING, RIGHT - LEFT - (170 if part.amendment else 0))
    chip = form.words.amendment.format(number=part.amendment) if part.amendment else ""

    def draw(pen: Pen, top: float) -> None:
        top += 3
        for text in lines:
            pen.text(LEFT, top, text, HEADING)
            top += HEADING.leading
        if chip and lines:
            after = LEFT + width(lines[-1], HEADING) + 8
            draw_chip(pen, after, top - HEADING.leading + 1.5, chip, "info")

    return Block(HEADING.leading * len(lines) + 5, draw, keeps_next=True)


def draw_chip(pen: Pen, x: float, top: float, text: str, status: str = "") -> float:
    """Draw a word on its quiet ground (of a status of the design, or of none); give how wide it is."""
    style = CHIP.but(colour=ink(status)) if status else CHIP
    wide = width(text, style) + 11
    ground = ink(f"{status}-quiet") if status else ink("chip")
    pen.box(x, top, wide, CHIP.leading + 0.8, CHIP.leading / 2, fill=ground)
    pen.text(x + 5.5, top + 0.2, text, style)
    return wide


def _notes(form: Form, part: SubOrder) -> Iterator[Block]:
    notes = []
    if part.amendment is not None and part.lines:
        notes.append(form.words.amendment_note)
    if part.details_changed:
        note = part.details_note.strip()
        notes.append(form.words.details_changed.format(note=note) if note else form.words.details_changed_bare)
    for text in notes:
        for line in wrapped(text, SMALL, RIGHT - LEFT):
            yield Block(SMALL.leading, _text(line), keeps_next=True)


def _text(line: str) -> Draw:
    def draw(pen: Pen, top: float) -> None:
        pen.text(LEFT, top, line, SMALL)

    return draw


def _rows(form: Form, line: Line) -> Iterator[Block]:
    labels = wrapped(line.label or line.product, BODY, _LABEL_ROOM) or [""]
    while len(labels) > _MOST_LABEL_LINES:
        yield _row(form, None, labels[:_MOST_LABEL_LINES])
        labels = labels[_MOST_LABEL_LINES:]
    yield _row(form, line, labels)


def _row(form: Form, line: Line | None, labels: Sequence[str]) -> Block:
    """One row; without a line it is only the beginning of a long label."""
    chip, status = _chip(form, line) if line else ("", "")
    indent = width(chip, CHIP) + 11 + 5 if chip else 0.0
    below = _below(form, line, indent) if line else []
    is_silent = line is not None and line.action in {Action.CANCEL, Action.KEEP}
    style = QUIET.but(colour=ink("text-3")) if is_silent else BODY

    def draw(pen: Pen, top: float) -> None:
        y = top + _ROW_GAP / 2
        if line:
            _figures(pen, y, form, line, is_silent=is_silent)
        for text in labels:
            pen.text(LEFT, y, text, style)
            if line and line.is_cancelled:
                pen.rule(LEFT, LEFT + width(text, style), y + style.baseline - 0.24 * style.size, style.colour)
            y += style.leading
        if chip:
            draw_chip(pen, LEFT, y - 0.4, chip, status)
        for at, text in enumerate(below):
            pen.text(LEFT + (0 if at else indent), y, text, SMALL)
            y += SMALL.leading

    under = SMALL.leading * max(len(below), int(bool(chip)))
    return Block(BODY.leading * len(labels) + under + _ROW_GAP, draw)


def _figures(pen: Pen, y: float, form: Form, line: Line, *, is_silent: bool) -> None:
    figure = QUIET.but(colour=ink("text-3" if is_silent else "text-2"))
    formats = form.formats
    pen.text(_ENDS.quantity, y, formats.number(line.quantity), figure, "right")
    pen.runs(_ENDS.unit_price, y, form.amount(line.unit_price, figure), figure, "right")
    if line.discount:
        pen.text(_ENDS.discount, y, formats.percent(-line.discount), figure, "right")
    pen.text(_ENDS.vat, y, formats.percent(line.vat_rate.basis_points), figure, "right")
    net = AMOUNT.but(colour=ink("text-3")) if is_silent and line.net == ZERO else AMOUNT
    pen.runs(_ENDS.net, y, form.amount(line.net, net), net, "right")


def _chip(form: Form, line: Line) -> tuple[str, str]:
    """Say what changed; what is renewed as it was is silent."""
    chips = {
        Action.ADD: (form.words.added, "ok"),
        Action.MODIFY: (form.words.modified, "info"),
        Action.CANCEL: (form.words.cancelled, "danger"),
        Action.KEEP: (form.words.kept, ""),
        Action.RENEW: ("", ""),
    }
    return chips[line.action]


def _below(form: Form, line: Line, indent: float) -> list[str]:
    details = [line.activity, line.area, line.period]
    if line.replaces:
        details.append(form.words.replaces.format(label=line.replaces))
    if line.action is Action.MODIFY and line.previous_net is not None:
        details.append(form.words.instead_of.format(net=form.euro(line.previous_net)))
    text = " · ".join(filter(None, details))
    first, *_ = wrapped(text, SMALL, _BELOW_ROOM - indent) or [""]
    return [first, *wrapped(text[len(first) :].lstrip(" "), SMALL, _BELOW_ROOM)] if first else []


def _subtotal(form: Form, part: SubOrder, *, is_last: bool) -> Block:
    """What a sub-order comes to; a hairline under it keeps it apart from the next."""
    totals = part.totals
    label = form.words.subtotal.format(number=part.number)
    taxes = form.words.subtotal_tax.format(vat=form.euro(totals.vat), gross=form.euro(totals.gross))

    def draw(pen: Pen, top: float) -> None:
        pen.rule(_ENDS.vat, RIGHT, top, ink("hairline"))
        pen.text(_ENDS.vat, top + 3, label, SUM, "right")
        pen.runs(RIGHT, top + 3, form.amount(totals.net, SUM), SUM, "right")
        pen.text(RIGHT, top + 3 + SUM.leading, taxes, SMALL, "right")
        if not is_last:
            pen.rule(LEFT, RIGHT, top + high - 7, ink("hairline"))

    high = 3 + SUM.leading + SMALL.leading + (2 if is_last else 17)
    return Block(high, draw, before=2, keeps_next=is_last)
