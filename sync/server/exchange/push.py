"""Takes changesets: each once, whole or not at all, with its answer stored in the same transaction as its effect.

Those that only make rows or change fields go many in one transaction: the rows are read once, each changeset is laid on
what those before it left, and all is written, answered and sealed at the end. A refusal has written nothing by then.
One that deletes, revives, asks for a limited place, or asks the tables otherwise than by ids (a validation, a
signature) has a transaction of its own, as every changeset has of a lot that the database broke off: none holds up or
takes down its neighbours.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from app.domain.refusal import Refusal
from app.store.engine import Engines
from sync.protocol.changeset import Changeset, Op
from sync.protocol.digest import digest_and_size
from sync.protocol.frames import Answer, Cloned, Gap
from sync.protocol.results import Deferred, Rejected, Result, unpack_result
from sync.server.blobs.possession import take_along
from sync.server.clock import now_us
from sync.server.database import in_one_write, step, was_broken_off
from sync.server.exchange import record
from sync.server.exchange.patch import Patch
from sync.server.exchange.picture import Picture
from sync.server.exchange.revisions import as_sent
from sync.server.exchange.shared import Alone, SharedPicture, SharedRows
from sync.server.exchange.slots import is_command
from sync.server.feed import Feed
from sync.server.grants.rights import Caller

_log = logging.getLogger(__name__)

MOST_TOGETHER = 250
"""Changesets in one transaction at most: others write in between."""
MOST_ENTRIES = 2_000
"""Rows named by the changesets of one transaction at most; one that names more has its own."""

_BROKEN = Refusal("CHANGESET_UNSOUND", {"table": "", "column": "", "why": "integrity"})

Reply = Answer | Gap | Cloned


def take_all(engines: Engines, caller: Caller, changesets: Sequence[Changeset]) -> Iterator[Reply]:
    """Take changesets in order, or say what became of them before; ends where what comes after would meet a gap."""
    place = 0
    while place < len(changesets):
        lot = _lot(changesets, place)
        replies = _together(engines, caller, lot) if lot else []
        for reply in replies or (take(engines, caller, changesets[place]),):
            place += 1
            yield reply
            if _is_the_last(reply):
                return


def _lot(changesets: Sequence[Changeset], start: int) -> Sequence[Changeset]:
    """Give those from a place on that may share a transaction, as far as their own words tell."""
    entries = 0
    for place, changeset in enumerate(changesets[start : start + MOST_TOGETHER], start):
        entries += len(changeset.entries)
        if entries > MOST_ENTRIES or not _is_plain(changeset):
            return changesets[start:place]
    return changesets[start : start + MOST_TOGETHER]


def _is_plain(changeset: Changeset) -> bool:
    """Say whether it makes rows and changes fields only, and takes no step that is judged by more than its rows."""
    return not any(
        entry.op is Op.DELETE or is_command(entry) or (entry.table == "proposal" and "status" in entry.old)
        for entry in changeset.entries
    )


# ---------------------------------------------------------------------------------------------- many
def _together(engines: Engines, caller: Caller, lot: Sequence[Changeset]) -> list[Reply]:
    """Take the first of these in one transaction, as many as can share it; gives a reply for each taken."""
    try:
        return in_one_write(engines, lambda connection: _take_together(connection, caller, lot))
    except (IntegrityError, DataError):
        _log.info("%s changesets of %s break the tables together: each is taken alone", len(lot), caller.device)
    except OperationalError as error:
        if not was_broken_off(error):
            raise
        _log.info("%s changesets of %s meet others who write: each is taken alone", len(lot), caller.device)
    replies: list[Reply] = []
    for changeset in lot:
        replies.append(take(engines, caller, changeset))
        if _is_the_last(replies[-1]):
            break
    return replies


def _is_the_last(reply: Reply) -> bool:
    """Say whether what comes after would only meet a gap."""
    return not isinstance(reply, Answer) or isinstance(reply.result, Deferred)


def _take_together(connection: Connection, caller: Caller, lot: Sequence[Changeset]) -> list[Reply]:
    last_n = record.last_number(connection, caller.device)
    known = record.known(connection, caller.device, lot, last_n)
    shared = SharedRows(connection, caller.device)
    shared.foresee(changeset for changeset in lot if known.of(changeset) is None)
    decided: list[record.Taken] = []
    replies: list[Reply] = []
    for changeset in lot:
        digest, size = digest_and_size(as_sent(changeset))
        reply = _known_already(changeset, digest, last_n, known)
        if reply is None:
            try:
                result = _laid(connection, caller, changeset, size, shared)
            except Alone:
                break
            one = record.taken(changeset, digest, result)
            decided.append(one)
            known.add(one)
            reply = Answer(n=changeset.n, mid=changeset.mid, result=result)
        replies.append(reply)
        if not isinstance(reply, Answer):
            break
        last_n += changeset.n == last_n + 1
    feed = Feed(connection, caller.device)
    shared.write(feed)
    take_along(connection, caller, (one.changeset for one in decided if not isinstance(one.result, Rejected)))
    record.remember(connection, caller, decided)
    if not decided or last_n > decided[-1].changeset.n:
        record.advance(connection, caller.device, last_n)  # known under another identity: only the numbers are new
    feed.seal()
    return replies


def _laid(connection: Connection, caller: Caller, changeset: Changeset, size: int, shared: SharedRows) -> Result:
    picture = SharedPicture(connection, shared)
    patch = Patch(caller, changeset, picture, size)
    try:
        result = patch.lay()
        patch.check_written()
    except Refusal as refusal:
        return patch.rejected(refusal)
    shared.keep(picture)
    return result


def _known_already(changeset: Changeset, digest: str, last_n: int, known: record.Known) -> Reply | None:
    """Say what became of a changeset that came before, or that may not come yet; None for one to be taken now."""
    answered = known.of(changeset)
    if changeset.n <= last_n or answered is not None:
        if answered is None or answered.hash != digest:
            return Cloned(n=changeset.n)
        return Answer(n=changeset.n, mid=changeset.mid, result=unpack_result(answered.result))
    return Gap(expected=last_n + 1) if changeset.n != last_n + 1 else None


# ---------------------------------------------------------------------------------------------- one
def take(engines: Engines, caller: Caller, changeset: Changeset) -> Reply:
    """Take a changeset in one transaction of its own, or say what became of it when it came before."""
    try:
        return in_one_write(engines, lambda connection: _take(connection, caller, changeset))
    except (IntegrityError, DataError):
        _log.exception("changeset %s of %s breaks the tables: refused", changeset.n, caller.device)
        return in_one_write(engines, lambda connection: _take(connection, caller, changeset, is_broken=True))
    except OperationalError as error:
        if not was_broken_off(error):
            raise
        _log.info("changeset %s of %s waits: others write the same rows", changeset.n, caller.device)
        return Answer(n=changeset.n, mid=changeset.mid, result=Deferred(code="BUSY"))


def _take(connection: Connection, caller: Caller, changeset: Changeset, *, is_broken: bool = False) -> Reply:
    last_n = record.last_number(connection, caller.device)
    digest, size = digest_and_size(as_sent(changeset))
    reply = _known_already(changeset, digest, last_n, record.known(connection, caller.device, (changeset,), last_n))
    if reply is not None:
        if isinstance(reply, Answer) and changeset.n == last_n + 1:
            # Known under another identity: only the number is new.
            record.advance(connection, caller.device, changeset.n)
        return reply
    picture = Picture(connection)
    patch = Patch(caller, changeset, picture, size)
    result: Result
    try:
        with step(connection):
            if is_broken:
                raise _BROKEN
            feed = Feed(connection, caller.device)
            result = patch.lay()
            picture.write(feed)
            gone = [(key, was) for key in picture.changed() if (was := picture.was(*key)) and picture.now(*key) is None]
            feed.bury(changeset.mid, gone, now_us())
            patch.check_written()
            take_along(connection, caller, (changeset,))
            record.remember(connection, caller, (record.taken(changeset, digest, result),))
            feed.seal()
    except Refusal as refusal:
        result = patch.rejected(refusal)
        record.remember(connection, caller, (record.taken(changeset, digest, result),))
    return Answer(n=changeset.n, mid=changeset.mid, result=result)
