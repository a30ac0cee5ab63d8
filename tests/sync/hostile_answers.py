"""Answers of the centre with something in them that cannot be, is not so, or is not allowed: sound to the last sum."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable
from hashlib import blake2b

from sync.protocol import compression
from tests.sync.faulty_road import Ask, Fault

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Spoil = Callable[[random.Random, list[Json]], None]

_CHUNKED = re.compile(rb"(?im)^transfer-encoding: *chunked *\r$")
_PACKED = re.compile(rb"(?im)^content-encoding: *zstd *\r$")
MOST = 1 << 24

ODD: tuple[Json, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    1e308,
    (1 << 63) - 1,
    1 << 63,
    -(1 << 63) - 1,
    10**30,
    "",
    "x" * 70_000,
    "../../../../etc/cron.d/tournee",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "\u0000",
    "'; DROP TABLE account; --",
    "{{ 7 * 7 }}",
    "=cmd|' /C calc'!A0",
    "rep:" + "f" * 32,
    "team:sud",
    "catalogue",
    "load:" + "0" * 32,
    "account",
    "changeset",
    "sqlite_master",
    "f" * 32,
    [],
    {},
    [[]],
    {"f": "end"},
)
"""What is put in the place of anything."""


def _places(value: Json, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Give every place within a value."""
    inner: Iterable[tuple[str | int, Json]] = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    found = [path] if path else []
    return found + [place for key, each in inner for place in _places(each, (*path, key))]


def _within(frames: list[Json], path: tuple[str | int, ...]) -> tuple[dict[str, Json] | list[Json], str | int]:
    """Give what holds a place, and the place in it."""
    holder: Json = frames
    for key in path[:-1]:
        holder = _at(holder, key)
    if not isinstance(holder, dict | list):
        raise TypeError("nothing is within that")
    return holder, path[-1]


def _at(holder: Json, key: str | int) -> Json:
    if isinstance(holder, dict):
        return holder[str(key)]
    if isinstance(holder, list):
        return holder[int(key)]
    raise TypeError("nothing is within that")


def _put(holder: dict[str, Json] | list[Json], key: str | int, value: Json) -> None:
    if isinstance(holder, dict):
        holder[str(key)] = value
    else:
        holder[int(key)] = value


def _another_value(rng: random.Random, frames: list[Json]) -> None:
    holder, key = _within(frames, rng.choice(_places(frames)))
    _put(holder, key, rng.choice(ODD))


def _left_out(rng: random.Random, frames: list[Json]) -> None:
    holder, key = _within(frames, rng.choice(_places(frames)))
    if isinstance(holder, dict):
        del holder[str(key)]
    else:
        del holder[int(key)]


def _said_twice(rng: random.Random, frames: list[Json]) -> None:
    holder, key = _within(frames, rng.choice(_places(frames)))
    if isinstance(holder, list):
        holder.insert(int(key), holder[int(key)])
    else:
        holder[f"{key} again"] = holder[str(key)]


def _from_elsewhere(rng: random.Random, frames: list[Json]) -> None:
    """What stands in one place stands in another as well."""
    here, there = (_within(frames, rng.choice(_places(frames))) for _ in range(2))
    _put(*here, json.loads(json.dumps(_at(*there))))


def _in_another_order(rng: random.Random, frames: list[Json]) -> None:
    rng.shuffle(frames)


def _a_column_less(rng: random.Random, frames: list[Json]) -> None:
    """A table's header names one column less, and so do its rows."""
    headers = [frame for frame in frames if isinstance(frame, dict) and frame.get("f") == "columns"]
    if not headers:
        return _another_value(rng, frames)
    header = rng.choice(headers)
    columns = header["columns"]
    if not isinstance(columns, list):
        raise TypeError("a header without columns")
    place = rng.randrange(2, len(columns))
    del columns[place]
    for frame in frames:
        if isinstance(frame, dict) and frame.get("f") == "rows" and frame["table"] == header["table"]:
            rows = frame["rows"]
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, list):
                    del row[place]
    return None


def _many(rng: random.Random, frames: list[Json]) -> None:
    for _ in range(rng.randrange(2, 6)):
        if frames:  # a document of one line may be left out whole
            rng.choice((_another_value, _left_out, _said_twice, _from_elsewhere))(rng, frames)


SPOILS: tuple[Spoil, ...] = (
    _another_value,
    _another_value,
    _left_out,
    _said_twice,
    _from_elsewhere,
    _in_another_order,
    _a_column_less,
    _many,
)


def spoilt(body: bytes, rng: random.Random) -> bytes:
    """Put something odd into a message of lines, or one document; counts and sums are of what it now says."""
    try:
        frames: list[Json] = [json.loads(line) for line in body.splitlines()]
    except ValueError:
        return body
    is_lines = len(frames) > 1 and isinstance(frames[-1], dict) and frames[-1].get("f") == "end"
    if is_lines:
        del frames[-1]
    rng.choice(SPOILS)(rng, frames)
    return _summed(frames) if is_lines else b"".join(map(_line, frames)).rstrip(b"\n")


def _line(frame: Json) -> bytes:
    return json.dumps(frame).encode() + b"\n"


def _summed(frames: list[Json]) -> bytes:
    check, rows, lines = blake2b(digest_size=16), 0, []
    for frame in frames:
        if isinstance(frame, dict) and frame.get("f") == "mark" and isinstance(frame.get("check"), str):
            frame["check"] = check.hexdigest()
        told = frame.get("rows") if isinstance(frame, dict) and frame.get("f") == "rows" else None
        rows += len(told) if isinstance(told, list) else 0
        lines.append(_line(frame))
        check.update(lines[-1])
    end: Json = {"f": "end", "frames": len(frames), "rows": rows, "check": check.hexdigest()}
    return b"".join((*lines, _line(end)))


def hostile(at: int, rng: random.Random) -> Fault:
    """Of the answers from now on, the one of this number (0 is the next) is spoilt; all others come as they are."""
    heard = [0]

    def fault(request: bytes, ask: Ask) -> Iterable[bytes]:
        answer, number = ask(request), heard[0]
        heard[0] += 1
        if number != at:
            return [answer]
        head, _, body = answer.partition(b"\r\n\r\n")
        body = _together(body) if _CHUNKED.search(head + b"\r") else body
        body = compression.unpacked(body, MOST) if _PACKED.search(head + b"\r") else body
        body = spoilt(body, rng)
        status = head.partition(b"\r\n")[0]
        told = (status, b"Content-Type: application/json", b"Content-Length: %d" % len(body), b"Connection: close")
        return [b"\r\n".join((*told, b"", body))]

    return fault


def _together(body: bytes) -> bytes:
    """Put the pieces of a body together that came in pieces."""
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        whole += body[:length]
        body = body[length + 2 :]
        if not length:
            break
    return whole
