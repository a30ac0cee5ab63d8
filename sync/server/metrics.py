"""The centre's figures in the words of Prometheus, on a port of their own that devices do not reach."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import event, func, select
from sqlalchemy.exc import SQLAlchemyError

from app.ports.trouble import Trouble
from app.store.engine import Engines
from sync.server.clock import now_us
from sync.server.database import own_picture
from sync.server.tables import APPLIED, CONFLICT, DELETED, DEVICE
from sync.server.tally import Tally

HOUR_US = 3_600_000_000
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 30.0)

_requests = Counter("tournee_requests", "Requests answered", ("route", "method", "status"))
_seconds = Histogram(
    "tournee_request_seconds", "From a request's head to its answer's end", ("route",), buckets=_SECONDS
)
_changesets = Counter("tournee_changesets", "Changesets, by what became of them", ("result",))
_rows = Counter("tournee_rows_told", "Rows told to devices")
_bytes = Counter("tournee_bytes", "Bytes of bodies, as they travel", ("way",))
WAITING = Gauge("tournee_waiting", "Devices that wait in a long poll", multiprocess_mode="livesum")
_in_use = Gauge("tournee_connections_in_use", "Database connections in use", multiprocess_mode="livesum")


def count(route: str, method: str, status: int, seconds: float, done: Tally) -> None:
    """Count one request by its route's template, and what it did."""
    _requests.labels(route, method, str(status)).inc()
    _seconds.labels(route).observe(seconds)
    for result, number in done.changesets.items():
        _changesets.labels(result).inc(number)
    if done.rows:
        _rows.inc(done.rows)
    _bytes.labels("received").inc(done.received)
    _bytes.labels("sent").inc(done.sent)


def watch_pool(engines: Engines) -> None:
    """Count the connections that are in use from now on."""
    for engine in {engines.writer, engines.reader}:
        event.listen(engine, "checkout", lambda *_: _in_use.inc())
        event.listen(engine, "checkin", lambda *_: _in_use.dec())


class FromDatabase(Collector):
    """Figures that are asked of the database when somebody looks; left out while it does not answer."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Ask the database."""
        try:
            found = self._asked()
        except SQLAlchemyError:
            found = None
        yield GaugeMetricFamily("tournee_database_up", "Whether the database answers", value=float(found is not None))
        for name, (text, value) in (found or {}).items():
            yield GaugeMetricFamily(name, text, value=value)

    def _asked(self) -> dict[str, tuple[str, float]]:
        at = now_us()
        with own_picture(self._engines) as connection:
            seen = connection.execute(
                select(func.count()).where(DEVICE.c.seen_at >= at - HOUR_US, DEVICE.c.revoked_at.is_(None))
            ).scalar_one()
            contests = connection.execute(select(func.count()).where(CONFLICT.c.settled_at.is_(None))).scalar_one()
            answer = connection.execute(select(func.min(APPLIED.c.at))).scalar_one()
            grave = connection.execute(select(func.min(DELETED.c.at))).scalar_one()
        return {
            "tournee_devices_seen_last_hour": ("Devices heard of within the hour", seen),
            "tournee_conflicts_open": ("Fields about which a person was asked", contests),
            "tournee_oldest_answer_seconds": ("Age of the oldest answer still kept", _age(at, answer)),
            "tournee_oldest_deleted_seconds": ("Age of the oldest deleted row still kept", _age(at, grave)),
        }


class _Workers(Collector):
    """The figures of all workers together; of one that was killed, what it held at that moment is left out."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._registry = CollectorRegistry()
        gather: Callable[[CollectorRegistry, str], object] = MultiProcessCollector  # it brings no types
        gather(self._registry, folder)

    def collect(self) -> Iterable[Metric]:
        """Gather what each worker keeps."""
        for path in Path(self._folder).glob("gauge_live*.db"):
            if not Path(f"/proc/{path.stem.rpartition('_')[2]}").exists():
                path.unlink(missing_ok=True)
        return self._registry.collect()


def _age(at: int, then: int | None) -> float:
    return 0.0 if then is None else (at - then) / 1_000_000


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Say nothing: who looks is no news."""


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def exposed(address: str, engines: Engines, folder: str | None = None) -> Iterator[int]:
    """Show the figures at http://‹host:port›/metrics; gives the port. `folder` is where several workers keep theirs.

    Raises Trouble PORT_CANNOT_BE_USED.
    """
    host, _, port = address.rpartition(":")
    registry = REGISTRY
    if folder is not None:
        registry = CollectorRegistry()
        registry.register(_Workers(folder))
    of_database = FromDatabase(engines)
    try:
        server = make_server(host or "127.0.0.1", int(port), make_wsgi_app(registry), _Threaded, _Quiet)
    except (OSError, OverflowError, ValueError) as error:
        raise Trouble("PORT_CANNOT_BE_USED", {"host": host, "port": port}, str(error)) from error
    registry.register(of_database)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="metrics", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        registry.unregister(of_database)
