"""What follows when the centre knows less than this device was told: decided from the numbers alone."""

from __future__ import annotations


def lost_from(last_answered: int, last_n: int) -> int | None:
    """Give the first number that the centre answered once and no longer holds; None where it lost nothing.

    `last_answered` is the highest number that was answered here, `last_n` the last one that the centre says it took.
    A centre that was put back from a copy is found out by this even where its logs look like those before.
    """
    return last_n + 1 if last_answered > last_n else None
