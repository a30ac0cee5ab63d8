"""How figures, dates and times are written on the pages, in the language in force."""

from __future__ import annotations

from datetime import date

from resources.formats import (
    DASH,
    EURO,
    LANGUAGES,
    MINUS,
    NBSP,
    Cents,
    Formats,
    HasCents,
    NotUnderstood,
    Run,
)

__all__ = [
    "DASH",
    "EURO",
    "LANGUAGES",
    "MINUS",
    "NBSP",
    "Cents",
    "Formats",
    "HasCents",
    "NotUnderstood",
    "Run",
    "amount",
    "amount_euro",
    "amount_runs",
    "date_day",
    "date_short",
    "day_month",
    "formats",
    "ordinal",
    "percent",
    "set_language",
]


class _Spoken:
    formats = Formats()


def formats() -> Formats:
    """How things are written in the language in force."""
    return _Spoken.formats


def set_language(language: str) -> None:
    """Write in fr, en or zh from now on; raises ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"no figures are written in {language!r}")
    _Spoken.formats = Formats(language)


def amount(cents: Cents, *, signed: bool = False) -> str:
    """Cents as `1 234,56`."""
    return _Spoken.formats.amount(cents, signed=signed)


def amount_euro(cents: Cents, *, signed: bool = False) -> str:
    """Cents as `1 234,56 €`."""
    return _Spoken.formats.amount_euro(cents, signed=signed)


def amount_runs(cents: Cents, *, signed: bool = False) -> tuple[Run, ...]:
    """Cents in pieces for `paint_amount` and `AmountLabel`."""
    return _Spoken.formats.amount_runs(cents, signed=signed)


def percent(basis_points: int, *, signed: bool = False) -> str:
    """Basis points as `8 %`."""
    return _Spoken.formats.percent(basis_points, signed=signed)


def date_short(day: date) -> str:
    """`21/11/2026`."""
    return _Spoken.formats.date_short(day)


def day_month(day: date) -> str:
    """`15/01`."""
    return _Spoken.formats.day_month(day)


def date_day(day: date, *, capital: bool = False, year: bool = False) -> str:
    """`lundi 23 novembre`."""
    return _Spoken.formats.date_day(day, capital=capital, year=year)


def ordinal(number: int, *, feminine: bool = False) -> str:
    """`4ᵉ`."""
    return _Spoken.formats.ordinal(number, feminine=feminine)
