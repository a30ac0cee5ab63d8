"""Client, centre and database are true processes, each killed at random moments: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import msgspec
import psycopg
import pytest
import requests
from argon2 import PasswordHasher
from sqlalchemy import text

from app.store.engine import open_url
from app.store.opening import make_store
from sync.client.enrolment import enrol
from sync.client.transport import Road
from sync.server.database import in_one_write
from sync.server.feed import write
from sync.server.grants import people
from sync.server.grants.enrolment import new_code
from sync.server.grants.people import NewUser, add_user
from sync.server.migrating import migrate
from tests.postgres import _as_server_user, binaries, free_port
from tests.reliability.laboratory import ROOT
from tests.reliability.visiting import KEY, Visit
from tests.sync.world import PASSWORD, Moving, an_id

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
KILLS = 40 if IS_SOAK else 1
"""How often each of the processes is killed."""
PATIENCE = 60.0


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that does not outlive the test."""
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


class Database:
    """A PostgreSQL server that keeps what it acknowledged, to be killed and started again; or a SQLite file."""

    def __init__(self, folder: Path, *, is_postgres: bool) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self.is_postgres = is_postgres
        self.port = free_port()
        if is_postgres:
            programs = binaries()
            if programs is None:
                pytest.skip("no PostgreSQL server here")
            folder.chmod(0o777)
            self._program = [*_as_server_user(), str(programs / "postgres")]
            initdb = [*_as_server_user(), str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres"]
            initdb += ["-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
            subprocess.run(initdb, check=True, capture_output=True, cwd=folder)
            self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"
        else:
            self.url = f"sqlite:///{folder / 'centre.db'}"

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        if not self.is_postgres:
            return
        asked = ["-D", str(self._folder / "data"), "-p", str(self.port), "-h", "127.0.0.1", "-k", str(self._folder)]
        # A killed process loses nothing that the system has: no waiting for the disk is needed to see that.
        settings = ["-c", "fsync=off", "-c", "shared_buffers=16MB"]
        deadline = _deadline()
        while not deadline():
            self._process = subprocess.Popen(
                [*self._program, *asked, *settings],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                text=True,
            )
            while self._process.poll() is None and not deadline():
                try:
                    psycopg.connect(f"postgresql://postgres@127.0.0.1:{self.port}/postgres").close()
                except psycopg.OperationalError:
                    continue
                return
            # Workers of the killed one may still be there for a moment: it refuses, and is tried again.
        raise AssertionError("PostgreSQL did not start")

    def kill(self) -> None:
        """Kill the server; its workers see it and end."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=PATIENCE)


def _deadline() -> Callable[[], bool]:
    until, pause = time.monotonic() + PATIENCE, threading.Event()

    def is_over() -> bool:
        pause.wait(0.02)
        return time.monotonic() > until

    return is_over


class Places:
    """A database, a centre on it, and a rep's device; each a process that can be killed."""

    def __init__(self, folder: Path, database: Database, rng: random.Random) -> None:
        self.database, self._rng, self._folder = database, rng, folder
        self._stack = ExitStack()
        self._centre: subprocess.Popen[str] | None = None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.kept: list[str] = []
        self.runs = 0
        database.start()
        engines = open_url(database.url)
        migrate(engines)
        new = NewUser(login="marie", name="Marie", password=PASSWORD, team="nord")
        self.rep = write(engines, lambda connection, feed: add_user(connection, feed, new))
        self.account = an_id()
        row = {"id": self.account, "number": "1", "trade_name": "Au nom de la Rose", "rep_id": self.rep}
        write(engines, lambda _connection, feed: feed.load("account", [row]))
        code = in_one_write(engines, lambda connection: new_code(connection, "marie"))
        engines.dispose()
        self.start_centre()
        self.store = folder / "device.db"
        make_store(self.store, KEY, self.rep)
        road = Road(self.url, Moving().now)
        self._identity = enrol(road, "marie", PASSWORD, code).identity
        road.close()
        self.visit(0)  # the first reading

    def start_centre(self) -> None:
        command = [sys.executable, "-m", "sync.server", "serve", "--port", str(self.port), "--until-input-ends"]
        command += ["--database", self.database.url]
        self._centre = self._stack.enter_context(
            ended(subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True))
        )
        deadline = _deadline()
        while not deadline():
            try:
                requests.get(f"{self.url}/centre/v1/health", timeout=1).raise_for_status()
            except requests.RequestException:
                continue
            return
        raise AssertionError("the centre did not start")

    def kill_centre(self) -> None:
        assert self._centre is not None
        self._centre.kill()
        self._centre.wait()

    def visit(self, tasks: int, *, kill: Callable[[], None] | None = None, after: int = 0) -> bool:
        """Let the device work; at `after` lines of it, `kill` something. Gives whether it came to its end."""
        self.runs += 1
        asked = Visit(
            store=str(self.store),
            centre=self.url,
            rep=self.rep,
            account=self.account,
            device=self._identity.device,
            token=self._identity.token,
            key=self._identity.key,
            name=f"tâche {self.runs}",
            tasks=tasks,
        )
        command = [sys.executable, "-m", "tests.reliability.visiting", msgspec.json.encode(asked).decode()]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)
        with ended(process):
            assert process.stdout is not None
            said = self._listen(process.stdout, process.kill if kill is None else kill, after)
        return "rest" in said

    def _listen(self, said: IO[str], kill: Callable[[], None], after: int) -> list[str]:
        heard: list[str] = []
        for line in said:
            heard.append(line.rstrip("\n"))
            if heard[-1].startswith("kept "):
                self.kept.append(heard[-1].removeprefix("kept "))
                if after and len(heard) >= after:
                    # Somewhere in the exchange that follows, not at its beginning alone.
                    threading.Event().wait(self._rng.uniform(0.0, 0.03))
                    kill()
                    after = 0
        return heard

    def close(self) -> None:
        self._stack.close()
        self.database.close()

    def at_centre(self) -> list[str]:
        engines = open_url(self.database.url)
        try:
            with engines.reader.connect() as connection:
                found = connection.execute(text("SELECT subject FROM activity ORDER BY id"))
                return [str(row[0]) for row in found]
        finally:
            engines.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def places(request: pytest.FixtureRequest, rng: random.Random, monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    folder = Path(tempfile.mkdtemp(prefix="tournee-killed-"))
    try:
        made = Places(folder, Database(folder, is_postgres=request.param == "postgres"), rng)
        yield made
        made.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.timeout(3_000 if IS_SOAK else 400)
def test_client_centre_and_database_are_killed_and_every_task_arrives_once(places: Places, rng: random.Random) -> None:
    for _ in range(KILLS):
        assert not places.visit(50, after=rng.randrange(1, 12)), "the client was to be killed"
        places.visit(12, kill=places.kill_centre, after=rng.randrange(1, 8))
        places.start_centre()
        if places.database.is_postgres:
            places.visit(12, kill=places.database.kill, after=rng.randrange(1, 8))
            places.database.start()
    assert places.visit(0), "not at rest"
    arrived = places.at_centre()
    assert len(arrived) == len(set(arrived)), "doubled"
    assert set(places.kept) <= set(arrived), "lost"
    # Of each killed run one task may have been kept in the moment before it was said.
    assert len(arrived) - len(set(places.kept)) <= KILLS
