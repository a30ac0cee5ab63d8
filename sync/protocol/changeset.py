"""A changeset: all that one action of a person changed, in one transaction; the unit of sync and of undo."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

Value = str | int | float | bool | None
"""What a column holds on the wire. Dates are ISO text, instants whole microseconds since 1970 in UTC."""


LARGEST = 2**53
"""The largest whole number that every side counts exactly: numbers of changesets, sequences, versions."""
MOST_BYTES = 1_000_000
"""Bytes of a changeset as JSON at most; a larger one is refused where it is made, and goes out without its entries."""
MOST_ENTRIES = 5_000
"""Rows in a changeset at most."""
LAST_INSTANT = 253_402_300_799_999_999
"""The last microsecond of the year 9999, beyond which no calendar goes."""

Number = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
Name = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
"""An id in 32 hex digits."""


class Op(StrEnum):
    """What happened to a row."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row touched: for an update the changed columns alone, old and new; all but `id` and `ver` for the others.

    `base_ver` is the centre's version of the row that the change was made on; 0 for a row it has not seen.
    """

    table: str
    row: str
    op: Op
    base_ver: int = 0
    old: dict[str, Value] = {}
    new: dict[str, Value] = {}


class Changeset(msgspec.Struct, frozen=True, kw_only=True):
    """One action: `n` is dense per device, `mid` a UUIDv7 in hex, unique for ever; `at` in microseconds UTC.

    `name` is the use case, `facts` what it was about, `undoes` the `mid` it takes back, if any. An instant that no
    calendar knows is the centre's to refuse, for this changeset alone.
    """

    n: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
    mid: Name
    name: str
    at: int
    revision: str
    facts: dict[str, str] = {}
    undoes: str | None = None
    final: bool = False
    entries: tuple[Entry, ...] = ()


_changeset = msgspec.json.Decoder(Changeset)


def read_changeset(said: bytes) -> Changeset:
    """Read a changeset from its JSON. Raises msgspec.DecodeError."""
    return _changeset.decode(said)
