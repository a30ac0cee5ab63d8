"""The floor of a first pull: the same rows into SQLCipher by one `executemany`, and the same bytes over loopback.

The driver is taken as it comes. What the product tells it about binding None (`app.store.engine`) makes the inserting
itself about twice as quick: that floor is measured beside, and the gates do not go by it.
"""

from __future__ import annotations

import secrets
import socket
import statistics
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from sync.protocol.changeset import Value
from tests.bench.figures import milliseconds
from tests.bench.sync.rows import COLUMNS

_WORDS = ", ".join(f"{name} {'INTEGER' if name in {'ver', 'at', 'seconds', 'done_at'} else 'TEXT'}" for name in COLUMNS)


@dataclass
class Floor:
    """What was taken down in each round, in milliseconds."""

    rows: Sequence[tuple[Value, ...]]
    inserts: list[float] = field(default_factory=list)
    told_inserts: list[float] = field(default_factory=list)
    """The same by a driver that was told how to bind None, as the product's is."""
    upserts: list[float] = field(default_factory=list)
    loopbacks: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)
    """Of one row each, durable: what the disk makes of `synchronous=FULL` at this moment."""

    def measure(self) -> None:
        """One round."""
        size = sum(len("".join(map(str, row))) for row in self.rows)
        with tempfile.TemporaryDirectory(prefix="tournee-floor-") as folder:
            store = _store(Path(folder) / "told.db")
            self.told_inserts.append(milliseconds(lambda: _insert(store, self.rows)))
            store.close()
        with tempfile.TemporaryDirectory(prefix="tournee-floor-") as folder, _driver_as_it_comes():
            store = _store(Path(folder) / "floor.db")
            self.inserts.append(milliseconds(lambda: _insert(store, self.rows)))
            self.upserts.append(milliseconds(lambda: _insert(store, self.rows[:100])))
            self.commits += [milliseconds(partial(_insert, store, [_noted(self.rows[0], turn)])) for turn in range(20)]
            store.close()
        self.loopbacks.append(milliseconds(lambda: _loopback(size)))

    @property
    def sums(self) -> list[float]:
        """F of each round."""
        return [insert + loopback for insert, loopback in zip(self.inserts, self.loopbacks, strict=True)]

    def line(self) -> dict[str, float | int | str]:
        """The line of the floor, with the keys that the peers' own floor has."""
        return {
            "peer": "floor",
            "records": len(self.rows),
            "insert_50k": statistics.median(self.inserts),
            "insert_50k_told": statistics.median(self.told_inserts),
            "upsert_100": statistics.median(self.upserts),
            "loopback": statistics.median(self.loopbacks),
            "F": statistics.median(self.sums),
            "one_row_commit": statistics.median(self.commits),
        }


@contextmanager
def _driver_as_it_comes() -> Iterator[None]:
    key = (type(None), sqlcipher.PrepareProtocol)
    told = sqlcipher.adapters.pop(key)
    try:
        yield
    finally:
        sqlcipher.adapters[key] = told


def _noted(row: tuple[Value, ...], turn: int) -> tuple[Value, ...]:
    """The row with other words in it: SQLite writes nothing where nothing differs."""
    return tuple(f"turn {turn}" if name == "detail" else value for name, value in zip(COLUMNS, row, strict=True))


def _store(path: Path) -> sqlcipher.Connection:
    store = sqlcipher.connect(str(path), isolation_level=None)
    store.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = FULL")
    store.execute(f"CREATE TABLE activity ({_WORDS}, PRIMARY KEY (id)) WITHOUT ROWID")
    return store


def _insert(store: sqlcipher.Connection, rows: Sequence[tuple[Value, ...]]) -> None:
    store.execute("BEGIN")
    store.executemany(f"INSERT OR REPLACE INTO activity VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    store.execute("COMMIT")


def _loopback(size: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def send() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b"x" * size)

        sender = threading.Thread(target=send)
        sender.start()
        with socket.create_connection(listener.getsockname()) as reader:
            while reader.recv(1 << 20):
                pass
        sender.join()
