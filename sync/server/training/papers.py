"""Numbers for companies that do not exist: they pass their check digits, and nobody bears them."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.identifiers import vat_number_of


def siren(place: int) -> str:
    """Give the SIREN of a place from 1 to 999; INSEE gave out none that begins with five zeros."""
    if not 1 <= place <= 999:
        raise ValueError("there are numbers for 999 companies")
    return _completed(f"00000{place:03d}")


def siret(place: int) -> str:
    """Give the SIRET of the company's first establishment."""
    return _completed(siren(place) + "0001")


def vat_number(place: int) -> str:
    """Give the company's VAT number."""
    return vat_number_of(siren(place))


def _completed(digits: str) -> str:
    """Add the one digit that makes the Luhn key sound."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 - index % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{digits}{-total % 10}"


BANK = "99999"
"""No bank bears this code."""


def iban(place: int) -> str:
    """Give a French IBAN at a bank that does not exist, with a sound RIB key and a sound IBAN key."""
    branch, account = "00001", f"{place:011d}"
    key = 97 - (89 * int(BANK) + 15 * int(branch) + 3 * int(account)) % 97
    rib = f"{BANK}{branch}{account}{key:02d}"
    check = 98 - int(f"{rib}152700") % 97  # FR is 15 27, and 00 stands where the key will
    return f"FR{check:02d}{rib}"


class Phones:
    """Gives out numbers that ARCEP keeps for fiction, each once: 02 61 91 xx xx and 06 39 98 xx xx."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._next = 0

    def landline(self) -> str:
        """Give a number of a shop."""
        return self._free(lambda tail: f"02 61 91 {tail}")

    def mobile(self) -> str:
        """Give a number of a person."""
        return self._free(lambda tail: f"06 39 98 {tail}")

    def _free(self, write: Callable[[str], str]) -> str:
        while True:
            # A step without a common divisor with 10,000 visits every number before it comes back.
            self._next = (self._next + 3_571) % 10_000
            number = write(f"{self._next // 100:02d} {self._next % 100:02d}")
            if number not in self._taken:
                self._taken.add(number)
                return number
