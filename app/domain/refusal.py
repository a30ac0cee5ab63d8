"""A rule says no: its code, the facts behind it, and the field it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Refusal(Exception):
    """A rule refuses what was asked. The words for each code stand in resources/wording, by language.

    `facts` fill the holes of the words; `field` names what the words stand beside, when there is one.
    """

    def __init__(self, code: str, facts: Mapping[str, object] | None = None, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = MappingProxyType(dict(facts or {}))
        self.field = field

    def __str__(self) -> str:
        return f"{self.code} {dict(self.facts)}"
