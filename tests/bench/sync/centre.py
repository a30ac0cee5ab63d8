"""A centre for the bench: a true database, filled through the feed, and `tournee-centre serve` in its own process."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from sqlalchemy import Connection, text

from app.store.engine import Engines, open_url
from app.store.rows import SYNCED
from sync.protocol.changeset import Value
from sync.server.database import in_one_write
from sync.server.feed import Feed, write
from sync.server.grants.enrolment import new_code
from sync.server.grants.people import NewUser, add_user
from sync.server.migrating import migrate
from tests.postgres import free_port

PASSWORD = "correct horse battery"
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Centre:
    """A centre that serves; `engines` is its database, opened beside it as its own back office would."""

    url: str
    process: int
    engines: Engines

    def rep(self, login: str) -> str:
        """Let a rep in; gives the rep's id."""
        new = NewUser(login=login, name=login.title(), password=PASSWORD, team="nord")
        return write(self.engines, lambda connection, feed: add_user(connection, feed, new))

    def code(self, login: str) -> str:
        """A code that enrols one device."""
        return in_one_write(self.engines, lambda connection: new_code(connection, login))

    def load(self, rows: Mapping[str, Sequence[Mapping[str, Value]]]) -> None:
        """Take in many fresh rows, by table."""

        def work(_: Connection, feed: Feed) -> None:
            for table, found in rows.items():
                feed.load(table, found)

        write(self.engines, work)

    def change(self, table: str, rows: Sequence[str], column: str, value: str) -> None:
        """Change one column of rows at the centre itself, in one transaction."""
        columns = SYNCED.tables[table].c

        def work(connection: Connection, feed: Feed) -> None:
            changed = SYNCED.tables[table].update().where(columns.id.in_(rows)).values({column: value})
            connection.execute(changed)
            feed.touch(table, rows)

        write(self.engines, work)

    def count(self, statement: str, **values: str) -> int:
        """One number of the database."""
        with self.engines.reader.connect() as connection:
            return int(connection.execute(text(statement), values).scalar_one())

    def text(self, statement: str, **values: str) -> str:
        """One text of the database."""
        with self.engines.reader.connect() as connection:
            return str(connection.execute(text(statement), values).scalar_one())

    def memory(self) -> tuple[int, int]:
        """The bytes that the serving process holds now, and the most it ever held since `forget_peak`."""
        return memory_of(self.process)

    def forget_peak(self) -> None:
        """Count the peak from now on."""
        forget_peak_of(self.process)


def memory_of(process: int | str) -> tuple[int, int]:
    """The bytes that a process holds now, and the most it held."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = dict(line.split(":", 1) for line in status.splitlines())
    return int(found["VmRSS"].split()[0]) * 1024, int(found["VmHWM"].split()[0]) * 1024


def forget_peak_of(process: int | str) -> None:
    """Let the peak of a process be what it holds now."""
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")


@contextmanager
def serving(database: str, *words: str) -> Iterator[Centre]:
    """Migrate a database and serve it by the product's own command with these words; it ends with the bench."""
    engines = open_url(database)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "sync.server", "serve", "--database", database, "--port", str(port)]
    try:
        migrate(engines)
        # It reads its standard input to the end: should the bench be killed, the pipe closes and the centre ends too.
        process = subprocess.Popen(
            [*command, *words, "--until-input-ends"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(url, process)
            yield Centre(url, process.pid, engines)
        finally:
            process.terminate()
            process.communicate(timeout=_PATIENCE_SECONDS)
    finally:
        engines.dispose()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    pause = threading.Event()
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(f"{url}/centre/v1/health", timeout=2).ok:
                return
        except requests.RequestException:
            pause.wait(0.05)
    raise RuntimeError("the centre does not answer")
