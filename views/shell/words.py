"""The words of codes, with their facts written as people read them: amounts, days, rates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from app.domain.money import Money
from views.formats import Formats


def spoken(kind: str, code: str, language: str, facts: Mapping[str, object]) -> str:
    """Give the words of a code in a language; amounts and days among the facts are written in its manner."""
    from resources.wording import words

    shape = Formats(language)
    return words(kind, code, language, **{name: _written(name, fact, shape) for name, fact in facts.items()})


_RATES = frozenset({"discount", "limit"})
"""Facts that are basis points."""


def _written(name: str, fact: object, shape: Formats) -> str:
    if isinstance(fact, Money):
        return shape.amount_euro(fact)
    if isinstance(fact, datetime):
        return f"{shape.date_short(fact.astimezone().date())} {shape.time(fact.astimezone())}"
    if isinstance(fact, date):
        return shape.date_short(fact)
    if isinstance(fact, int) and name in _RATES:
        return shape.percent(fact)
    return str(fact)
