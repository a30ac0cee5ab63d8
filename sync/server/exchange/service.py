"""One exchange from both ends: what the device pushes is taken in order, then it is told what it does not have."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, and_, bindparam, func, select, update

from app.domain.refusal import Refusal
from app.store.engine import Engines
from sync.protocol.changeset import Changeset
from sync.protocol.frames import Ask, Cloned, Damaged, End, FrameWriter, Mark, Push, Told, read_all
from sync.protocol.handshake import PROTOCOL, Cursor, Hello, Limits, ScopeHead, Verdict, Welcome, verdict_on
from sync.server.among import among
from sync.server.clock import now_us
from sync.server.database import in_one_write, one_picture
from sync.server.exchange import reading
from sync.server.exchange.push import MOST_TOGETHER, take_all
from sync.server.exchange.record import answers
from sync.server.exchange.revisions import WINDOW, Window
from sync.server.facts import fact
from sync.server.grants.devices import greet
from sync.server.grants.renewal import holds_another, must_renew
from sync.server.grants.rights import Caller
from sync.server.straight import Driver, Question, straight_through, straight_to
from sync.server.tables import APPLIED, DEVICE, META, SCOPE, USER
from sync.server.tally import tally

LIMITS = Limits()
_MAY_GO_ON = {Verdict.WELCOME, Verdict.PUSH_ONLY}


def welcome(engines: Engines, caller: Caller, hello: Hello, window: Window = WINDOW) -> bytes:
    """Answer a device's first words; one that is to wipe itself may send what it has, and reads nothing."""
    standing = in_one_write(engines, lambda connection: greet(connection, caller, hello.machine))
    verdict = verdict_on(hello, window.present, window.pushable, window.readable)
    if caller.is_leaving and verdict is Verdict.WELCOME:
        verdict = Verdict.LEAVING
    with one_picture(engines, caller.sight) as connection:
        last_n = _last_n(connection, caller)
        if verdict in _MAY_GO_ON and must_renew(connection, caller, hello, last_n):
            verdict = Verdict.RENEW
        return msgspec.json.encode(
            Welcome(
                protocol=PROTOCOL,
                verdict=verdict,
                revision=window.present,
                epoch=fact(connection, "epoch"),
                at=now_us(),
                scopes=reading.heads(connection, caller.scopes, _unread(caller, hello)),
                last_n=last_n,
                limits=LIMITS,
                standing=standing,
                readable=tuple(sorted(window.readable)),
                compares=True,
            )
        )


def _unread(caller: Caller, hello: Hello) -> set[str]:
    """Give the scopes that the device has to read from the beginning."""
    return {*caller.scopes} - {cursor.scope for cursor in hello.cursors}


_LAST_N = select(DEVICE.c.last_n).where(DEVICE.c.device == bindparam("of"))
_HERE = DEVICE.join(USER, USER.c.login == DEVICE.c.login).outerjoin(META, META.c.name == "epoch")
_STANDS = and_(DEVICE.c.device == bindparam("of"), DEVICE.c.revoked_at.is_(None), USER.c.disabled_at.is_(None))
_AT_A_GLANCE = Question(
    select(META.c.value, DEVICE.c.last_n, SCOPE.c.scope, SCOPE.c.head, SCOPE.c.head_tag, SCOPE.c.state_sum)
    .select_from(_HERE.outerjoin(SCOPE, among(SCOPE.c.scope, "wanted")))
    .where(_STANDS)
)
"""Epoch, last number and every scope's head, in one statement: a row for each scope that stands, one at least."""


class _Glance(NamedTuple):
    """A row of it; the scope is None where none stands."""

    epoch: str | None
    last_n: int
    scope: str | None
    head: int
    tag: str
    sum: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen at a glance; the epoch is None where there is none. `heads`: of the scopes that were asked for."""

    epoch: str | None
    last_n: int
    heads: tuple[ScopeHead, ...]

    def begins_anew(self, ask: Ask) -> bool:
        """Say whether a device that never pushed has something to push: it had another identity before."""
        return self.last_n == 0 and ask.first > 1

    def told(self, connection: Connection) -> Told:
        """Say the epoch and what was taken so far. Raises Trouble CENTRE_NOT_MIGRATED."""
        epoch = fact(connection, "epoch") if self.epoch is None else self.epoch
        return Told(epoch=epoch, at=now_us(), last_n=self.last_n)


def _seen(driver: Driver, caller: Caller, cursors: Sequence[Cursor] = ()) -> _Seen:
    """Look. Raises Refusal TOKEN_UNKNOWN for a device that was shut out since it asked."""
    scopes = tuple(cursor.scope for cursor in cursors)
    found = [_Glance._make(row) for row in driver.rows(_AT_A_GLANCE, of=caller.device, wanted=scopes)]
    if not found:
        raise Refusal("TOKEN_UNKNOWN")
    heads = {
        one.scope: ScopeHead(scope=one.scope, head=one.head, tag=one.tag, sum=one.sum) for one in found if one.scope
    }
    told = tuple(heads.get(scope, ScopeHead(scope=scope, head=0, tag="", sum="")) for scope in scopes)
    return _Seen(found[0].epoch, found[0].last_n, told)


def _last_n(connection: Connection, caller: Caller) -> int:
    return int(connection.execute(_LAST_N, {"of": caller.device}).scalar_one())


@dataclass(frozen=True, slots=True)
class Exchanged:
    """An answer; of more changesets than one transaction takes only its beginning, and the rest to be made.

    That is made while the beginning is sent: the device keeps the first answers while the centre takes what comes
    after. `is_of_one_moment`: that the device stands was seen in the same moment as all that it tells.
    """

    said: bytes
    rest: Generator[bytes, None, None] | None
    is_of_one_moment: bool


def exchange(engines: Engines, caller: Caller, body: bytes, window: Window = WINDOW) -> Exchanged:
    """Take what is pushed, in order; then tell what changed since the cursors.

    Raises Refusal MESSAGE_UNSOUND, OTHER_PROTOCOL, TOO_MANY_CHANGESETS, TOKEN_UNKNOWN.
    """
    ask, pushes = _read(body, window)
    said = None if pushes else _nothing_new(engines, caller, ask, window) or _only_news(engines, caller, ask, window)
    if said is not None:
        return Exchanged(said, None, is_of_one_moment=True)
    pieces = _pieces(engines, caller, ask, [window.to_present(push.changeset) for push in pushes], window)
    said = next(pieces)
    return Exchanged(said, pieces if len(pushes) > MOST_TOGETHER else None, is_of_one_moment=False)


def _nothing_new(engines: Engines, caller: Caller, ask: Ask, window: Window) -> bytes | None:
    """Say that nothing is new since the cursors, found out with one look; None where something is, or may be."""
    cursors = _followed(caller, ask)
    with straight_to(engines.reader) as driver:
        seen = _seen(driver, caller, cursors)
    if seen.epoch is None or seen.epoch != ask.epoch or seen.begins_anew(ask) or not window.shows_all_to(ask.revision):
        return None
    if [(cursor.seq, cursor.tag) for cursor in cursors] != [(head.head, head.tag) for head in seen.heads]:
        return None
    writer = FrameWriter()
    told = Told(epoch=seen.epoch, at=now_us(), last_n=seen.last_n)
    marks = (
        Mark(scope=head.scope, seq=head.head, tag=head.tag, check=writer.check, sum=head.sum) for head in seen.heads
    )
    return writer.lines((told,)) + writer.lines(marks) + writer.end()


def _only_news(engines: Engines, caller: Caller, ask: Ask, window: Window) -> bytes | None:
    """Tell a device that pushes nothing what is new, all of one moment; None for one that begins anew."""
    cursors = _followed(caller, ask)
    writer = FrameWriter()
    with one_picture(engines, caller.sight) as connection:
        with straight_through(connection) as driver:
            seen = _seen(driver, caller, cursors)
        if seen.begins_anew(ask):
            return None
        told = seen.told(connection)
        said = writer.line(told) + _news(connection, writer, ask, window, told.epoch, cursors, seen.heads)
    tally().rows = writer.rows
    return said + writer.end()


def _followed(caller: Caller, ask: Ask) -> list[Cursor]:
    """Give the cursors of the scopes that the caller is entitled to."""
    scopes = frozenset(caller.scopes)
    return [cursor for cursor in ask.cursors if cursor.scope in scopes]


def _pieces(
    engines: Engines, caller: Caller, ask: Ask, changesets: Sequence[Changeset], window: Window
) -> Generator[bytes, None, None]:
    """Give an answer, each piece of it once all that it tells of is committed; nothing is held open in between.

    A device under whose last answered number another's content stands is told so, and nothing of it is taken: beyond
    its number they would be its own again, and what it misses before would never be found.
    """
    writer = FrameWriter()
    with one_picture(engines, caller.sight) as connection:
        with straight_through(connection) as driver:
            seen = _seen(driver, caller)
        first = seen.told(connection)
        is_copy = holds_another(connection, caller, ask, seen.last_n)
    if is_copy:
        yield writer.lines((first, *tally().noting((Cloned(n=ask.answered),)))) + writer.end()
        return
    if seen.begins_anew(ask):
        first = msgspec.structs.replace(first, last_n=_begin_at(engines, caller, ask.first))
    told = writer.line(first)
    replies = tally().noting(take_all(engines, caller, changesets))
    left = len(changesets)
    while part := tuple(islice(replies, MOST_TOGETHER)):
        told += writer.lines(part)
        left -= len(part)
        if left and len(part) == MOST_TOGETHER:  # fewer are the last: what comes after would meet a gap
            yield told
            told = b""
    cursors = _followed(caller, ask)
    with one_picture(engines, caller.sight) as connection:
        heads = reading.heads(connection, [cursor.scope for cursor in cursors])
        told += _news(connection, writer, ask, window, first.epoch, cursors, heads)
    tally().rows = writer.rows
    yield told + writer.end()


def _read(body: bytes, window: Window) -> tuple[Ask, Sequence[Push]]:
    try:
        ask, *rest = read_all(body)
    except Damaged as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error
    pushes = [frame for frame in rest if isinstance(frame, Push)]
    if not isinstance(ask, Ask) or len(pushes) + 1 != len(rest) or not isinstance(rest[-1], End):
        raise Refusal("MESSAGE_UNSOUND", {"why": "order of lines"})
    if ask.protocol != PROTOCOL or not window.takes(ask.revision):
        raise Refusal("OTHER_PROTOCOL", {"protocol": PROTOCOL, "revision": window.present})
    if len(pushes) > LIMITS.changesets:
        raise Refusal("TOO_MANY_CHANGESETS", {"most": LIMITS.changesets})
    return ask, pushes


def _news(
    connection: Connection,
    writer: FrameWriter,
    ask: Ask,
    window: Window,
    epoch: str,
    cursors: Sequence[Cursor],
    heads: Sequence[ScopeHead],
) -> bytes:
    """Tell what changed between cursors and heads of this moment.

    Nothing to one too old to read, who may push and is told to renew itself.
    """
    if not window.shows_all_to(ask.revision):
        return b""
    if ask.epoch != epoch:
        # Each mark bears the sum of all before it.
        return b"".join(
            writer.line(Mark(scope=cursor.scope, seq=0, tag="", check=writer.check, reset=True)) for cursor in cursors
        )
    lines: list[bytes] = []
    for cursor, head in zip(cursors, heads, strict=True):
        lines += reading.changes(connection, writer, cursor, head)
    return b"".join(lines)


def _begin_at(engines: Engines, caller: Caller, first: int) -> int:
    """Let a device that never pushed begin at the lowest number in its outbox: it had another identity before.

    Gives the last number that counts as taken.
    """

    def begin(connection: Connection) -> int:
        last_n = _last_n(connection, caller)
        sent = select(func.count()).select_from(APPLIED).where(APPLIED.c.device == caller.device)
        if last_n or connection.execute(sent).scalar_one():
            return last_n
        connection.execute(update(DEVICE).where(DEVICE.c.device == caller.device).values(last_n=first - 1))
        return first - 1

    return in_one_write(engines, begin)


def snapshot(engines: Engines, caller: Caller, scope: str, resume: str) -> Generator[bytes, None, None]:
    """Give a scope from the beginning, or on from a token. Raises Refusal OUT_OF_SCOPE, RESUME_UNKNOWN at once."""
    if scope not in caller.scopes:
        raise Refusal("OUT_OF_SCOPE", {"table": scope[:60]})
    place = reading.Place.parse(resume) if resume else None
    return _snapshot(engines, caller, scope, place)


def _snapshot(
    engines: Engines, caller: Caller, scope: str, place: reading.Place | None
) -> Generator[bytes, None, None]:
    writer = FrameWriter()
    with one_picture(engines, caller.sight) as connection:
        told = Told(epoch=fact(connection, "epoch"), at=now_us(), last_n=0)
        yield writer.line(told)
        yield from reading.snapshot(connection, writer, scope, place)
    yield writer.end()


def results(engines: Engines, caller: Caller, first: int, last: int) -> bytes:
    """Give again what was answered to the changesets from `first` to `last`."""
    writer = FrameWriter()
    numbers = range(first, min(last, first + LIMITS.changesets - 1) + 1)
    with one_picture(engines, caller.sight) as connection, straight_through(connection) as driver:
        told = _seen(driver, caller).told(connection)
        return writer.lines((told, *answers(connection, caller, numbers))) + writer.end()
