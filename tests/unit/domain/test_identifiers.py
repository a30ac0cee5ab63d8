"""SIRET, VAT number and IBAN are judged by their check digits, addresses and mobiles by their shape."""

from __future__ import annotations

import pytest
import stdnum.iban
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import siren, siret, tva

from app.domain.identifiers import (
    _IBAN_LENGTHS,
    compact,
    is_email,
    is_iban,
    is_mobile,
    is_siren,
    is_siret,
    is_vat_number,
    vat_number_of,
)

DIGITS = "0123456789"
POST_OFFICE = "356000000"


def numbers(length: int) -> st.SearchStrategy[str]:
    """Strings of digits, half of them with a last digit that makes the Luhn key sound."""
    return st.one_of(
        st.text(DIGITS, min_size=length, max_size=length),
        st.text(DIGITS, min_size=length - 1, max_size=length - 1).map(with_luhn),
    )


def with_luhn(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


# ------------------------------------------------------------------------------------------ SIREN, SIRET, VAT
@given(numbers(9))
def test_a_siren_is_sound_as_the_reference_says(number: str) -> None:
    assert is_siren(number) == siren.is_valid(number)


@given(numbers(9).filter(siren.is_valid), st.text(DIGITS, min_size=4, max_size=4), st.sampled_from(DIGITS))
def test_a_siret_is_sound_as_the_reference_says(company: str, office: str, key: str) -> None:
    assume(company != POST_OFFICE)
    assert is_siret(company + office + key) == siret.is_valid(company + office + key)
    assert is_siret(with_luhn(company + office))


@given(st.text(DIGITS, min_size=14, max_size=14))
def test_any_fourteen_digits_are_judged_as_the_reference_says(number: str) -> None:
    assert is_siret(number) == siret.is_valid(number)


@given(st.text(DIGITS, min_size=5, max_size=5).filter(lambda office: sum(map(int, POST_OFFICE + office)) % 5 == 0))
def test_a_post_office_whose_plain_sum_divides_by_five_is_sound(office: str) -> None:
    assert siret.is_valid(POST_OFFICE + office)
    assert is_siret(POST_OFFICE + office)


def test_the_post_offices_seat_bears_the_usual_key() -> None:
    assert is_siret(POST_OFFICE + "00048")


@given(st.text(DIGITS, min_size=5, max_size=5))
@example("04388")
def test_a_post_office_is_sound_as_the_reference_says(office: str) -> None:
    assert is_siret(POST_OFFICE + office) == siret.is_valid(POST_OFFICE + office)


@pytest.mark.parametrize(
    "text", ["732 829 320 00074", "732.829.320-00074", "73282932000074", "732\u00a0829\u202f320 00074"]
)
def test_a_number_is_read_as_people_write_it(text: str) -> None:
    assert is_siret(text)


@pytest.mark.parametrize(
    "text", ["", "73282932000075", "7328293200007", "732829320000740", "7328293200007A", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"]
)
def test_what_is_no_siret_is_refused(text: str) -> None:
    assert not is_siret(text)


@given(numbers(9).filter(siren.is_valid), st.integers(0, 99))
def test_a_vat_number_bears_the_key_of_its_siren(company: str, key: int) -> None:
    number = f"FR{key:02d}{company}"
    assert is_vat_number(number) == tva.is_valid(number)
    assert is_vat_number(vat_number_of(company))
    assert is_vat_number(vat_number_of(company)) == tva.is_valid(vat_number_of(company))


@pytest.mark.parametrize(
    "text", ["", "FR", "DE136695976", "FR00732829320", "FR4473282932", "44732829320", "FRX4732829320"]
)
def test_what_is_no_french_vat_number_is_refused(text: str) -> None:
    assert not is_vat_number(text)


def test_a_vat_number_is_read_in_small_letters_and_with_spaces() -> None:
    assert is_vat_number("fr 44 732 829 320")
    assert vat_number_of("732 829 320 00074") == "FR44732829320"


# ------------------------------------------------------------------------------------------ IBAN
@given(st.sampled_from(sorted(_IBAN_LENGTHS)), st.data())
def test_an_iban_is_sound_as_the_reference_says(country: str, data: st.DataObject) -> None:
    length = _IBAN_LENGTHS[country] - 4
    account = data.draw(st.text(DIGITS + "ABCXYZ", min_size=length, max_size=length))
    key = stdnum.iban.calc_check_digits(f"{country}00{account}")
    assert is_iban(f"{country}{key}{account}")
    other = data.draw(st.integers(2, 98))
    number = f"{country}{other:02d}{account}"
    assume(other != int(key))
    assert not is_iban(number)


@pytest.mark.parametrize(
    "text",
    ["FR1420041010050500013M02606", "fr14 2004 1010 0505 0001 3M02 606", "DE89370400440532013000", "BE71096123456769"],
)
def test_known_ibans_are_sound(text: str) -> None:
    assert stdnum.iban.is_valid(text)
    assert is_iban(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "FR14", "FR1420041010050500013M02607", "FR1420041010050500013M0260", "US64SVBKUS6S3300958879"),
        *("1420041010050500013M02606", "FR1420041010050500013M0260é", "FR14 2004 1010 0505 0001 3M02 606 1"),
    ],
)
def test_what_is_no_iban_is_refused(text: str) -> None:
    assert not is_iban(text)


@given(st.data())
def test_two_neighbouring_digits_swapped_are_noticed(data: st.DataObject) -> None:
    number = "FR7630006000011234567890189"
    assert is_iban(number)
    at = data.draw(st.integers(2, len(number) - 2))
    assume(number[at] != number[at + 1])
    assert not is_iban(number[:at] + number[at + 1] + number[at] + number[at + 2 :])


# ------------------------------------------------------------------------------------------ e-mail, mobile
@pytest.mark.parametrize(
    "text", ["a@b.fr", "claire.delmas@aunomdelarose.example", " a@b.fr ", "élise@fleurs.example", "a+b@c.d.example"]
)
def test_an_address_that_could_be_delivered_is_taken(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@b.fr",
        "a@b",
        "a@b.",
        "a@.fr",
        "a b@c.fr",
        "a@b@c.fr",
        "a@b..fr",
        "a,b@c.fr",
        "<a@b.fr>",
        "a@b.fr;",
    ],
)
def test_an_address_that_could_not_is_refused(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "06 39 98 17 42",
            "0639981742",
            "07.39.98.17.42",
            "07-39-98-17-42",
            "+33 6 39 98 17 42",
            "+33 (0)6 39 98 17 42",
        ),
        *("0033639981742", "+32 475 12 34 56", "+590 690 12 34 56"),
    ],
)
def test_a_number_that_receives_an_sms_is_taken(text: str) -> None:
    assert is_mobile(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01 99 00 24 24",
        "+33 1 99 00 24 24",
        "06 39 98 17 4",
        "06 39 98 17 421",
        "+0 6",
        "mobile",
        "+33",
        "06 39 98 l7 42",
    ],
)
def test_a_number_that_receives_none_is_refused(text: str) -> None:
    assert not is_mobile(text)


@given(st.text(max_size=20))
def test_nothing_typed_raises(text: str) -> None:
    for judge in (is_siren, is_siret, is_vat_number, is_iban, is_email, is_mobile):
        assert judge(text) in {True, False}
    assert " " not in compact(text)
