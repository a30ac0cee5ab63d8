"""The lines on the wire: one JSON document each, counted and summed, so that a cut or a flipped byte is always seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated

import msgspec

from sync.protocol.buckets import COUNT, BucketSums
from sync.protocol.changeset import Changeset, Number, Value
from sync.protocol.handshake import Cursor
from sync.protocol.results import Result

MOST_ROWS = 2_000
"""Rows in one frame at most."""
MOST_BYTES = 256_000
"""Bytes of one frame of rows at most; a single row may pass it."""
LONGEST_LINE = 16_000_000
"""Bytes of a line at most; a longer one is not ours."""


class Damaged(Exception):
    """What arrived is not what was sent: cut short, changed on the way, or not of this protocol."""


class Ask(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="f",
    tag="ask",
):
    """Opens an exchange: who speaks, how far the device has read, and the lowest number still in its outbox.

    Where something is pushed, and the centre said that it `compares`, `answered` is the last number that was answered
    with the digest of what it said: the numbers alone may fit though another's stand under them.
    """

    protocol: int
    revision: str
    epoch: str
    cursors: tuple[Cursor, ...]
    first: Number
    answered: Number = 0
    digest: str = ""


class Push(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="push"):
    """One changeset on its way to the centre."""

    changeset: Changeset


class Told(msgspec.Struct, frozen=True, kw_only=True, tag_field="f", tag="told"):
    """Opens an answer: the centre's epoch and clock (microseconds UTC), the last number it took from this device."""

    epoch: str
    at: Number
    last_n: Number


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="answer"):
    """What became of one changeset."""

    n: Number
    mid: str
    result: Result


class Gap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="gap"):
    """The centre misses a changeset: send again from this number on."""

    expected: Number


class Cloned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="cloned"):
    """Another content is known under this number: the device was copied or restored and needs a new identity."""

    n: Number


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="columns"):
    """The header for all rows of a table that follow; `id` and `ver` are always among them."""

    table: str
    columns: tuple[str, ...]


class Rows(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="rows"):
    """Rows of a table as they are now, values in the order of its header."""

    table: str
    rows: Sequence[tuple[Value, ...]]


class Departure(StrEnum):
    """Why a row is no longer in a scope: deleted, or left for another one."""

    DELETED = "D"
    LEFT = "L"


class Gone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="gone"):
    """Rows of a table (id, ver, why) that are no longer in the scope."""

    table: str
    rows: tuple[tuple[str, Number, Departure], ...]


class Mark(msgspec.Struct, frozen=True, kw_only=True, tag_field="f", tag="mark"):
    """Closes a batch: what came since the last mark is kept in one transaction together with this.

    `resume` goes on with a snapshot after a cut, None once it is complete; `seq` and `tag` are where the log is read
    on from; `sum` is the scope's sum at `seq`, None while `more` is to come and in a snapshot; `check` sums all lines
    before this one.
    `reset` says that the device's cursor is none of this centre's: the scope is to be read anew.
    """

    scope: str
    seq: Number
    tag: str
    check: str
    resume: str | None = None
    more: bool = False
    sum: str | None = None
    reset: bool = False


class Verify(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="verify"):
    """Opens a repair: who speaks, and the sum of each bucket of a scope as this device holds it."""

    protocol: int
    revision: str
    epoch: str
    scope: str
    buckets: BucketSums


class Differing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="differing"):
    """The buckets of a scope that are others at the centre: every row that they hold there follows, and no more."""

    scope: str
    buckets: tuple[Annotated[int, msgspec.Meta(ge=0, lt=COUNT)], ...]


class End(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="f", tag="end"):
    """The last line: how many lines and rows came before it, and the sum of those lines."""

    frames: int
    rows: int
    check: str


Frame = Ask | Push | Told | Answer | Gap | Cloned | Columns | Rows | Gone | Mark | Verify | Differing | End

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Frame)


class FrameWriter:
    """Turns frames into lines and keeps count; nothing may follow `end`."""

    def __init__(self) -> None:
        self._check = hashlib.blake2b(digest_size=16)
        self._frames = 0
        self._rows = 0
        self._fits: dict[str, int] = {}

    def line(self, frame: Frame) -> bytes:
        """Give the line of a frame."""
        return self._counted(_encoder.encode(frame) + b"\n", len(frame.rows) if isinstance(frame, Rows) else 0)

    def lines(self, frames: Iterable[Frame]) -> bytes:
        """Give the lines of several frames."""
        return b"".join(map(self.line, frames))

    def pushes(self, changesets: Iterable[bytes]) -> bytes:
        """Give the lines of changesets that are JSON already, each as that of `Push` is."""
        return b"".join([self._counted(b'{"f":"push","changeset":' + said + b"}\n", 0) for said in changesets])

    def fitting(self, table: str, rows: Sequence[tuple[Value, ...]]) -> Iterator[tuple[bytes, tuple[Value, ...]]]:
        """Give rows in as few lines as the limits of a frame allow; each line with the last row in it."""
        start, fit = 0, self.fit(table)
        while start < len(rows):
            part = rows[start : start + fit]
            data = _encoder.encode(Rows(table=table, rows=part)) + b"\n"
            if len(data) > MOST_BYTES and len(part) > 1:
                fit = max(1, min(len(part) * MOST_BYTES // len(data), len(part) - 1))
                continue
            start += len(part)
            # A little less than fits on an average: a line that turns out too long is written for nothing.
            self._fits[table] = fit = max(1, min(MOST_ROWS, len(part) * MOST_BYTES * 19 // (len(data) * 20)))
            yield self._counted(data, len(part)), part[-1]

    def fit(self, table: str) -> int:
        """Say how many rows of a table fit into a line, by those that were written last."""
        return self._fits.get(table, MOST_ROWS)

    def _counted(self, data: bytes, rows: int) -> bytes:
        self._rows += rows
        self._frames += 1
        self._check.update(data)
        return data

    @property
    def check(self) -> str:
        """The sum of all lines so far, 32 hex digits; a mark bears it."""
        return self._check.hexdigest()

    @property
    def rows(self) -> int:
        """How many rows were written so far."""
        return self._rows

    def end(self) -> bytes:
        """Give the last line."""
        return self.line(End(frames=self._frames, rows=self._rows, check=self.check))


class FrameReader:
    """Turns bytes into frames as they come, in whatever pieces; `close` says whether all arrived."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._check = hashlib.blake2b(digest_size=16)
        self._frames = 0
        self._rows = 0
        self._ended = False

    def feed(self, data: bytes) -> list[Frame]:
        """Give the frames that are complete with these bytes. Raises Damaged."""
        start = len(self._rest)
        self._rest += data
        frames: list[Frame] = []
        begin = 0
        while (stop := self._rest.find(b"\n", max(begin, start))) >= 0:
            frames.append(self._frame(bytes(self._rest[begin : stop + 1])))
            begin = stop + 1
        del self._rest[:begin]
        if len(self._rest) > LONGEST_LINE:
            raise Damaged("a line without an end")
        return frames

    def _frame(self, line: bytes) -> Frame:
        if self._ended:
            raise Damaged("lines after the end")
        try:
            frame = _decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Damaged(f"line {self._frames + 1}: {error}") from error
        if isinstance(frame, End):
            self._ended = True
            if (frame.frames, frame.rows, frame.check) != (self._frames, self._rows, self._check.hexdigest()):
                raise Damaged("counts or sum of the end differ")
        elif isinstance(frame, Mark) and frame.check != self._check.hexdigest():
            raise Damaged("the sum of a mark differs")
        elif isinstance(frame, Rows):
            self._rows += len(frame.rows)
        self._frames += 1
        self._check.update(line)
        return frame

    def close(self) -> None:
        """Say that no more bytes come. Raises Damaged unless the last line was the end."""
        if not self._ended or self._rest:
            raise Damaged("cut short")


def read_all(data: bytes) -> list[Frame]:
    """Read a whole message. Raises Damaged."""
    reader = FrameReader()
    frames = reader.feed(data)
    reader.close()
    return frames
