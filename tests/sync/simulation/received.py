"""What a device may be told: every byte that the centre sends it is searched for rows that are none of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from app.store.codec import Record
from sync.protocol import compression
from sync.protocol.frames import Answer, Damaged, Frame, FrameReader, Rows
from sync.protocol.results import Conflict, Merged, Rejected, Result
from tests.sync.simulation.centre import Reply
from tests.sync.simulation.ledger import NOTHING, Key, Ledger, must

_ID = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_REPAIR = "/sync/v1/repair"
_FILE = re.compile(r"/blobs/([0-9a-f]{64})")


def scopes_of(me: str, rows: Mapping[Key, Record]) -> set[str]:
    """Give what a rep is entitled to, by the centre's tables alone."""
    team = {str(row["team"]) for key, row in rows.items() if key == ("rep", me)}
    return {"catalogue", f"rep:{me}", *(f"team:{name}" for name in team)}


class Received:
    """What one device ever was entitled to, and what it was sent."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._scopes: set[str] = set()
        self.bytes = 0
        self.may_differ = False
        """Whether somebody damaged rows of this device, so that a repair is none that hides a fault."""

    def heard_as(self, other: Received) -> None:
        """Take over what a store was entitled to of which this one is a copy."""
        self._scopes |= other._scopes
        self.may_differ = other.may_differ

    def hear(self, path: str, reply: Reply, me: str, ledger: Ledger, loads: set[str]) -> None:
        """Look at an answer that the centre just gave. Raises Violation."""
        must(self.may_differ or not path.startswith(_REPAIR), "sums differ that nobody damaged", self._name)
        body = reply.body
        if reply.headers.get("content-encoding") == compression.ENCODING:
            body = compression.unpacked(body, 100_000_000)
        self.bytes += len(body)
        own: set[Key] = set()
        for rows, places in ledger.during:
            scopes = scopes_of(me, rows) | loads
            self._scopes |= scopes
            own.update(*(places.get(scope, ()) for scope in scopes))
        if reply.status != 200:
            return
        file = _FILE.search(path)
        if file is not None and hashlib.sha256(body).hexdigest() == file[1]:
            named = [rows.get(key, NOTHING) for rows, _ in ledger.during for key in own if key[0] == "document"]
            hashes = {row.get(name) for row in named for name in ("sha256", "shown_sha256")}
            must(file[1] in hashes, "out of scope in what was received: a file", self._name, file[1])
            return
        ever: set[Key] = set().union(*(ledger.ever.get(scope, ()) for scope in self._scopes))
        frames = _frames(body)
        self._look_at_ids(body, {row for _, row in ever} | _own_words(frames, ledger), ledger)
        self._look_at_frames(frames, own, ever)

    def _look_at_ids(self, body: bytes, known: set[str], ledger: Ledger) -> None:
        """Whoever is named in whatever line must have been ours once; colleagues may be named by rows of ours."""
        named = {name.decode() for name in _ID.findall(body)} - known
        if named:
            strangers = {row for rows, _ in ledger.during for table, row in rows if table != "rep"}
            must(not named & strangers, "out of scope in what was received", self._name, named & strangers)

    def _look_at_frames(self, frames: Sequence[Frame], own: set[Key], ever: set[Key]) -> None:
        for frame in frames:
            if isinstance(frame, Rows):
                keys = {(frame.table, str(row[0])) for row in frame.rows}
                must(keys <= own, "out of scope in what was received", self._name, keys - own)
            elif isinstance(frame, Answer):
                told = _told(frame.result)
                must(told <= ever, "out of scope in an answer", self._name, told - ever)


def _frames(body: bytes) -> Sequence[Frame]:
    try:
        return FrameReader().feed(body) if body.startswith(b'{"f"') else ()
    except Damaged:
        return ()


def _own_words(frames: Sequence[Frame], ledger: Ledger) -> set[str]:
    """Give the names in what is answered: of an instalment it may be the one that a colleague gave meanwhile."""
    answered = (
        ledger.pushed[frame.mid] for frame in frames if isinstance(frame, Answer) and frame.mid in ledger.pushed
    )
    return {entry.row for changeset in answered for entry in changeset.entries}


def _told(result: Result) -> set[Key]:
    """Give the rows whose contents an answer tells."""
    if isinstance(result, Rejected):
        return {_key(place) for place, row in result.there.items() if row is not None}
    if isinstance(result, Merged | Conflict):
        return {(field.table, field.row) for field in result.fields}
    return set()


def _key(place: str) -> Key:
    table, _, row = place.partition("/")
    return table, row
