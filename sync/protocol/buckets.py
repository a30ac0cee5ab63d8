"""A scope's sum split into 256 parts, so that two sides that differ find out where, and only that part travels."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated

import msgspec

from sync.protocol import sums

COUNT = 256
"""How many buckets a scope has."""

BucketSums = Annotated[
    tuple[Annotated[str, msgspec.Meta(pattern=r"^(?:[0-9a-f]{16})?(?!\n)$")], ...],
    msgspec.Meta(min_length=COUNT, max_length=COUNT),
]
"""The sum of each bucket as it is written: 16 hex digits, nothing for an empty one."""


def bucket_of(table: str, row: str) -> int:
    """Give a row's bucket, 0 to 255: it stays the same whatever version the row is at."""
    return hashlib.blake2b(f"{table}/{row}".encode(), digest_size=1).digest()[0]


class Buckets:
    """The rows of a scope, counted and summed by bucket."""

    def __init__(self) -> None:
        self._sums = [0] * COUNT
        self.rows = [0] * COUNT

    def add(self, table: str, row: str, ver: int) -> None:
        """Count a row at a version in."""
        place = bucket_of(table, row)
        self._sums[place] ^= sums.sum_of(table, row, ver)
        self.rows[place] += 1

    @property
    def sum(self) -> str:
        """The sum of the whole scope, as it is written."""
        total = 0
        for part in self._sums:
            total ^= part
        return sums.written(total)

    def written(self) -> tuple[str, ...]:
        """Give the sums as they are sent."""
        return tuple(map(sums.written, self._sums))

    def differing(self, theirs: Sequence[str]) -> tuple[int, ...]:
        """Give the buckets whose sum is another one on the other side, in order."""
        return tuple(
            place for place, (mine, other) in enumerate(zip(self.written(), theirs, strict=True)) if mine != other
        )

    def first_of(self, places: Sequence[int], most: int) -> tuple[int, ...]:
        """Give as many of these buckets, from the first on, as hold at most so many rows together; at least one."""
        taken, rows = 0, 0
        for place in places:
            rows += self.rows[place]
            if taken and rows > most:
                break
            taken += 1
        return tuple(places[:taken])
