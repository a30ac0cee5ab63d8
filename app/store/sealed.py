"""Work that must leave the device in a file: sealed to the organisation, which alone can read it."""

from __future__ import annotations

import secrets

import msgspec
from msgspec import Struct

from app.domain.refusal import Refusal
from app.store import wrapping
from app.store.wrapping import Entrusted, UnsoundKey, Wrapped, WrongKey


class SealedFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The file: whose work it is (readable by all, changed by none), the passing key, and the box."""

    about: str
    key: Entrusted
    box: Wrapped


def seal(content: bytes, organisation: str, about: str) -> bytes:
    """Seal content to the organisation's public key (PEM). Raises Refusal ORGANISATION_KEY_UNSOUND."""
    key = secrets.token_bytes(wrapping.KEY_BYTES)
    try:
        entrusted = wrapping.entrust(key, organisation, about.encode())
    except UnsoundKey as error:
        raise Refusal("ORGANISATION_KEY_UNSOUND") from error
    return msgspec.json.encode(SealedFile(about, entrusted, wrapping.wrap(content, key, about.encode())))


def unseal(data: bytes, private: str, password: str | None = None) -> tuple[str, bytes]:
    """Give whose work it is, and the content.

    Raises Refusal ORGANISATION_KEY_UNSOUND, ORGANISATION_KEY_WRONG for another's key or a file that was changed.
    """
    try:
        file = msgspec.json.decode(data, type=SealedFile)
        key = wrapping.recover(file.key, private, password, file.about.encode())
        return file.about, wrapping.unwrap(file.box, key, file.about.encode())
    except UnsoundKey as error:
        raise Refusal("ORGANISATION_KEY_UNSOUND") from error
    except (WrongKey, msgspec.DecodeError) as error:
        raise Refusal("ORGANISATION_KEY_WRONG") from error
