"""The relay counts what comes down to the byte, and cuts where it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.bench.sync.relay import Relay

SAID = bytes(range(256)) * 400


@pytest.fixture
def centre() -> Iterator[str]:
    """Says the same to whoever calls, until the listener is closed."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.sendall(SAID)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    thread.join()
    listener.close()


def _heard(url: str) -> bytes:
    heard = bytearray()
    with socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), timeout=10) as link:
        while piece := link.recv(1 << 16):
            heard += piece
    return bytes(heard)


def test_all_comes_through_and_is_counted(centre: str) -> None:
    with Relay(centre) as relay:
        assert _heard(relay.url) == SAID
    assert relay.down == len(SAID)


def test_a_cut_lets_through_what_came_before_it_and_nothing_more(centre: str) -> None:
    with Relay(centre) as relay:
        relay.cut_after = 70_001
        assert _heard(relay.url) == SAID[:70_001]
    assert relay.down == 70_001
