"""The head of a form: who sells, what it is, for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.adapters.paper.flow import Block
from app.adapters.paper.letters import Style, Weight, wrapped
from app.adapters.paper.pen import Pen, ink
from app.adapters.paper.sheet import (
    BODY,
    CAPTION,
    LEFT,
    NAME,
    QUIET,
    RADIUS,
    RIGHT,
    SMALL,
    TITLE,
    Form,
)
from app.domain.accounts.account import Address
from app.domain.identifiers import compact
from resources.formats import NBSP

_PAD = 12.0
_COLUMN_GAP = 18.0

Paragraph = tuple[str, Style]


def grouped(number: str, *sizes: int) -> str:
    """Set spaces into a number as people read it: a SIREN by 3, 3, 3; a SIRET by 3, 3, 3, 5."""
    digits = compact(number)
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return NBSP.join(filter(None, (*parts, digits[at:])))


def seller_lines(form: Form) -> list[str]:
    """Give the seller's mentions, as the law wants them (R123-237, R123-238)."""
    words, seller = form.words, form.content.company
    register = words.register.format(siren=grouped(seller.siren, 3, 3, 3), city=seller.rcs_city)
    return [
        words.legal_form.format(form=seller.form, capital=seller.capital),
        words.registered_office.format(address=seller.address),
        f"{register} · {words.company_vat.format(vat_number=seller.vat_number)}",
    ]


def heading(form: Form) -> list[Block]:
    """Give the head of the first page: seller, title, parties."""
    return [_seller(form), *_title(form), _parties(form)]


def _seller(form: Form) -> Block:
    seller = form.content.company
    name = NAME.but(colour=ink("accent"))
    left = [(line, name) for line in wrapped(seller.name, name, 230)]
    left += [(line, SMALL) for line in wrapped(f"{seller.phone} · {seller.email}", SMALL, 230)]
    right = [line for text in seller_lines(form) for line in wrapped(text, CAPTION, 230)]

    def draw(pen: Pen, top: float) -> None:
        y = top
        for text, style in left:
            pen.text(LEFT, y, text, style)
            y += style.leading
        y = top + 2
        for text in right:
            pen.text(RIGHT, y, text, CAPTION, "right")
            y += CAPTION.leading

    high = max(sum(style.leading for _, style in left), 2 + CAPTION.leading * len(right))
    return Block(high, draw, keeps_next=True)


def _title(form: Form) -> Iterator[Block]:
    content = form.content
    subtitle = form.words.subtitle.format(
        number=content.number,
        date=form.formats.date_long(content.on),
        edition=content.proposal.edition,
    )
    yield _lines([(form.title, TITLE)], before=12)
    below: list[Paragraph] = [(subtitle, QUIET.but(size=11))]
    if not form.is_order:
        below.append((content.proposal.name, BODY.but(weight=Weight.STRONG)))
        if content.valid_until is not None:
            until = form.words.valid_until.format(date=form.formats.date_long(content.valid_until))
            below.append((until, BODY.but(colour=ink("accent"), weight=Weight.MEDIUM)))
        below.append((form.words.without_commitment, SMALL))
    yield _lines([(line, style) for text, style in below for line in wrapped(text, style, RIGHT - LEFT)])


def _lines(lines: Sequence[Paragraph], before: float = 0) -> Block:
    def draw(pen: Pen, top: float) -> None:
        for text, style in lines:
            pen.text(LEFT, top, text, style)
            top += style.leading + 1

    return Block(sum(style.leading + 1 for _, style in lines), draw, before=before, keeps_next=True)


def _parties(form: Form) -> Block:
    """The customer, who signs for it, and the rep, side by side on one card."""
    shares = (0.38, 0.345, 0.275)
    columns = [_customer(form), _signatory(form), _rep(form)]
    room = RIGHT - LEFT - 2 * _PAD - 2 * _COLUMN_GAP
    widths = [share * room for share in shares]
    texts = [
        [(line, style) for text, style in column for line in wrapped(text, style, wide)]
        for column, wide in zip(columns, widths, strict=True)
    ]
    high = max(sum(style.leading for _, style in column) for column in texts) + 2 * _PAD - 2

    def draw(pen: Pen, top: float) -> None:
        pen.box(LEFT, top, RIGHT - LEFT, high, RADIUS, fill=ink("ground"))
        x = LEFT + _PAD
        for column, wide in zip(texts, widths, strict=True):
            y = top + _PAD - 2
            for text, style in column:
                pen.text(x, y, text, style)
                y += style.leading
            x += wide + _COLUMN_GAP

    return Block(high, draw, before=12)


def _address(address: Address) -> Iterator[str]:
    yield address.street
    country = "" if address.country == "FR" else address.country
    yield " ".join(filter(None, (address.postcode, address.city, country)))


def _customer(form: Form) -> list[Paragraph]:
    words, account = form.words, form.content.account
    caption = " · ".join(filter(None, (words.customer, words.customer_number.format(number=account.number))))
    lines: list[Paragraph] = [(caption, CAPTION), (account.trade_name, NAME)]
    if account.legal_name and account.legal_name != account.trade_name:
        lines.append((account.legal_name, BODY))
    lines += [(text, BODY) for text in _address(account.address) if text]
    if account.siret:
        lines.append((words.siret.format(siret=grouped(account.siret, 3, 3, 3, 5)), SMALL))
    if account.vat_number:
        lines.append((words.customer_vat.format(vat_number=compact(account.vat_number)), SMALL))
    return lines


def _signatory(form: Form) -> list[Paragraph]:
    person = form.content.signatory
    if person is None:
        return []
    caption = form.words.signatory if form.is_order else form.words.addressee
    lines = [(caption, CAPTION), (person.name, BODY.but(weight=Weight.STRONG))]
    return lines + [(text, SMALL) for text in (person.role, person.email, person.mobile) if text]


def _rep(form: Form) -> list[Paragraph]:
    rep = form.content.rep
    lines = [(form.words.rep, CAPTION), (rep.name, BODY.but(weight=Weight.STRONG))]
    return lines + [(text, SMALL) for text in (rep.email,) if text]
