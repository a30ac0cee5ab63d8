"""Several workers on one PostgreSQL, as true processes: they share a port, wake who waits, and replace each other."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from app.ports.trouble import Trouble
from app.store.engine import open_url
from sync.server.settings import METRICS
from tests.architecture.sources import ROOT
from tests.postgres import PostgresServer, free_port
from tests.sync.test_listening import Poll, until
from tests.sync.world import Centre, Device, World, prepared

pytestmark = pytest.mark.postgres
WORKERS = 2
CANARY = "Rose Canari"
MAIL = "rose.canari@example.org"


class Running(Centre):
    """A centre of several workers in processes of their own."""

    def __init__(self, database: str, folder: Path) -> None:
        self.database = database
        self.engines = open_url(database)
        self.log = folder / "log"
        port, figures = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._figures = f"http://127.0.0.1:{figures}/metrics"
        command = [sys.executable, "-m", "sync.server", "serve", "--workers", str(WORKERS), "--port", str(port)]
        environment = os.environ | {METRICS: f"127.0.0.1:{figures}"}
        with self.log.open("wb") as stream:
            self.process = subprocess.Popen(
                [*command, "--database", database, "--until-input-ends"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stderr=stream,
                env=environment,
            )
        until(lambda: self.answers() and len(self.workers()) == WORKERS)

    def close(self) -> None:
        workers = self.workers()
        self.process.communicate(timeout=60)  # its input ends, and so do all of them
        self.engines.dispose()
        assert self.process.returncode == 0
        until(lambda: not any(Path(f"/proc/{worker}/cmdline").exists() for worker in workers))

    def workers(self) -> set[int]:
        """The processes that serve."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/centre/v1/health", timeout=10).ok
        except requests.RequestException:
            return False

    def figure(self, name: str) -> float:
        """One figure of all workers together, as Prometheus would read it; `name` may go on with labels."""
        text = requests.get(self._figures, timeout=10).text
        values = re.findall(rf"^{re.escape(name)}\S* (\S+)$", text, re.MULTILINE)
        return sum(map(float, values))

    def lines(self) -> list[dict[str, object]]:
        """What was logged."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def running(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    name = postgres_server.create(postgres_server.template(prepared))
    made = Running(postgres_server.url(name), tmp_path_factory.mktemp("workers"))
    try:
        made.user("marie")
        yield made
    finally:
        made.close()
        postgres_server.drop(name)


@pytest.fixture
def workers_world(running: Running, tmp_path: Path, empty_store: Path) -> Iterator[World]:
    made = World(running, tmp_path, empty_store)
    yield made
    made.close()


@pytest.fixture
def device(workers_world: World, running: Running) -> Device:
    """A device of a rep who has an account with one contact."""
    made = workers_world.device()
    running.account(made.me)
    made.exchange()
    return made


def renamed(device: Device, email: str) -> None:
    (row,) = device.rows("SELECT id, account_id FROM contact ORDER BY id DESC LIMIT 1")
    device.rename(str(row["id"]), str(row["account_id"]), name=CANARY, email=email)
    device.exchange()


def test_an_edit_through_one_worker_wakes_who_waits_at_any_other(
    running: Running, workers_world: World, device: Device
) -> None:
    """Which worker answered a wait is in the log: two devices wait again until it was each by another one."""
    other = workers_world.device()
    other.exchange()
    served: set[object] = set()
    for turn in range(40):
        before = len(running.lines())
        polls = [Poll(each) for each in (device, other)]
        until(lambda: running.figure("tournee_waiting") == WORKERS)
        renamed(device, f"{turn}.{MAIL}")
        for poll in polls:
            (mark,) = poll.marks()
            assert mark.scope == f"rep:{device.me}"
        until(lambda: running.figure("tournee_waiting") == 0)
        served = {line["worker"] for line in running.lines()[before:] if line.get("route") == "/sync/v1/pull"}
        if len(served) == WORKERS:
            break
        other.exchange()
    assert len(served) == WORKERS


def test_a_restart_refuses_nobody_and_loses_no_answer(running: Running, device: Device) -> None:
    before, stops = running.workers(), threading.Event()
    answered: list[bool] = []

    def ask_all_the_time(session: requests.Session) -> None:
        while not stops.is_set():
            answered.append(session.get(f"{running.url}/centre/v1/health", timeout=30).ok)

    def ask_anew() -> None:
        while not stops.is_set():
            answered.append(requests.get(f"{running.url}/centre/v1/health", timeout=30).ok)

    with requests.Session() as kept:
        failed: list[BaseException] = []

        def run(work: object, *arguments: object) -> None:
            try:
                assert callable(work)
                work(*arguments)
            except BaseException as error:  # noqa: BLE001 - told by the test
                failed.append(error)

        threads = [
            threading.Thread(target=run, args=(ask_all_the_time, kept)),
            threading.Thread(target=run, args=(ask_anew,)),
        ]
        for thread in threads:
            thread.start()
        running.process.send_signal(signal.SIGHUP)
        until(lambda: len(running.workers()) == WORKERS and not running.workers() & before)
        renamed(device, "after@example.org")
        stops.set()
        for thread in threads:
            thread.join()
    assert failed == []
    assert all(answered)
    assert len(answered) > 10
    assert device.states()[-1] == "applied"


def test_a_worker_that_dies_is_replaced(running: Running, device: Device) -> None:
    poll = Poll(device)
    until(lambda: running.figure("tournee_waiting") == 1)
    before = running.workers()
    lost = min(before)
    os.kill(lost, signal.SIGKILL)
    until(lambda: len(running.workers() - {lost}) == WORKERS)
    until(running.answers)
    os.kill(max(before), signal.SIGKILL)  # one of the two held the waiting device
    until(lambda: not running.workers() & before and len(running.workers()) == WORKERS)
    poll.thread.join(20)
    assert isinstance(poll.fault, Trouble)
    assert poll.fault.code == "OFFLINE"
    until(lambda: running.figure("tournee_waiting") == 0)


def test_the_figures_of_all_workers_are_told_together_and_not_to_devices(running: Running, device: Device) -> None:
    before = running.figure('tournee_changesets_total{result="applied"}')
    renamed(device, "figures@example.org")
    until(lambda: running.figure('tournee_changesets_total{result="applied"}') == before + 1)
    assert running.figure('tournee_requests_total{method="POST",route="/sync/v1/exchange",status="200"}') >= 1
    assert running.figure("tournee_devices_seen_last_hour") >= 1
    assert running.figure("tournee_rows_told_total") >= 1
    assert running.figure("tournee_database_up") == 1
    assert running.figure("tournee_connections_in_use") <= WORKERS * 20
    assert requests.get(f"{running.url}/metrics", timeout=10).status_code == 404


def test_nothing_personal_is_in_the_log(running: Running, device: Device) -> None:
    """Bodies, headers, paths and what breaks in between: each request has its line, and none says more than it may."""
    renamed(device, MAIL)
    token = device.road.identity.token if device.road.identity else ""
    shown = {"Authorization": f"Bearer {token}", "User-Agent": CANARY, "Tournee-Proof": MAIL}
    for method, path in (
        ("GET", f"/{CANARY}"),
        ("PUT", f"/sync/v1/blobs/{MAIL}"),
        ("POST", f"/sync/v1/hello?a={MAIL}"),
    ):
        requests.request(method, running.url + path, headers=shown, data=MAIL, timeout=10)
    requests.request("0612345678", running.url, timeout=10)
    until(lambda: any(line.get("method") == "OTHER" or line.get("status") == 405 for line in running.lines()))
    text = running.log.read_text(encoding="utf-8")
    for canary in (*CANARY.split(), MAIL, "0612345678", token, token[:12], "example.org", "marie"):
        assert canary not in text
    (exchange, *_) = [line for line in running.lines() if line.get("changesets")]
    assert exchange["route"] == "/sync/v1/exchange"
    assert exchange["changesets"] == {"applied": 1}
    assert exchange["worker"] in {line["worker"] for line in running.lines()}
    assert {"device", "status", "milliseconds", "received", "sent", "rows", "time"} <= exchange.keys()
