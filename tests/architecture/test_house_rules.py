"""The tests' own rules bite: each kind of carelessness makes a test fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]

# What the failure must speak of, and the carelessness.
CARELESS = {
    "192.0.2.1": """
        import socket
        def test_careless():
            try:
                socket.create_connection(("192.0.2.1", 80), timeout=0.1)
            except Exception:
                pass
        """,
    "centre.example": """
        import socket
        def test_careless():
            try:
                socket.getaddrinfo("centre.example", 443)
            except Exception:
                pass
        """,
    "unexpected log records": """
        import logging
        def test_careless():
            logging.getLogger("app.store").warning("the disk is nearly full")
        """,
    "old ways": """
        import warnings
        def test_careless():
            warnings.warn("old ways", DeprecationWarning)
        """,
    "unclosed file": """
        def test_careless():
            open(__file__)
        """,
    "Qt messages": """
        from PySide6.QtCore import QObject
        def test_careless(qapp):
            from PySide6.QtCore import qWarning
            qWarning("QPainter::begin: Paint device returned engine == 0")
        """,
    "thread left behind: forgotten": """
        import threading
        threading.Thread.join = lambda self, timeout=None: None  # so that this test need not last ten seconds
        def test_careless():
            threading.Thread(target=threading.Event().wait, args=(1,), daemon=True, name="forgotten").start()
        """,
}


def _run(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    lines = source.strip("\n").splitlines()
    (folder / "test_one.py").write_text("\n".join(line[8:] for line in lines) + "\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, "-c", ROOT / "pyproject.toml", "--rootdir", ROOT, folder / "test_one.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("complaint", CARELESS)
def test_a_careless_test_fails(complaint: str, tmp_path: Path) -> None:
    run = _run(CARELESS[complaint], tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert complaint in run.stdout


def test_a_careful_test_passes(tmp_path: Path) -> None:
    careful = """
        import socket
        def test_careful():
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(server.getsockname()).close()
        """
    run = _run(careful, tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr


def test_each_test_has_a_database_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as link:
        found = link.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert found == (0,)
