"""Shows a device whose sum differs where it does: the buckets that are others here, and the rows that they hold."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.rows import SYNCED
from sync.protocol.buckets import Buckets, bucket_of
from sync.protocol.frames import MOST_ROWS, Columns, Damaged, Differing, End, FrameWriter, Mark, Told, Verify, read_all
from sync.protocol.handshake import PROTOCOL
from sync.protocol.scope import TABLES
from sync.server.clock import now_us
from sync.server.database import one_picture
from sync.server.exchange import reading
from sync.server.exchange.revisions import WINDOW, Window
from sync.server.facts import fact
from sync.server.feed import THERE
from sync.server.grants.rights import Caller
from sync.server.tables import ENTRY

_log = logging.getLogger(__name__)

MOST = 20_000
"""Rows told in one answer, about; there is `more` after them, and the device asks again with what it then holds."""

_HELD = (
    select(ENTRY.c.table_name, ENTRY.c.row_id, ENTRY.c.ver)
    .where(ENTRY.c.scope == bindparam("scope"), ENTRY.c.op == THERE)
    .execution_options(yield_per=5_000)
)


def repair(engines: Engines, caller: Caller, body: bytes, window: Window = WINDOW) -> bytes:
    """Answer a device's bucket sums with the rows of those that differ, all of one moment.

    Raises Refusal MESSAGE_UNSOUND, OTHER_PROTOCOL, OUT_OF_SCOPE.
    """
    asked = _read(body, window)
    if asked.scope not in caller.scopes:
        raise Refusal("OUT_OF_SCOPE", {"table": asked.scope[:60]})
    writer = FrameWriter()
    with one_picture(engines, caller.sight) as connection:
        epoch = fact(connection, "epoch")
        lines = [writer.line(Told(epoch=epoch, at=now_us(), last_n=0))]
        if asked.epoch == epoch:
            lines += _answer(connection, writer, caller, asked)
        else:
            lines.append(writer.line(Mark(scope=asked.scope, seq=0, tag="", check=writer.check, reset=True)))
    return b"".join((*lines, writer.end()))


def _read(body: bytes, window: Window) -> Verify:
    try:
        asked, *rest = read_all(body)
    except Damaged as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error
    if not isinstance(asked, Verify) or len(rest) != 1 or not isinstance(rest[0], End):
        raise Refusal("MESSAGE_UNSOUND", {"why": "order of lines"})
    if asked.protocol != PROTOCOL or not window.shows_all_to(asked.revision):
        raise Refusal("OTHER_PROTOCOL", {"protocol": PROTOCOL, "revision": window.present})
    return asked


def _answer(connection: Connection, writer: FrameWriter, caller: Caller, asked: Verify) -> Iterator[bytes]:
    head = reading.heads(connection, (asked.scope,))[0]
    here = buckets_of(connection, asked.scope)
    differing = here.differing(asked.buckets)
    told = here.first_of(differing, MOST)
    is_all = len(told) == len(differing)
    if here.sum != head.sum:
        _log.error("the sum kept of %s is not that of its rows: tournee-centre check-sums --mend", asked.scope)
    if differing:
        _log.warning("device %s differs in %d buckets of %s", caller.device, len(differing), asked.scope)
    yield writer.line(Differing(scope=asked.scope, buckets=told))
    rows = _rows_in(connection, asked.scope, frozenset(told)) if told else {}
    for name in sorted(rows, key=TABLES.index):
        columns = tuple(column.name for column in SYNCED.tables[name].columns)
        yield writer.line(Columns(table=name, columns=columns))
        for start in range(0, len(rows[name]), MOST_ROWS):
            yield from _lines(connection, writer, name, rows[name][start : start + MOST_ROWS])
    total = head.sum if is_all else None
    yield writer.line(
        Mark(scope=asked.scope, seq=head.head, tag=head.tag, check=writer.check, more=not is_all, sum=total)
    )


def buckets_of(connection: Connection, scope: str) -> Buckets:
    """Count and sum all rows of a scope by bucket, from its feed and not from the sum that is kept."""
    found = Buckets()
    for table, row_id, ver in connection.execute(_HELD, {"scope": scope}):
        found.add(table, row_id, ver)
    return found


def _rows_in(connection: Connection, scope: str, buckets: frozenset[int]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, row_id, _ in connection.execute(_HELD, {"scope": scope}):
        if bucket_of(table, row_id) in buckets:
            found.setdefault(table, []).append(row_id)
    return found


def _lines(connection: Connection, writer: FrameWriter, name: str, ids: list[str]) -> Iterator[bytes]:
    table = SYNCED.tables[name]
    wanted = select(*table.columns).where(table.c.id.in_(ids))
    rows = [tuple(row) for row in connection.execute(wanted)]
    for line, _ in writer.fitting(name, rows):
        yield line
