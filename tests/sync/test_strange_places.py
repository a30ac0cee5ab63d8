"""Clocks a year off, networks that answer in the centre's place, disks without room: nothing is lost, all is said."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from app.ports.trouble import Trouble
from sync.client.transport import Limits
from tests.sync.world import Device, Moving, World, sums_agree


@pytest.mark.parametrize("days", [-365, 365])
def test_with_a_clock_a_year_off_everything_works_and_it_is_known(world: World, days: int) -> None:
    world.centre.account(world.centre.user(), contacts=2)
    device = world.device(clock=Moving(datetime.now(UTC) + timedelta(days=days)))
    courier = device.courier()
    assert courier.road.clock_skew is None or abs(courier.road.clock_skew) > 1
    courier.exchange()
    device.correct(phone="1")
    assert courier.exchange().sent == 1
    assert device.states() == ["applied"]
    assert sums_agree(world.centre, device)
    assert courier.road.clock_skew == pytest.approx(days * 86_400, abs=120)
    claimed = device.value("SELECT at FROM changeset")
    received = world.centre.value("SELECT at FROM sync_applied")
    assert isinstance(claimed, int)
    assert isinstance(received, int)
    assert (claimed - received) / 86_400_000_000 == pytest.approx(days, abs=1), "the centre keeps its own time beside"
    courier.stop()


@contextmanager
def answering(said: bytes) -> Iterator[str]:
    """Something that listens in the centre's place, and says the same to all; nothing at all for b''."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ends = threading.Event()
        taken: list[socket.socket] = []

        def run() -> None:
            while not ends.is_set():
                try:
                    link, _ = server.accept()
                except OSError:
                    return
                taken.append(link)
                if said and not ends.is_set():
                    link.recv(65_536)
                    link.sendall(said)
                    link.close()

        thread = threading.Thread(target=run)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        ends.set()
        socket.create_connection(server.getsockname()).close()
        thread.join()
        for link in taken:
            link.close()


def http(status: str, body: bytes = b"<html>Connexion au Wi-Fi</html>", *headers: str) -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        "Content-Type: text/html",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    )
    return "\r\n".join((*lines, "", "")).encode() + body


@pytest.mark.parametrize(
    "said",
    [
        http("200 OK"),
        http("302 Found", b"", "Location: http://portal.example.org/login"),
        http("307 Temporary Redirect", b"", "Location: http://portal.example.org/login"),
        http("511 Network Authentication Required"),
        http("200 OK", b"<html>")[:-3],
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{",
        b"\x00\x01\x02",
        b"",
    ],
    ids=[
        "login page",
        "sent on",
        "sent on keeping the verb",
        "511",
        "cut page",
        "dies within",
        "no HTTP",
        "says nothing",
    ],
)
def test_who_answers_in_the_centre_s_place_changes_nothing(world: World, device: Device, said: bytes) -> None:
    device.correct(phone="1")
    before = device.rows("SELECT * FROM sync_cursor ORDER BY scope")
    with answering(said) as place:
        device.road.centre, device.road.limits = place, Limits(connect=2, read=0.3)
        with pytest.raises(Trouble, match=r"OFFLINE|CENTRE_SPEAKS_OTHERWISE"):
            device.exchange()
    assert device.rows("SELECT * FROM sync_cursor ORDER BY scope") == before
    assert len(device.rows("SELECT id FROM contact")) == 2
    device.road.centre, device.road.limits = world.centre.url, Limits()
    device.exchange()
    assert device.states() == ["applied"]
    assert sums_agree(world.centre, device)


def test_a_disk_without_room_keeps_the_cursor_and_goes_on_once_there_is_some(world: World, device: Device) -> None:
    device.correct(phone="1")
    account = str(device.value("SELECT id FROM account"))
    for number in range(60):
        world.centre.load("contact", a_contact(account, number))
    before = device.rows("SELECT * FROM sync_cursor ORDER BY scope")
    room = int(str(device.value("PRAGMA page_count")))
    with device.store.engine.writer.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {room}")
    with pytest.raises(Trouble, match="DISK_FULL"):
        device.exchange()
    after = device.rows("SELECT * FROM sync_cursor ORDER BY scope")
    assert after == before
    assert device.value("SELECT count(*) FROM contact") == 2
    with device.store.engine.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    device.exchange()
    assert device.states() == ["applied"]
    assert sums_agree(world.centre, device)


def a_contact(account: str, number: int) -> dict[str, str | int]:
    return {
        "id": f"{number + 10**9:032x}",
        "account_id": account,
        "position": number + 2,
        "name": "N" * 4_000,
        "is_signatory": 0,
    }
