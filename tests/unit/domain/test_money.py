"""Amounts are whole cents; rounding is half away from zero, VAT once per rate; what is typed is read or refused."""

from __future__ import annotations

from collections.abc import MutableMapping
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.money import (
    BASIS,
    LARGEST,
    ZERO,
    Money,
    VatRate,
    parse_amount,
    round_half_away,
    total,
    totals,
)
from app.domain.refusal import Refusal
from resources.formats import Formats

CENTS = st.integers(-(10**12), 10**12)
AMOUNTS = CENTS.map(Money)
RATES = st.integers(0, BASIS).map(VatRate)
LINES = st.lists(
    st.tuples(st.sampled_from([VatRate(2000), VatRate(550), VatRate(210), VatRate(0)]), AMOUNTS), max_size=12
)


# ------------------------------------------------------------------------------------------ rounding
@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [
        (5, 10, 1),
        (-5, 10, -1),
        (4, 10, 0),
        (-4, 10, 0),
        (15, 10, 2),
        (-15, 10, -2),
        (25, 10, 3),
        (5, -10, -1),
        (0, -7, 0),
    ],
)
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_half_away(numerator, denominator) == rounded


def test_nothing_is_divided_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        round_half_away(1, 0)


@given(st.integers(), st.integers().filter(bool))
def test_rounding_is_never_more_than_half_off_and_knows_no_direction(numerator: int, denominator: int) -> None:
    rounded = round_half_away(numerator, denominator)
    assert 2 * abs(rounded * denominator - numerator) <= abs(denominator)
    assert round_half_away(-numerator, denominator) == -rounded
    assert round_half_away(numerator, -denominator) == -rounded


# ------------------------------------------------------------------------------------------ amounts
def test_amounts_add_subtract_turn_and_multiply() -> None:
    assert Money(150) + Money(-50) == Money(100)
    assert Money(100) - Money(250) == Money(-150)
    assert -Money(7) == Money(-7)
    assert Money(333).times(3) == Money(999)
    assert sorted([Money(2), Money(-1), ZERO]) == [Money(-1), ZERO, Money(2)]
    assert Money(1)
    assert not ZERO


@given(st.lists(AMOUNTS))
def test_a_total_is_the_sum_of_its_cents(amounts: list[Money]) -> None:
    assert total(amounts).cents == sum(amount.cents for amount in amounts)
    assert total(amounts + [-amount for amount in amounts]) == ZERO


def test_nothing_adds_up_to_zero() -> None:
    assert total([]) == ZERO


@given(AMOUNTS, st.integers(0, BASIS))
@example(Money(100_00), 950)
def test_a_discount_takes_off_its_share_to_the_cent(amount: Money, discount: int) -> None:
    exact = Decimal(amount.cents) * (BASIS - discount) / BASIS
    assert amount.less(discount).cents == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert abs(amount.less(discount).cents) <= abs(amount.cents)


def test_no_discount_changes_nothing_and_the_whole_leaves_nothing() -> None:
    assert Money(12_345).less(0) == Money(12_345)
    assert Money(12_345).less(BASIS) == ZERO
    assert Money(100_00).less(950) == Money(90_50), "9.50 % is not 9 %"


@given(AMOUNTS)
def test_an_amount_is_written_as_a_french_document_writes_it(amount: Money) -> None:
    assert str(amount) == Formats("fr").amount_euro(amount)


# ------------------------------------------------------------------------------------------ rates
@pytest.mark.parametrize(
    ("text", "basis_points"),
    [
        ("20.0", 2000),
        ("20", 2000),
        ("5,5", 550),
        ("5.50", 550),
        ("2.1", 210),
        ("0", 0),
        ("100", 10_000),
        (" 10,0 ", 1000),
    ],
)
def test_a_rate_is_read_with_comma_or_point(text: str, basis_points: int) -> None:
    assert VatRate.parse(text) == VatRate(basis_points)


@pytest.mark.parametrize(
    "text", ["", "vingt", "20 %", "-5", "100.01", "999", "5.555", "5.", ".5", "1,2,3", "٢٠", "2e1", "1000"]
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        VatRate.parse(text)
    assert refused.value.code == "VAT_RATE_NOT_UNDERSTOOD"
    assert refused.value.facts["text"] == text


@given(RATES)
def test_a_rate_is_written_as_it_is_read(rate: VatRate) -> None:
    assert VatRate.parse(str(rate)) == rate


def test_a_rate_is_written_with_one_decimal_at_least() -> None:
    assert [str(VatRate(points)) for points in (2000, 550, 210, 0, 5, 2015)] == [
        *("20.0", "5.5", "2.1", "0.0", "0.05", "20.15")
    ]


@given(AMOUNTS, RATES)
@example(Money(250), VatRate(2000))
@example(Money(-5), VatRate(1000))
def test_vat_is_rounded_half_away_from_zero(net: Money, rate: VatRate) -> None:
    exact = Decimal(net.cents) * rate.basis_points / BASIS
    assert rate.of(net).cents == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert rate.of(-net) == -rate.of(net)


# ------------------------------------------------------------------------------------------ totals
def test_vat_is_rounded_once_per_rate_on_the_whole_set() -> None:
    """Three times 0.13 at 20 %: 0.03 each, 0.08 together."""
    rate = VatRate(2000)
    assert sum(rate.of(Money(13)).cents for _ in range(3)) == 9
    whole = totals([(rate, Money(13))] * 3)
    assert (whole.net, whole.vat, whole.gross) == (Money(39), Money(8), Money(47))


@given(LINES)
def test_totals_add_up(lines: list[tuple[VatRate, Money]]) -> None:
    whole = totals(lines)
    assert whole.net == total(net for _, net in lines)
    assert whole.gross == whole.net + whole.vat
    assert whole.vat == total(whole.vat_by_rate.values())
    assert set(whole.net_by_rate) == set(whole.vat_by_rate) == {rate for rate, _ in lines}
    assert list(whole.vat_by_rate) == sorted(whole.vat_by_rate)
    for rate, vat in whole.vat_by_rate.items():
        assert vat == rate.of(total(net for other, net in lines if other == rate))


@given(LINES)
def test_the_order_of_lines_does_not_matter(lines: list[tuple[VatRate, Money]]) -> None:
    assert totals(lines) == totals(sorted(lines)) == totals(reversed(lines))


def test_a_rate_whose_lines_cancel_out_still_appears() -> None:
    whole = totals([(VatRate(550), Money(100)), (VatRate(550), Money(-100))])
    assert dict(whole.vat_by_rate) == {VatRate(550): ZERO}


def test_totals_cannot_be_written_into() -> None:
    assert not isinstance(totals([]).vat_by_rate, MutableMapping)
    assert not isinstance(totals([]).net_by_rate, MutableMapping)


# ------------------------------------------------------------------------------------------ what a person types
@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1234,56", 123_456),
        ("1234.56", 123_456),
        ("1 234,56", 123_456),
        ("1\u00a0234,56\u00a0€", 123_456),
        ("1\u202f234,5 €", 123_450),
        ("12,", 1_200),
        ("0", 0),
        ("+3", 300),
        ("-3,07", -307),
        ("\u22123,07", -307),
        (" 42 ", 4_200),
        ("10000000000", LARGEST.cents),
    ],
)
def test_an_amount_is_read_as_people_type_it(text: str, cents: int) -> None:
    assert parse_amount(text) == Money(cents)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "€",
        "douze",
        "12,345",
        "1.234,56",
        "1,234.56",
        "--3",
        "3-",
        "12 $",
        "1e3",
        "٣",
        "12%",
        ",5",
        "10000000000,01",
    ],
)
def test_a_character_that_is_not_understood_is_refused_never_dropped(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_amount(text)
    assert refused.value.code == "AMOUNT_NOT_UNDERSTOOD"
    assert refused.value.facts["text"] == text


@given(CENTS)
def test_what_is_shown_can_be_typed_again(cents: int) -> None:
    assert parse_amount(Formats("fr").amount_euro(cents)) == Money(cents)
    assert parse_amount(Formats("fr").amount(cents)) == Money(cents)


def _read(text: str) -> Money | str:
    """What is made of a text: an amount, or the code of the refusal."""
    try:
        return parse_amount(text)
    except Refusal as refused:
        return refused.code


@given(st.text(max_size=12) | st.text("0123456789,. €-+\u2212\u00a0", max_size=12))
def test_whatever_is_typed_is_an_amount_or_a_refusal(text: str) -> None:
    read = _read(text)
    if isinstance(read, Money):
        assert any(sign.isdigit() for sign in text)
        assert abs(read.cents) <= LARGEST.cents
    else:
        assert read == "AMOUNT_NOT_UNDERSTOOD"
