"""What every test may count on, and what none may do: speak to the outside, log unseen, leave threads."""

from __future__ import annotations

import ipaddress
import logging
import os
import random
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import keyring
import pytest

from app.adapters import logs
from tests.compiled_once import compile_once
from tests.memory_keyring import MemoryKeyring
from tests.postgres import PostgresServer, binaries, running_server
from tests.sync.simulation.telling import summary

# Before anything of Qt or keyring is loaded, here and in every process that a test starts.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "tests.memory_keyring.MemoryKeyring"
os.environ["NO_PROXY"] = "*"
# An eighth of the time that tests with a store take is spent on putting the same statements into SQL again.
compile_once()

# One figure replays a run: the draw of random cases, and Hypothesis's.
SEED = int(os.environ.get("TOURNEE_SEED", "20261121"))

hypothesis.settings.register_profile(
    "check",
    deadline=None,  # two busy cores say nothing about the code
    print_blob=True,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("soak", parent=hypothesis.settings.get_profile("check"), max_examples=5_000)
hypothesis.settings.load_profile(os.environ.get("TOURNEE_HYPOTHESIS", "check"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that may take longest: one of them last would let the other processes wait for its end."""
    items.sort(key=_seconds_allowed, reverse=True)


def _seconds_allowed(item: pytest.Item) -> int:
    limit = item.get_closest_marker("timeout")
    return int(limit.args[0]) if limit else 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    order = terminalreporter.config.getoption("randomly_seed", None)
    passed = [report for report in terminalreporter.stats.get("passed", ()) if report.when == "call"]
    for line in summary(told for report in passed for told in report.user_properties):
        terminalreporter.write_line(line)
    terminalreporter.write_line(f"seed of random cases: TOURNEE_SEED={SEED}; of the order: --randomly-seed={order}")


# -------------------------------------------------------------------------------- no outside
class OutsideTraffic(AssertionError):
    """A test tried to reach something other than this machine."""


_outside: list[str] = []


def _is_this_machine(host: object) -> bool:
    if host is None or host in ("", "localhost", b"localhost"):
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def _watch_sockets(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_this_machine(host):
        _outside.append(f"{event} {host!r}")
        raise OutsideTraffic(f"{event} {host!r}: tests speak to 127.0.0.1 alone")


# An audit hook sees every socket that Python opens, also those of libraries; it cannot be taken off again.
sys.addaudithook(_watch_sockets)


@pytest.fixture(autouse=True)
def _nothing_goes_outside() -> Iterator[None]:
    _outside.clear()
    yield
    assert not _outside, f"traffic to the outside: {_outside}"


# -------------------------------------------------------------------------------- no unseen log
class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.name} {record.levelname} {record.getMessage()}")


@pytest.fixture(autouse=True)
def _nothing_is_logged_unseen(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("expects_log"):
        yield
        return
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(collector)
    assert not collector.seen, f"unexpected log records: {collector.seen}"


# -------------------------------------------------------------------------------- no thread left
@pytest.fixture(autouse=True)
def _no_thread_is_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        # A thread that Qt made stays in Python's list after its end; Qt complains about one left running.
        if not isinstance(thread, threading._DummyThread):
            thread.join(timeout=10)
            assert not thread.is_alive(), f"thread left behind: {thread.name}"


# -------------------------------------------------------------------------------- own places
@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's folders, in a place that goes away: no test reads or writes the true ones."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        patch.setenv(name, str(home / name.lower()))
    yield home
    patch.undo()


@pytest.fixture(autouse=True)
def _empty_keyring() -> Iterator[None]:
    backend = keyring.get_keyring()
    MemoryKeyring.secrets.clear()
    yield
    MemoryKeyring.secrets.clear()
    keyring.set_keyring(backend)


@pytest.fixture
def rng() -> random.Random:
    """Random cases of a test; `TOURNEE_SEED` draws others, and the summary prints which were drawn."""
    return random.Random(SEED)


# -------------------------------------------------------------------------------- PostgreSQL
@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the session (under xdist one for each worker)."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server here (apt-get install postgresql): make test installs it where it may")
    with running_server(programs) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database, for this test alone: `postgresql+psycopg://…`."""
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def postgres_copy(postgres_server: PostgresServer) -> Iterator[Callable[[Callable[[str], None]], str]]:
    """`postgres_copy(prepare)`: the URL of a fresh copy (50 ms) of what `prepare(url)` makes, once a session.

    `prepare` is a module's function that migrates, fills and closes all its connections.
    """
    made: list[str] = []

    def copy(prepare: Callable[[str], None]) -> str:
        made.append(postgres_server.create(postgres_server.template(prepare)))
        return postgres_server.url(made[-1])

    yield copy
    for name in made:
        postgres_server.drop(name)


@pytest.fixture
def as_logged() -> Iterator[None]:
    """Give the tests' own logging back afterwards."""
    root = logging.getLogger()
    handlers, was_at = list(root.handlers), {name: logging.getLogger(name).level for name in logs._LEVELS}
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    for name, level in was_at.items():
        logging.getLogger(name).setLevel(level)
