"""How a device that was copied, or whose store was put back, gets an identity of its own by its old one."""

from __future__ import annotations

from typing import Annotated

import msgspec

from sync.protocol.changeset import LARGEST
from sync.protocol.enrolment import MOST_PEM


class Renew(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the device says, proven by its old key: the public half of its new one (PEM), where its outbox begins.

    `first` is the lowest number that waits, or the next one to come: what lies below was answered to the old identity.
    The same key asked for again gets the same device: the answer may have been lost.
    """

    public_key: Annotated[str, msgspec.Meta(max_length=MOST_PEM)]
    first: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]


class Renewed(msgspec.Struct, frozen=True, kw_only=True):
    """What it is given: its new id and bearer token. Its certificate stays the one it has."""

    device: str
    token: str


_renew = msgspec.json.Decoder(Renew)
_renewed = msgspec.json.Decoder(Renewed)


def read_renew(data: bytes) -> Renew:
    """Read a device's wish. Raises msgspec.DecodeError."""
    return _renew.decode(data)


def read_renewed(data: bytes) -> Renewed:
    """Read what the centre gave. Raises msgspec.DecodeError."""
    return _renewed.decode(data)
