"""The rep lets a loaded account go from the device; work that is not sent yet is never dropped (S4)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.identifiers import AccountId
from app.ports.clock import Clock
from app.ports.loads import Loads


@dataclass(frozen=True, slots=True)
class UnloadAccount:
    """Let a loaded account go."""

    account_id: AccountId


def unload_account(command: UnloadAccount, loads: Loads, clock: Clock) -> bool:
    """Wish an account to go; gives whether that waits until all that was done to it has been sent."""
    waits = loads.has_unsent_work(command.account_id)
    loads.unwish(command.account_id, clock.now())
    return waits
