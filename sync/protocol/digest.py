"""The fingerprint of a changeset: the same action has the same one, whatever number it is sent under."""

from __future__ import annotations

import hashlib

import msgspec

from sync.protocol.changeset import Changeset

_encoder = msgspec.json.Encoder(order="deterministic")


def digest_of(changeset: Changeset) -> str:
    """Give the SHA-256 (64 hex digits) of all that a changeset says, but for its number `n`.

    The number is left out because a device with a new identity sends the same actions under new numbers.
    """
    return digest_and_size(changeset)[0]


def digest_and_size(changeset: Changeset) -> tuple[str, int]:
    """Give the digest as `digest_of` does, and the bytes that the changeset has as JSON."""
    said = _encoder.encode(msgspec.structs.replace(changeset, n=0))
    return hashlib.sha256(said).hexdigest(), len(said)
