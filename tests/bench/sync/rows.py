"""The rows that every side of the bench moves: activities of a portfolio, 14 columns, about 290 bytes each as JSON."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from app.store.rows import SYNCED
from sync.protocol.changeset import Value

TABLE = "activity"
COLUMNS = tuple(column.name for column in SYNCED.tables[TABLE].columns)
ACCOUNTS = 500
"""Accounts that the activities of one portfolio are spread over."""
_FIRST_AT = 1_760_000_000_000_000


def account_rows(rep: str, first: int) -> list[dict[str, Value]]:
    """The accounts of a rep; `first` sets their ids apart from those of other reps."""
    return [
        {"id": account_id(first, i), "number": f"{first + i:08d}", "trade_name": f"alpha bravo {i} SARL", "rep_id": rep}
        for i in range(ACCOUNTS)
    ]


def account_id(first: int, place: int) -> str:
    """The id of the account at a place of a portfolio."""
    return f"{(1 << 100) + first + place:032x}"


def activity_rows(
    count: int, rep: str, first: int = 0, *, lifelike: random.Random | None = None
) -> list[dict[str, Value]]:
    """The activities of a rep, without their versions.

    Their ids count up, as those of the peers do; `lifelike` draws ids that are as hard to pack as a device's own.
    """
    return [
        {
            "id": f"{(first + i):032x}" if lifelike is None else _drawn(lifelike, i),
            "account_id": account_id(first, i % ACCOUNTS),
            "kind": "call",
            "subject": f"alpha bravo {i} SARL",
            "at": _FIRST_AT + i * 1_000_000,
            "detail": f"hotel india juliet kilo golf.{i}@example.org",
            "seconds": i * 7,
            "place": f"{i % 200} rue delta",
            "contact_id": None,
            "rep_id": rep,
            "author": f"rep-{i % 7}",
            "due_on": None,
            "done_at": None,
        }
        for i in range(count)
    ]


def _drawn(chance: random.Random, place: int) -> str:
    """An id in the shape of UUIDv7: milliseconds, then chance."""
    return f"{_FIRST_AT // 1000 + place * 1000:012x}7{chance.getrandbits(76):019x}"


def as_tuples(rows: Sequence[Mapping[str, Value]]) -> list[tuple[Value, ...]]:
    """The rows as a driver takes them, at version 1."""
    return [tuple(1 if name == "ver" else row[name] for name in COLUMNS) for row in rows]
