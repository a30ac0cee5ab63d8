"""A server whose certificate is not the centre's hears nothing: no token, no work, and the rep is told in words."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.ports.trouble import Trouble
from sync.client.transport import Limits, is_of_a_stranger
from tests.sync.world import Device, World, sums_agree

pytestmark = pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
ELSEWHERE = x509.DNSName("centre.example.org")


def certificate(folder: Path, name: x509.GeneralName) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "centre")])
    begins = datetime.now(UTC) - timedelta(days=10)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(datetime.now(UTC) + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    file = folder / "centre.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@dataclass
class Listener:
    """A TLS server: what it heard once a handshake was through, and how often one was broken off."""

    url: str
    heard: bytes = b""
    broken_off: int = 0
    faults: list[str] = field(default_factory=list)


@contextmanager
def listening(certified: Path) -> Iterator[Listener]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified)
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(f"https://127.0.0.1:{server.getsockname()[1]}")
        ends = threading.Event()

        def run() -> None:
            while not ends.is_set():
                link, _ = server.accept()
                if ends.is_set():
                    link.close()
                    return
                link.settimeout(5)
                try:
                    with context.wrap_socket(link, server_side=True) as sealed:
                        found.heard += sealed.recv(65_536)
                        sealed.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError as error:
                    found.broken_off += 1
                    found.faults.append(str(error))
                    with suppress(OSError):
                        link.close()

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield found
        finally:
            ends.set()
            socket.create_connection(server.getsockname()).close()
            thread.join()


@pytest.fixture
def device(world: World) -> Device:
    world.centre.account(world.centre.user(), contacts=2)
    made = world.device()
    made.exchange()
    contact = made.rows("SELECT id, account_id FROM contact ORDER BY position")[0]
    made.rename(str(contact["id"]), str(contact["account_id"]), phone="0237000001")
    return made


@pytest.mark.parametrize(
    ("name", "is_trusted"),
    [(HERE, False), (ELSEWHERE, True)],
    ids=["nobody vouches for it", "of another host"],
)
def test_a_stranger_hears_nothing(
    world: World, device: Device, tmp_path: Path, name: x509.GeneralName, is_trusted: bool
) -> None:
    certified = certificate(tmp_path, name)
    before = device.rows("SELECT * FROM sync_cursor ORDER BY scope")
    with listening(certified) as stranger:
        device.road.centre, device.road.verify = stranger.url, str(certified) if is_trusted else True
        device.road.limits = Limits(connect=5, read=5)
        courier = device.courier()
        with pytest.raises(Trouble, match="CENTRE_UNPROVEN"):
            courier.exchange()
        courier.stop()
    assert stranger.heard == b""
    assert stranger.broken_off >= 1
    assert device.rows("SELECT * FROM sync_cursor ORDER BY scope") == before
    assert device.states() == ["pending"]
    device.road.mend()
    device.road.centre, device.road.verify = world.centre.url, True
    device.exchange()
    assert device.states() == ["applied"]
    assert sums_agree(world.centre, device)


def test_the_true_certificate_is_taken_and_then_the_token_goes(device: Device, tmp_path: Path) -> None:
    """What shows that the listener would hear the token, if it were sent."""
    certified = certificate(tmp_path, HERE)
    with listening(certified) as centre:
        device.road.centre, device.road.verify = centre.url, str(certified)
        with pytest.raises(Trouble, match="OFFLINE"):
            device.exchange()
    assert device.road.identity is not None
    assert device.road.identity.token.encode() in centre.heard
    assert not is_of_a_stranger(ssl.SSLEOFError("EOF occurred in violation of protocol")), "a line may break anywhere"
