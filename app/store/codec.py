"""Turns a value of the trade into columns and back: cents, ISO days, microseconds, 0 and 1, JSON text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import NoneType, UnionType
from typing import Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from sqlalchemy import Table
from sqlalchemy.orm import DeclarativeBase

from app.domain.accounts.account import Address
from app.domain.money import Money, VatRate
from app.store.rows.base import table_of
from sync.protocol.changeset import Value

V = TypeVar("V")
Record = dict[str, Value]
"""A row: its columns by name."""

Into = Callable[..., Value]
Out = Callable[..., object]

RENAMED = {"on": "made_on"}
"""Names of fields that SQL keeps for itself."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HOLDS_ADDRESS = "address"
_ADDRESS = ("street", "postcode", "city", "country")


def microseconds(at: datetime) -> int:
    """Give an aware instant in microseconds since 1970 UTC."""
    return (at - _EPOCH) // _MICROSECOND


def instant(at: int) -> datetime:
    """Give the aware instant, in UTC, of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=at)


def compact_json(value: object) -> str:
    """Write JSON as short as it goes, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((question, answer) for question, answer in json.loads(text))


def _ways(kind: object) -> tuple[Into, Out] | None:
    """Say how a kind of value goes into its column and comes back; None where it is the same in both."""
    if kind is bool:
        return int, bool
    if kind in (str, int):
        return None
    if kind is Money:
        return (lambda money: money.cents), Money
    if kind is VatRate:
        return (lambda rate: rate.basis_points), VatRate
    if kind is datetime:
        return microseconds, instant
    if kind is date:
        return date.isoformat, date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str, kind
    if get_origin(kind) is tuple:
        return compact_json, _pairs
    raise TypeError(f"no column can hold {kind}")


def _plain(kind: object) -> object:
    """Take the None and the NewType off a field's type."""
    if get_origin(kind) in (Union, UnionType):
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    return kind


class Codec(Generic[V]):
    """Between one kind of value and its table.

    `parts` are fields that live in tables of their own. Columns that the value does not know (whose part it is, in
    which place) are handed to `record`.
    """

    def __init__(self, make: type[V], row: type[DeclarativeBase], parts: frozenset[str] = frozenset()) -> None:
        self.table: Table = table_of(row)
        self._make: Callable[..., V] = make
        self._has_address = False
        self._plain: list[tuple[str, str]] = []
        self._turned: list[tuple[str, str, Into, Out]] = []
        for name, hint in get_type_hints(make).items():
            kind = _plain(hint)
            if kind is Address:
                self._has_address = True
            elif name not in parts:
                column, ways = RENAMED.get(name, name), _ways(kind)
                if ways is None:
                    self._plain.append((name, column))
                else:
                    self._turned.append((name, column, *ways))
        self._turning = frozenset(column for _, column, _, _ in self._turned)

    def record(self, value: V, **more: Value) -> Record:
        """Give the columns of a value, without its version."""
        record: Record = {column: getattr(value, name) for name, column in self._plain}
        for name, column, into, _ in self._turned:
            held = getattr(value, name)
            record[column] = None if held is None else into(held)
        if self._has_address:
            address = getattr(value, _HOLDS_ADDRESS)
            record.update({name: getattr(address, name) for name in _ADDRESS})
        record.update(more)
        return record

    def turns(self, columns: Iterable[str]) -> bool:
        """Say whether any of these columns holds something else than the value: only there may a row be unsound."""
        return not self._turning.isdisjoint(columns)

    def value(self, record: Mapping[str, Value], **parts: object) -> V:
        """Give the value of a row; `parts` are the fields that come from other tables."""
        for name, column in self._plain:
            parts[name] = record[column]
        for name, column, _, out in self._turned:
            held = record[column]
            parts[name] = None if held is None else out(held)
        if self._has_address:
            parts[_HOLDS_ADDRESS] = Address(**{name: str(record[name]) for name in _ADDRESS})
        return self._make(**parts)
