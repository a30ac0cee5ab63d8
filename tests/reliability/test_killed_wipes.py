"""A wipe killed at every step is wiped after the next start, the centre knows, and the key is nowhere any more."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.adapters.clock import SystemClock
from app.adapters.keyring import InAppSecrets
from app.bootstrap.device import enrolled, real_now, unlocked
from app.bootstrap.orders import finish_wipe
from app.ports.entrance import Enrolment
from app.store.device_files import KEY_FILE, RESCUE_FILE, is_being_wiped
from app.store.wiping import STEPS
from sync.server.database import in_one_write
from sync.server.grants.devices import ask_wipe
from tests.reliability.laboratory import ROOT
from tests.sync.world import PASSWORD, Centre

PHRASE = "une rose est une rose"


@pytest.fixture
def dying() -> Iterator[subprocess.Popen[str]]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.wiping"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield server
    finally:
        server.communicate(timeout=60)


def test_a_wipe_killed_at_any_step_ends_wiped_and_reported(
    tmp_path: Path, centre: Centre, dying: subprocess.Popen[str]
) -> None:
    centre.user()
    base, ring = tmp_path / "base", tmp_path / "base-ring.json"
    asked = Enrolment(centre=centre.url, login="marie", password=PASSWORD, code=centre.code(), passphrase=PHRASE)
    with closing(enrolled(base, InAppSecrets(ring), SystemClock(), asked)) as device:
        device.courier.exchange()
        name = device.feed.recall("device") or ""
    wraps = json.loads((base / KEY_FILE).read_bytes())
    boxes = [wraps["wrapped"]["box"].encode(), wraps["entrusted"]["wrapped"]["box"].encode()]

    for step in STEPS:
        folder, keyring = tmp_path / step, tmp_path / f"{step}.json"
        shutil.copytree(base, folder)
        shutil.copy(ring, keyring)
        in_one_write(centre.engines, lambda connection: _order_anew(connection, name))
        assert _die(dying, folder, keyring, step), step

        if step in {"ordered", "rescued"}:
            assert any(boxes[0] in path.read_bytes() for path in folder.rglob("*") if path.is_file()), "it died early"
        else:
            _no_key_is_left(folder, boxes)
        if not is_being_wiped(folder):
            # Nothing was destroyed yet: the device opens once more, hears the order again, and goes.
            assert step == "rescued"
            with closing(unlocked(folder, InAppSecrets(keyring), SystemClock(), PHRASE)) as device:
                device.courier.exchange()
        assert finish_wipe(folder, InAppSecrets(keyring), real_now)
        _no_key_is_left(folder, boxes)
        assert [path.name for path in folder.iterdir() if path.name != RESCUE_FILE] == []
        assert json.loads(keyring.read_text()) == {}
        assert centre.value("SELECT count(*) FROM sync_device WHERE wipe_done_at > 0 AND revoked_at > 0") == 1, step


def _order_anew(connection: Connection, device: str) -> None:
    connection.execute(text("UPDATE sync_device SET revoked_at = NULL, wipe_seen_at = NULL, wipe_done_at = NULL"))
    connection.execute(text("UPDATE token SET revoked_at = NULL"))
    ask_wipe(connection, device)


def _die(server: subprocess.Popen[str], folder: Path, keyring: Path, step: str) -> bool:
    assert server.stdin is not None
    assert server.stdout is not None
    asked = {"folder": str(folder), "keyring": str(keyring), "phrase": PHRASE, "step": step}
    server.stdin.write(json.dumps(asked) + "\n")
    server.stdin.flush()
    return bool(json.loads(server.stdout.readline())["killed"])


def _no_key_is_left(folder: Path, boxes: list[bytes]) -> None:
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(box in content for box in boxes), path
