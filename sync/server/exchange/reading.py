"""What devices read: a scope from the beginning, or what changed in it since a cursor; all of one moment."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, func, select

from app.domain.refusal import Refusal
from app.store.rows import SYNCED
from sync.protocol.changeset import Value
from sync.protocol.frames import MOST_ROWS, Columns, Departure, FrameWriter, Gone, Mark
from sync.protocol.handshake import Cursor, ScopeHead
from sync.protocol.scope import TABLES, Scope, holds
from sync.server.among import among
from sync.server.database import tuples
from sync.server.exchange.picture import columns_of
from sync.server.feed import THERE
from sync.server.straight import Question, rows_of
from sync.server.tables import ENTRY, SCOPE

MOST_ENTRIES = 20_000
"""Entries of a scope's log told in one exchange; there is `more` after them."""


_FIRST_ROWS = 200
"""Rows of a table that are read at first, by which is known how many fit into a frame."""


class _Head(NamedTuple):
    """Where a scope stands: its last sequence with its tag, and the sum over its rows."""

    scope: str
    head: int
    tag: str
    sum: str


_EMPTY = _Head("", 0, "", "")
_NAME = re.compile(r"[0-9a-f]{0,64}")


def heads(connection: Connection, scopes: Sequence[str], counted: Collection[str] = ()) -> tuple[ScopeHead, ...]:
    """Give each scope's last sequence with its tag, and the sum over its rows; zero for one without rows yet.

    The rows of those in `counted` are counted, for a device that has to read them from the beginning.
    """
    there = map(_Head._make, rows_of(connection, _HEADS, wanted=tuple(scopes))) if scopes else ()
    found = {head.scope: head for head in there}
    told = []
    for scope in scopes:
        _, head, tag, total = found.get(scope, _EMPTY)
        rows = connection.execute(_COUNT, {"scope": scope}).scalar_one() if scope in counted else None
        told.append(ScopeHead(scope=scope, head=head, tag=tag, sum=total, rows=rows))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a first pull stands: the head it began at, and the last row that was sent."""

    head: int
    tag: str
    table: str
    row: str

    def __str__(self) -> str:
        return f"{self.head}.{self.tag}.{self.table}.{self.row}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """Read a token as it was given. Raises Refusal RESUME_UNKNOWN."""
        parts = text.split(".")
        is_number = len(parts) == 4 and parts[0].isdecimal() and parts[0].isascii() and len(parts[0]) <= 15
        if not is_number or parts[2] not in TABLES or not all(_NAME.fullmatch(part) for part in (parts[1], parts[3])):
            raise Refusal("RESUME_UNKNOWN")
        return cls(int(parts[0]), parts[1], parts[2], parts[3])


def snapshot(connection: Connection, writer: FrameWriter, scope: str, resume: Place | None) -> Iterator[bytes]:
    """Give a scope's rows by key, each frame closed by a mark that a cut pull goes on from."""
    head = heads(connection, (scope,))[0]
    begun = resume or Place(head.head, head.tag, "", "")
    kind = Scope.parse(scope).kind
    tables = [name for name in TABLES if holds(kind, name)]
    for name in tables[tables.index(begun.table) if begun.table in tables else 0 :]:
        last = begun.row if name == begun.table else ""
        header = writer.line(Columns(table=name, columns=columns_of(name)))
        most, may_be_more = _FIRST_ROWS, True
        while may_be_more and (rows := tuples(connection, _page(name), {"scope": scope, "last": last, "most": most})):
            may_be_more = len(rows) == most
            for line, row in writer.fitting(name, rows):
                last = str(row[0])
                place = Place(begun.head, begun.tag, name, last)
                yield header + line + writer.line(_mark(writer, scope, begun, resume=str(place), more=True))
                header = b""
            most = MOST_ROWS - MOST_ROWS % writer.fit(name)  # whole frames
        if header:
            yield header
    yield writer.line(_mark(writer, scope, begun))


def _mark(writer: FrameWriter, scope: str, at: Place, *, resume: str | None = None, more: bool = False) -> Mark:
    return Mark(scope=scope, seq=at.head, tag=at.tag, check=writer.check, resume=resume, more=more)


def changes(connection: Connection, writer: FrameWriter, cursor: Cursor, head: ScopeHead) -> Iterator[bytes]:
    """Give what changed in a scope since a cursor: rows as they are now, and those that are gone.

    `head` is the scope's, of the same moment. A cursor from the future, or with a tag that this log never gave, is none
    of this centre's: it is reset.
    """
    scope = cursor.scope
    if not _is_ours(connection, cursor, head):
        yield writer.line(Mark(scope=scope, seq=0, tag="", check=writer.check, reset=True))
        return
    seq, tag, told = cursor.seq, cursor.tag, 0
    headed: set[str] = set()
    while seq < head.head and told < MOST_ENTRIES:
        entries = [_Entry._make(row) for row in rows_of(connection, _LOG, scope=scope, seq=seq)]
        if not entries:
            break  # the head's own entry moved on within this very picture: cannot be, but must not turn for ever
        by_table: dict[str, list[tuple[str, str, int]]] = {}
        for entry in entries:
            by_table.setdefault(entry.table, []).append((entry.row, entry.op, entry.ver))
        for name in sorted(by_table, key=TABLES.index):
            yield from _told(connection, writer, name, by_table[name], headed)
        seq, tag, told = entries[-1].seq, entries[-1].tag, told + len(entries)
        is_all = seq >= head.head
        total = head.sum if is_all else None
        yield writer.line(Mark(scope=scope, seq=seq, tag=tag, check=writer.check, more=not is_all, sum=total))
    if told == 0:
        yield writer.line(Mark(scope=scope, seq=seq, tag=tag, check=writer.check, sum=head.sum))


def _told(
    connection: Connection,
    writer: FrameWriter,
    name: str,
    entries: Sequence[tuple[str, str, int]],
    headed: set[str],
) -> Iterator[bytes]:
    gone = tuple((row, ver, Departure(op)) for row, op, ver in entries if op != THERE)
    if gone:
        yield writer.line(Gone(table=name, rows=gone))
    there = [row for row, op, _ in entries if op == THERE]
    if there:
        if name not in headed:
            headed.add(name)
            yield writer.line(Columns(table=name, columns=columns_of(name)))
        for line, _ in writer.fitting(name, rows_of(connection, _by_id(name), wanted=tuple(there))):
            yield line


def _is_ours(connection: Connection, cursor: Cursor, head: ScopeHead) -> bool:
    if cursor.seq in (0, head.head):
        return cursor.tag == (head.tag if cursor.seq else "")
    if cursor.seq > head.head:
        return False
    min_seq, tag = connection.execute(_AT, {"scope": cursor.scope, "seq": cursor.seq}).one()
    return cursor.seq >= min_seq and tag in (None, cursor.tag)  # below it, tombstones were tidied away


class _Entry(NamedTuple):
    """An entry of a scope's log."""

    seq: int
    tag: str
    table: str
    row: str
    op: str
    ver: int


_HEADS = Question(
    select(SCOPE.c.scope, SCOPE.c.head, SCOPE.c.head_tag, SCOPE.c.state_sum).where(among(SCOPE.c.scope, "wanted"))
)

_AT = (
    select(SCOPE.c.min_seq, ENTRY.c.tag)
    .outerjoin_from(SCOPE, ENTRY, and_(ENTRY.c.scope == SCOPE.c.scope, ENTRY.c.seq == bindparam("seq")))
    .where(SCOPE.c.scope == bindparam("scope"))
)

_LOG = Question(
    select(ENTRY.c.seq, ENTRY.c.tag, ENTRY.c.table_name, ENTRY.c.row_id, ENTRY.c.op, ENTRY.c.ver)
    .where(ENTRY.c.scope == bindparam("scope"), ENTRY.c.seq > bindparam("seq"))
    .order_by(ENTRY.c.seq)
    .limit(MOST_ROWS)
)


_COUNT = select(func.count()).select_from(ENTRY).where(ENTRY.c.scope == bindparam("scope"), ENTRY.c.op == THERE)


@cache
def _page(name: str) -> Select[tuple[Value, ...]]:
    """The next rows of a table in a scope, by key."""
    table = SYNCED.tables[name]
    of_scope = (
        ENTRY.c.scope == bindparam("scope"),
        ENTRY.c.table_name == name,
        ENTRY.c.row_id > bindparam("last"),
        ENTRY.c.op == THERE,
    )
    joined = select(*table.columns).join_from(ENTRY, table, table.c.id == ENTRY.c.row_id)
    return joined.where(*of_scope).order_by(ENTRY.c.row_id).limit(bindparam("most"))


@cache
def _by_id(name: str) -> Question:
    table = SYNCED.tables[name]
    return Question(select(*table.columns).where(among(table.c.id, "wanted")))
