"""What is said about devices: the list of them, codes that let one in or back in, a key deposited, a wipe reported."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sync.protocol.changeset import Number
from sync.protocol.enrolment import MOST_PEM, MOST_WORDS, Words
from sync.protocol.standing import Role

MOST_DEPOSIT = 8_000
"""Signs of a deposited key at most."""


class DeviceState(StrEnum):
    """How a device stands: at work, shut out, told to wipe itself, heard of it, wiped."""

    ACTIVE = "active"
    REVOKED = "revoked"
    WIPE_ASKED = "wipe_asked"
    WIPE_SEEN = "wipe_seen"
    WIPED = "wiped"


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device as a person sees it in the list; instants in microseconds UTC, by the centre's clock.

    `renewed_from` is the device that this one was, before it was found copied or restored.
    """

    device: str
    login: str
    holder: str
    name: str
    platform: str
    version: str
    enrolled_at: Number
    state: DeviceState
    changesets: Number
    seen_at: Number | None = None
    exchanged_at: Number | None = None
    lease_until: Number | None = None
    renewed_from: str = ""
    is_this: bool = False
    is_entrusted: bool = False
    has_rescue: bool = False


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person who may enter."""

    login: str
    name: str
    role: Role


class CodeAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For whom a code is asked that enrols one device."""

    login: Words


class CodeMade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code (ABCD-EFGH), good once, until an instant (microseconds UTC)."""

    code: str
    expires_at: Number


class Deposit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A store's id and its key wrapped to the organisation, as app.store.wrapping.Entrusted in JSON."""

    store: str
    content: str


class Recover(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a device says that lost its keyring or its passphrase: whose it is, the code, its store, a new proof key.

    The store's key comes back wrapped to that new key (P-256, PEM).
    """

    login: Words
    password: Words
    code: Words
    store: Words
    public_key: str


class Recovered(msgspec.Struct, frozen=True, kw_only=True):
    """What the device is given: its id, a new token, and its store's key (Entrusted in JSON) for the new proof key.

    `recovery_public_key` is the organisation's (PEM), to which the store's key is wrapped again.
    """

    device: str
    token: str
    content: str
    recovery_public_key: str


class WipeStep(StrEnum):
    """How far a wipe came: the device heard the order, or it is done."""

    SEEN = "seen"
    DONE = "done"


class WipeNews(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a device says of its wipe; the receipt of the order is all it has left to prove itself by."""

    receipt: Words
    step: WipeStep


class Rescue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a device could not send before its wipe, sealed to the organisation."""

    receipt: Words
    content: bytes


_devices = msgspec.json.Decoder(tuple[Known, ...])
_people = msgspec.json.Decoder(tuple[Person, ...])
_asked = msgspec.json.Decoder(CodeAsked)
_made = msgspec.json.Decoder(CodeMade)
_deposit = msgspec.json.Decoder(Deposit)
_recover = msgspec.json.Decoder(Recover)
_recovered = msgspec.json.Decoder(Recovered)
_rescue = msgspec.json.Decoder(Rescue)
_news = msgspec.json.Decoder(WipeNews)


def read_devices(data: bytes) -> tuple[Known, ...]:
    """Read the list. Raises msgspec.DecodeError, as all that read here."""
    return _devices.decode(data)


def read_people(data: bytes) -> tuple[Person, ...]:
    """Read who may enter."""
    return _people.decode(data)


def read_code_asked(data: bytes) -> CodeAsked:
    """Read for whom a code is asked."""
    return _asked.decode(data)


def read_code_made(data: bytes) -> CodeMade:
    """Read a code."""
    return _made.decode(data)


def read_deposit(data: bytes) -> Deposit:
    """Read what a device deposits; what is too long is none."""
    deposit = _deposit.decode(data)
    if len(deposit.store) > MOST_WORDS or len(deposit.content) > MOST_DEPOSIT:
        raise msgspec.ValidationError("too long")
    return deposit


def read_recover(data: bytes) -> Recover:
    """Read a device's wish for its key; what is too long is none."""
    asked = _recover.decode(data)
    if max(map(len, (asked.login, asked.password, asked.code, asked.store))) > MOST_WORDS:
        raise msgspec.ValidationError("too long")
    if len(asked.public_key) > MOST_PEM:
        raise msgspec.ValidationError("too long")
    return asked


def read_recovered(data: bytes) -> Recovered:
    """Read what a device is given back."""
    return _recovered.decode(data)


def read_wipe_news(data: bytes) -> WipeNews:
    """Read how far a wipe came."""
    return _news.decode(data)


def read_rescue(data: bytes) -> Rescue:
    """Read what a device could not send."""
    return _rescue.decode(data)
