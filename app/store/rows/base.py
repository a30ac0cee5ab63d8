"""What every row has in common: a name of its own, the centre's version, columns that travel as they are."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import BigInteger, ColumnDefault, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class SyncedRow(DeclarativeBase):
    """A row that exists on devices and at the centre.

    Columns hold text and whole numbers only: days are ISO text, instants microseconds since 1970 in UTC, amounts
    cents, rates and discounts basis points, yes and no 1 and 0, lists JSON text.
    """

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {str: Text(), int: BigInteger()}

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-9)
    ver: Mapped[int] = mapped_column(default=0, server_default="0", sort_order=-8)


class DeviceRow(DeclarativeBase):
    """A row that exists on one device alone: the outbox, cursors, files, what is derived for quick lists."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {str: Text(), int: BigInteger()}


def flag() -> MappedColumn[int]:
    """Make a column for yes (1) or no (0)."""
    return mapped_column(Integer, default=0, server_default="0")


def text() -> MappedColumn[str]:
    """Make a column for words that may be empty."""
    return mapped_column(default="", server_default="")


def part_of(column: str) -> MappedColumn[str]:
    """Make a column that names the owner within the same aggregate, checked when the transaction ends."""
    return mapped_column(ForeignKey(column, deferrable=True, initially="DEFERRED"), index=True)


def unsaid(table: Table) -> dict[str, str | int | None]:
    """Give what the columns of a table hold where nobody said anything, but for id and version."""
    return {
        column.name: column.default.arg if isinstance(column.default, ColumnDefault) else None
        for column in table.columns
        if column.name not in {"id", "ver"}
    }


def table_of(row: type[DeclarativeBase]) -> Table:
    """Give the table behind a row class."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row.__name__} has no table of its own")
    return table
