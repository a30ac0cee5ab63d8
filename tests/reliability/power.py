"""What a disk may hold after a power cut: what was synced for certain, of the rest some, torn, or in another order."""

from __future__ import annotations

import random
import shutil
import struct
from dataclasses import dataclass
from pathlib import Path

_LINE = struct.Struct("@c i q q")
SECTOR = 512
"""Bytes that a disk writes whole or not at all."""
_LOST_ANYWAY = "-shm"
"""The end of the name of a file that SQLite shares in memory and makes anew."""


@dataclass(frozen=True, slots=True)
class Event:
    """One call on a file.

    W wrote, S synced, T cut to a length, U deleted, R renamed (`data` is the new name), M made a folder, A told the
    user.
    """

    what: str
    path: str
    at: int = 0
    data: bytes = b""


class Content:
    """One file: what the disk has for certain, and what it was told since its last sync."""

    def __init__(self, certain: bytes = b"") -> None:
        self.certain = bytearray(certain)
        self.told: list[Event] = []

    def sync(self) -> None:
        """All that was told is certain."""
        for event in self.told:
            _lay(self.certain, event)
        self.told.clear()

    def after_the_cut(self, rng: random.Random) -> bytes:
        """What may be found: all that was told, nothing of it, its beginning with the last write torn, or any of it."""
        found = bytearray(self.certain)
        kind = rng.choice(("kept", "dropped", "torn", "reordered"))
        if kind == "kept":
            told = self.told
        elif kind == "dropped":
            told = []
        elif kind == "torn":
            told = self.told[: rng.randint(0, len(self.told))]
            if told and told[-1].what == "W":
                whole = told[-1]
                sectors = rng.randint(0, len(whole.data) // SECTOR)
                told = [*told[:-1], Event("W", whole.path, whole.at, whole.data[: sectors * SECTOR])]
        else:
            told = rng.sample(self.told, rng.randint(0, len(self.told)))
        for event in told:
            _lay(found, event)
        return bytes(found)


def _lay(content: bytearray, event: Event) -> None:
    if event.what == "T":
        del content[event.at :]
        content.extend(bytes(event.at - len(content)))
    elif event.data:
        content.extend(bytes(max(0, event.at - len(content))))
        content[event.at : event.at + len(event.data)] = event.data


class Record:
    """Every call that an operation made on the files of its folder, in order."""

    def __init__(self, base: Path, events: list[Event]) -> None:
        self._base = base
        self.events = events

    @classmethod
    def read(cls, path: Path, base: Path, folder: Path) -> Record:
        """Read what the shim wrote down while the operation ran in `folder`, a copy of `base`."""
        data, place, events = path.read_bytes(), 0, []
        while place < len(data):
            what, name, at, size = _LINE.unpack_from(data, place)
            place += _LINE.size
            path_of = data[place : place + name].decode()
            place += name
            kept = size if what in (b"W", b"R") else 0
            content = data[place : place + kept]
            place += kept
            if what == b"?":
                raise AssertionError(f"a call that no image can show: {path_of}")
            events.append(Event(what.decode(), _within(path_of, folder) if what != b"A" else path_of, at, content))
        return cls(base, [event for event in events if not event.path.endswith(_LOST_ANYWAY)])

    def image(self, moment: int, rng: random.Random, folder: Path) -> list[str]:
        """Lay in `folder` what the disk may hold after `moment` calls; gives what was acknowledged by then."""
        files = {
            str(path.relative_to(self._base)): Content(path.read_bytes())
            for path in self._base.rglob("*")
            if path.is_file() and not path.name.endswith(_LOST_ANYWAY)
        }
        acknowledged = []
        for event in self.events[:moment]:
            if event.what == "A":
                acknowledged.append(event.path)
            elif event.what == "M":
                continue  # it is there with the first file in it
            elif event.what == "U":
                files.pop(event.path, None)
            elif event.what == "R":
                files[event.data.decode().rpartition("/")[2]] = files.pop(event.path)
            elif event.what == "S":
                files.setdefault(event.path, Content()).sync()
            else:
                files.setdefault(event.path, Content()).told.append(event)
        shutil.rmtree(folder, ignore_errors=True)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content.after_the_cut(rng))
        return acknowledged


def _within(path: str, folder: Path) -> str:
    return str(Path(path).relative_to(folder.resolve()))
