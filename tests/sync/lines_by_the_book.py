"""What a client of another hand says and hears, line by line, as sync/README.md and the OpenAPI document have it."""

from __future__ import annotations

import msgspec

REVISION = "2"
Value = str | int | float | bool | None
Row = dict[str, Value]
Key = tuple[str, str]
"""A row's table and id."""


class Entry(msgspec.Struct, kw_only=True):
    """One row of a changeset: its columns before and after."""

    table: str
    row: str
    op: str
    base_ver: int = 0
    old: Row = {}
    new: Row = {}


class Changeset(msgspec.Struct, kw_only=True):
    """All that one action did; every field in the order of its digest."""

    n: int
    mid: str
    name: str
    at: int
    revision: str = REVISION
    facts: dict[str, str] = {}
    undoes: str | None = None
    final: bool = False
    entries: list[Entry] = []


class Result(msgspec.Struct, frozen=True):
    """What became of a changeset: `r` is applied, merged, conflict, rejected or deferred."""

    r: str
    code: str = ""
    parameters: dict[str, str] = {}
    fields: list[Row] = []


class Line(msgspec.Struct):
    """One line of an answer; `f` says what it is and which of these it bears."""

    f: str
    n: int = 0
    mid: str = ""
    result: Result = Result("")
    last_n: int = 0
    expected: int = 0
    table: str = ""
    columns: list[str] = []
    rows: list[list[Value]] | int = 0
    scope: str = ""
    seq: int = 0
    tag: str = ""
    check: str = ""
    resume: str | None = None
    more: bool = False
    sum: str | None = None
    reset: bool = False
    buckets: list[int] = []
    frames: int = 0


class Reply(msgspec.Struct):
    """An answer in one document: who this device is now, the first words, or a refusal."""

    device: str = ""
    token: str = ""
    verdict: str = ""
    epoch: str = ""
    last_n: int = 0
    scopes: list[str | dict[str, Value]] = []
    code: str = ""
    at: int = 0


LINE: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
REPLY: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)
