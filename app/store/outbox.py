"""The outbox after the answer: what the centre lost is sent again from it, and what it surely holds goes in time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.store.changesets import changeset_of
from app.store.cursors import cursor_of
from app.store.derived import Change
from app.store.feed import (
    DeviceFeed,
    Key,
    heard_of,
    pending_entries,
    put_row,
    row_of,
    set_shadow,
    shadow_of,
    upsert_rows,
)
from app.store.homeless import nowhere_told
from app.store.straight import plain_rows
from sync.protocol import sums
from sync.protocol.changeset import Entry
from sync.protocol.digest import as_it_goes, digest_of
from sync.protocol.overlay import base_under, laid_on

RETENTION = "outbox_retention_days"
"""The small fact that says for how many days an answered changeset is kept, so that it can be sent again."""
RETENTION_DAYS = 90
_DAY = 86_400_000_000
_WAITING = "state IN ('pending', 'sent')"


@dataclass(frozen=True, slots=True)
class Answered:
    """The last changeset that was answered: its number and digest, 0 and nothing where none is kept."""

    n: int = 0
    digest: str = ""


class Outbox:
    """The answered end of the outbox."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    def answered(self) -> Answered:
        """Give the highest number that was answered, with its digest."""
        with self._feed.reading() as connection:
            n = _last_answered(connection)
            return Answered() if n == 0 else Answered(n, digest_of(as_it_goes(changeset_of(connection, n))))

    def last_answered(self) -> int:
        """Give the highest number that was answered, 0 for none."""
        return self._feed.remembered.of(_last_answered)

    def first(self) -> int:
        """Give the lowest number that can still be sent, answered or not; the next one to come where none is kept."""
        kept = self._feed.remembered.of(_first_kept)
        return self._feed.waiting().last + 1 if kept is None else kept

    def kept(self) -> dict[int, str]:
        """Give the actions that were answered and can still be sent again, by number."""
        with self._feed.reading() as connection:
            kept = f"SELECT n, mid FROM changeset WHERE NOT {_WAITING}"  # noqa: S608 - constants
            return {int(n): str(mid) for n, mid in connection.exec_driver_sql(kept)}

    def missing_from(self, n: int) -> int:
        """Give how many of the numbers from `n` on that were answered are kept no more, also between those that are."""
        with self._feed.reading() as connection:
            last = _last_answered(connection)
            here = "SELECT count(*) FROM changeset WHERE n BETWEEN ? AND ?"
            return max(last - n + 1, 0) - int(connection.exec_driver_sql(here, (n, last)).scalar_one())

    # ------------------------------------------------------------------------------------------ sent again
    def send_again_from(self, n: int) -> int | None:
        """Let all from a number on wait again, answered or not: the centre misses them. Gives the first, if any.

        The rows they touched know again what is under them. A problem that an answer raised is asked anew: the answer
        is no longer worth anything.
        """
        with self._feed.writing() as connection:
            first = connection.exec_driver_sql("SELECT min(n) FROM changeset WHERE n >= ?", (n,)).scalar_one()
            changes = _wait_again(connection, n)
            self._feed.derived.refresh(connection, changes)
        if changes:
            self._feed.tell(frozenset({"changeset", "problem", *(key[0] for key, _, _ in changes)}))
        return None if first is None else int(first)

    # ------------------------------------------------------------------------------------------ let go
    def prune(self, last_n: int, at: int) -> int:
        """Let go of what was answered long ago (`at`, microseconds UTC); gives how many.

        Never what waits, what a problem still asks about, what is above the last number that the centre says it holds,
        nor the last one that was answered: by it a store that was copied or put back is found out; nor one whose rows
        no scope has named yet.
        """
        days = int(self._feed.recall(RETENTION) or RETENTION_DAYS)
        with self._feed.reading() as connection:
            wanted = (
                f"SELECT mid FROM changeset c WHERE NOT c.{_WAITING} AND c.answered_at < ? "  # noqa: S608 - constants
                "AND c.n <= ? AND c.n < ? "
                "AND NOT EXISTS (SELECT 1 FROM problem p WHERE p.mid = c.mid AND p.is_settled = 0)"
            )
            places = (at - days * _DAY, last_n, _last_answered(connection))
            found = connection.exec_driver_sql(wanted, places).scalars().all()
            spared = nowhere_told(connection) if found else set()
            old = [(str(mid),) for mid in found if str(mid) not in spared]
        if not old:
            return 0
        with self._feed.writing() as connection:
            for table, column in _OF_A_CHANGESET:
                connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", old)  # noqa: S608 - constants
        return len(old)


_OF_A_CHANGESET = (("journal", "done_by"), ("problem", "mid"), ("changeset_entry", "mid"), ("changeset", "mid"))


def _first_kept(connection: Connection) -> int | None:
    ((kept,),) = plain_rows(connection, "SELECT min(n) FROM changeset")
    return None if kept is None else int(kept)


def _last_answered(connection: Connection) -> int:
    found = f"SELECT n FROM changeset WHERE NOT {_WAITING} ORDER BY n DESC LIMIT 1"  # noqa: S608 - constants
    return next((int(n or 0) for (n,) in plain_rows(connection, found)), 0)


def _wait_again(connection: Connection, n: int) -> list[Change]:
    """Let changesets wait again, and lay them on again what was refused and is not shown."""
    again = f"UPDATE changeset SET state = 'pending' WHERE n >= ? AND NOT {_WAITING} AND state "  # noqa: S608 - constants
    touched, before = _touched(connection, n), pending_entries(connection)
    asked = "SELECT mid FROM changeset WHERE n >= ? AND state IN ('conflict', 'rejected')"
    connection.exec_driver_sql(f"DELETE FROM problem WHERE mid IN ({asked})", (n,))  # noqa: S608 - a constant
    connection.exec_driver_sql(f"{again} <> 'rejected'", (n,))
    shown = pending_entries(connection)
    connection.exec_driver_sql(f"{again} = 'rejected'", (n,))
    pending = pending_entries(connection)
    changes = (
        _laid_again(connection, key, shown.get(key, []), pending[key], heard=before.get(key, [])) for key in touched
    )
    return [change for change in changes if change is not None]


def _touched(connection: Connection, n: int) -> list[Key]:
    """Give the rows of what is to wait again."""
    above = f"(SELECT mid FROM changeset WHERE n >= ? AND NOT {_WAITING})"  # noqa: S608 - constants
    wanted = f"SELECT DISTINCT table_name, row_id FROM changeset_entry WHERE mid IN {above} ORDER BY 1, 2"  # noqa: S608 - our own words
    return [(str(table), str(row)) for table, row in connection.exec_driver_sql(wanted, (n,))]


def _laid_again(
    connection: Connection, key: Key, shown: list[Entry], pending: list[Entry], *, heard: list[Entry]
) -> Change | None:
    """Lay what waits on a row: `shown` is in it already, `heard` waited before and knows the version heard last."""
    now, shadow = row_of(connection, key), shadow_of(connection, key)
    ver = heard_of(now, shadow, heard or (pending if now is None else ()))
    base = base_under(now, shown) if shadow is None else shadow[1]
    if shadow is None and now is not None and base != now:
        ver = _doubted(connection, key, ver)
    set_shadow(connection, key, ver, base)
    after = laid_on(base, pending)
    if after is not None:
        after = {**after, "id": key[1], "ver": ver}
    if after == now or (after is None and key[0] == "document"):
        return None
    if after is None:
        put_row(connection, key, None)
    else:
        upsert_rows(connection, key[0], tuple(after), [tuple(after.values())], is_guarded=False)
    return (key, now, after)


def _doubted(connection: Connection, key: Key, ver: int) -> int:
    """Give a row a version that the centre never gave, just below: what lies under its edits is a guess.

    Others may have changed it since they were made. Until the centre tells it again the sums differ, and it is asked.
    """
    doubted = max(ver - 1, 1)
    difference = sums.sum_of(*key, ver) ^ sums.sum_of(*key, doubted)
    held = "SELECT scope FROM sync_member WHERE table_name = ? AND row_id = ?"
    for scope in connection.exec_driver_sql(held, key).scalars().all():
        total = sums.written(sums.read(cursor_of(connection, scope).sum) ^ difference)
        connection.exec_driver_sql("UPDATE sync_cursor SET state_sum = ? WHERE scope = ?", (total, scope))
    return doubted
