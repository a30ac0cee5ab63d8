"""Understands one cell: amounts to cents, shares to basis points, days, yes and no; exact arithmetic throughout."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from app.domain.money import BASIS, LARGEST, round_half_away
from app.domain.sales.pricing import MOST_PIECES
from sync.server.imports.targets import LANGUAGES, Kind, Target

Value = str | int | None
"""What a column of a row holds."""

LONGEST = 2_000
"""So many characters a text may have."""
_BLANK = re.compile(r"[ \u00a0\u202f\u2009]")
_YES = frozenset({"1", "true", "yes", "y", "oui", "o", "vrai", "x"})
_NO = frozenset({"0", "false", "no", "n", "non", "faux"})


class CellFault(Exception):
    """A cell cannot be understood: the code of the reason and the facts behind it."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How the source writes figures and days."""

    decimal: str = "."
    thousands: str = ""
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    unit: str | None = None
    times: str | None = None
    rounds: bool = False
    part: str | None = None


def understood(text: str, target: Target, writing: Writing) -> Value:
    """Turn a cell that is not empty into the value of a column. Raises CellFault."""
    if target.kind is Kind.CHOICE:
        return _one_of(text, target.others)
    return _READERS[target.kind](text, writing)


def number(text: str, writing: Writing) -> Fraction:
    """Read a number exactly as it is written. Raises CellFault NUMBER."""
    point = re.escape(writing.decimal)
    compact = text
    if writing.thousands:
        blank = writing.thousands == " "
        separator = _BLANK.pattern if blank else re.escape(writing.thousands)
        if re.fullmatch(rf"[-+\u2212]?[0-9]{{1,3}}(?:{separator}[0-9]{{3}})+(?:{point}[0-9]*)?", text):
            compact = re.sub(separator, "", text)
    match = re.fullmatch(rf"([-+\u2212]?)([0-9]{{1,18}})(?:{point}([0-9]{{1,18}}))?", compact)
    if match is None:
        raise CellFault("NUMBER", text=text, decimal=writing.decimal)
    digits = match[3] or ""
    value = Fraction(int(match[2] + digits), 10 ** len(digits))
    return -value if match[1] in {"-", "\u2212"} else value


def _whole(value: Fraction, writing: Writing, text: str, code: str) -> int:
    if value.denominator != 1 and not writing.rounds:
        raise CellFault(code, text=text)
    return round_half_away(value.numerator, value.denominator)


def _scaled(text: str, writing: Writing) -> Fraction:
    return number(text, writing) * Fraction(writing.times or "1")


def _money(text: str, writing: Writing) -> int:
    bare = _BLANK.sub(" ", text).removesuffix("€").strip()
    cents = _scaled(bare, writing) * (1 if writing.unit == "cents" else 100)
    whole = _whole(cents, writing, text, "DECIMALS")
    if whole < 0:
        raise CellFault("NEGATIVE", text=text)
    if whole > LARGEST.cents:
        raise CellFault("TOO_LARGE", text=text)
    return whole


_SHARES = {"fraction": BASIS, "percent": 100, "basis_points": 1}


def _rate(text: str, writing: Writing) -> int:
    bare = _BLANK.sub(" ", text)
    if writing.unit == "percent":
        bare = bare.removesuffix("%").strip()
    share = _scaled(bare, writing) * _SHARES[writing.unit or "basis_points"]
    if not 0 <= share <= BASIS:
        raise CellFault("RATE_OUT_OF_RANGE", text=text)
    return _whole(share, writing, text, "RATE_TOO_FINE")


def _quantity(text: str, writing: Writing) -> int:
    pieces = _scaled(text, writing)
    if pieces <= 0:
        raise CellFault("QUANTITY_NOT_POSITIVE", text=text)
    whole = _whole(pieces, writing, text, "QUANTITY_NOT_WHOLE")
    if not 1 <= whole <= MOST_PIECES:
        raise CellFault("QUANTITY_OUT_OF_RANGE", text=text, most=MOST_PIECES)
    return whole


def day(text: str, formats: tuple[str, ...]) -> date:
    """Read a day in one of the formats. Raises CellFault DATE, or DATE_OUT_OF_RANGE outside 1900 to 2199."""
    for form in formats:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
        if not 1900 <= found.year < 2200:
            raise CellFault("DATE_OUT_OF_RANGE", text=text)
        return found
    raise CellFault("DATE", text=text, formats=", ".join(formats))


def _day(text: str, writing: Writing) -> str:
    return day(text, writing.dates).isoformat()


def _year(text: str, writing: Writing) -> int:
    if writing.part == "year":
        return day(text, writing.dates).year
    if re.fullmatch(r"[0-9]{4}", text) is None or not 1900 <= int(text) < 2200:
        raise CellFault("YEAR", text=text)
    return int(text)


def _line(text: str, writing: Writing) -> str:
    return _text(", ".join(filter(None, (part.strip(" ,") for part in text.splitlines()))), writing)


def _text(text: str, writing: Writing) -> str:
    if len(text) > LONGEST:
        raise CellFault("TOO_LONG", most=LONGEST)
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _boolean(text: str, writing: Writing) -> int:
    word = text.lower()
    if word not in _YES | _NO:
        raise CellFault("BOOLEAN", text=text)
    return int(word in _YES)


def _country(text: str, writing: Writing) -> str:
    if re.fullmatch(r"[A-Z]{2}", text) is None:
        raise CellFault("COUNTRY", text=text)
    return text


def _sub_order(text: str, writing: Writing) -> str:
    if re.fullmatch(r"[0-9]{3}", text) is None:
        raise CellFault("SUB_ORDER", text=text)
    return text


def _one_of(text: str, words: tuple[str, ...]) -> str:
    if text not in words:
        raise CellFault("CHOICE", text=text, words=", ".join(words))
    return text


_READERS: Mapping[Kind, Callable[[str, Writing], Value]] = {
    Kind.TEXT: _line,
    Kind.LONG_TEXT: _text,
    Kind.MONEY: _money,
    Kind.RATE: _rate,
    Kind.DATE: _day,
    Kind.YEAR: _year,
    Kind.QUANTITY: _quantity,
    Kind.BOOLEAN: _boolean,
    Kind.COUNTRY: _country,
    Kind.LANGUAGE: lambda text, _: _one_of(text, LANGUAGES),
    Kind.SUB_ORDER: _sub_order,
}
