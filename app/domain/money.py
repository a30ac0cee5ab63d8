"""Amounts of money: whole cents, VAT rounded once per rate, and what a person types understood or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.refusal import Refusal

BASIS = 10_000
"""Basis points in a whole: a rate of 20 % is 2,000."""


def round_half_away(numerator: int, denominator: int) -> int:
    """Divide and round to the nearest whole, halves away from zero, as French invoices do.

    Raises ZeroDivisionError when the denominator is zero.
    """
    quotient, rest = divmod(abs(numerator), abs(denominator))
    rounded = quotient + (2 * rest >= abs(denominator))
    return rounded if (numerator < 0) == (denominator < 0) else -rounded


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in euros, held in whole cents; it can be negative."""

    cents: int

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __str__(self) -> str:
        """Write the amount as a French document does: 1 234,56 € with hard spaces and a true minus."""
        euros, cents = divmod(abs(self.cents), 100)
        sign = "\u2212" if self.cents < 0 else ""
        return f"{sign}{euros:,}".replace(",", "\u00a0") + f",{cents:02d}\u00a0€"

    def __bool__(self) -> bool:
        return self.cents != 0

    def times(self, quantity: int) -> Money:
        """Give the amount for a whole number of pieces."""
        return Money(self.cents * quantity)

    def less(self, discount: int) -> Money:
        """Give what is left after a discount in basis points, to the cent, half away from zero."""
        return Money(round_half_away(self.cents * (BASIS - discount), BASIS))


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """Add amounts up; nothing adds up to zero."""
    return Money(sum(amount.cents for amount in amounts))


_RATE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True, order=True)
class VatRate:
    """A rate of VAT in basis points: 20 % is 2,000, 5.5 % is 550."""

    basis_points: int

    @classmethod
    def parse(cls, text: str) -> VatRate:
        """Read a rate in per cent such as "20.0" or "5,5".

        Raises Refusal VAT_RATE_NOT_UNDERSTOOD unless it is between 0 and 100 with two decimals at most.
        """
        text = text.strip()
        if _RATE.fullmatch(text) is None or not text.isascii():
            raise Refusal("VAT_RATE_NOT_UNDERSTOOD", {"text": text})
        whole, _, decimals = text.replace(",", ".").partition(".")
        basis_points = int(whole) * 100 + int(decimals.ljust(2, "0"))
        if basis_points > BASIS:
            raise Refusal("VAT_RATE_NOT_UNDERSTOOD", {"text": text})
        return cls(basis_points)

    def __str__(self) -> str:
        whole, decimals = divmod(self.basis_points, 100)
        return f"{whole}.{decimals:02d}".removesuffix("0")

    def of(self, net: Money) -> Money:
        """Give the tax on a net amount, rounded half away from zero to the cent."""
        return Money(round_half_away(net.cents * self.basis_points, BASIS))


@dataclass(frozen=True, slots=True)
class Totals:
    """What a set of lines comes to: net, VAT by rate (rounded once per rate), gross."""

    net: Money
    vat: Money
    gross: Money
    net_by_rate: Mapping[VatRate, Money]
    vat_by_rate: Mapping[VatRate, Money]


def totals(nets: Iterable[tuple[VatRate, Money]]) -> Totals:
    """Add net amounts up, with VAT rounded once per rate on the whole set (CGI, ann. II, art. 242 nonies A).

    Rates come in ascending order; a rate whose lines cancel out still appears, with zero.
    """
    cents: dict[VatRate, int] = {}
    for rate, net in nets:
        cents[rate] = cents.get(rate, 0) + net.cents
    net_by_rate = {rate: Money(cents[rate]) for rate in sorted(cents)}
    vat_by_rate = {rate: rate.of(net) for rate, net in net_by_rate.items()}
    net_total, vat_total = total(net_by_rate.values()), total(vat_by_rate.values())
    return Totals(
        net=net_total,
        vat=vat_total,
        gross=net_total + vat_total,
        net_by_rate=MappingProxyType(net_by_rate),
        vat_by_rate=MappingProxyType(vat_by_rate),
    )


_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
_AMOUNT = re.compile(r"([-\u2212+]?)(\d+)(?:[.,](\d{0,2}))?€?")
LARGEST = Money(10**12)
"""Ten billion euros: anything above is a slip of the finger."""


def parse_amount(text: str) -> Money:
    """Read an amount as a person types it: comma or point, spaces between thousands, a euro sign.

    Raises Refusal AMOUNT_NOT_UNDERSTOOD for anything else; no character is ever dropped in silence.
    """
    compact = _SPACES.sub("", text)
    match = _AMOUNT.fullmatch(compact)
    if match is None or not (match[2] + (match[3] or "")).isascii():
        raise Refusal("AMOUNT_NOT_UNDERSTOOD", {"text": text})
    cents = int(match[2]) * 100 + int((match[3] or "").ljust(2, "0"))
    if cents > LARGEST.cents:
        raise Refusal("AMOUNT_NOT_UNDERSTOOD", {"text": text})
    return Money(-cents if match[1] in {"-", "\u2212"} else cents)
