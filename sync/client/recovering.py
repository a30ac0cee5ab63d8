"""What follows when the centre knows less than this device was told: decided from the numbers alone."""

from __future__ import annotations

from collections.abc import Mapping


def lost_from(last_answered: int, last_n: int) -> int | None:
    """Give the first number that the centre answered once and no longer holds; None where it lost nothing.

    `last_answered` is the highest number that was answered here, `last_n` the last one that the centre says it took.
    A centre that was put back from a copy is found out by this even where its logs look like those before.
    """
    return last_n + 1 if last_answered > last_n else None


def other_from(answered: Mapping[int, str], held: Mapping[int, str]) -> int | None:
    """Give the first number under which the centre holds another action than was answered here, or none; else None.

    Both are actions by number, `held` those of this identity: what lies below the first of them had another. A copy of
    this store may have sent its own to a centre that was put back, in place of what it had taken from here.
    """
    first = min(held, default=max(answered, default=0) + 1)
    return min((n for n, mid in answered.items() if n >= first and held.get(n) != mid), default=None)
