"""The words of every code, by language: anomalies, refusals, troubles, actions, statuses, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files

import yaml

from resources.formats import LANGUAGES, Formats, HasCents

RATES = frozenset({"discount", "limit"})
"""Facts that are basis points."""
CODES = {"slot": "slot_standings"}
"""Facts that are codes, with the section that has the words for them."""


@cache
def wording(language: str) -> Mapping[str, Mapping[str, str]]:
    """Read all the words of a language: kind → code → words. Raises KeyError for a language there is none of."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = (files(__name__) / f"{language}.yaml").read_text(encoding="utf-8")
    sections: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return sections


def words(kind: str, code: str, language: str = "fr", **facts: object) -> str:
    """Give the words of a code with its facts filled in, amounts and days written in the language's manner.

    Raises KeyError when there are no words for the code, or a fact they need is missing.
    """
    shape = Formats(language)
    written = {
        name: wording(language)[CODES[name]][str(fact)] if name in CODES else _written(name, fact, shape)
        for name, fact in facts.items()
    }
    return wording(language)[kind][code].format_map(written)


def _written(name: str, fact: object, shape: Formats) -> str:
    if isinstance(fact, HasCents):
        return shape.amount_euro(fact)
    if isinstance(fact, datetime):
        local = fact.astimezone()
        return f"{shape.date_short(local.date())} {shape.time(local)}"
    if isinstance(fact, date):
        return shape.date_short(fact)
    if isinstance(fact, int) and name in RATES:
        return shape.percent(fact)
    return str(fact)
