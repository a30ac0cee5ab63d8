"""Whatever answers in the centre's place: the device says so, keeps its work, and writes nothing it should not."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest

from app.domain.identifiers import RepId
from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.opening import Store, open_store
from app.store.quick_lists import QuickLists
from app.store.rows import SYNCED
from sync.client.engine import Engine
from sync.client.enrolment import enrol
from sync.client.identity import Identity, fresh_key
from sync.client.transport import Limits, Road, must_be_safe, with_query
from sync.protocol import compression
from sync.protocol.changeset import Value
from sync.protocol.frames import Answer as Answered
from sync.protocol.frames import Columns, Departure, Frame, FrameWriter, Gone, Mark, Rows, Told
from sync.protocol.handshake import PROTOCOL, ScopeHead, Verdict, Welcome
from sync.protocol.results import Applied
from tests.sync.world import KEY, Moving

Answer = tuple[int, dict[str, str], bytes]
SCOPES = ("catalogue", "rep:" + "a" * 32)


class Impostor:
    """A server that answers each path with what a test lays in."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", "0")))
                path = self.path.partition("?")[0]
                outer.asked.append(path)
                status, headers, body = outer.answers.get(path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = _answer

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def welcome(self, scopes: tuple[str, ...] = SCOPES, verdict: Verdict = Verdict.WELCOME) -> None:
        heads = tuple(ScopeHead(scope=scope, head=1, tag="t", sum="") for scope in scopes)
        said = Welcome(protocol=PROTOCOL, verdict=verdict, revision="1", epoch="e", at=0, scopes=heads, last_n=0)
        self.answers["/sync/v1/hello"] = (200, {}, msgspec.json.encode(said))

    def lines(self, path: str, *frames: Callable[[FrameWriter], Frame] | Frame) -> None:
        writer = FrameWriter()
        told = [writer.line(Told(epoch="e", at=0, last_n=0))]
        told += [writer.line(frame(writer) if callable(frame) else frame) for frame in frames]
        self.answers[path] = (200, {}, b"".join(told) + writer.end())

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def impostor() -> Iterator[Impostor]:
    made = Impostor()
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    path = tmp_path / "device.db"
    shutil.copy(empty_store, path)
    opened = open_store(path, KEY, Moving(), RepId("a" * 32))
    yield opened
    opened.close()


@pytest.fixture
def engine(impostor: Impostor, store: Store) -> Iterator[Engine]:
    road = Road(impostor.url, Moving().now, Identity("d", "t", fresh_key()[0]), limits=Limits(connect=2, read=2))
    yield Engine(DeviceFeed(store.engine, QuickLists(), store.work.tell), road, Moving().now)
    road.close()


def mark(scope: str = SCOPES[0]) -> Callable[[FrameWriter], Frame]:
    return lambda writer: Mark(scope=scope, seq=1, tag="t", check=writer.check)


def price(*values: Value) -> tuple[Frame, ...]:
    columns = ("id", "ver", "product_id", "position", "edition", "net", "valid_from", "valid_until")
    return Columns(table="price", columns=columns), Rows(table="price", rows=[values])


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Type": "text/html"}, b"<html>Wi-Fi: please log in</html>"),
        (200, {}, b""),
        (302, {"Location": "https://portal.example/login"}, b""),
        (502, {}, b"<html>Bad gateway</html>"),
        (413, {}, b""),
        (200, {"Content-Encoding": "zstd"}, b"not packed at all"),
        (200, {"Content-Encoding": "zstd"}, compression.packed(b"x" * 100)[:-3]),
        (200, {"Content-Length": "1000"}, b"short"),
    ],
    ids=["portal", "empty", "sent on", "gateway", "too large", "unpacked", "cut", "short"],
)
def test_what_is_not_the_centre_s_answer_is_no_answer(impostor: Impostor, engine: Engine, answer: Answer) -> None:
    for path in ("/sync/v1/hello", "/sync/v1/snapshot"):
        impostor.answers[path] = answer
        with pytest.raises(Trouble) as caught:
            engine.exchange()
        assert caught.value.code in {"CENTRE_SPEAKS_OTHERWISE", "OFFLINE"}
        impostor.welcome()


@pytest.mark.parametrize(
    "frames",
    [
        (Columns(table="sqlite_master", columns=("id", "ver")), mark()),
        (Columns(table="changeset", columns=("id", "ver")), mark()),
        (Columns(table="price", columns=("id", "ver", "net; DROP TABLE price")), mark()),
        (Columns(table="price", columns=("net", "ver")), mark()),
        (Rows(table="price", rows=[("x", 1)]), mark()),
        (*price("x", 1, "p", 0, 2027, 1, "2026-01-01"), mark()),
        (*price("x", "one", "p", 0, 2027, 1, "2026-01-01", "2026-12-31"), mark()),
        (*price("x", 1, "p", 0, 2027, 1, "2026-01-01", "2026-12-31"), mark(SCOPES[1])),
        (Gone(table="contact", rows=(("x", 1, Departure.DELETED),)), mark()),
        (Mark(scope="catalogue", seq=1, tag="t", check="0" * 32),),
    ],
    ids=[
        "a table of the engine",
        "a table of the device",
        "a column that is a statement",
        "no id",
        "no header",
        "too few values",
        "a version that is a word",
        "another scope",
        "a row of another kind of scope",
        "a wrong sum",
    ],
)
def test_lines_that_cannot_be_are_not_kept(
    impostor: Impostor, engine: Engine, store: Store, frames: tuple[Callable[[FrameWriter], Frame] | Frame, ...]
) -> None:
    impostor.welcome()
    impostor.lines("/sync/v1/snapshot", *frames)
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        engine.exchange()
    with store.engine.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM price").scalar_one() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM sync_cursor").scalar_one() == 0


def test_a_centre_that_never_answers_what_was_asked_is_given_up(impostor: Impostor, engine: Engine) -> None:
    impostor.welcome(scopes=())
    impostor.lines("/sync/v1/exchange", mark("catalogue"))
    impostor.lines("/sync/v1/snapshot", mark("catalogue"))
    impostor.welcome(scopes=("catalogue",))
    impostor.lines("/sync/v1/exchange")
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        engine.exchange()
    assert impostor.asked.count("/sync/v1/hello") <= 6


def more(scope: str = SCOPES[0]) -> Callable[[FrameWriter], Frame]:
    return lambda writer: Mark(scope=scope, seq=1, tag="t", check=writer.check, more=True)


def test_a_round_ends_though_the_centre_says_for_ever_that_there_is_more(impostor: Impostor, engine: Engine) -> None:
    impostor.welcome(scopes=SCOPES[:1])
    impostor.lines("/sync/v1/snapshot", mark())
    impostor.lines("/sync/v1/exchange", more())
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        engine.exchange()
    assert impostor.asked.count("/sync/v1/exchange") <= 2


@pytest.mark.parametrize("scope", ["no scope at all", "team:elsewhere"])
@pytest.mark.parametrize("reset", [False, True])
def test_of_a_scope_that_was_not_asked_about_nothing_is_heard(
    impostor: Impostor, engine: Engine, store: Store, scope: str, reset: bool
) -> None:
    impostor.welcome(scopes=SCOPES[:1])
    impostor.lines("/sync/v1/snapshot", mark())
    impostor.lines(
        "/sync/v1/exchange",
        lambda writer: Mark(scope=scope, seq=0 if reset else 1, tag="", check=writer.check, reset=reset),
    )
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        engine.exchange()
    with store.engine.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT scope FROM sync_cursor").scalars().all() == ["catalogue"]


def test_a_round_ends_though_no_answer_is_to_what_waits(impostor: Impostor, engine: Engine, store: Store) -> None:
    with store.work.begin("put") as tx:
        tx.rows.put(SYNCED.tables["account"], {"id": "f" * 32, "number": "1", "trade_name": "Rose"})
        tx.commit()
    impostor.welcome(scopes=())
    impostor.lines("/sync/v1/exchange", Answered(n=1, mid="another", result=Applied()))
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        engine.exchange()
    assert impostor.asked.count("/sync/v1/exchange") == 1
    assert DeviceFeed(store.engine, QuickLists(), store.work.tell).waiting().count == 1


def test_a_centre_of_another_protocol_is_left_alone(impostor: Impostor, engine: Engine) -> None:
    impostor.welcome(verdict=Verdict.OTHER_PROTOCOL)
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        engine.exchange()
    assert impostor.asked == ["/sync/v1/hello"]


@pytest.mark.parametrize("limit", [-1, 1 << 63])
def test_a_centre_whose_limits_no_store_counts_to_is_not_understood(
    impostor: Impostor, engine: Engine, limit: int
) -> None:
    impostor.welcome()
    status, headers, body = impostor.answers["/sync/v1/hello"]
    said = msgspec.json.decode(body) | {"limits": {"changesets": limit}}
    impostor.answers["/sync/v1/hello"] = (status, headers, msgspec.json.encode(said))
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        engine.exchange()
    assert impostor.asked == ["/sync/v1/hello"]


def test_a_device_too_old_to_read_still_pushes_and_then_rests(impostor: Impostor, engine: Engine) -> None:
    impostor.welcome(verdict=Verdict.PUSH_ONLY)
    impostor.lines("/sync/v1/exchange")
    assert engine.exchange().received == 0
    assert "/sync/v1/snapshot" not in impostor.asked


def test_an_enrolment_that_is_no_enrolment_is_refused(impostor: Impostor) -> None:
    road = Road(impostor.url, Moving().now)
    impostor.answers["/centre/v1/enrol"] = (200, {}, b"{}")
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        enrol(road, "marie", "x", "y")
    assert road.identity is None
    road.close()


@pytest.mark.parametrize("centre", ["http://centre.example", "ftp://127.0.0.1", "centre.example", "", "https://"])
def test_a_centre_is_spoken_to_by_https_or_on_this_machine_alone(centre: str) -> None:
    with pytest.raises(Refusal, match="CENTRE_ADDRESS_UNSAFE"):
        must_be_safe(centre)


@pytest.mark.parametrize("centre", ["https://centre.example", "http://127.0.0.1:8470", "http://localhost:1"])
def test_safe_addresses_are_taken(centre: str) -> None:
    must_be_safe(centre)


def test_a_query_is_written_as_it_is_signed() -> None:
    assert with_query("/x", scope="team:région nord", n=1) == "/x?scope=team%3Ar%C3%A9gion%20nord&n=1"
