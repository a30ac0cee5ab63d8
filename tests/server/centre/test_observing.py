"""While the database is away devices are told when to come again; what happened can be counted."""

from __future__ import annotations

from contextlib import ExitStack, suppress

import pytest
import requests
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.ports.trouble import Trouble
from app.store.engine import open_url
from sync.server.metrics import exposed
from sync.server.moved import MOST_BYTES, messages, read
from sync.server.serving import config_for
from sync.server.settings import Settings
from sync.server.unavailable import AWAY, BUSY, FULL, judged
from tests.postgres import free_port
from tests.sync.world import Centre, Device, World


# ---------------------------------------------------------------------------------------------- the database is away
class _Sqlstate(Exception):
    def __init__(self, state: str | None) -> None:
        super().__init__(state)
        self.sqlstate = state


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", FULL),
        ("53300", AWAY),
        ("57P01", AWAY),
        ("08006", AWAY),
        (None, AWAY),
        ("55P03", BUSY),
        ("57014", BUSY),
    ],
)
def test_each_fault_of_the_world_has_its_answer(state: str | None, code: str) -> None:
    found = judged(OperationalError("", {}, _Sqlstate(state)))
    assert found is not None
    assert found.code == code


def test_a_fault_of_ours_stays_one() -> None:
    assert judged(IntegrityError("", {}, _Sqlstate("23505"))) is None
    assert judged(OperationalError("", {}, _Sqlstate("42601"))) is None
    assert judged(ValueError()) is None
    assert judged(OSError(2, "no such file")) is None
    full = judged(OSError(28, "no space left"))
    assert full is not None
    assert full.status == 507
    busy = judged(PoolTimeout())
    assert busy is not None
    assert (busy.status, busy.again_seconds) == (503, 2)


@pytest.mark.postgres
def test_a_database_that_comes_back_is_used_again(world: World, device: Device) -> None:
    """All connections are ended at once, and none may be made for a while: a device is offline, then goes on."""
    engines = world.centre.engines
    if engines.writer.dialect.name != "postgresql":
        pytest.skip("SQLite has no connections that another could end")
    url = engines.writer.url
    aside = open_url(url.set(database="postgres").render_as_string(hide_password=False))
    ends = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")

    def allow(word: str) -> None:
        with aside.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS {word}')
            connection.execute(ends, {"name": url.database})

    try:
        allow("false")
        answer = requests.post(f"{world.centre.url}/sync/v1/hello", headers=_anybody(device), timeout=20)
        assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (503, AWAY, "5")
        with pytest.raises(Trouble, match="OFFLINE"):
            device.exchange()
        allow("true")
        device.exchange()
    finally:
        allow("true")
        aside.dispose()


def _anybody(device: Device) -> dict[str, str]:
    assert device.road.identity is not None
    proof = device.road.identity.proof("POST", "/sync/v1/hello", b"", 1)
    return {"Authorization": f"Bearer {device.road.identity.token}", "Tournee-Proof": proof.header()}


def test_who_finds_no_connection_free_is_told_to_come_again(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = world.centre.engines
    with ExitStack() as held:
        monkeypatch.setattr(engines.reader.pool, "_timeout", 0.05)
        with suppress(PoolTimeout):
            while True:
                held.enter_context(engines.reader.connect())
        with pytest.raises(Trouble, match="CENTRE_BUSY") as told:
            device.exchange()
        assert told.value.code == "OFFLINE"
    device.exchange()


# ---------------------------------------------------------------------------------------------- figures, channel
def test_the_figures_say_when_the_database_does_not_answer(centre: Centre) -> None:
    away = open_url(f"postgresql://nobody@127.0.0.1:{free_port()}/away")
    for engines, up in ((centre.engines, 1.0), (away, 0.0)):
        with exposed("127.0.0.1:0", engines) as port:
            told = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=20).text
            assert f"tournee_database_up {up}" in told
            with pytest.raises(Trouble, match="PORT_CANNOT_BE_USED"), exposed(f"127.0.0.1:{port}", engines):
                pass


def test_connections_follow_from_what_the_database_allows() -> None:
    assert Settings().connections(100, 2) == 20
    assert Settings().connections(100, 8) == 8
    assert Settings().connections(20, 8) == 2
    assert Settings(pool=7).connections(100, 2) == 7


def test_many_scopes_are_told_in_messages_that_fit() -> None:
    moved = {f"rep:{place:032x}": (place, "a" * 16) for place in range(500)}
    sent = list(messages(moved))
    assert len(sent) > 1
    assert all(len(message.encode()) <= MOST_BYTES for message in sent)
    heard: dict[str, tuple[int, str]] = {}
    for message in sent:
        heard |= read(message)
    assert heard == moved
    for wrong in ("", "[]", "1"):
        with pytest.raises(ValueError, match=r"names scopes|Expecting value"):
            read(wrong)


def test_the_server_says_nothing_of_what_it_is_made_of(centre: Centre) -> None:
    assert config_for("x:y", workers=2).workers == 2
    answer = requests.get(f"{centre.url}/centre/v1/health", timeout=10)
    assert "server" not in {name.lower() for name in answer.headers}
