"""Figures and dates are written as people of each language write them, and read without losing a cent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.formats import Formats, NotUnderstood, formats, set_language

FRENCH = Formats("fr")
AMOUNTS = st.integers(min_value=-(10**13) + 1, max_value=10**13 - 1)


@dataclass(frozen=True)
class Price:
    cents: int


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (123456, "1\u00a0234,56"),
        (-22800, "\u2212228,00"),
        (0, "0,00"),
        (5, "0,05"),
        (100000000, "1\u00a0000\u00a0000,00"),
    ],
)
def test_a_french_amount_has_hard_spaces_a_comma_and_a_true_minus(cents: int, written: str) -> None:
    assert FRENCH.amount(cents) == written
    assert FRENCH.amount(Price(cents)) == written
    assert FRENCH.amount_euro(cents) == written + "\u00a0€"


def test_a_gain_shows_its_plus_only_when_asked() -> None:
    assert FRENCH.amount(197800, signed=True) == "+1\u00a0978,00"
    assert FRENCH.amount(0, signed=True) == "0,00"


def test_english_and_chinese_write_the_euro_first() -> None:
    assert Formats("en").amount_euro(-22800) == "\u2212€228.00"
    assert Formats("zh").amount_euro(123456) == "€1,234.56"


@pytest.mark.parametrize(
    ("rate", "written"), [(800, "8\u00a0%"), (3170, "31,7\u00a0%"), (550, "5,5\u00a0%"), (5, "0,05\u00a0%")]
)
def test_a_rate_has_no_idle_zeros(rate: int, written: str) -> None:
    assert FRENCH.percent(rate) == written


def test_whole_euros_round_half_away_from_zero() -> None:
    assert [FRENCH.euros(cents) for cents in (149, 150, -150, 585200)] == ["1", "2", "\u22122", "5\u00a0852"]


def test_days_are_said_in_each_language() -> None:
    day = date(2026, 11, 23)
    assert FRENCH.date_short(day) == "23/11/2026"
    assert FRENCH.date_day(day, capital=True) == "Lundi 23\u00a0novembre"
    assert FRENCH.date_day(date(2026, 11, 1)) == "dimanche 1ᵉʳ\u00a0novembre"
    assert Formats("en").date_day(day, year=True) == "Monday 23\u00a0November\u00a02026"
    assert Formats("zh").date_day(day) == "11月23日 星期一"
    assert FRENCH.time(time(9, 5)) == "09:05"


def test_ordinals_durations_and_sizes() -> None:
    assert [FRENCH.ordinal(1), FRENCH.ordinal(1, feminine=True), FRENCH.ordinal(4)] == ["1ᵉʳ", "1ʳᵉ", "4ᵉ"]
    assert [Formats("en").ordinal(n) for n in (1, 2, 3, 4, 11, 22, 112)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "22nd",
        "112th",
    ]
    assert (FRENCH.duration(24), FRENCH.duration(124)) == ("24\u00a0min", "2\u00a0h\u00a004")
    assert (FRENCH.file_size(1234567), FRENCH.file_size(12)) == ("1,2\u00a0Mo", "12\u00a0o")
    assert (FRENCH.distance(18600), FRENCH.distance(800)) == ("19\u00a0km", "800\u00a0m")


@given(cents=AMOUNTS, language=st.sampled_from(["fr", "en", "zh"]))
def test_what_is_written_reads_back_to_the_cent(cents: int, language: str) -> None:
    written = Formats(language)
    assert written.read_amount(written.amount(cents)) == cents
    assert written.read_amount(written.amount_euro(cents)) == cents
    assert written.read_percent(written.percent(cents)) == cents


@given(cents=AMOUNTS)
def test_comma_and_point_are_the_same_in_every_language(cents: int) -> None:
    plain = f"{'-' if cents < 0 else ''}{abs(cents) // 100}"
    for language in ("fr", "en", "zh"):
        for mark in ",.":
            assert Formats(language).read_amount(f"{plain}{mark}{abs(cents) % 100:02d}") == cents


@given(text=st.text(max_size=12))
def test_reading_drops_no_figure(text: str) -> None:
    """Whatever is understood holds the very digits that were typed."""
    try:
        cents = FRENCH.read_amount(text)
    except NotUnderstood:
        return
    if cents is None:
        assert not text.strip()
    else:
        typed = "".join(letter for letter in text if letter in "0123456789")
        assert str(abs(cents)).rstrip("0") == typed.lstrip("0").rstrip("0")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12a", "characters"),
        ("12 €€", "characters"),
        ("1,234", "decimals"),
        ("0,005", "decimals"),
        ("12 34", "separators"),
        ("1,2,3", "separators"),
        ("1 23,4", "separators"),
        ("1,234.5.6", "separators"),
        ("٣", "characters"),
        ("-", "characters"),
        ("€", "characters"),
        ("99999999999999", "range"),
        ("1e3", "characters"),
    ],
)
def test_what_makes_no_amount_is_refused_with_its_reason(text: str, kind: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        FRENCH.read_amount(text)
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("", None),
        ("  ", None),
        ("12", 1200),
        ("12,", 1200),
        (",5", 50),
        (" 1 234,5 € ", 123450),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1.234.567", 123456700),
        ("− 12", -1200),
        ("-12", -1200),
        ("+12", 1200),
        ("€12.50", 1250),
        ("1\u202f234", 123400),
    ],
)
def test_people_type_amounts_in_many_ways(text: str, cents: int | None) -> None:
    assert FRENCH.read_amount(text) == cents


def test_a_comma_before_three_figures_is_thousands_in_english_only() -> None:
    assert Formats("en").read_amount("1,234") == 123400


@pytest.mark.parametrize("text", ["21/11/2026", "21.11.26", "21112026", "2026-11-21", " 21-11-2026 "])
def test_a_day_is_read_as_people_type_it(text: str) -> None:
    assert FRENCH.read_date(text) == date(2026, 11, 21)


@pytest.mark.parametrize("text", ["31/02/2026", "demain", "2026", "00/01/2026", "31/02", "21/11.2026", "1/2/2"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        FRENCH.read_date(text)


def test_an_empty_day_is_no_day() -> None:
    assert FRENCH.read_date(" ") is None


def test_the_language_in_force_changes_all_writing() -> None:
    set_language("en")
    assert formats().amount(123456) == "1,234.56"
    with pytest.raises(ValueError, match="tlh"):
        set_language("tlh")
