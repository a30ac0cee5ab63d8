"""One number for all rows of a scope: kept up row by row on both sides, and compared when a pull is complete."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

NOTHING = ""
"""The sum of a scope without rows."""


def sum_of(table: str, row: str, ver: int) -> int:
    """Give what one row at one version adds to its scope's sum: 64 bits. Rows are added and taken off by XOR."""
    return int.from_bytes(hashlib.blake2b(f"{table}/{row}/{ver}".encode(), digest_size=8).digest(), "big")


def sum_of_table(table: str, rows: Iterable[tuple[str, int]]) -> int:
    """Give what many rows (id, ver) of one table add to their scope's sum together."""
    blake2b = hashlib.blake2b
    digests = [blake2b(f"{table}/{row}/{ver}".encode(), digest_size=8).digest() for row, ver in rows]
    # Folded as one long number, half over half: a number for each row would take as long again as the hashing.
    total, count = int.from_bytes(b"".join(digests), "big"), len(digests)
    while count > 1:
        count = (count + 1) // 2
        total = (total >> (64 * count)) ^ (total & ((1 << (64 * count)) - 1))
    return total


def written(total: int) -> str:
    """Write a sum as it is stored and sent: 16 hex digits, nothing for none."""
    return f"{total:016x}" if total else NOTHING


def read(text: str) -> int:
    """Read a sum as it was written."""
    return int(text, 16) if text else 0


def sum_of_all(rows: Iterable[tuple[str, str, int]]) -> str:
    """Give the sum over rows (table, id, ver), in whatever order, as it is written."""
    total = 0
    for table, row, ver in rows:
        total ^= sum_of(table, row, ver)
    return written(total)
