"""The mapping: which file and which column holds what, and how its units and dates are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from sync.server.imports.targets import TARGETS

Constant = str | int | bool
Text = Annotated[str, msgspec.Meta(min_length=1)]
Encoding = Literal["utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15"]
Unit = Literal["euros", "cents", "fraction", "percent", "basis_points"]


class FileSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One CSV file of the folder and how it is written."""

    path: Text
    encoding: Encoding = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    decimal: Literal[".", ","] = "."
    thousands: Literal["", " ", ",", ".", "'", "’"] = ""
    dates: tuple[Text, ...] = ("%Y-%m-%d",)
    escapes: bool = False
    """Whether a backslash and n written in a cell mean a line end."""
    empty: tuple[str, ...] = ()
    """What a cell may hold instead of being empty, such as NULL."""
    equal: tuple[tuple[Text, Text], ...] = ()
    """Columns that say the same thing twice and must agree on every line."""


class Latest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of several lines that fit, the one with the latest date in a column; of equal dates the last in the file."""

    column: Text
    dates: tuple[Text, ...] = ()


class LookUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The value stands in another file, on the line where its columns (left) equal columns of this one (right)."""

    file: Text
    where: Annotated[dict[str, str], msgspec.Meta(min_length=1)]
    latest: Latest | None = None


class Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one value comes from, and how it is written there.

    Just one of `column`, `columns` and `constant`. `values` translates words; what it does not name becomes
    `otherwise` when that is given, else the line is rejected. `times` multiplies a number exactly (a weight in
    kilograms to grams: "1000"). `round` allows more decimals than are kept; without it they are refused.
    """

    column: Text | None = None
    columns: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)] | None = None
    join: str = " "
    constant: Constant | None = None
    look_up: LookUp | None = None
    values: dict[str, str] | None = None
    otherwise: str | None = None
    default: str | None = None
    unit: Unit | None = None
    times: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)?$")] | None = None
    round: bool = False
    dates: tuple[Text, ...] = ()
    part: Literal["year"] | None = None
    change: Literal["lower", "upper", "title"] | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns it is made of; none for a constant."""
        return self.columns or ((self.column,) if self.column else ())


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of thing, read from one file, one thing a line; or several lines a thing when `grouped`.

    `key` are the columns that name a thing in the source for ever. `name` tells two sections of a list apart.
    A field is the name of a column, or all that is to be said of it.
    """

    file: Text
    key: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
    fields: dict[str, Text | Field]
    grouped: bool = False
    name: str = ""

    def field(self, name: str) -> Field | None:
        """Give a field written out in full, or None when the mapping does not fill it."""
        field = self.fields.get(name)
        return Field(column=field) if isinstance(field, str) else field


class ImportMapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole mapping. `source` names where the files come from: with the key it makes the ids, so never change it."""

    format: Literal[1]
    source: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    files: Annotated[dict[str, FileSpec], msgspec.Meta(min_length=1)]
    reps: Section | None = None
    ranges: Section | None = None
    products: Section | None = None
    prices: tuple[Section, ...] = ()
    slots: tuple[Section, ...] = ()
    accounts: Section | None = None
    contacts: tuple[Section, ...] = ()
    orders: Section | None = None
    lines: tuple[Section, ...] = ()

    def sections(self) -> Iterator[tuple[str, str, Section]]:
        """Give kind, path in the mapping, and section, in the order of reading."""
        for kind in TARGETS:
            found = getattr(self, kind)
            if isinstance(found, Section):
                yield kind, kind, found
            elif isinstance(found, tuple):
                yield from ((kind, f"{kind}[{index}]", section) for index, section in enumerate(found))


def schema() -> dict[str, object]:
    """Give the JSON schema of a mapping, as `resources/mappings/mapping.schema.json` holds it for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ImportMapping)}
