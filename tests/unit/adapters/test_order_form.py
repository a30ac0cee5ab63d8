"""The order form and the quote say everything, in three languages, and every amount is the proposal's own."""

from __future__ import annotations

import re
import string
import subprocess
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.paper.company import company
from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.paper.texts import FOLDER, Words, words, written_language
from app.domain.identifiers import is_siren, is_vat_number
from app.domain.money import ZERO, Money, VatRate
from app.domain.sales.proposal import Action, Proposal, SubOrder
from resources.formats import LANGUAGES, Formats
from tests.unit.adapters.reading import pages, plain
from tests.unit.adapters.samples import (
    ROSE,
    amended,
    content,
    line,
    proposal,
    short,
    sub_order,
    usual,
)

PAPER = ReportlabPaper()
FRENCH = Formats("fr")


def form(of: Proposal, language: str = "fr") -> bytes:
    return PAPER.order_form(content(of, language))


def euro(money: Money, language: str = "fr") -> str:
    return plain(Formats(language).amount_euro(money))


# ------------------------------------------------------------------------------------------ what it says
def test_the_same_content_gives_the_same_bytes() -> None:
    assert form(usual()) == form(usual())
    assert PAPER.quote(content(usual())) == PAPER.quote(content(usual()))


def test_another_content_gives_other_bytes() -> None:
    assert len({form(usual()), form(short()), form(usual(), "en"), PAPER.quote(content(usual()))}) == 4


def test_the_form_bears_the_sellers_mentions() -> None:
    seller = company()
    text = " ".join(pages(form(usual())))
    for mention in (seller.name, seller.form, seller.capital, seller.address, seller.vat_number):
        assert plain(mention) in text
    assert "SIREN 000 000 109 · RCS Valbrume" in text


def test_the_training_company_has_numbers_that_pass_their_checks_and_belong_to_no_one() -> None:
    seller = company()
    assert is_siren(seller.siren)
    assert is_vat_number(seller.vat_number)
    assert seller.siren.startswith("00000"), "no SIREN given to anyone begins with five zeros"
    assert seller.phone.startswith("01 99 00"), "the numbers that are kept for fiction"
    assert seller.email.endswith(".example")


def test_the_form_says_who_buys_and_who_signs() -> None:
    first = pages(form(usual()))[0]
    for said in (
        *("Au nom de la Rose", "SARL Delmas Fleurs", "14 rue des Changes", "28000 Chartres", "104417"),
        *("SIRET 000 000 109 00003", "TVA FR48000000109", "Claire Delmas", "gérante", "06 39 98 17 42"),
        *("claire.delmas@aunomdelarose.example", "Aline Renaud"),
        *("BC-2027-004417", "21 novembre 2026", "édition 2027"),
    ):
        assert said in first


def test_a_form_can_be_shown_before_a_signatory_is_named() -> None:
    bare = replace(ROSE, contacts=(), siret="", vat_number="", legal_name="")
    text = " ".join(pages(PAPER.order_form(content(usual(), account=bare))))
    assert "Le signataire, pour Au nom de la Rose" in text
    assert "SIRET" not in text


def test_a_line_says_what_where_how_many_and_for_how_much() -> None:
    text = pages(form(usual()))[0]
    assert "Campagne mots-clés, 3 mois" in text
    for said in ("mars à mai 2027", "420,00 €", "−10 %", "20 %", "1 134,00 €", "Fleuristes · Chartres"):
        assert said in text


def test_what_changed_speaks_and_what_is_cancelled_stays_readable() -> None:
    text = pages(form(usual()))[0]
    assert [text.count(word) for word in ("nouveau", "modifié", "annulé", "inchangé")] == [1, 1, 1, 0]
    assert "Site vitrine" in text
    assert "au lieu de 1 260,00 €" in text


def test_an_amendment_shows_the_differences_it_makes() -> None:
    text = pages(form(amended()))[0]
    for said in (
        *("modification d’ordre 12", "Chaque montant est la différence", "remplace Pavé plein écran"),
        *("−1 000,00 €", "−560,00 €", "−1 440,00 €", "−1 728,00 €", "inchangé", "annulé"),
        "Coordonnées publiées modifiées : horaires d’été, nouveau numéro de téléphone",
        "Rien n’est à régler sur ce document.",
    ):
        assert said in text
    assert "-1" not in text, "a minus is U+2212"


def test_details_may_change_without_a_note() -> None:
    part = replace(usual().sub_orders[0], details_changed=True)
    assert "Coordonnées publiées modifiées." in pages(form(proposal(part)))[0]


def test_an_amendment_of_zero_is_written_as_such() -> None:
    made = amended(zero=True)
    assert made.totals.gross == ZERO
    text = pages(form(made))[0]
    assert "Total TTC 0,00 €" in text
    assert "Rien n’est à régler" in text


def test_the_plan_names_every_instalment() -> None:
    made = usual()
    text = " ".join(pages(form(made)))
    for due in made.payment_plan:
        assert plain(f"{FRENCH.date_long(due.due_on)}") in text
        assert euro(due.gross) in text


def test_a_plan_to_come_is_said_to_be_so() -> None:
    assert "Les échéances sont à convenir." in " ".join(pages(form(proposal(*usual().sub_orders, by_hand=()))))


def test_the_one_rounding_line_stands_where_sub_orders_and_document_differ() -> None:
    parts = (sub_order("001", "A", line("a", 0.13)), sub_order("101", "B", line("b", 0.13)))
    made = proposal(*parts)
    assert made.rounding == Money(-1)
    assert "dont arrondi −0,01 €" in " ".join(pages(form(made)))
    assert "arrondi" not in " ".join(pages(form(short())))


def test_a_proposal_without_lines_still_makes_a_form() -> None:
    assert "Total TTC 0,00 €" in pages(form(proposal()))[0]
    empty = SubOrder(id=usual().sub_orders[0].id, number="301", range_name="Rien")
    assert "301 · Rien" in pages(form(proposal(empty)))[0]


def test_a_quote_says_how_long_it_is_valid_and_commits_no_one() -> None:
    made = PAPER.quote(content(usual()))
    text = " ".join(pages(made))
    assert "Devis valable jusqu’au 21 décembre 2026" in text
    assert "Visibilité locale, édition 2027" in text
    assert "sans engagement" in text
    assert re.search(r"commande|signature|signataire|\bsigne", text, re.IGNORECASE) is None
    assert b"/Sig" not in made


def test_a_quote_may_have_no_limit() -> None:
    text = " ".join(pages(PAPER.quote(replace(content(usual()), valid_until=None))))
    assert "valable jusqu’au" not in text


def test_no_form_promises_more_than_a_simple_signature() -> None:
    for language in LANGUAGES:
        said = (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
        assert re.search("avancée|advanced|qualified|qualifiée|高级|合格", said, re.IGNORECASE) is None


# ------------------------------------------------------------------------------------------ amounts
RATES = st.sampled_from([VatRate(2000), VatRate(1000), VatRate(550), VatRate(210), VatRate(0)])


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    parts = []
    for number in range(draw(st.integers(1, 4))):
        is_amendment = draw(st.booleans())
        lines = [
            line(
                f"Produit {number}.{at}",
                draw(st.integers(0, 500_000)) / 100,
                rate=draw(RATES),
                action=draw(st.sampled_from(list(Action))),
                quantity=draw(st.integers(1, 12)),
                discount=draw(st.sampled_from([0, 0, 500, 950, 3333])),
                before=draw(st.integers(0, 500_000)) / 100,
                amended=is_amendment,
            )
            for at in range(draw(st.integers(1, 9)))
        ]
        parts.append(sub_order(f"{number}01", "Gamme", *lines, amendment="03" if is_amendment else None))
    return proposal(*parts)


@settings(max_examples=30)
@given(made=proposals(), language=st.sampled_from(LANGUAGES))
def test_every_amount_is_the_proposals_own(made: Proposal, language: str) -> None:
    text = " ".join(pages(form(made, language)))
    said = words(language)
    totals = made.totals
    expected = [
        f"{plain(said.total_net)} {euro(totals.net, language)}",
        f"{plain(said.total_gross)} {euro(totals.gross, language)}",
    ]
    for rate, vat in totals.vat_by_rate.items():
        percent = Formats(language).percent(rate.basis_points)
        label = said.total_vat.format(rate=percent, net=Formats(language).amount_euro(totals.net_by_rate[rate]))
        expected.append(f"{plain(label)} {euro(vat, language)}")
    for part in made.sub_orders:
        tax = said.subtotal_tax.format(
            vat=Formats(language).amount_euro(part.totals.vat),
            gross=Formats(language).amount_euro(part.totals.gross),
        )
        expected += [plain(tax), f"{plain(said.subtotal.format(number=part.number))} {euro(part.totals.net, language)}"]
    expected += [euro(due.gross, language) for due in made.payment_plan]
    expected += [euro(row.net, language) for row in made.lines]
    assert [amount for amount in expected if amount not in text] == []
    rounding = plain(said.rounding.split("{", maxsplit=1)[0])
    assert (rounding in text) == (made.rounding != ZERO)


# ------------------------------------------------------------------------------------------ languages and fonts
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_is_embedded(language: str, tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"
    file.write_bytes(form(usual(), language))
    run = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True)
    rows = [row.split() for row in run.stdout.splitlines()[2:]]
    assert rows
    for row in rows:
        assert row[-5:-3] == ["yes", "yes"], run.stdout  # embedded, as a subset
        assert "SourceSans3" in row[0] or "NotoSansSC" in row[0]
    assert any("NotoSansSC" in row[0] for row in rows) == (language == "zh")


def test_chinese_can_be_read_out_of_the_file() -> None:
    text = " ".join(pages(form(usual(), "zh")))
    for said in (
        "订购单",
        "客户",
        "不含税合计",
        "含税合计 €7,022.40",
        "付款计划",
        "客户签名",
        "已取消",
        "第 1 页，共 2 页",
    ):
        assert said in text


def test_a_chinese_name_is_written_on_a_french_form() -> None:
    account = replace(ROSE, trade_name="金龙饭店", legal_name="SARL Dragon d’or 金龙")
    text = " ".join(pages(PAPER.order_form(content(usual(), account=account))))
    assert "金龙饭店" in text
    assert "SARL Dragon d’or 金龙" in text


def test_a_customer_of_another_language_gets_the_sellers() -> None:
    assert written_language("de") == "fr"
    assert written_language("../fr") == "fr"
    assert form(usual(), "de") == form(usual(), "fr")


def _holes(said: Words) -> dict[str, list[str]]:
    texts = msgspec.to_builtins(said)
    return {
        name: sorted(hole for _, hole, _, _ in string.Formatter().parse(text) if hole)
        for name, text in texts.items()
        if isinstance(text, str)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_text_with_the_same_holes(language: str) -> None:
    assert _holes(words(language)) == _holes(words("fr"))
    assert len(words(language).order_conditions) == len(words("fr").order_conditions)
    assert len(words(language).quote_conditions) == len(words("fr").quote_conditions)


def test_french_is_well_set() -> None:
    said = (FOLDER / "fr.yaml").read_text(encoding="utf-8")
    texts = "\n".join(row.split(":", 1)[-1] for row in said.splitlines() if not row.startswith("#"))
    assert re.findall(r"\w* [;:?!»€%]|« |\w'\w", texts) == []
