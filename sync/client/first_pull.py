"""Reads a scope from the beginning, several frames to a transaction, and goes on where it was cut or let rest."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import NamedTuple

from app.domain.refusal import Refusal
from app.store.cursors import rows_held
from app.store.feed import DeviceFeed
from app.store.lots import Lots
from app.store.pulled import Batch, Pulled
from sync.client.ahead import ahead
from sync.client.gauge import Gauge
from sync.client.keeping import Keeping
from sync.client.lines import Tally, frames, must_be
from sync.client.planning import Round
from sync.client.transport import Road, with_query
from sync.protocol.frames import Columns, Gone, Mark, Rows
from sync.protocol.scope import TABLES

AT_ONCE = 6
"""Frames kept in one transaction (1.5 megabytes, some 50 ms): the rep's own write waits behind one of them at most."""

NAMES_END = "contact"
"""The last table that the first screen lists and finds by name: what comes after it is read while the rep works."""


class FirstPull:
    """Reads scopes that this device does not follow yet."""

    def __init__(self, feed: DeviceFeed, pulled: Pulled, keeping: Keeping, road: Road, gauge: Gauge) -> None:
        self._feed = feed
        self._pulled = pulled
        self._keeping = keeping
        self._road = road
        self._gauge = gauge
        self._is_listed = False

    def expect(self, known: Round) -> None:
        """Say how much there is to read, right after the greeting."""
        to_read = known.to_read()
        if known.welcome is not None and to_read:
            told = {scope.scope: scope.rows or 0 for scope in known.welcome.scopes}
            with self._feed.reading() as connection:
                here = {cursor.scope: rows_held(connection, cursor.scope) if cursor.resume else 0 for cursor in to_read}
            total = sum(max(told[scope], rows) for scope, rows in here.items())
            self._gauge.expect(sum(here.values()), total, to_read[0].scope)

    def read(self, scope: str, resume: str | None, tally: Tally) -> bool:
        """Read a scope to its end, or until it is to rest; gives whether the centre holds it to be ours still.

        A place that the centre no longer knows lets the scope begin anew. Raises Damaged, Trouble, Refusal.
        """
        try:
            self._read(scope, resume, tally)
        except Refusal as refusal:
            if refusal.code not in {"RESUME_UNKNOWN", "OUT_OF_SCOPE"}:
                raise
            tally.begin_anew()
            if refusal.code == "OUT_OF_SCOPE":
                return False
            self._pulled.begin_again(scope)
        return True

    def _read(self, scope: str, resume: str | None, tally: Tally) -> None:
        path = with_query("/sync/v1/snapshot", scope=scope, **({"resume": resume} if resume else {}))
        self._is_listed = False
        if not resume:
            self._pulled.begin(scope)
        sound = _Sound(self._road.came)
        try:
            with closing(ahead(self._parts(scope, path, tally), self._road.break_off)) as parts:
                for part in parts:
                    sound.take(part)
                    if sound.frames >= AT_ONCE or not part.mark.more or self._gauge.is_paused:
                        self._keep(sound, tally)
                    if self._gauge.is_paused:
                        break
        except Exception:
            self._keep(sound, tally)  # a cut costs what came after the last mark, and no more
            self._pulled.settle()
            raise
        self._pulled.settle()

    def _parts(self, scope: str, path: str, tally: Tally) -> Generator[_Part, None, None]:
        """Give what comes, a part at each mark; on a thread of its own, so nothing of the store is touched here."""
        coming, lots = Batch(), Lots()
        with closing(frames(self._road, "GET", path, b"", tally)) as arriving:
            for frame in arriving:
                if isinstance(frame, Columns | Rows | Gone):
                    coming.take(frame)
                elif isinstance(frame, Mark):
                    must_be(frame.scope == scope)
                    part = Batch()
                    part.take_over(coming)
                    part.make_ready(lots)
                    yield _Part(part, frame, self._road.came)

    def _keep(self, sound: _Sound, tally: Tally) -> None:
        batch, mark = sound.give()
        if mark is not None:
            table = batch.rows[-1].table if batch.rows else TABLES[0]
            rows, heard = batch.size, sound.heard()
            self._keeping.keep(batch, mark, tally)
            self._gauge.came(rows, heard, mark.scope)
            if mark.more and not self._is_listed and TABLES.index(table) > TABLES.index(NAMES_END):
                self._is_listed = True
                self._pulled.bring_lists_up()  # all names are here: the first screen need not wait for the rest


class _Part(NamedTuple):
    """What came up to a mark, and how many bytes had come over the road by then."""

    batch: Batch
    mark: Mark
    came: int


class _Sound:
    """What arrived whole up to a mark and is not kept yet."""

    def __init__(self, came: int) -> None:
        self.frames = 0
        self._came = self._counted = came
        self._batch = Batch()
        self._mark: Mark | None = None

    def take(self, part: _Part) -> None:
        """Take over what a mark closes."""
        self._batch.take_over(part.batch)
        self._mark, self._came = part.mark, part.came
        self.frames += 1

    def heard(self) -> int:
        """Give the bytes that came for what is here, once."""
        heard, self._counted = self._came - self._counted, self._came
        return heard

    def give(self) -> tuple[Batch, Mark | None]:
        """Hand over what is there, once: what could not be kept is not tried again."""
        given = self._batch, self._mark
        self._batch, self._mark, self.frames = Batch(), None, 0
        return given
