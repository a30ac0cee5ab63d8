"""Who enters: people by password, devices by a code used once, requests by a proof heard once."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.codec import microseconds
from sync.client.enrolment import NewDevice, enrol
from sync.client.transport import Road
from sync.protocol.enrolment import PROOF_HEADER
from sync.server import settings
from sync.server.database import in_one_write
from sync.server.feed import write
from sync.server.grants import authority
from sync.server.grants.devices import revoke
from sync.server.grants.enrolment import MOST_TRIES, new_code
from sync.server.grants.people import NewUser, add_user
from tests.architecture.sources import ROOT
from tests.sync.world import PASSWORD, Centre, Moving, World


def attempt(centre: Centre, code: str, login: str = "marie", password: str = PASSWORD) -> NewDevice:
    road = Road(centre.url, Moving().now)
    try:
        return enrol(road, login, password, code)
    finally:
        road.close()


def test_a_device_gets_a_certificate_for_the_key_that_it_alone_has(centre: Centre) -> None:
    rep = centre.user()
    device = attempt(centre, centre.code())
    leaf, root = x509.load_pem_x509_certificates(device.chain.encode())
    leaf.verify_directly_issued_by(root)
    key = load_pem_private_key(device.sealing_key.encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert key.public_key() == leaf.public_key()
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    assert device.enrolled.rep_id == rep
    assert device.enrolled.scopes == ("catalogue", "team:nord", f"rep:{rep}")
    assert "BEGIN PUBLIC KEY" in device.enrolled.recovery_public_key
    assert device.roots in device.chain


@pytest.mark.parametrize("name", ["É" * 64, "中" * 40, "Marie\u200b" * 30])
def test_a_long_name_in_any_writing_is_certified_all_the_same(centre: Centre, name: str) -> None:
    new = NewUser(login="long", name=name, password=PASSWORD)
    write(centre.engines, lambda connection, feed: add_user(connection, feed, new))

    device = attempt(centre, in_one_write(centre.engines, lambda connection: new_code(connection, "long")), "long")

    leaf, _ = x509.load_pem_x509_certificates(device.chain.encode())
    (common,) = leaf.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    assert name.startswith(str(common.value))
    assert len(str(common.value).encode()) <= 64


def test_a_code_is_used_once_even_by_many_at_the_same_time(centre: Centre) -> None:
    centre.user()
    code = centre.code()
    entered: list[str] = []
    refused: list[str] = []

    def knock() -> None:
        try:
            entered.append(attempt(centre, code).identity.device)
        except Refusal as refusal:
            refused.append(refusal.code)

    threads = [threading.Thread(target=knock) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(entered) == 1
    assert refused == ["ENROLMENT_REFUSED"] * 4


def test_a_code_bears_five_tries_whatever_was_wrong(centre: Centre) -> None:
    centre.user()
    code = centre.code()
    for place in range(MOST_TRIES):
        with pytest.raises(Refusal, match="ENROLMENT_REFUSED"):
            attempt(centre, "AAAA-AAAA" if place % 2 else code, password=PASSWORD if place % 2 else "wrong")
    with pytest.raises(Refusal, match="ENROLMENT_REFUSED"):
        attempt(centre, code)


def test_a_code_ends(centre: Centre) -> None:
    centre.user()
    code = centre.code()
    with centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE device_code SET expires_at = 1")
    with pytest.raises(Refusal, match="ENROLMENT_REFUSED"):
        attempt(centre, code)


def test_nobody_and_somebody_with_a_wrong_password_get_the_same_answer(centre: Centre) -> None:
    centre.user()
    answers = []
    for login in ("marie", "nobody"):
        with pytest.raises(Refusal) as caught:
            attempt(centre, centre.code(), login=login, password="wrong")
        answers.append((caught.value.code, dict(caught.value.facts)))
    assert answers[0] == answers[1]


def test_neither_passwords_nor_codes_nor_tokens_lie_in_the_database(centre: Centre) -> None:
    centre.user()
    code = centre.code()
    device = attempt(centre, code)
    tables = ("centre_user", "device_code", "token", "sync_device", "device_nonce")
    kept = str([centre.rows(f"SELECT * FROM {table}") for table in tables])
    for secret in (PASSWORD, code, code.replace("-", ""), device.identity.token):
        assert secret not in kept
    assert "$argon2id$" in kept


def test_passwords_are_hashed_as_they_ought_to_be() -> None:
    command = "from sync.server.grants.people import hashed; print(hashed('x'))"
    said = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.startswith("$argon2id$v=19$m=65536,t=3,p=")


def test_a_key_that_is_none_is_refused(centre: Centre) -> None:
    with pytest.raises(Refusal, match="DEVICE_KEY_UNSOUND"):
        authority.public_key("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
    with centre.engines.reader.connect() as connection, pytest.raises(Refusal, match="CERTIFICATE_REQUEST_UNSOUND"):
        authority.issue(connection, "no request", holder="x", device="y")


def test_the_authority_s_key_can_be_kept_under_a_secret(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.SECRET, "a secret of the centre")
    with centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sync_meta WHERE name LIKE 'authority_%%'")
        authority.found_authority(connection)
    assert "ENCRYPTED" in str(centre.value("SELECT value FROM sync_meta WHERE name = 'authority_key'"))
    centre.user()
    attempt(centre, centre.code())
    monkeypatch.delenv(settings.SECRET)
    with pytest.raises(Refusal, match="CENTRE_SECRET_MISSING"):
        attempt(centre, centre.code())


def test_requests_without_the_device_s_proof_are_refused(world: World) -> None:
    centre = world.centre
    centre.user()
    device = world.device()
    identity = device.road.identity
    assert identity is not None
    path = "/centre/v1/arrived"
    now = microseconds(datetime.now(UTC))
    bearer = {"Authorization": f"Bearer {identity.token}"}
    good = identity.proof("GET", path, b"", now)

    def ask(headers: dict[str, str], target: str = path, body: bytes = b"") -> tuple[int, str]:
        answer = requests.get(centre.url + target, headers=headers, data=body, timeout=10)
        return answer.status_code, str(answer.json().get("code", ""))

    assert ask({}) == (401, "TOKEN_UNKNOWN")
    assert ask({"Authorization": "Bearer x"}) == (401, "TOKEN_UNKNOWN")
    assert ask(bearer) == (401, "PROOF_UNSOUND")
    assert ask({**bearer, PROOF_HEADER: good.header()}, body=b"x") == (401, "PROOF_UNSOUND")
    assert ask({**bearer, PROOF_HEADER: good.header()}, target=path + "?x=1") == (401, "PROOF_UNSOUND")
    assert ask({**bearer, PROOF_HEADER: good.header()}) == (200, "")
    assert ask({**bearer, PROOF_HEADER: good.header()}) == (401, "PROOF_HEARD_BEFORE")
    old = identity.proof("GET", path, b"", now - 301_000_000)
    assert ask({**bearer, PROOF_HEADER: old.header()}) == (401, "PROOF_OUT_OF_TIME")


@pytest.mark.parametrize("off", [timedelta(days=365), timedelta(days=-365)])
def test_a_device_whose_clock_is_a_year_off_enters_all_the_same(world: World, off: timedelta) -> None:
    world.centre.user()
    device = world.device(clock=Moving(datetime.now(UTC) + off))
    assert device.exchange()[1] == 1
    assert device.exchange() == (0, 0, 0)


def test_a_revoked_device_is_shut_out_at_once_and_keeps_its_work(world: World) -> None:
    centre = world.centre
    account = centre.account(centre.user())
    device = world.device()
    device.exchange()
    assert device.road.identity is not None
    name = device.road.identity.device
    in_one_write(centre.engines, lambda connection: revoke(connection, name))
    device.rename(str(device.value("SELECT id FROM contact")), account, email="new@example.org")
    with pytest.raises(Trouble, match="CENTRE_REFUSES"):
        device.exchange()
    assert device.states() == ["sent"] or device.states() == ["pending"]


def test_what_an_administrator_may_get_wrong_is_said(centre: Centre) -> None:
    centre.user("marie")

    def adding(login: str = "paul", password: str = PASSWORD, rep: str = "") -> None:
        new = NewUser(login=login, name="x", password=password, rep=rep)
        write(centre.engines, lambda connection, feed: add_user(connection, feed, new))

    for code, wrong in {
        "LOGIN_EMPTY": {"login": " "},
        "LOGIN_TAKEN": {"login": "marie"},
        "PASSWORD_TOO_SHORT": {"password": "short"},
        "REP_UNKNOWN": {"rep": "nobody"},
    }.items():
        with pytest.raises(Refusal, match=code):
            adding(**wrong)
    with pytest.raises(Refusal, match="USER_UNKNOWN"):
        in_one_write(centre.engines, lambda connection: new_code(connection, "nobody"))
    with pytest.raises(Refusal, match="DEVICE_UNKNOWN"):
        in_one_write(centre.engines, lambda connection: revoke(connection, "nothing"))
    adding("second", rep="marie")
    assert centre.value("SELECT count(DISTINCT rep_id) FROM centre_user") == 1
