"""Loading an account for a visit: what a device asks, what the centre grants, and what a search of the team finds."""

from __future__ import annotations

import msgspec

from sync.protocol.changeset import Number

MOST_LOADS = 50
"""Accounts that one device may have loaded at a time."""
MOST_TIME = 60 * 86_400_000_000
"""Microseconds for which an account is loaded at most; asked again it begins anew."""
MOST_HITS = 20
"""Accounts of the team that one search finds at most."""
LEAST_LETTERS = 2
"""Letters that a search needs."""


class LoadAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account to load, until an instant (microseconds UTC); asked again it moves the end."""

    account_id: str
    until: Number


class LoadMade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The load that stands: its scope is named in the next Welcome until `expires_at` (microseconds UTC)."""

    account_id: str
    scope: str
    expires_at: Number


class Found(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account of the team, as far as one sees it before it is loaded."""

    account_id: str
    number: str
    trade_name: str
    city: str
    rep: str


_asked = msgspec.json.Decoder(LoadAsked)
_made = msgspec.json.Decoder(LoadMade)
_found = msgspec.json.Decoder(tuple[Found, ...])


def read_asked(data: bytes) -> LoadAsked:
    """Read what a device asks. Raises msgspec.DecodeError."""
    return _asked.decode(data)


def read_made(data: bytes) -> LoadMade:
    """Read what the centre granted. Raises msgspec.DecodeError."""
    return _made.decode(data)


def read_found(data: bytes) -> tuple[Found, ...]:
    """Read what a search found. Raises msgspec.DecodeError."""
    return _found.decode(data)
