"""Figures and days are understood exactly as they are written, or refused; no amount ever goes through floats."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.money import Money
from sync.server.imports.cells import CellFault, Writing, understood
from sync.server.imports.targets import Kind, Target

EUROS = Writing(unit="euros")


def _value(text: str, kind: Kind, writing: Writing = EUROS) -> object:
    return understood(text, Target(kind), writing)


def _code(text: str, kind: Kind, writing: Writing = EUROS) -> str:
    with pytest.raises(CellFault) as fault:
        _value(text, kind, writing)
    return fault.value.code


@given(cents=st.integers(0, 10**12))
def test_an_amount_is_the_cents_it_says(cents: int) -> None:
    text = f"{cents // 100}.{cents % 100:02d}"
    assert _value(text, Kind.MONEY) == cents
    assert _value(text.replace(".", ","), Kind.MONEY, Writing(unit="euros", decimal=",")) == cents
    assert _value(str(cents), Kind.MONEY, Writing(unit="cents")) == cents


@given(cents=st.integers(0, 10**12))
def test_thousands_are_set_apart_as_the_mapping_says(cents: int) -> None:
    text = f"{cents // 100:,}.{cents % 100:02d}"
    assert _value(text, Kind.MONEY, Writing(unit="euros", thousands=",")) == cents
    french = text.replace(",", "\u202f").replace(".", ",") + "\u00a0€"
    assert _value(french, Kind.MONEY, Writing(unit="euros", decimal=",", thousands=" ")) == cents


@given(price=st.integers(0, 10**9), quantity=st.integers(1, 9_999), discount=st.integers(0, 10_000))
def test_a_lines_net_is_rounded_half_away_from_zero_to_the_cent(price: int, quantity: int, discount: int) -> None:
    cents = _value(f"{Decimal(price).scaleb(-2)}", Kind.MONEY)
    rate = _value(f"{Decimal(discount).scaleb(-4):f}", Kind.RATE, Writing(unit="fraction"))
    assert isinstance(cents, int)
    assert isinstance(rate, int)
    with localcontext(prec=60):
        wanted = (Decimal(price) * quantity * (1 - Decimal(discount) / 10_000)).quantize(Decimal(1), ROUND_HALF_UP)
    assert Money(cents).times(quantity).less(rate).cents == wanted


@given(tenths=st.integers(0, 10**12))
def test_what_is_finer_than_a_cent_is_rounded_only_when_the_mapping_says_so(tenths: int) -> None:
    assume(tenths % 10)
    text = f"{Decimal(tenths).scaleb(-3):f}"
    assert _code(text, Kind.MONEY) == "DECIMALS"
    assert _value(text, Kind.MONEY, Writing(unit="euros", rounds=True)) == (tenths + 5) // 10


@given(text=st.text(st.sampled_from("0123456789.,-+€ \u00a0\u2212") | st.characters(), max_size=9))
def test_whatever_stands_in_a_cell_is_an_amount_or_refused(text: str) -> None:
    try:
        cents = _value(text, Kind.MONEY)
    except CellFault as fault:
        cents = fault.code
    if isinstance(cents, int):
        assert Decimal(text.replace("\u2212", "-").rstrip("€ \u00a0\u202f\u2009").strip()) * 100 == cents
    else:
        assert cents in {"NUMBER", "DECIMALS", "NEGATIVE", "TOO_LARGE"}


@pytest.mark.parametrize(
    "text", ["", " ", "1 000", "1,5", "1.", ".5", "1e3", "0x1", "nan", "1_000", "١٢", "--1", "12 €€"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert _code(text, Kind.MONEY) == "NUMBER"


@pytest.mark.parametrize("text", ["1 00", "10 0000", "1 000 00", "1.000,50"])
def test_thousands_out_of_place_are_refused(text: str) -> None:
    assert _code(text, Kind.MONEY, Writing(unit="euros", decimal=",", thousands=" ")) == "NUMBER"


@pytest.mark.parametrize(
    ("text", "unit", "points"),
    [("0.15", "fraction", 1500), ("1", "fraction", 10_000), ("5.5", "percent", 550), ("20 %", "percent", 2000),
     ("0", "percent", 0), ("1250", "basis_points", 1250), ("0.0333", "fraction", 333)],
)  # fmt: skip
def test_rates_come_in_fractions_per_cents_or_basis_points(text: str, unit: str, points: int) -> None:
    assert _value(text, Kind.RATE, Writing(unit=unit)) == points


def test_a_rate_finer_than_a_basis_point_is_refused_unless_it_may_be_rounded() -> None:
    noise = "0.15000000596046448"
    assert _code(noise, Kind.RATE, Writing(unit="fraction")) == "RATE_TOO_FINE"
    assert _value(noise, Kind.RATE, Writing(unit="fraction", rounds=True)) == 1500


def test_weights_and_dozens_become_pieces_by_an_exact_factor() -> None:
    assert _value("0.453", Kind.QUANTITY, Writing(times="1000")) == 453
    assert _value("2.5", Kind.QUANTITY, Writing(times="12")) == 30
    assert _code("0.4536", Kind.QUANTITY, Writing(times="1000")) == "QUANTITY_NOT_WHOLE"


@given(on=st.dates(date(1900, 1, 1), date(2199, 12, 31)), form=st.sampled_from(["%d/%m/%Y", "%Y%m%d", "%d.%m.%Y"]))
def test_a_day_is_read_in_the_format_said(on: date, form: str) -> None:
    assert _value(on.strftime(form), Kind.DATE, Writing(dates=("%Y-%m-%d", form))) == on.isoformat()


@pytest.mark.parametrize("text", ["31/02/2026", "2026-2-30", "1/13/2026", "aujourd’hui", "26-11-21T"])
def test_what_is_no_day_is_refused(text: str) -> None:
    assert _code(text, Kind.DATE, Writing(dates=("%Y-%m-%d", "%d/%m/%Y"))) == "DATE"


def test_an_address_of_several_lines_is_set_in_one() -> None:
    assert _value("507 - 20th Ave. E.\nApt. 2A\n", Kind.TEXT) == "507 - 20th Ave. E., Apt. 2A"
    assert _value("one\ntwo", Kind.LONG_TEXT) == "one\ntwo"


@pytest.mark.parametrize(("text", "value"), [("Oui", 1), ("0", 0), ("TRUE", 1), ("non", 0)])
def test_yes_and_no_are_understood_in_french_and_english(text: str, value: int) -> None:
    assert _value(text, Kind.BOOLEAN) == value
    assert _code("peut-être", Kind.BOOLEAN) == "BOOLEAN"
