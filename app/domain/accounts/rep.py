"""The field sales representative: the main user, who owns a portfolio of accounts."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import RepId


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """A rep; the discount limit, in basis points, is what can be given without a manager's approval."""

    id: RepId
    login: str
    name: str
    email: str = ""
    team: str = ""
    discount_limit: int = 1000

    @property
    def initials(self) -> str:
        """The first letters of the name, two at most, as the window shows them."""
        return "".join(word[0] for word in self.name.replace("-", " ").split())[:2].upper()
