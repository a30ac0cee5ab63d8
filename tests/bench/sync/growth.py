"""`make bench-sync GROWTH=1000,10000`: a true device and its centre, by the rows of a portfolio and the age of its log.

Each portfolio is measured twice on a fresh device: as it was taken in, and after its rows were changed many times over
and many others came and went. The log may hold an entry for each row and each tombstone, and nothing else.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from sqlalchemy import Connection

from app.store.rows import SYNCED
from sync.server.feed import Feed, write
from tests.bench.figures import milliseconds
from tests.bench.sync import memory
from tests.bench.sync.centre import Centre, serving
from tests.bench.sync.device import Device, copied, empty_store, enrolled
from tests.bench.sync.durable_postgres import durable_postgres
from tests.bench.sync.floor import Floor
from tests.bench.sync.ours import MEGABYTE, load_now
from tests.bench.sync.rows import TABLE, account_rows, activity_rows, as_tuples

DELTA = 100
TURNS = 9
"""How often the quick figures are taken."""
_AT_ONCE = 1_000
_SHOWN = ("first_pull", "first_pull_floors", "delta_100", "empty", "memory_mb")

Line = dict[str, float | int | str]


def main() -> int:
    """Measure and print: a JSON line for each portfolio young and old, then the table."""
    asked = _asked()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="tournee-growth-") as folder:
        empty = empty_store(Path(folder))
        database = durable_postgres() if asked.postgres else nullcontext(f"sqlite:///{folder}/centre.db")
        with database as url, serving(url) as centre:
            for rows in asked.rows:
                portfolio = Portfolio(centre, empty, rows)
                lines.append(portfolio.measure())
                _print(lines[-1])
                portfolio.grow_old(asked.changes, asked.gone)
                lines.append(portfolio.measure())
                _print(lines[-1])
    print(table(lines))
    return 0


def _asked() -> argparse.Namespace:
    def numbers(words: str) -> list[int]:
        return [int(word) for word in words.split(",") if word]

    parser = argparse.ArgumentParser(prog="python -m tests.bench.sync.growth", description=__doc__)
    parser.add_argument("rows", type=numbers, help="rows of the portfolios (at least 100 each), e.g. 1000,200000")
    parser.add_argument("--changes", type=int, default=20, help="how often the same thousand rows are changed")
    parser.add_argument("--gone", type=int, default=20_000, help="rows that come and go")
    parser.add_argument("--postgres", action="store_true", help="the centre on a durable PostgreSQL of its own")
    return parser.parse_args()


class Portfolio:
    """The portfolio of one rep at the centre."""

    def __init__(self, centre: Centre, empty: Path, rows: int) -> None:
        self._centre = centre
        self._empty = empty
        self._login = f"rep-{rows}"
        self._rep = centre.rep(self._login)
        chance = random.Random(rows)
        self._accounts = account_rows(self._rep, chance)
        activities = activity_rows(rows, self._accounts, chance)
        centre.load({"account": self._accounts, TABLE: activities})
        self._ids = [str(row["id"]) for row in activities]
        self._floor = Floor(as_tuples(activities))
        self._gone = 0
        self._devices = 0

    def grow_old(self, changes: int, gone: int) -> None:
        """Change the same rows so many times, and let so many others come and go."""
        for turn in range(changes):
            self._centre.change(TABLE, self._ids[:_AT_ONCE], "detail", f"turn {turn}")
        fresh = activity_rows(gone, self._accounts, random.Random(-gone))
        self._centre.load({TABLE: fresh})
        for start in range(0, gone, _AT_ONCE):
            self._delete([str(row["id"]) for row in fresh[start : start + _AT_ONCE]])
        self._gone += gone

    def _delete(self, ids: Sequence[str]) -> None:
        activities = SYNCED.tables[TABLE]

        def work(connection: Connection, feed: Feed) -> None:
            connection.execute(activities.delete().where(activities.c.id.in_(ids)))
            feed.touch(TABLE, ids)

        write(self._centre.engines, work)

    def measure(self) -> Line:
        """Give what a fresh device takes, in milliseconds and megabytes. Raises RuntimeError for a log that grew."""
        began = load_now()
        held = self._centre.count("SELECT count(*) FROM sync_entry WHERE scope = :scope", scope=f"rep:{self._rep}")
        if held != len(self._ids) + len(self._accounts) + self._gone:
            raise RuntimeError(f"{held} entries for {len(self._ids)} rows and {self._gone} gone: the log grew")
        gc.collect()
        self._floor.measure()
        found = memory.of_first_pull(self._centre, self._login, self._fresh())
        with enrolled(self._fresh(), self._centre.url, self._login, self._centre.code(self._login)) as device:
            first = milliseconds(device.engine.exchange)
            if device.count(f"SELECT count(*) FROM {TABLE}") != len(self._ids):
                raise RuntimeError("not all rows arrived: no figure is worth anything")
            deltas = [self._delta(device, turn) for turn in range(TURNS)]
            empties = [milliseconds(device.engine.exchange) for _ in range(TURNS)]
        return {
            "rows": len(self._ids),
            "gone": self._gone,
            "log": held,
            "first_pull": first,
            "first_pull_floors": first / self._floor.sums[-1],
            "delta_100": statistics.median(deltas),
            "empty": statistics.median(empties),
            "memory_mb": (found["peak"] - found["base"]) / MEGABYTE,
            "load": f"{began}, then {load_now()}",
        }

    def _delta(self, device: Device, turn: int) -> float:
        text = f"delta {self._devices} {turn}"
        self._centre.change(TABLE, self._ids[-DELTA:], "detail", text)
        took = milliseconds(device.engine.exchange)
        if device.count(f"SELECT count(*) FROM {TABLE} WHERE detail = ?", text) != DELTA:
            raise RuntimeError("what changed did not arrive: no figure is worth anything")
        return took

    def _fresh(self) -> Path:
        self._devices += 1
        return copied(self._empty, f"{self._login}-{self._devices}.db")


def table(lines: Sequence[Line]) -> str:
    """All figures for people."""
    rows = [["rows", "gone", *_SHOWN]]
    rows += [[f"{one['rows']:,}", f"{one['gone']:,}", *(f"{float(one[key]):.1f}" for key in _SHOWN)] for one in lines]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _print(line: Line) -> None:
    print(json.dumps({key: round(value, 2) if isinstance(value, float) else value for key, value in line.items()}))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
