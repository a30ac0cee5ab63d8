"""The true centre in this very thread: its application asked without a socket, each commit looked at before it is."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import fastapi.dependencies.utils
import fastapi.routing
import pytest
import starlette._exception_handler
import starlette.responses
from sqlalchemy import Connection, event, text

from app.domain.identifiers import RepId
from app.store.codec import Record, microseconds
from app.store.engine import Engines, open_plain
from app.store.rows import SYNCED
from app.store.unit_of_work import SqlWork
from sync.client import first_pull
from sync.protocol import compression
from sync.protocol.frames import Damaged, Push, read_all
from sync.server.application import application
from sync.server.database import in_one_write
from sync.server.exchange.revisions import WINDOW
from sync.server.feed import FeedJournal, write
from sync.server.grants.enrolment import new_code
from sync.server.grants.people import NewUser, add_user
from sync.server.watermark import Watermark
from tests.sync.simulation.chance import OwnClock
from tests.sync.simulation.ledger import Ledger, Violation
from tests.sync.simulation.points import Points, Strike
from tests.sync.world import PASSWORD

T = TypeVar("T")


class CentreDied(BaseException):
    """The centre's process ended just before a commit; it is no error that any handler may keep to itself."""


@dataclass(frozen=True)
class Reply:
    """An answer as it leaves the centre."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def _inline(function: Callable[..., T], /, *arguments: object, **named: object) -> T:
    return function(*arguments, **named)


async def _iterated(pieces: Iterable[T]) -> AsyncIterator[T]:
    for piece in pieces:
        yield piece


def stay_in_one_thread(patch: pytest.MonkeyPatch) -> None:
    """Let the framework run the routes right here instead of in threads of its own, and nothing read ahead."""
    for module in (fastapi.routing, fastapi.dependencies.utils, starlette._exception_handler):
        patch.setattr(module, "run_in_threadpool", _inline)
    patch.setattr(fastapi.routing, "iterate_in_threadpool", _iterated)
    patch.setattr(starlette.responses, "iterate_in_threadpool", _iterated)
    patch.setattr(first_pull, "ahead", lambda making, _give_up: making)


class SimulatedCentre:
    """The centre on a SQLite file; it can die before any commit and start again from its file."""

    def __init__(self, path: Path, clock: OwnClock, points: Points | None = None) -> None:
        self._path = path
        self._points = points or Points()
        self._grave: Path | None = None
        self._clock = clock
        self._lives = 0
        self._asked_at = 0
        self._loop = asyncio.new_event_loop()
        self.ledger = Ledger()
        self.dies_in = 0
        self.window = WINDOW
        """Which revisions of the app it takes, from its next start on."""
        self._begin()

    def _begin(self) -> None:
        self.engines: Engines = open_plain(self._path)
        event.listen(self.engines.writer, "commit", self._before_commit)
        self._app = application(self.engines, window=self.window)

    def _before_commit(self, connection: Connection) -> None:
        self.dies_in -= 1
        if self._points.at_commit("centre") is Strike.CENTRE_DIES or self.dies_in == 0:
            # What the process does while it falls does not count: the files are taken as they lie at this moment.
            self._grave = copied(self._path, self._lives + 1)
            raise CentreDied("before a commit")
        self.ledger.look(connection)

    def start_again(self) -> None:
        """Open the file anew, as a process finds it that was killed: the write-ahead log still beside it."""
        self._lives += 1
        before, self._path = self._path, self._grave or copied(self._path, self._lives)
        self._grave, self.dies_in = None, 0
        self.engines.dispose()
        before.unlink()
        self._begin()

    def backup(self) -> Path:
        """Give a copy of the centre as it is now."""
        copy = self._path.with_name("backup.db")
        self.engines.dispose()
        shutil.copy(self._path, copy)
        self._begin()
        return copy

    def restore(self, copy: Path) -> None:
        """Go on from a copy, as somebody does who knows of no restore command."""
        self.engines.dispose()
        shutil.copy(copy, self._path)
        self._path.with_name(self._path.name + "-wal").unlink(missing_ok=True)
        self._begin()
        before, self.ledger = self.ledger, Ledger(self.ledger.pushed)
        self.ledger.ever, self.ledger.papers, self.ledger.meant = before.ever, before.papers, before.meant
        with self.engines.reader.connect() as connection:
            self.ledger.begin(connection)

    def begin_an_epoch(self) -> None:
        """Say that it was put back, as the restore command does: devices read all anew."""
        Watermark(self.engines, None).restored()

    def close(self) -> None:
        self.engines.dispose()
        self._loop.close()

    # ------------------------------------------------------------------------------------------ asked
    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Answer one request. Raises CentreDied."""
        self._note(target, headers, body)
        path, _, query = target.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), str(value).encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 9),
        }
        sent: list[MutableMapping[str, Any]] = []  # the shape of ASGI's messages
        given = [False]

        async def receive() -> dict[str, object]:
            if given[0]:
                return {"type": "http.disconnect"}
            given[0] = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        self.ledger.asked = True
        self._asked_at = microseconds(self._clock.now())
        self.ledger.during = [(self.ledger.rows, self.ledger.places)]
        try:
            self._loop.run_until_complete(self._app(scope, receive, send))
        except Violation:
            raise
        except Exception as error:
            self.ledger.found.append(Violation(f"the centre stumbled: {path} {type(error).__name__} {error}"))
            raise self.ledger.found[-1] from error
        finally:
            self.ledger.asked = False
        start = sent[0]
        answered = {name.decode(): value.decode() for name, value in start["headers"]}
        return Reply(int(start["status"]), answered, b"".join(bytes(part.get("body", b"")) for part in sent[1:]))

    def _note(self, target: str, headers: Mapping[str, str], body: bytes) -> None:
        if target != "/sync/v1/exchange":
            return
        packed = dict(headers).get("Content-Encoding") == compression.ENCODING
        try:
            frames = read_all(compression.unpacked(body, 100_000_000) if packed else body)
        except (Damaged, compression.Broken):
            return
        for frame in frames:
            if isinstance(frame, Push):
                self.ledger.pushed_is(frame.changeset)

    # ------------------------------------------------------------------------------------------ its own people
    def user(self, login: str) -> RepId:
        new = NewUser(login=login, name=login.title(), password=PASSWORD, team="nord")
        return RepId(write(self.engines, lambda connection, feed: add_user(connection, feed, new)))

    def code(self, login: str) -> str:
        return in_one_write(self.engines, lambda connection: new_code(connection, login))

    def work(self) -> SqlWork:
        """What the back office writes with."""
        return SqlWork(self.engines.writer, self._clock, RepId(""), FeedJournal())

    def put(self, table: str, row: str, **values: str | int | None) -> None:
        """Bring a row to these columns, or make it."""
        with self.work().begin("office") as tx:
            tx.rows.put(SYNCED.tables[table], {"id": row, **values})
            tx.commit()

    def remove(self, table: str, row: str) -> None:
        with self.work().begin("office") as tx:
            tx.rows.remove(SYNCED.tables[table], row)
            tx.commit()

    def loads_of(self, device: str) -> set[str]:
        """Give the scopes that a device has loaded, of its team, whose time was not over when somebody asked last."""
        wanted = (
            "SELECT l.account_id FROM sync_load l JOIN account a ON a.id = l.account_id JOIN rep o ON o.id = a.rep_id "
            "JOIN sync_device d ON d.device = l.device JOIN centre_user u ON u.login = d.login "
            "JOIN rep me ON me.id = u.rep_id WHERE l.device = :device AND l.expires_at > :at "
            "AND (o.id = me.id OR (o.team = me.team AND o.team <> ''))"
        )
        return {f"load:{row['account_id']}" for row in self.rows(wanted, device=device, at=self._asked_at)}

    def rows(self, statement: str, **values: object) -> list[Record]:
        with self.engines.reader.connect() as connection:
            return [dict(row) for row in connection.execute(text(statement), values).mappings()]


def copied(path: Path, life: int) -> Path:
    """Copy a store with its write-ahead log as a killed process leaves them; its connections may still be open."""
    copy = path.with_name(f"{path.stem.split('~')[0]}~{life}{path.suffix}")
    for ending in ("", "-wal"):
        source = path.with_name(path.name + ending)
        if source.exists():
            shutil.copy(source, copy.with_name(copy.name + ending))
    return copy
