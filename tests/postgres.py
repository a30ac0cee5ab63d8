"""A PostgreSQL server of the tests' own: a free port, a folder that goes away, no waiting for the disk."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql


def binaries() -> Path | None:
    """The folder of initdb and postgres, the newest server first; None where no server is installed."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


def free_port() -> int:
    """A TCP port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgresServer:
    """A running server; `url` addresses a database of it in SQLAlchemy's words."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._made = 0
        self._templates: dict[str, str] = {}

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def _admin(self, statement: sql.Composed) -> None:
        with psycopg.connect(f"postgresql://postgres@127.0.0.1:{self.port}/postgres", autocommit=True) as link:
            link.execute(statement)

    def create(self, template: str = "template1", name: str = "") -> str:
        """Makes a database by copying `template`, whose connections must all be closed (50 ms); its name."""
        self._made += 1
        name = name or f"test_{self._made}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._admin(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def template(self, prepare: Callable[[str], None]) -> str:
        """The database that `prepare(url)` filled; prepared once, however many tests ask."""
        key = f"{prepare.__module__}.{prepare.__qualname__}"
        if key not in self._templates:
            name = self.create()
            prepare(self.url(name))
            self._templates[key] = name
        return self._templates[key]

    def drop(self, name: str) -> None:
        self._admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root: there its own user runs it. It also ends when its parent does."""
    ends_with_parent = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() != 0:
        return ends_with_parent
    user = (
        "postgres" if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0 else "nobody"
    )
    return [*ends_with_parent, "--reuid", user, "--regid", _group_of(user), "--clear-groups"]


def _group_of(user: str) -> str:
    return subprocess.run(["id", "-g", user], capture_output=True, check=True, text=True).stdout.strip()


@contextmanager
def running_server(programs: Path) -> Iterator[PostgresServer]:
    """Starts a server on 127.0.0.1 (2 to 4 seconds) and stops it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tournee-postgres-"))
    folder.chmod(0o777)
    user = _as_server_user()
    data = folder / "data"
    try:
        initdb = [*user, str(programs / "initdb"), "-D", str(data), "-U", "postgres"]
        initdb += ["-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder)
        port = free_port()
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "max_connections": 60,
            "shared_buffers": "32MB",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        said = folder / "server.log"
        with said.open("wb") as log:
            # Into a file: a pipe that nobody reads to its end is full one day, and the server then waits for ever.
            server = subprocess.Popen(
                [*user, str(programs / "postgres"), "-D", str(data), *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=folder,
            )
        try:
            _wait_until_ready(server, said)
            yield PostgresServer(port)
        finally:
            server.send_signal(signal.SIGQUIT)  # at once; nothing in it is needed any more
            server.communicate(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(server: subprocess.Popen[bytes], said: Path) -> None:
    """Reads the server's own words until it says that it takes connections."""
    pause = threading.Event()
    while b"ready to accept connections" not in said.read_bytes():
        if server.poll() is not None:
            raise RuntimeError("PostgreSQL did not start: " + said.read_text(encoding="utf-8"))
        pause.wait(0.02)
