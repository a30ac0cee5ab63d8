"""Accounts that the rep wants complete on this device for a visit, as the use cases and the window meet them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.identifiers import AccountId


class LoadState(StrEnum):
    """How far a load is.

    Wished for and not carried out yet, here, to be let go as soon as nothing of it is unsent, or let go: then its
    documents stay at the centre until it is loaded again.
    """

    WANTED = "wanted"
    LOADED = "loaded"
    UNWANTED = "unwanted"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """An account loaded, or to be: until when, and whether it was so by itself because of an appointment.

    `files_to_come` counts the files of its documents that are not on this device yet.
    """

    account_id: AccountId
    name: str
    state: LoadState
    until: datetime
    is_automatic: bool = False
    files_to_come: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAccount:
    """An account of the team as far as one sees it before it is loaded."""

    id: AccountId
    number: str
    trade_name: str
    city: str
    rep: str


class Loads(Protocol):
    """Keeps what the rep wishes; it is carried out at the next exchange, so that it can be wished without a network."""

    def load_of(self, account_id: AccountId) -> Load | None:
        """Give what is kept of an account; None where nothing is."""

    def standing(self) -> tuple[Load, ...]:
        """Give all that is loaded or on the way to be, by name."""

    def wish(self, account_id: AccountId, name: str, until: datetime, now: datetime) -> None:
        """Wish an account to be complete here until an instant."""

    def unwish(self, account_id: AccountId, now: datetime) -> None:
        """Wish it to go; what is not sent yet is sent first."""

    def has_unsent_work(self, account_id: AccountId) -> bool:
        """Say whether something done to this account waits for the centre, or a file of it."""

    def appointment_before(self, account_id: AccountId, first: datetime, last: datetime) -> datetime | None:
        """Give the last appointment with this account within a time; None where there is none."""

    def find(self, words: str) -> tuple[TeamAccount, ...]:
        """Find accounts of the team at the centre. Raises Trouble OFFLINE…, Refusal SEARCH_TOO_SHORT and its like."""
