"""The world is at fault: disk, network, printer. The work is kept, a notice says so, and it is tried again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Trouble(Exception):
    """Something outside failed: a code whose words stand in resources/wording, facts, and the technical part."""

    def __init__(self, code: str, facts: Mapping[str, object] | None = None, technical: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = MappingProxyType(dict(facts or {}))
        self.technical = technical

    def __str__(self) -> str:
        return f"{self.code} {dict(self.facts)} {self.technical}".strip()
