"""The rep loads an account for a visit: its orders, its plan and its documents are here, network or not (S4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.identifiers import AccountId
from app.domain.refusal import Refusal
from app.ports.clock import Clock
from app.ports.loads import Loads

SOON = timedelta(days=14)
"""An account with an appointment within this time is loaded by itself, and without being asked about."""
AFTER = timedelta(days=1)
"""How long an account stays loaded after its appointment."""


@dataclass(frozen=True, slots=True)
class LoadAccount:
    """Load an account; `is_sure` that the rep wants it even without an appointment soon."""

    account_id: AccountId
    name: str
    is_sure: bool = False


def load_account(command: LoadAccount, loads: Loads, clock: Clock) -> datetime:
    """Wish an account to be complete here; gives until when.

    Raises Refusal NO_APPOINTMENT_SOON where none is within 14 days and the rep was not asked yet.
    """
    now = clock.now()
    appointment = loads.appointment_before(command.account_id, now, now + SOON)
    if appointment is None and not command.is_sure:
        raise Refusal("NO_APPOINTMENT_SOON", {"account": command.name, "days": SOON.days})
    until = now + SOON if appointment is None else appointment + AFTER
    loads.wish(command.account_id, command.name, until, now)
    return until
