"""Bodies packed small for the road: zstd at its quickest level, and unpacked under a limit."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

import zstandard

ENCODING = "zstd"
"""The word for it in HTTP's Accept-Encoding and Content-Encoding."""
LEVEL = 1
_PIECE = 1_024
"""Bytes unpacked at once: even a hostile piece of this size stays small enough to be counted afterwards."""


class TooLarge(Exception):
    """A body unpacks to more than was agreed."""


class Broken(Exception):
    """A body is not what it says it is packed with, or it was cut short."""


def packed(data: bytes) -> bytes:
    """Pack a whole body."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def packed_stream(pieces: Iterable[bytes]) -> Generator[bytes, None, None]:
    """Pack a body as it is made; each piece given can be unpacked at once by the reader."""
    packer = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    yield packer.flush()


def unpacked_stream(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Unpack a body as it comes. Raises TooLarge above `limit` bytes, Broken where it is not zstd or cut short."""
    unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 23).decompressobj()
    size = 0
    for piece in pieces:
        for start in range(0, len(piece), _PIECE):
            try:
                data = unpacker.decompress(piece[start : start + _PIECE])
            except zstandard.ZstdError as error:
                raise Broken(str(error)) from error
            size += len(data)
            if size > limit:
                raise TooLarge(f"more than {limit} bytes")
            if data:
                yield data
    if not unpacker.eof:
        raise Broken("cut short")


def unpacked(data: bytes, limit: int) -> bytes:
    """Unpack a whole body. Raises TooLarge and Broken."""
    return b"".join(unpacked_stream((data,), limit))
