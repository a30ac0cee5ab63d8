"""Leases: the centre signs how long a device may work without hearing from it."""

from __future__ import annotations

from sqlalchemy import Connection, update

from sync.protocol.standing import Lease, Standing, write_lease
from sync.server.clock import now_us
from sync.server.database import upsert
from sync.server.facts import find
from sync.server.grants import authority
from sync.server.grants.rights import Caller
from sync.server.tables import DEVICE, META

LEASE_DAYS = 7
LEAST_DAYS, MOST_DAYS = 1, 90
_DAYS = "lease_days"
DAY = 86_400_000_000
"""Microseconds."""


def days(connection: Connection) -> int:
    """Give for how many days a device may work alone."""
    return int(find(connection, _DAYS) or LEASE_DAYS)


def set_days(connection: Connection, wanted: int) -> None:
    """Let devices work alone for so many days from their next first words on."""
    kept = upsert(connection, META).values(name=_DAYS, value=str(wanted))
    connection.execute(kept.on_conflict_do_update(index_elements=["name"], set_={"value": str(wanted)}))


def lease(connection: Connection, device: str) -> str:
    """Sign a lease for a device from now on, and note until when it goes."""
    issued = now_us()
    given = Lease(device=device, issued=issued, until=issued + days(connection) * DAY)
    connection.execute(update(DEVICE).where(DEVICE.c.device == device).values(lease_until=given.until))
    return write_lease(given, authority.sign(connection, given.words))


def standing(connection: Connection, caller: Caller, receipt: str) -> Standing:
    """Say how a device stands; one that is to wipe itself gets the receipt for that, and no lease."""
    if caller.is_leaving:
        return Standing(role=caller.role, wipe=receipt)
    return Standing(role=caller.role, lease=lease(connection, caller.device))
