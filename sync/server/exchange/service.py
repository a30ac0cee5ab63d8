"""One exchange from both ends: what the device pushes is taken in order, then it is told what it does not have."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, func, select, update

from app.domain.refusal import Refusal
from app.store.engine import Engines
from sync.protocol.frames import Ask, Damaged, End, FrameWriter, Mark, Push, Told, read_all
from sync.protocol.handshake import PROTOCOL, Hello, Limits, Verdict, Welcome, verdict_on
from sync.server.clock import now_us
from sync.server.database import in_one_write, one_picture
from sync.server.exchange import reading
from sync.server.exchange.push import take_all
from sync.server.exchange.record import answers
from sync.server.exchange.revisions import WINDOW, Window
from sync.server.facts import fact
from sync.server.grants.devices import greet
from sync.server.grants.renewal import must_renew
from sync.server.grants.rights import Caller
from sync.server.tables import APPLIED, DEVICE
from sync.server.tally import tally

LIMITS = Limits()
_MAY_GO_ON = {Verdict.WELCOME, Verdict.PUSH_ONLY}


def welcome(engines: Engines, caller: Caller, hello: Hello, window: Window = WINDOW) -> bytes:
    """Answer a device's first words; one that is to wipe itself may send what it has, and reads nothing."""
    standing = in_one_write(engines, lambda connection: greet(connection, caller, hello.machine))
    verdict = verdict_on(hello, window.present, window.pushable)
    if caller.is_leaving and verdict is Verdict.WELCOME:
        verdict = Verdict.LEAVING
    with one_picture(engines) as connection:
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
            )
        )


def _unread(caller: Caller, hello: Hello) -> set[str]:
    """Give the scopes that the device has to read from the beginning."""
    return {*caller.scopes} - {cursor.scope for cursor in hello.cursors}


def _last_n(connection: Connection, caller: Caller) -> int:
    last_n = select(DEVICE.c.last_n).where(DEVICE.c.device == caller.device)
    return int(connection.execute(last_n).scalar_one())


def exchange(engines: Engines, caller: Caller, body: bytes, window: Window = WINDOW) -> bytes:
    """Take what is pushed, in order; then tell what changed since the cursors.

    Raises Refusal MESSAGE_UNSOUND, OTHER_PROTOCOL, TOO_MANY_CHANGESETS.
    """
    ask, pushes = _read(body, window)
    _begin_at(engines, caller, ask.first)
    writer = FrameWriter()
    lines: list[bytes] = []
    with one_picture(engines) as connection:
        epoch, last_n = fact(connection, "epoch"), _last_n(connection, caller)
    lines.append(writer.line(Told(epoch=epoch, at=now_us(), last_n=last_n)))
    replies = take_all(engines, caller, [window.to_present(push.changeset) for push in pushes])
    lines.append(writer.lines(tally().noting(replies)))
    with one_picture(engines) as connection:
        if ask.revision == window.present:  # else too old to read: it may push, and is told to renew itself
            lines += _news(connection, writer, caller, ask, epoch)
    tally().rows = writer.rows
    return b"".join((*lines, writer.end()))


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


def _news(connection: Connection, writer: FrameWriter, caller: Caller, ask: Ask, epoch: str) -> Iterator[bytes]:
    for cursor in ask.cursors:
        if cursor.scope not in caller.scopes:
            continue
        if ask.epoch != epoch:
            yield writer.line(Mark(scope=cursor.scope, seq=0, tag="", check=writer.check, reset=True))
        else:
            yield from reading.changes(connection, writer, cursor)


def _begin_at(engines: Engines, caller: Caller, first: int) -> None:
    """Let a device that never pushed begin at the lowest number in its outbox: it had another identity before."""
    if first <= 1:
        return

    def begin(connection: Connection) -> None:
        sent = select(func.count()).select_from(APPLIED).where(APPLIED.c.device == caller.device)
        if _last_n(connection, caller) == 0 and connection.execute(sent).scalar_one() == 0:
            connection.execute(update(DEVICE).where(DEVICE.c.device == caller.device).values(last_n=first - 1))

    with one_picture(engines) as connection:
        is_fresh = _last_n(connection, caller) == 0
    if is_fresh:
        in_one_write(engines, begin)


def snapshot(engines: Engines, caller: Caller, scope: str, resume: str) -> Generator[bytes, None, None]:
    """Give a scope from the beginning, or on from a token. Raises Refusal OUT_OF_SCOPE, RESUME_UNKNOWN at once."""
    if scope not in caller.scopes:
        raise Refusal("OUT_OF_SCOPE", {"table": scope[:60]})
    place = reading.Place.parse(resume) if resume else None
    return _snapshot(engines, scope, place)


def _snapshot(engines: Engines, scope: str, place: reading.Place | None) -> Generator[bytes, None, None]:
    writer = FrameWriter()
    with one_picture(engines) as connection:
        told = Told(epoch=fact(connection, "epoch"), at=now_us(), last_n=0)
        yield writer.line(told)
        yield from reading.snapshot(connection, writer, scope, place)
    yield writer.end()


def results(engines: Engines, caller: Caller, first: int, last: int) -> bytes:
    """Give again what was answered to the changesets from `first` to `last`."""
    writer = FrameWriter()
    numbers = range(first, min(last, first + LIMITS.changesets - 1) + 1)
    with one_picture(engines) as connection:
        told = Told(epoch=fact(connection, "epoch"), at=now_us(), last_n=_last_n(connection, caller))
        return writer.lines((told, *answers(connection, caller, numbers))) + writer.end()
