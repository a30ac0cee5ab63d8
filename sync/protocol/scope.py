"""Scopes: the sets of rows that a device is entitled to, and which tables live in which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ScopeKind(StrEnum):
    """What a scope gathers: the catalogue, the reps of a team, a rep's portfolio, an account loaded for a time."""

    CATALOGUE = "catalogue"
    TEAM = "team"
    REP = "rep"
    LOAD = "load"


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """One scope; on the wire `catalogue`, `team:<name>`, `rep:<rep id>` or `load:<id>`."""

    kind: ScopeKind
    key: str = ""

    def __str__(self) -> str:
        return self.kind.value if self.kind is ScopeKind.CATALOGUE else f"{self.kind.value}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Read a scope's name. Raises ValueError for anything that is none."""
        kind, colon, key = text.partition(":")
        if kind not in ScopeKind.__members__.values() or (kind == ScopeKind.CATALOGUE) == bool(colon):
            raise ValueError(f"no scope is called {text!r}")
        return cls(ScopeKind(kind), key)


CATALOGUE = Scope(ScopeKind.CATALOGUE)


def team(name: str) -> Scope:
    """The scope of a team's reps; those without a team share the one without a name."""
    return Scope(ScopeKind.TEAM, name)


def portfolio(rep_id: str | None) -> Scope:
    """The scope of a rep's accounts and all that bears their ids; accounts of nobody share the one without a name."""
    return Scope(ScopeKind.REP, rep_id or "")


def load(account_id: str) -> Scope:
    """The scope of one account and all that bears its id, which stands for as long as a device has it loaded."""
    return Scope(ScopeKind.LOAD, account_id)


CATALOGUE_TABLES = ("product_range", "product", "price", "slot")
TEAM_TABLES = ("rep",)
PORTFOLIO_ROOT = "account"
"""The table whose `rep_id` says in which portfolio all rows bearing its `account_id` are."""

TABLES = (
    *CATALOGUE_TABLES,
    *TEAM_TABLES,
    PORTFOLIO_ROOT,
    "advertiser_details",
    "contact",
    "activity",
    "preparation_item",
    "discovery",
    "opportunity",
    "customer_order",
    "ordered_sub_order",
    "order_line",
    "amendment",
    "proposal",
    "proposal_sub_order",
    "proposal_line",
    "instalment",
    "reservation",
    "loss",
    "request",
    "document",
)
"""Every synced table; those that others point to come first, and rows travel in this order."""


ACCOUNT_KINDS = frozenset({ScopeKind.REP, ScopeKind.LOAD})
"""The kinds of scope that hold accounts with all that bears their ids."""


def holds(kind: ScopeKind, table: str) -> bool:
    """Say whether a scope of this kind may hold rows of a table: a load holds what a portfolio holds."""
    home = kind_of(table)
    return kind is home or (kind in ACCOUNT_KINDS and home in ACCOUNT_KINDS)


def kind_of(table: str) -> ScopeKind:
    """Say in which kind of scope a table's rows are at home."""
    if table in CATALOGUE_TABLES:
        return ScopeKind.CATALOGUE
    return ScopeKind.TEAM if table in TEAM_TABLES else ScopeKind.REP
