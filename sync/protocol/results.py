"""What the centre answers to a changeset: taken, merged, in conflict, refused, or later; for ever the same."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sync.protocol.changeset import Number, Value


class Kept(StrEnum):
    """Whose value stands where both sides changed a field."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class FieldMerge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field of a row that others had changed meanwhile: the three values and whose stands now."""

    table: str
    row: str
    column: str
    base: Value
    mine: Value
    theirs: Value
    kept: Kept


class FieldConflict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field that a person must decide: the centre's value stands until then, both are kept.

    `by` is the name of who made the centre's value, empty for the centre itself; `at` when it took it, in microseconds.
    """

    table: str
    row: str
    column: str
    base: Value
    mine: Value
    theirs: Value
    by: str = ""
    at: Number = 0


class Applied(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="r", tag="applied"):
    """The changeset is taken as it was made."""


class Merged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="r", tag="merged"):
    """The changeset is taken; rows of it had moved on, and `fields` says how it was laid together."""

    fields: tuple[FieldMerge, ...]


class Conflict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="r", tag="conflict"):
    """The changeset is taken but for `fields`, which a person decides; `merged` as in Merged."""

    fields: tuple[FieldConflict, ...]
    merged: tuple[FieldMerge, ...] = ()


class Rejected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="r", tag="rejected"):
    """Nothing of the changeset is taken: the code of the reason, what fills its words, and what is there now.

    `there` bears, for "table/row", the row as the centre holds it, or None where it holds none or shows none.
    """

    code: str
    parameters: dict[str, str] = {}
    there: dict[str, dict[str, Value] | None] = {}


class Deferred(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="r", tag="deferred"):
    """The centre could not decide now; the changeset waits under the same number and is sent again."""

    code: str


Result = Applied | Merged | Conflict | Rejected | Deferred

_results: msgspec.json.Decoder[Result] = msgspec.json.Decoder(Result)


def pack_result(result: Result) -> str:
    """Write a result as the JSON text that is stored and sent."""
    return msgspec.json.encode(result).decode()


def unpack_result(text: str) -> Result:
    """Read a stored result. Raises msgspec.ValidationError or DecodeError for anything else."""
    return _results.decode(text)
