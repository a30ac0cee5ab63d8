"""What time it is at the centre."""

from __future__ import annotations

from datetime import UTC, datetime

from app.store.codec import microseconds


def now() -> datetime:
    """Give the present instant, aware, in UTC."""
    return datetime.now(UTC)


def now_us() -> int:
    """Give the present instant in microseconds since 1970 UTC."""
    return microseconds(now())
