"""Lets go of what the centre no longer needs: old answers, proofs, departures, what was deleted long ago, files."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, select, update

from app.store.codec import compact_json
from app.store.engine import Engines
from sync.protocol.enrolment import PROOF_WINDOW
from sync.server.blobs.forgetting import let_files_go
from sync.server.blobs.uploads import let_forgotten_go
from sync.server.clock import now_us
from sync.server.database import in_one_write
from sync.server.facts import remember
from sync.server.feed import THERE
from sync.server.tables import APPLIED, DELETED, DEVICE, ENTRY, META, NONCE, SCOPE

KEPT_DAYS = 400
"""For how long the centre knows what it answered, and tells a device what went; beyond, a scope is read anew."""
_DAY = 86_400_000_000
_HEADS = "heads "
"""Begins the names of the small facts that say how far each scope was on a day (days since 1970)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """What was let go: stored answers, contents of deleted rows, proofs, entries of rows that are gone, files."""

    answers: int
    deleted: int
    proofs: int
    departures: int
    files: int


def tidy(engines: Engines, at: int | None = None) -> Tidied:
    """Let go of what is older than 400 days, of files that nothing names, of proofs out of time; daily it is cheap.

    How old an entry is, the log does not say: each run notes how far every scope is, and what was noted 400 days ago
    says up to where departures go. `at` is the time of the run (microseconds UTC), now unless told.
    """
    now = now_us() if at is None else at
    return in_one_write(engines, lambda connection: _tidy(connection, now))


def _tidy(connection: Connection, now: int) -> Tidied:
    limit = now - KEPT_DAYS * _DAY
    # The last answer of each device stays: by it a store that was copied or put back is found out.
    is_not_the_last = exists().where(DEVICE.c.device == APPLIED.c.device, DEVICE.c.last_n > APPLIED.c.n)
    answers = connection.execute(delete(APPLIED).where(APPLIED.c.at < limit, is_not_the_last))
    deleted = connection.execute(delete(DELETED).where(DELETED.c.at < limit))
    proofs = connection.execute(delete(NONCE).where(NONCE.c.at < now - 2 * PROOF_WINDOW))
    departures = _let_departures_go(connection, limit // _DAY)
    heads = {row.scope: row.head for row in connection.execute(select(SCOPE.c.scope, SCOPE.c.head))}
    remember(connection, f"{_HEADS}{now // _DAY:06d}", compact_json(heads))
    let_forgotten_go(connection, now)
    return Tidied(
        answers=answers.rowcount,
        deleted=deleted.rowcount,
        proofs=proofs.rowcount,
        departures=departures,
        files=let_files_go(connection, limit),
    )


def _let_departures_go(connection: Connection, day: int) -> int:
    """Let go of departures up to where each scope was on a day; a cursor from before it is told to read anew."""
    noted = select(META.c.name, META.c.value).where(META.c.name.like(f"{_HEADS}%"), META.c.name <= f"{_HEADS}{day:06d}")
    found = connection.execute(noted.order_by(META.c.name.desc())).all()
    if not found:
        return 0
    gone = 0
    for scope, head in sorted(json.loads(found[0].value).items()):
        raised = update(SCOPE).where(SCOPE.c.scope == scope, SCOPE.c.min_seq < head).values(min_seq=head)
        if connection.execute(raised).rowcount:
            old = (ENTRY.c.scope == scope, ENTRY.c.seq <= head, ENTRY.c.op != THERE)
            gone += connection.execute(delete(ENTRY).where(*old)).rowcount
    connection.execute(delete(META).where(META.c.name.in_([row.name for row in found])))
    return gone
