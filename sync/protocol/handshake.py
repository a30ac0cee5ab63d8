"""The first words of both sides: who speaks which protocol, how far each has come, and whether they may go on."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

import msgspec

from sync.protocol.changeset import MOST_BYTES, Number
from sync.protocol.standing import Machine, Standing

PROTOCOL = 1
"""The version of the lines and routes; it changes only when a device of the version before could not follow."""


class Cursor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a device has read a scope's log: the sequence and the random tag (16 hex) of the entry it read last."""

    scope: str
    seq: Number
    tag: str


class ScopeHead(msgspec.Struct, frozen=True, kw_only=True):
    """A scope the device is entitled to: its last sequence with its tag, and the sum over its rows.

    `rows` counts them where the device has no cursor in it yet, so that a first pull knows how far it has to go.
    """

    scope: str
    head: Number
    tag: str
    sum: str
    rows: Number | None = None


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre takes at once: bytes of a request, changesets in it, bytes of a changeset, bytes of a blob."""

    request: Number = 8_000_000
    changesets: Number = 1_000
    changeset: Number = MOST_BYTES
    blob: Number = 32_000_000


class Verdict(StrEnum):
    """Whether the two may go on: both ways, pushing only (the device is too old, or is to go), or not at all.

    `renew`: the device's store is a copy, or an old one put back; it gets an identity of its own first.
    """

    WELCOME = "welcome"
    PUSH_ONLY = "push_only"
    LEAVING = "leaving"
    RENEW = "renew"
    OTHER_PROTOCOL = "other_protocol"


class Hello(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a device says first: its protocol, schema revision, the epoch it knows, cursors, and its outbox's range.

    `answered` is the last number that was answered, with the digest of what it said: by them a store that was copied
    or put back is found out.
    """

    protocol: int
    revision: str
    epoch: str = ""
    cursors: tuple[Cursor, ...] = ()
    first: Number = 1
    last: Number = 0
    answered: Number = 0
    digest: str = ""
    machine: Machine = Machine()


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre answers: whether they may go on, its epoch, clock (microseconds UTC), revision and limits.

    `scopes` are the device's own; `last_n` is the last number that the centre took from it. `readable` are the older
    revisions whose apps are told everything: what they do not know they keep aside. `compares`: an `ask` that pushes
    may say what was answered last, as `Hello` does; a centre that does not say so takes no such `ask`.
    """

    protocol: int
    verdict: Verdict
    revision: str
    epoch: str
    at: Number
    scopes: tuple[ScopeHead, ...]
    last_n: Number
    limits: Limits = Limits()
    standing: Standing = Standing()
    readable: tuple[str, ...] = ()
    compares: bool = False


def verdict_on(hello: Hello, revision: str, pushable: Collection[str], readable: Collection[str] = ()) -> Verdict:
    """Judge a device: of the centre's revision, or one that can be read still, it is welcome; else it may push or not.

    `pushable` are the older revisions in the window, `readable` those of them to which only something was added.
    """
    if hello.protocol != PROTOCOL:
        return Verdict.OTHER_PROTOCOL
    if hello.revision == revision or hello.revision in readable:
        return Verdict.WELCOME
    return Verdict.PUSH_ONLY if hello.revision in pushable else Verdict.OTHER_PROTOCOL


_hello = msgspec.json.Decoder(Hello)
_welcome = msgspec.json.Decoder(Welcome)


def read_hello(data: bytes) -> Hello:
    """Read a device's first words. Raises msgspec.DecodeError."""
    return _hello.decode(data)


def read_welcome(data: bytes) -> Welcome:
    """Read the centre's answer. Raises msgspec.DecodeError."""
    return _welcome.decode(data)
