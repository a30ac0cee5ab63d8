"""The fingerprint of a changeset: the same action has the same one, whatever number it is sent under."""

from __future__ import annotations

import hashlib

import msgspec

from sync.protocol.changeset import MOST_BYTES, Changeset, read_changeset

SURELY_FITS = MOST_BYTES - 100
"""Bytes of a changeset's JSON up to which it is not too large, whatever its number."""
_encoder = msgspec.json.Encoder(order="deterministic")


def digest_of(changeset: Changeset) -> str:
    """Give the SHA-256 (64 hex digits) of all that a changeset says, but for its number `n`.

    The number is left out because a device with a new identity sends the same actions under new numbers.
    """
    return digest_and_size(changeset)[0]


def digest_and_size(changeset: Changeset) -> tuple[str, int]:
    """Give the digest as `digest_of` does, and the bytes that the changeset has as JSON."""
    said = _said(changeset)
    return hashlib.sha256(said).hexdigest(), len(said)


def as_it_goes(changeset: Changeset) -> Changeset:
    """Give a changeset as it is sent: one that is too large goes without its entries and what it was about.

    No centre would take it. So it is refused like any other, under its number and with words, and holds up none.
    """
    if not changeset.entries or len(_said(changeset)) <= MOST_BYTES:
        return changeset
    return msgspec.structs.replace(changeset, entries=(), facts={})


def lightened(said: bytes) -> bytes:
    """Give the JSON of a changeset as it is sent, see `as_it_goes`. Raises msgspec.DecodeError for what is none."""
    changeset = read_changeset(said)
    light = as_it_goes(changeset)
    return said if light is changeset else _encoder.encode(light)


def _said(changeset: Changeset) -> bytes:
    return _encoder.encode(msgspec.structs.replace(changeset, n=0))
