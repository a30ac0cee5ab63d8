"""Names for new rows: UUIDv7, so that younger rows sort after older ones, in 32 hex digits."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from app.store.codec import microseconds


def new_id(at: datetime) -> str:
    """Give a fresh UUIDv7 (RFC 9562) for an instant."""
    stamp = (microseconds(at) // 1000) & (1 << 48) - 1
    chance = secrets.randbits(74)
    number = stamp << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return f"{number:032x}"


def part_id(table: str, owner: str, place: int) -> str:
    """Give the name of a part that has none of its own (an instalment), the same on every device."""
    return hashlib.blake2b(f"{table}/{owner}/{place}".encode(), digest_size=16).hexdigest()
