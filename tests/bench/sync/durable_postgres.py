"""A PostgreSQL server of the bench's own that keeps what it acknowledged: everything is as a centre would run it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.postgres import binaries, free_port

_PATIENCE_SECONDS = 60.0


@contextmanager
def durable_postgres() -> Iterator[str]:
    """Start a server on a free port with its own defaults (fsync, full pages, synchronous commit); gives its URL."""
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="tournee-bench-postgres-"))
    folder.chmod(0o777)
    # PostgreSQL refuses to run as root: there its own user runs it. It also ends when the bench does.
    user = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        user += ["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
    data, port = str(folder / "data"), free_port()
    try:
        initdb = [*user, str(programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--locale", "C.UTF-8"], check=True, capture_output=True, cwd=folder)
        settings = ("-p", str(port), "-h", "127.0.0.1", "-k", str(folder))
        server = subprocess.Popen(
            [*user, str(programs / "postgres"), "-D", data, *settings],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        try:
            _wait_until_ready(port, server)
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=_PATIENCE_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            continue
        return
    raise RuntimeError("PostgreSQL did not start")
