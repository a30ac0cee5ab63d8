"""Many rows with few statements: the driver lets other threads run once a statement, not once a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress
from operator import ne

from sqlalchemy import Connection

from app.store.codec import Record
from app.store.rows import SYNCED
from sync.protocol.changeset import Value

MOST_VALUES = 3_000
"""Values bound to one statement; SQLite takes ten times as many, but keeps a megabyte for each length of such lists."""


def write_many(connection: Connection, head: str, rows: Sequence[Sequence[Value]], tail: str = "") -> None:
    """Run `head` (INSERT INTO … VALUES) over rows of equal width, and `tail` (ON CONFLICT …) after their values."""
    if not rows:
        return
    hole = f"({', '.join('?' * len(rows[0]))})"
    at_once = max(1, MOST_VALUES // len(rows[0]))
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        connection.exec_driver_sql(f"{head} {', '.join([hole] * len(part))} {tail}", tuple(chain.from_iterable(part)))


def rows_among(connection: Connection, table: str, ids: Sequence[str]) -> dict[str, Record]:
    """Give those of some rows that are here, by id."""
    columns = tuple(column.name for column in SYNCED.tables[table].columns)
    found: dict[str, Record] = {}
    for start in range(0, len(ids), MOST_VALUES):
        part = ids[start : start + MOST_VALUES]
        wanted = f"SELECT {', '.join(columns)} FROM {table} WHERE id IN ({', '.join('?' * len(part))})"  # noqa: S608 - a table of ours
        # As the driver makes them: the library's rows would take longer than the reading.
        rows = connection.exec_driver_sql(wanted, tuple(part)).cursor.fetchall()
        found.update((row[0], dict(zip(columns, row, strict=True))) for row in rows)
    return found


@dataclass(frozen=True, slots=True)
class Here:
    """Those of some rows that are here: by id their values in the order of `columns`, and the ids a scope holds."""

    columns: tuple[str, ...]
    rows: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def record(self, row_id: str) -> Record | None:
        """Give a row as it is here."""
        row = self.rows.get(row_id)
        return None if row is None else dict(zip(self.columns, row, strict=True))


def rows_here(connection: Connection, scope: str, table: str, columns: Sequence[str], ids: Sequence[str]) -> Here:
    """Find rows and whether a scope holds them, with one statement; `columns` come first and as they are named."""
    here = Here((*columns, *(column.name for column in SYNCED.tables[table].columns if column.name not in columns)))
    member = f"EXISTS (SELECT 1 FROM sync_member WHERE table_name = '{table}' AND row_id = t.id AND scope = ?)"  # noqa: S608 - a table of ours
    for start in range(0, len(ids), MOST_VALUES):
        part = ids[start : start + MOST_VALUES]
        wanted = f"SELECT {member}, {', '.join(here.columns)} FROM {table} t WHERE id IN ({', '.join('?' * len(part))})"  # noqa: S608 - a table of ours
        for is_held, *row in connection.exec_driver_sql(wanted, (scope, *part)).cursor.fetchall():
            here.rows[row[0]] = tuple(row)
            if is_held:
                here.held.add(row[0])
    return here


def change_rows(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Value, ...]],
    before: Mapping[str, tuple[Value, ...]],
) -> None:
    """Bring rows that are here (`before`) to what is told, column by column: an index that is not touched stays.

    Each row begins with its id, and its values stand in the order of `columns`, of which a row before may have more
    behind them. All are written as they are told; a row told as it stands is left alone.
    """
    changed: dict[tuple[int, ...], list[tuple[Value, ...]]] = {}
    for row in rows:
        places = tuple(compress(range(len(row)), map(ne, row, before[str(row[0])])))
        if places:
            changed.setdefault(places, []).append((*[row[place] for place in places], row[0]))
    for places, values in changed.items():
        named = ", ".join(f"{columns[place]} = ?" for place in places)
        connection.exec_driver_sql(f"UPDATE {table} SET {named} WHERE id = ?", values)  # noqa: S608 - a table of ours


def take_away(connection: Connection, table: str, ids: Sequence[str]) -> None:
    """Delete rows."""
    if ids:
        away = f"DELETE FROM {table} WHERE id = ?"  # noqa: S608 - a table of ours
        connection.exec_driver_sql(away, [(row_id,) for row_id in ids])
