"""How figures, dates and times are written and read, in French, English and Chinese, on pages and on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol, runtime_checkable

NBSP = "\u00a0"
MINUS = "\u2212"
EURO = "€"
DASH = "—"
LANGUAGES = ("fr", "en", "zh")

_WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
}
_MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_UNITS = {"fr": ("o", "Ko", "Mo", "Go"), "en": ("B", "KB", "MB", "GB"), "zh": ("B", "KB", "MB", "GB")}


@runtime_checkable
class HasCents(Protocol):
    """Anything that knows its amount in cents, as the domain's Money does."""

    @property
    def cents(self) -> int:
        """The amount in cents."""
        ...


Cents = int | HasCents
Run = tuple[str, bool]
"""A piece of an amount: its text, and whether it is the currency sign."""


class NotUnderstood(ValueError):
    """What was typed is not an amount, a rate or a date; `kind` says why, as a word of this module's making.

    Kinds: "characters" (something that is no figure), "separators" (commas, points or spaces that do not
    make sense), "decimals" (more decimals than there are), "range" (too large), "date" (no such day).
    """

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"{kind}: {text!r}")
        self.kind = kind
        self.text = text


@dataclass(frozen=True)
class Formats:
    """Writes and reads for one language."""

    language: str = "fr"

    # ------------------------------------------------------------------------------------------ amounts
    def number(self, value: int) -> str:
        """A whole number with its thousands apart: `1 234`, `1,234`."""
        digits = str(abs(value))
        head = len(digits) % 3
        groups = [digits[:head]] if head else []
        groups += [digits[at : at + 3] for at in range(head, len(digits), 3)]
        sign = MINUS if value < 0 else ""
        return sign + (NBSP if self.language == "fr" else ",").join(groups)

    def amount(self, cents: Cents, *, signed: bool = False) -> str:
        """Cents as `1 234,56`, without the currency; `signed` puts + before what is above zero."""
        value = _cents(cents)
        sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
        whole, rest = divmod(abs(value), 100)
        return f"{sign}{self.number(whole)}{self.decimal_mark}{rest:02d}"

    def amount_euro(self, cents: Cents, *, signed: bool = False) -> str:
        """Cents with the currency: `1 234,56 €` in French, `€1,234.56` elsewhere."""
        return "".join(text for text, _ in self.amount_runs(cents, signed=signed))

    def amount_runs(self, cents: Cents, *, signed: bool = False) -> tuple[Run, ...]:
        """The same in pieces, so that the currency can be drawn thin."""
        figure = self.amount(cents, signed=signed)
        if self.language == "fr":
            return ((figure, False), (NBSP + EURO, True))
        bare = figure.lstrip(MINUS + "+")
        sign = figure[: len(figure) - len(bare)]
        return (*(((sign, False),) if sign else ()), (EURO, True), (bare, False))

    def euros(self, cents: Cents) -> str:
        """Cents rounded to whole euros, half away from zero, without the currency: `5 852`."""
        value = _cents(cents)
        whole = (abs(value) + 50) // 100
        return self.number(-whole if value < 0 else whole)

    def percent(self, basis_points: int, *, signed: bool = False) -> str:
        """Basis points as `8 %`, `31,7 %`; no zero at the end."""
        whole, rest = divmod(abs(basis_points), 100)
        decimals = f"{rest:02d}".rstrip("0")
        figure = self.number(whole) + (self.decimal_mark + decimals if decimals else "")
        sign = MINUS if basis_points < 0 else "+" if signed and basis_points > 0 else ""
        return sign + figure + (NBSP if self.language == "fr" else "") + "%"

    @property
    def decimal_mark(self) -> str:
        """Comma or point."""
        return "," if self.language == "fr" else "."

    # ------------------------------------------------------------------------------------------ days, hours
    def date_short(self, day: date) -> str:
        """`21/11/2026`; `21 Nov 2026`; `2026-11-21`."""
        if self.language == "en":
            return f"{day.day}{NBSP}{_MONTHS['en'][day.month - 1][:3]}{NBSP}{day.year}"
        return f"{day:%Y-%m-%d}" if self.language == "zh" else f"{day:%d/%m/%Y}"

    def day_month(self, day: date) -> str:
        """`15/01`; `15 Jan`; `1月15日`."""
        if self.language == "en":
            return f"{day.day}{NBSP}{_MONTHS['en'][day.month - 1][:3]}"
        return f"{day.month}月{day.day}日" if self.language == "zh" else f"{day:%d/%m}"

    def date_day(self, day: date, *, capital: bool = False, year: bool = False) -> str:
        """`lundi 23 novembre`; `Monday 23 November`; `11月23日 星期一`; with the year when asked."""
        weekday = _WEEKDAYS[self.language][day.weekday()]
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日 {weekday}" if year else f"{self.day_month(day)} {weekday}"
        number = self._day_number(day)
        text = f"{weekday} {number}{NBSP}{_MONTHS[self.language][day.month - 1]}"
        if year:
            text += f"{NBSP}{day.year}"
        return text[0].upper() + text[1:] if capital else text

    def date_long(self, day: date) -> str:
        """`23 novembre 2026`; `23 November 2026`; `2026年11月23日`."""
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        number = self._day_number(day)
        return f"{number}{NBSP}{_MONTHS[self.language][day.month - 1]}{NBSP}{day.year}"

    def _day_number(self, day: date) -> str:
        return self.ordinal(1) if self.language == "fr" and day.day == 1 else str(day.day)

    def month_year(self, day: date) -> str:
        """`novembre 2026`; `November 2026`; `2026年11月`."""
        if self.language == "zh":
            return f"{day.year}年{day.month}月"
        return f"{_MONTHS[self.language][day.month - 1]} {day.year}"

    def weekday_initial(self, weekday: int) -> str:
        """The letter over a calendar's column; Monday is 0."""
        name = _WEEKDAYS[self.language][weekday]
        return name[-1] if self.language == "zh" else name[0].upper()

    def time(self, moment: time | datetime) -> str:
        """`10:30`; a datetime is shown as it stands: turn it to local time before."""
        return f"{moment:%H:%M}"

    def duration(self, minutes: int) -> str:
        """`24 min`, `2 h 04`."""
        hours, rest = divmod(minutes, 60)
        if self.language == "zh":
            return f"{hours}小时{rest:02d}分" if hours else f"{rest}分钟"
        return f"{hours}{NBSP}h{NBSP}{rest:02d}" if hours else f"{rest}{NBSP}min"

    def distance(self, metres: int) -> str:
        """`19 km`, `800 m`."""
        if metres < 1000:
            return f"{metres}{NBSP}m"
        return f"{self.number((metres + 500) // 1000)}{NBSP}km"

    def file_size(self, size: int) -> str:
        """Bytes as `1,2 Mo`, `1.2 MB`."""
        value, unit = float(size), 0
        while value >= 1000 and unit < 3:
            value, unit = value / 1000, unit + 1
        figure = f"{value:.1f}".removesuffix(".0") if unit else str(size)
        return figure.replace(".", self.decimal_mark) + NBSP + _UNITS[self.language][unit]

    def ordinal(self, number: int, *, feminine: bool = False) -> str:
        """`1ᵉʳ`, `1ʳᵉ`, `4ᵉ`; `1st`, `4th`; `第4`."""
        if self.language == "zh":
            return f"第{number}"
        if self.language == "en":
            teen = number % 100 in (11, 12, 13)
            return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
        return f"{number}{('ʳᵉ' if feminine else 'ᵉʳ') if number == 1 else 'ᵉ'}"

    # ------------------------------------------------------------------------------------------ reading
    def read_amount(self, text: str) -> int | None:
        """Cents typed with comma or point, None for an empty field; raises NotUnderstood, drops nothing."""
        return _read_hundredths(text, EURO, self.language)

    def read_percent(self, text: str) -> int | None:
        """Basis points typed with comma or point; None for an empty field."""
        return _read_hundredths(text, "%", self.language)

    def read_date(self, text: str) -> date | None:
        """A day typed as 21/11/2026, 21.11.26, 21112026 or 2026-11-21; None for an empty field."""
        typed = text.strip()
        if not typed:
            return None
        found = next(filter(None, (way.fullmatch(typed) for way in (_ISO_DAY, *_DAYS))), None)
        if found is None:
            raise NotUnderstood("date", text)
        year = int(found["year"])
        try:
            return date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
        except ValueError:
            raise NotUnderstood("date", text) from None


_SPACES = re.compile(r"[ \u00a0\u202f\u2009]")
_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
# With the same mark twice, or as six or eight figures with none.
_DAYS = (
    re.compile(r"(?P<day>[0-9]{1,2})(?P<mark>[/. -])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4}|[0-9]{2})"),
)
_STRANGE = re.compile(r"[^0-9., ]")
_LARGEST = 10**13
# The ways to write a figure: thousands apart by spaces or not at all, by points, by commas.
_FIGURES = (
    re.compile(r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+|[0-9]*)(?:[.,](?P<rest>[0-9]*))?"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+),(?P<rest>[0-9]*)"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+)\.(?P<rest>[0-9]*)"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3}){2,})(?P<rest>)"),
)
# 1,234 is a thousand and more in English and Chinese; in French it would be a decimal too many.
_ENGLISH_THOUSANDS = re.compile(r"(?P<whole>[0-9]{1,3},[0-9]{3})(?P<rest>)")


def _cents(amount: Cents) -> int:
    return amount if isinstance(amount, int) else amount.cents


def _read_hundredths(typed: str, mark: str, language: str) -> int | None:
    """Read a figure with at most two decimals, with or without its `mark` (€ or %) before or after it."""
    bare = _SPACES.sub(" ", typed).strip()
    if not bare:
        return None
    bare = bare.removeprefix(mark).removesuffix(mark).strip()
    negative = bare.startswith((MINUS, "-", "–"))
    if negative or bare.startswith("+"):
        bare = bare[1:].lstrip().removeprefix(mark).lstrip()
    if _STRANGE.search(bare) or not re.search("[0-9]", bare):
        raise NotUnderstood("characters", typed)
    ways = _FIGURES if language == "fr" else (_ENGLISH_THOUSANDS, *_FIGURES)
    found = next(filter(None, (way.fullmatch(bare) for way in ways)), None)
    if found is None:
        raise NotUnderstood("separators", typed)
    rest = found["rest"] or ""
    if len(rest) > 2:
        raise NotUnderstood("decimals", typed)
    value = int(re.sub("[., ]", "", found["whole"]) or "0") * 100 + int(rest.ljust(2, "0"))
    if value >= _LARGEST:
        raise NotUnderstood("range", typed)
    return -value if negative else value
