"""The numbers that name things: ids of our own rows, and SIRET, VAT number, IBAN with their check digits."""

from __future__ import annotations

import re
from typing import NewType

AccountId = NewType("AccountId", str)
ContactId = NewType("ContactId", str)
RepId = NewType("RepId", str)
RangeId = NewType("RangeId", str)
ProductId = NewType("ProductId", str)
SlotId = NewType("SlotId", str)
OrderId = NewType("OrderId", str)
ProposalId = NewType("ProposalId", str)
SubOrderId = NewType("SubOrderId", str)
LineId = NewType("LineId", str)
ReservationId = NewType("ReservationId", str)
LossId = NewType("LossId", str)
RequestId = NewType("RequestId", str)
ActivityId = NewType("ActivityId", str)
DocumentId = NewType("DocumentId", str)

_BLANKS = re.compile(r"[\s\u00a0\u202f.-]")


def compact(text: str) -> str:
    """Take spaces, points and hyphens out of a number as people write it, and write its letters large."""
    return _BLANKS.sub("", text).upper()


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_LA_POSTE = "356000000"
_LA_POSTE_SEAT = "35600000000048"


def is_siren(text: str) -> bool:
    """Say whether nine digits bear a sound Luhn key (INSEE)."""
    digits = compact(text)
    return re.fullmatch(r"[0-9]{9}", digits) is not None and _luhn(digits)


def is_siret(text: str) -> bool:
    """Say whether fourteen digits are a SIREN with its establishment number, both keys sound (INSEE).

    The establishments of La Poste, but for its seat, follow a rule of their own: the plain sum of their digits
    divides by five.
    """
    digits = compact(text)
    if re.fullmatch(r"[0-9]{14}", digits) is None or not is_siren(digits[:9]):
        return False
    if digits.startswith(_LA_POSTE) and digits != _LA_POSTE_SEAT:
        return sum(map(int, digits)) % 5 == 0
    return _luhn(digits)


def is_vat_number(text: str) -> bool:
    """Say whether a French VAT number (FR, two-digit key, SIREN) bears the key (12 + 3 × (SIREN mod 97)) mod 97."""
    number = compact(text)
    match = re.fullmatch(r"FR([0-9]{2})([0-9]{9})", number)
    return match is not None and is_siren(match[2]) and int(match[1]) == (12 + 3 * (int(match[2]) % 97)) % 97


def vat_number_of(siren: str) -> str:
    """Give the French VAT number that belongs to a SIREN of nine digits."""
    digits = compact(siren)[:9]
    return f"FR{(12 + 3 * (int(digits) % 97)) % 97:02d}{digits}"


_IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip


def is_iban(text: str) -> bool:
    """Say whether an IBAN of the SEPA area has its country's length and a sound key (ISO 13616, mod 97 = 1)."""
    number = compact(text)
    if re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]+", number) is None or not number.isascii():
        return False
    if len(number) != _IBAN_LENGTHS.get(number[:2]):
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def is_email(text: str) -> bool:
    """Say whether an address could be delivered to: one @, a name before it, a dotted host after it, no spaces."""
    return re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+", text.strip()) is not None


def is_mobile(text: str) -> bool:
    """Say whether a number can receive an SMS in France: 06 or 07, at home or with +33; other countries by E.164."""
    number = re.sub(r"[\s\u00a0\u202f.()-]", "", text)
    if number.startswith(("+33", "0033")):
        number = "0" + number.removeprefix("+33").removeprefix("0033").removeprefix("0")
    elif re.fullmatch(r"\+[1-9][0-9]{7,14}", number) is not None:
        return True
    return re.fullmatch(r"0[67][0-9]{8}", number) is not None
