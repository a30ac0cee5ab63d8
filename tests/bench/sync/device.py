"""A rep's device as the product makes it: SQLCipher store, FULL, enrolled, every request proven."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from app.domain.identifiers import RepId
from app.store.feed import DeviceFeed
from app.store.opening import Store, make_store, open_store
from app.store.quick_lists import QuickLists
from app.store.rows import SYNCED
from sync.client.engine import Engine
from sync.client.enrolment import enrol
from sync.client.gauge import Gauge
from sync.client.transport import Road
from tests.bench.sync.centre import PASSWORD
from tests.bench.sync.rows import TABLE

KEY = bytes(range(32))
_EDITED = SYNCED.tables[TABLE]


class RealClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().date()


@dataclass(frozen=True)
class Device:
    """An enrolled device."""

    store: Store
    feed: DeviceFeed
    road: Road
    engine: Engine

    def edit(self, rows: Sequence[str], text: str, *, at_once: int) -> None:
        """The rep notes something in each of these activities, `at_once` of them in one action."""
        for start in range(0, len(rows), at_once):
            with self.store.work.begin("edit_contact") as tx:
                for row in rows[start : start + at_once]:
                    tx.rows.row(_EDITED, row)
                    tx.rows.put(_EDITED, {"id": row, "detail": f"{text} {row[-6:]}"})
                tx.commit()

    def count(self, statement: str, *values: str) -> int:
        """One number of the store."""
        with self.store.engine.reader.connect() as connection:
            return int(connection.exec_driver_sql(statement, values).scalar_one())


def empty_store(folder: Path) -> Path:
    """A fresh store, to be copied for each device."""
    path = folder / "empty.db"
    make_store(path, KEY, "")
    return path


@contextmanager
def enrolled(path: Path, centre: str, login: str, code: str, gauge: Gauge | None = None) -> Iterator[Device]:
    """A device on a store of its own, let in at the centre; `gauge` is told of rows and bytes as they are kept."""
    clock = RealClock()
    road = Road(centre, clock.now)
    try:
        me = RepId(enrol(road, login, PASSWORD, code).enrolled.rep_id)
        store = open_store(path, KEY, clock, me)
        try:
            feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
            yield Device(store, feed, road, Engine(feed, road, clock.now, gauge))
        finally:
            store.close()
    finally:
        road.close()


def copied(empty: Path, name: str) -> Path:
    """A copy of the fresh store beside it."""
    path = empty.with_name(name)
    shutil.copy(empty, path)
    return path
