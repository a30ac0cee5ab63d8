"""Files in pieces: the words of tus 1.0, of ranges and of digests, as both sides read and write them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

TUS = "1.0.0"
"""The version of tus that is spoken."""
EXTENSIONS = "creation,checksum,expiration,termination"
ALGORITHMS = ("sha256", "sha1")
"""What a piece may be summed with."""
STATUS_OF_CHECKSUM = 460
"""What tus answers to a piece whose checksum is another."""
PIECE = 262_144
"""Bytes sent or asked for at once: what is lost at most when the line breaks while a file goes up."""
OCTETS = "application/offset+octet-stream"

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})", re.ASCII)
_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_NAMED = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):", re.ASCII)


class Unsatisfiable(Exception):
    """A range that begins past the end."""


def whole(text: str | None) -> int | None:
    """Read a number of bytes from a header; None for anything that is none."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None


def metadata_of(sha256: str) -> str:
    """Give what an upload says of itself: the hash it is named by."""
    return f"sha256 {_b64(sha256.encode())}"


def read_metadata(header: str) -> dict[str, str]:
    """Read what an upload says of itself. Raises ValueError."""
    found: dict[str, str] = {}
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        if not key or key in found:
            raise ValueError("a key that is empty or comes twice")
        found[key] = _from_b64(value).decode()
    return found


def checksum_of(content: bytes) -> str:
    """Sum a piece, as its header says it."""
    return f"sha256 {_b64(hashlib.sha256(content).digest())}"


def is_sound(checksum: str, content: bytes) -> bool:
    """Say whether a piece is the one that was summed. Raises ValueError for an algorithm that is none of ours."""
    algorithm, _, wanted = checksum.partition(" ")
    if algorithm not in ALGORITHMS:
        raise ValueError("an algorithm that is none of ours")
    return hashlib.new(algorithm, content, usedforsecurity=False).digest() == _from_b64(wanted)


def digest_of(sha256: str) -> str:
    """Write a hash (64 hex digits) as the header `Repr-Digest` has it."""
    return f"sha-256=:{_b64(bytes.fromhex(sha256))}:"


def read_digest(header: str) -> str | None:
    """Read the hash that an answer says its file has; None where it says none."""
    found = _NAMED.search(header)
    return None if found is None else base64.b64decode(found[1]).hex()


def etag_of(sha256: str) -> str:
    """Give a file's entity tag: what it is named by never changes."""
    return f'"{sha256}"'


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """Read which bytes of a file are asked for, as (first, one past the last); None where it is to come whole.

    A header that is no single range of bytes is passed over. Raises Unsatisfiable.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        first, stop = max(0, size - int(found[2])), size
    else:
        first, stop = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < first:
            return None
    if first >= stop:
        raise Unsatisfiable
    return first, stop


def read_content_range(header: str) -> tuple[int, int, int] | None:
    """Read which bytes came, as (first, one past the last, size of the whole); None where it says nothing sound."""
    found = _CONTENT_RANGE.fullmatch(header)
    if found is None:
        return None
    first, stop, size = int(found[1]), int(found[2]) + 1, int(found[3])
    return (first, stop, size) if first < stop <= size else None


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _from_b64(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode(), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
