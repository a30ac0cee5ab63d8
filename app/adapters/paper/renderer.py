"""Renders the order form and the quote as PDF; the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Protocol, cast

from app.adapters.paper.closing import BOX_LEFT, conditions, payment_plan, signature, totals
from app.adapters.paper.flow import Block, Placed, laid_out
from app.adapters.paper.heading import grouped, heading
from app.adapters.paper.letters import Run, Weight, wrapped
from app.adapters.paper.lines import table
from app.adapters.paper.pen import Pen, blank, ink
from app.adapters.paper.sheet import (
    CAPTION,
    HEIGHT,
    LEFT,
    RIGHT,
    SMALL,
    WIDTH,
    Form,
    room,
    room_top,
)
from app.adapters.paper.signature_box import BOX_HEIGHT, BOX_WIDTH, FIELD
from app.ports.documents import PaperContent

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDictionary
    from reportlab.pdfgen.canvas import Canvas


class ReportlabPaper:
    """The port `Paper` made real."""

    def order_form(self, content: PaperContent) -> bytes:
        """Render the one document that the customer signs; its last box is an empty signature field."""
        form = Form(content, is_order=True)
        pages = laid_out(_order_blocks(form, 1), room)
        # How many pages there are stands in the agreement; the words for it do not change its height by a line, but
        # should they, the second laying out settles it.
        pages = laid_out(_order_blocks(form, len(pages)), room)
        return _written(form, pages)

    def quote(self, content: PaperContent) -> bytes:
        """Render a priced document without commitment: validity, no signature."""
        form = Form(content, is_order=False)
        blocks = [*heading(form), *table(form), *totals(form), *payment_plan(form), *conditions(form)]
        return _written(form, laid_out(blocks, room))


def _order_blocks(form: Form, pages: int) -> list[Block]:
    """Give an order form's sections in their order.

    A mandate stands between conditions and signature; a withdrawal notice is a page of its own after the signature,
    so that cutting it off takes nothing of the contract (Cass. 1re civ., 20 Dec 2023, 21-16.491).
    """
    return [
        *heading(form),
        *table(form),
        *totals(form),
        *payment_plan(form),
        *conditions(form),
        *signature(form, pages),
    ]


def _written(form: Form, pages: Sequence[Sequence[Placed]]) -> bytes:
    file = BytesIO()
    canvas = blank(file, WIDTH, HEIGHT, form.language)
    canvas.setTitle(f"{form.title} {form.content.number}")
    canvas.setAuthor(form.content.company.name)
    canvas.setSubject(form.content.account.trade_name)
    canvas.setCreator("Tournée")
    canvas.setDateFormatter(_dated(form.content.on))
    pen = Pen(canvas, HEIGHT)
    for number, placed in enumerate(pages):
        _frame(pen, form, number, len(pages))
        for one in placed:
            one.block.draw(pen, room_top(number) + one.top)
        if form.is_order and number == len(pages) - 1:
            _reserve_signature(canvas, HEIGHT - room_top(number) - placed[-1].top - BOX_HEIGHT)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _dated(on: date) -> Callable[..., str]:
    """Say that the file was made on the day it bears, whatever the hour: its bytes depend on its content alone."""

    def formatted(*_: int) -> str:
        return f"D:{on:%Y%m%d}000000Z"

    return formatted


def _frame(pen: Pen, form: Form, number: int, pages: int) -> None:
    """Draw what stands on every page: running head (but on the first), the seller's mentions, page x of y."""
    words, content = form.words, form.content
    page = words.page.format(page=number + 1, pages=pages)
    if number:
        head = words.running_head.format(title=form.title, number=content.number, customer=content.account.trade_name)
        first, *_ = wrapped(head, SMALL, RIGHT - LEFT)
        pen.text(LEFT, 46, first, SMALL)
        pen.rule(LEFT, RIGHT, 64, ink("hairline"))
    seller = content.company
    register = words.register.format(siren=grouped(seller.siren, 3, 3, 3), city=seller.rcs_city)
    pen.rule(LEFT, RIGHT, 790, ink("hairline"))
    pen.runs(
        LEFT,
        796,
        (
            Run(seller.name, CAPTION.but(weight=Weight.STRONG, colour=ink("accent"))),
            Run(f" · {seller.form} · {register}", CAPTION),
        ),
        CAPTION,
    )
    pen.text(RIGHT, 796, page, CAPTION.but(colour=ink("text-2")), "right")


def _reserve_signature(canvas: Canvas, bottom: float) -> None:
    """Put an empty signature field over the box: the seal finds it by its name, and readers show it as such."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

    left, right = round(BOX_LEFT, 3), round(BOX_LEFT + BOX_WIDTH, 3)
    inside = cast("_Inside", canvas)
    document = inside._doc  # noqa: SLF001 - reportlab has no other way to a signature field
    field = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName("Widget"),
        "FT": PDFName("Sig"),
        "T": PDFString(FIELD),
        "F": _PRINTED,
        "Rect": PDFArray([left, round(bottom, 3), right, round(bottom + BOX_HEIGHT, 3)]),
        "P": document.thisPageRef(),
    }
    inside._addAnnotation(PDFDictionary(field), FIELD)  # noqa: SLF001 - the same
    document.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray([document.refAnnotation(FIELD)])})


class _Catalog(Protocol):
    AcroForm: PDFDictionary


class _Document(Protocol):
    Catalog: _Catalog

    def thisPageRef(self) -> object: ...  # noqa: N802 - its name
    def refAnnotation(self, name: str) -> object: ...  # noqa: N802 - its name


class _Inside(Protocol):
    """What reportlab does not offer openly, and without which there is no signature field."""

    _doc: _Document

    def _addAnnotation(self, annotation: PDFDictionary, name: str) -> None: ...  # noqa: N802 - its name


_PRINTED = 4
"""The flag of a field that is printed with its page."""
