"""The stop before a mass deletion: what an answer would take away is counted first, and much of it waits for a yes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.ports.courier import StoppedDeletions
from app.store.codec import compact_json
from app.store.feed import DeviceFeed, pending_entries
from app.store.members import members_among
from app.store.unnamed import going, scopes_apart
from sync.protocol.frames import Departure, Gone, Rows

FEW_ROWS = 20
"""An answer may always delete as many rows as this."""
FEW_PERCENT = 5
"""Of a hundred rows held of a scope, as many as this."""

_MARK = "deletions:"


class Word(StrEnum):
    """What the rep said to a mass deletion: nothing yet, no, yes."""

    ASKED = "asked"
    KEPT = "kept"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A scope whose deletions stopped: rows it would delete of those held, the centre's head then, the rep's word."""

    scope: str
    count: int
    total: int
    head: int = 0
    word: Word = Word.ASKED


def is_too_much(count: int, total: int) -> bool:
    """Say whether so many deletions of so many rows need a person's yes: over 20 rows and over 5 %."""
    return count > FEW_ROWS and count * 100 > total * FEW_PERCENT


class Deletions:
    """What the store knows of mass deletions, by scope."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    def held(self, scope: str) -> int:
        """Count the rows held for a scope, with those that a new reading has not named again yet."""
        with self._feed.reading() as connection:
            wanted = (
                "SELECT count(*) FROM (SELECT table_name, row_id FROM sync_member WHERE scope = ?1 "
                "UNION SELECT table_name, row_id FROM sync_unnamed WHERE scope = ?1)"
            )
            return int(connection.exec_driver_sql(wanted, (scope,)).scalar_one())

    def would_delete(self, scope: str, gone: Iterable[Gone]) -> int:
        """Count the rows held for a scope that these frames delete; what leaves for another scope is none of them."""
        count = 0
        with self._feed.reading() as connection:
            for frame in gone:
                ids = [row_id for row_id, _, why in frame.rows if why is Departure.DELETED]
                count += len(members_among(connection, scope, frame.table, ids))
        return count

    def would_sweep(self, scope: str, rows: Iterable[Rows]) -> int:
        """Count the rows that a scope read anew has not named at its end, but for edits on their way and these."""
        if scope not in self._feed.remembered.of(scopes_apart):
            return 0
        with self._feed.reading() as connection:
            named = {(frame.table, str(row[0])) for frame in rows for row in frame.rows}
            spared = named | pending_entries(connection).keys()
            return sum(1 for key in going(connection, scope) if key not in spared)

    # ------------------------------------------------------------------------------------------ the rep's word
    def stops(self) -> dict[str, Stop]:
        """Give every scope whose deletions stopped, by its name."""
        kept = sorted((name, value) for name, value in self._feed.facts().items() if name.startswith(_MARK) and value)
        return {stop.scope: stop for stop in (_read(name, value) for name, value in kept)}

    def waiting(self) -> tuple[StoppedDeletions, ...]:
        """Give what the rep is still to be asked."""
        return tuple(
            StoppedDeletions(scope=stop.scope, count=stop.count, total=stop.total)
            for stop in self.stops().values()
            if stop.word is Word.ASKED
        )

    def stop(self, stop: Stop) -> None:
        """Keep that a scope's deletions stopped."""
        content = {"count": stop.count, "total": stop.total, "head": stop.head, "word": stop.word.value}
        self._feed.remember({_MARK + stop.scope: compact_json(content)})

    def say(self, scope: str, word: Word) -> None:
        """Keep the rep's word; where nothing stopped there is nothing to say."""
        found = self.stops().get(scope)
        if found is not None:
            self.stop(replace(found, word=word))

    def clear(self, scope: str) -> None:
        """Forget a stop: what was to come has come, or is no longer to come."""
        if scope in self.stops():
            self._feed.remember({_MARK + scope: ""})


def _read(name: str, value: str) -> Stop:
    content = json.loads(value)
    return Stop(
        scope=name.removeprefix(_MARK),
        count=int(content["count"]),
        total=int(content["total"]),
        head=int(content["head"]),
        word=Word(content["word"]),
    )
