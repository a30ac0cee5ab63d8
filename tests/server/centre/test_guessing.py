"""Ten thousand guesses from a hundred addresses: of each code five are looked at, of enrolling and of recovering."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from urllib.parse import urlsplit

import msgspec
import pytest

from app.domain.refusal import Refusal
from app.store import wrapping
from sync.client.identity import fresh_key
from sync.client.key_recovery import ask_back
from sync.client.transport import Road
from sync.protocol.devices import Deposit, Recover
from sync.protocol.enrolment import Enrol, read_refused
from sync.server.database import in_one_write
from sync.server.grants import enrolment, people
from sync.server.grants.enrolment import CODE_LENGTH, MOST_TRIES, SIGNS
from sync.server.grants.recovery import recovery_code
from tests.server.centre.test_entering import attempt
from tests.sync.world import PASSWORD, Centre, Moving

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
ADDRESSES, AT_ONCE = 100, 8
STORE = "5" * 32


def guesses(centre: Centre) -> int:
    """How many are made: ten thousand in a soak, fewer where the other database is met as well."""
    if not IS_SOAK:
        return ADDRESSES
    return 10_000 if centre.engines.writer.dialect.name == "sqlite" else 1_000


def guess(centre: Centre, words: Callable[[], tuple[str, bytes]], address: int, count: int) -> list[str]:
    """Guess again and again from an address of its own; gives what was answered."""
    parts, answers = urlsplit(centre.url), []
    own = (f"127.0.0.{2 + address}", 0)
    with closing(HTTPConnection(str(parts.hostname), parts.port, timeout=60, source_address=own)) as line:
        for _ in range(count):
            path, body = words()
            line.request("POST", path, body)
            with line.getresponse() as answer:
                told = read_refused(answer.read())
                answers.append(f"{answer.status} {told.code if told else ''}")
    return answers


@pytest.mark.timeout(600 if IS_SOAK else 120)
def test_however_many_guess_from_wherever_five_of_a_code_are_looked_at(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.user()
    device = attempt(centre, centre.code())
    road = Road(centre.url, Moving().now, device.identity)
    sealed = wrapping.entrust(bytes(32), device.enrolled.recovery_public_key, STORE.encode())
    given = Deposit(store=STORE, content=msgspec.json.encode(sealed).decode())
    road.document("PUT", "/centre/v1/deposit", msgspec.json.encode(given))
    road.close()
    codes = [centre.code(), centre.code()]
    back = in_one_write(centre.engines, lambda connection: recovery_code(connection, device.identity.device))
    looked: list[str] = []  # added to from several threads, which a counter does not bear

    def counted(stored: str | None, typed: str) -> bool:
        looked.append(stored or "")
        return people.is_password(stored, typed)

    monkeypatch.setattr(enrolment, "is_password", counted)
    _, public = fresh_key()
    who = {"login": "marie", "password": PASSWORD, "public_key": public}

    def words() -> tuple[str, bytes]:
        code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
        if secrets.randbelow(2):
            return "/centre/v1/enrol", msgspec.json.encode(Enrol(**who, code=code, name="", certificate_request=""))
        return "/centre/v1/recover", msgspec.json.encode(Recover(**who, code=code, store=STORE))

    each = guesses(centre) // ADDRESSES
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        told = Counter(
            answer for told in crowd.map(partial(guess, centre, words, count=each), range(ADDRESSES)) for answer in told
        )
    assert told == {"403 ENROLMENT_REFUSED": each * ADDRESSES}
    hashes = {str(code) for (code,) in centre.rows("SELECT code_hash FROM device_code WHERE used_at IS NULL")}
    assert len(hashes) == len([*codes, back])
    assert {looked.count(code) for code in hashes} == {MOST_TRIES}
    print(f"{told.total()} guesses from {ADDRESSES} addresses: {MOST_TRIES} of each code were looked at")

    for code in codes:
        with pytest.raises(Refusal, match="ENROLMENT_REFUSED"):
            attempt(centre, code)
    with closing(Road(centre.url, Moving().now)) as line, pytest.raises(Refusal, match="ENROLMENT_REFUSED"):
        ask_back(line, "marie", PASSWORD, back, STORE)
    assert {looked.count(code) for code in hashes} == {MOST_TRIES}, "the right one is looked at no more either"
