"""No page of a form cuts what belongs together: rows, totals, heads, the box for the signature."""

from __future__ import annotations

import re

import pytest

from app.adapters.paper import sheet
from app.adapters.paper.renderer import ReportlabPaper
from app.domain.money import Money
from app.domain.sales.proposal import Instalment, Proposal
from resources.formats import LANGUAGES, Formats
from tests.unit.adapters.reading import extent, pages, places, plain
from tests.unit.adapters.samples import (
    LONG_ACCOUNT,
    ON,
    ROSE,
    amended,
    content,
    line,
    long,
    proposal,
    short,
    sub_order,
    usual,
    wordy,
)

PAPER = ReportlabPaper()
FRENCH = Formats("fr")


def form(of: Proposal, language: str = "fr") -> bytes:
    return PAPER.order_form(content(of, language))


def euro(money: Money, language: str = "fr") -> str:
    return plain(Formats(language).amount_euro(money))


CASES = {
    "short": short(),
    "usual": usual(),
    "three sub-orders": long(3, 7),
    "four sub-orders": long(4, 14),
    "long": long(5, 34),
    "one long sub-order": long(1, 70),
    "wordy": wordy(),
    "amended": amended(),
}


def test_a_short_form_is_one_page_and_a_long_one_as_many_as_it_needs() -> None:
    counts = {name: len(pages(form(made))) for name, made in CASES.items()}
    assert counts["short"] == 1
    assert counts["usual"] == 2
    assert counts["long"] >= 7


@pytest.mark.parametrize("name", CASES)
def test_every_page_says_which_of_how_many_it_is(name: str) -> None:
    read = pages(form(CASES[name]))
    for number, text in enumerate(read, start=1):
        assert f"page {number} sur {len(read)}" in text
        assert "SIREN 000 000 109" in text
    if len(read) > 1:
        assert f"bon de {len(read)} pages" in read[-1]


@pytest.mark.parametrize("name", CASES)
def test_the_tables_head_is_repeated_on_every_page_of_the_table(name: str) -> None:
    made = CASES[name]
    read = pages(form(made))
    with_rows = {
        at for at, text in enumerate(read) for part in made.sub_orders if f"Sous-total {part.number} HT" in text
    }
    labels = places(form(made), *(row.label for row in made.lines if len(row.label) < 30))
    with_rows |= {found.page for hits in labels.values() for found in hits}
    assert with_rows
    for at in with_rows:
        assert "Désignation" in read[at]
        assert "Prix unitaire HT" in read[at]


@pytest.mark.parametrize("made", [long(4, 14), long(5, 34), long(1, 70)])
def test_no_row_is_cut_and_each_stands_with_its_figures(made: Proposal) -> None:
    pdf = form(made)
    found = places(pdf, *(row.label for row in made.lines))
    figures = places(pdf, *{FRENCH.amount(row.unit_price).replace("\u00a0", " ") for row in made.lines})
    for row in made.lines:
        label = next(hit for hit in found[row.label] if hit.left < sheet.LEFT + 1)
        beside = figures[FRENCH.amount(row.unit_price).replace("\u00a0", " ")]
        assert any(hit.page == label.page and abs(hit.bottom - label.bottom) < 4 for hit in beside), row.label


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_leaves_the_page(name: str, language: str) -> None:
    account = LONG_ACCOUNT if name == "wordy" else ROSE
    for left, bottom, right, top in extent(PAPER.order_form(content(CASES[name], language, account))):
        assert left >= sheet.LEFT - 2
        assert right <= sheet.RIGHT + 2
        assert bottom >= sheet.HEIGHT - 812
        assert top <= sheet.HEIGHT - 36


@pytest.mark.parametrize("lines", range(1, 40))
def test_totals_never_stand_alone(lines: int) -> None:
    """However the pages fall, the totals have lines and the subtotal of the last sub-order with them."""
    made = long(2, lines)
    read = pages(form(made))
    last = made.sub_orders[-1]
    page = next(text for text in read if "Total TTC" in text)
    assert f"Sous-total {last.number} HT" in page
    assert "Total HT" in page
    with_them = [row.label for row in last.lines if re.search(re.escape(row.label) + r"(?!\d)", page)]
    assert len(with_them) >= min(lines, 3)


@pytest.mark.parametrize("lines", [1, 5, 11, 17, 23, 29])
def test_a_subtotal_stands_with_its_last_line_and_a_title_with_its_first(lines: int) -> None:
    made = long(5, lines)
    read = pages(form(made))
    for part in made.sub_orders:
        page = next(text for text in read if f"Sous-total {part.number} HT" in text)
        assert part.lines[-1].label in page
        head = next(text for text in read if f"{part.number} · {part.range_name}" in text)
        assert re.search(re.escape(part.lines[0].label) + r"(?!\d)", head)


def test_a_label_longer_than_a_page_goes_on_without_losing_a_word() -> None:
    label = " ".join(f"mot{at}" for at in range(900))
    text = " ".join(pages(form(proposal(sub_order("001", "Imprimé", line(label, 10))))))
    assert [word for word in label.split() if word not in text] == []


def test_a_plan_by_hand_of_many_instalments_goes_on_under_its_title() -> None:
    dues = tuple(Instalment(due_on=ON, gross=Money(100 + at)) for at in range(120))
    read = pages(form(proposal(sub_order("001", "Imprimé", line("Encart", 128.6)), by_hand=dues)))
    assert sum("Plan de règlement, suite" in text for text in read) >= 1
    assert euro(Money(219)) in " ".join(read)


def test_the_box_is_on_the_last_page_with_its_places_for_name_place_and_date() -> None:
    for made in (short(), usual(), long(5, 34)):
        read = pages(form(made))
        assert [at for at, text in enumerate(read) if "Signature du client" in text] == [len(read) - 1]
        assert re.search("Nom.*Fait à.*Le", read[-1])
        assert "Conditions" in read[-1]
