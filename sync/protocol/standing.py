"""How a device stands with its centre: whose part its person plays, how long it may work alone, whether it must go."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """The part a person plays: sells, leads a team, or looks after people and devices."""

    REP = "rep"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Machine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a device says of itself: its system and the version of the app."""

    platform: str = ""
    version: str = ""


class Standing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the centre says of a device: its person's role, a lease as `write_lease` gives it, an order to wipe.

    `wipe` is the receipt by which the device says how far the wipe came, empty where none is ordered.
    """

    role: Role = Role.REP
    lease: str = ""
    wipe: str = ""


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """How long a device may work without its centre: both instants in microseconds UTC, by the centre's clock."""

    device: str
    issued: int
    until: int

    @property
    def words(self) -> bytes:
        """What the centre signs."""
        return "\n".join(("tournee-lease-1", self.device, str(self.issued), str(self.until))).encode()


def write_lease(lease: Lease, signature: bytes) -> str:
    """Write a lease with the centre's signature (ECDSA-SHA256, DER) on one line."""
    return f"{lease.device}.{lease.issued}.{lease.until}.{signature.hex()}"


def read_lease(text: str) -> tuple[Lease, bytes] | None:
    """Read a lease and its signature, which is still to be checked; None for anything that is none."""
    parts = text.split(".")
    if len(parts) != 4 or len(text) > 400 or not all(part.isascii() and part.isdigit() for part in parts[1:3]):
        return None
    try:
        return Lease(device=parts[0], issued=int(parts[1]), until=int(parts[2])), bytes.fromhex(parts[3])
    except ValueError:
        return None
