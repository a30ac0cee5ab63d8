"""What goes over a severable connection: a small request in one piece, a large body after its head."""

from __future__ import annotations

import socket
import threading

import pytest
import requests

from sync.client.severing import Severable

SMALL, LARGE = b'{"f":"ask"}\n', b"x" * 100_000


@pytest.mark.parametrize("body", [SMALL, LARGE, b""])
def test_the_body_of_a_small_request_comes_with_its_head_and_every_body_whole(body: bytes) -> None:
    firsts: list[bytes] = []
    bodies: list[bytes] = []

    def answer(listener: socket.socket) -> None:
        line, _ = listener.accept()
        with line:
            for _ in range(2):  # the same connection twice
                firsts.append(line.recv(200_000))
                came = firsts[-1].partition(b"\r\n\r\n")[2]
                while len(came) < len(body):
                    came += line.recv(200_000)
                bodies.append(came)
                line.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener, requests.Session() as session:
        thread = threading.Thread(target=answer, args=(listener,))
        thread.start()
        session.trust_env = False
        session.mount("http://", Severable())
        for _ in range(2):
            assert session.post(f"http://127.0.0.1:{listener.getsockname()[1]}/x", data=body, timeout=10).ok
        thread.join()
    assert bodies == [body] * 2
    assert body is LARGE or all(first.endswith(b"\r\n\r\n" + body) for first in firsts)
